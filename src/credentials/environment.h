#ifndef S3CONN_CREDENTIALS_ENVIRONMENT_H_
#define S3CONN_CREDENTIALS_ENVIRONMENT_H_

#include "config/environment.h"
#include "s3conn/sign/credentials.h"

namespace s3conn {

// The key pair of S3CONN_ACCESS_KEY_ID, S3CONN_SECRET_ACCESS_KEY and S3CONN_SESSION_TOKEN, else of AWS_…
class EnvironmentCredentials final : public CredentialsProvider {
 public:
  explicit EnvironmentCredentials(Environment environment);

  std::string_view name() const override { return "environment"; }
  Result<std::optional<Credentials>> Fetch(const CallContext& context) override;

 private:
  Environment environment_;
};

}  // namespace s3conn

#endif  // S3CONN_CREDENTIALS_ENVIRONMENT_H_
