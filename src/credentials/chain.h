#ifndef S3CONN_CREDENTIALS_CHAIN_H_
#define S3CONN_CREDENTIALS_CHAIN_H_

#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "config/environment.h"
#include "config/settings.h"
#include "s3conn/sign/credentials.h"

namespace s3conn {

// Asks its providers in turn. The first that answers wins, and its answer is kept for good; an Error ends the
// search and is not kept. Where nobody answers, Fetch is kCredentials, never nullopt.
class CredentialsChain final : public CredentialsProvider {
 public:
  explicit CredentialsChain(std::vector<std::unique_ptr<CredentialsProvider>> providers);

  std::string_view name() const override { return "chain"; }
  // One search at a time: other threads wait for its outcome.
  Result<std::optional<Credentials>> Fetch(const CallContext& context) override;

 private:
  tl::unexpected<Error> NoneFound() const;

  std::vector<std::unique_ptr<CredentialsProvider>> providers_;
  std::mutex mutex_;
  std::optional<Credentials> found_;  // guarded by mutex_
};

// The environment, then the profile; the other way round for a profile named by --profile or S3CONN_PROFILE.
std::unique_ptr<CredentialsProvider> MakeCredentialsChain(const Settings& settings, Environment environment);

}  // namespace s3conn

#endif  // S3CONN_CREDENTIALS_CHAIN_H_
