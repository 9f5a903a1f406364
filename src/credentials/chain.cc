#include "credentials/chain.h"

#include <fmt/format.h>

#include <string>
#include <utility>

#include "credentials/environment.h"
#include "credentials/static.h"

namespace s3conn {

CredentialsChain::CredentialsChain(std::vector<std::unique_ptr<CredentialsProvider>> providers)
    : providers_(std::move(providers)) {}

Result<std::optional<Credentials>> CredentialsChain::Fetch(const CallContext& context) {
  const std::lock_guard lock(mutex_);
  if (found_) return found_;
  for (const auto& provider : providers_) {
    Result<std::optional<Credentials>> answer = provider->Fetch(context);
    if (!answer) return answer;
    if (*answer) {
      found_ = *std::move(answer);
      return found_;
    }
  }
  return NoneFound();
}

tl::unexpected<Error> CredentialsChain::NoneFound() const {
  std::string hint;
  for (const auto& provider : providers_) hint += fmt::format("{}: not configured; ", provider->name());
  hint +=
      "set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY (or the same with S3CONN_), or name a profile that "
      "has "
      "aws_access_key_id and aws_secret_access_key with --profile, or use --no-sign-request for public data";
  return Failure(ErrorKind::kCredentials, "no credentials found", std::move(hint));
}

std::unique_ptr<CredentialsProvider> MakeCredentialsChain(const Settings& settings, Environment environment) {
  std::vector<std::unique_ptr<CredentialsProvider>> providers;
  providers.push_back(std::make_unique<EnvironmentCredentials>(std::move(environment)));
  providers.push_back(std::make_unique<StaticCredentials>(settings.profiles, settings.profile.value,
                                                          settings.use_static_credentials));
  if (settings.profile_comes_first) std::swap(providers.front(), providers.back());
  return std::make_unique<CredentialsChain>(std::move(providers));
}

}  // namespace s3conn
