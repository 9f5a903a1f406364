#include "credentials/static.h"

#include <fmt/format.h>

#include <array>
#include <string_view>
#include <utility>

namespace s3conn {
namespace {

// Properties by which a profile gets its credentials otherwise than from a key pair.
constexpr std::array<std::string_view, 8> kOtherKinds = {
    "role_arn",       "trust_anchor_arn",   "web_identity_token_file", "sso_session",
    "sso_account_id", "credential_process", "login_session",           "credential_source"};

constexpr std::string_view kHint =
    "give the profile aws_access_key_id and aws_secret_access_key, or choose another with --profile";

}  // namespace

Result<std::optional<Credentials>> AsCredentials(Result<std::optional<KeyPair>> pair) {
  if (!pair) return Failure(std::move(pair).error());
  if (!*pair) return std::nullopt;
  KeyPair& keys = **pair;
  return Credentials{std::move(keys.access_key_id), std::move(keys.secret_access_key),
                     std::move(keys.session_token), keys.expiration};
}

StaticCredentials::StaticCredentials(std::shared_ptr<const Profiles> profiles, std::string profile,
                                     std::optional<Setting<bool>> use_static_credentials)
    : profiles_(std::move(profiles)),
      profile_(std::move(profile)),
      use_static_credentials_(std::move(use_static_credentials)),
      name_("profile " + profile_) {}

Result<std::optional<Credentials>> StaticCredentials::Fetch(const CallContext& /*context*/) {
  if (use_static_credentials_ && !use_static_credentials_->value) {
    return Failure(ErrorKind::kCredentials,
                   fmt::format("use_static_credentials is false in {}, and this version reads only key pairs",
                               use_static_credentials_->origin),
                   std::string(kHint));
  }
  Result<std::optional<Credentials>> credentials = AsCredentials(KeyPairFromProfile(*profiles_, profile_));
  if (!credentials || *credentials) return credentials;
  for (const std::string_view kind : kOtherKinds) {
    if (const auto found = profiles_->Find(profile_, {kind})) {
      return Failure(ErrorKind::kCredentials,
                     fmt::format("credentials by {} are set in {}, and this version reads only key pairs",
                                 kind, found->origin),
                     std::string(kHint));
    }
  }
  return std::nullopt;
}

}  // namespace s3conn
