#ifndef S3CONN_CREDENTIALS_STATIC_H_
#define S3CONN_CREDENTIALS_STATIC_H_

#include <memory>
#include <optional>
#include <string>

#include "config/key_pair.h"
#include "config/profile.h"
#include "config/settings.h"
#include "s3conn/sign/credentials.h"

namespace s3conn {

// What a lookup of config/key_pair.h found, as a provider answers.
Result<std::optional<Credentials>> AsCredentials(Result<std::optional<KeyPair>> pair);

// The key pair of a profile. A profile that gets its credentials in another way (a role, single sign-on, a
// program, `use_static_credentials = false`) is an error: falling through would be to act as somebody else.
class StaticCredentials final : public CredentialsProvider {
 public:
  StaticCredentials(std::shared_ptr<const Profiles> profiles, std::string profile,
                    std::optional<Setting<bool>> use_static_credentials);

  std::string_view name() const override { return name_; }
  Result<std::optional<Credentials>> Fetch(const CallContext& context) override;

 private:
  std::shared_ptr<const Profiles> profiles_;
  std::string profile_;
  std::optional<Setting<bool>> use_static_credentials_;
  std::string name_;
};

}  // namespace s3conn

#endif  // S3CONN_CREDENTIALS_STATIC_H_
