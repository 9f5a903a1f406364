#ifndef S3CONN_SIGN_CREDENTIALS_H_
#define S3CONN_SIGN_CREDENTIALS_H_

#include <optional>
#include <string>
#include <string_view>

#include "s3conn/base/call_context.h"
#include "s3conn/base/error.h"
#include "s3conn/base/secret.h"
#include "s3conn/base/time.h"

namespace s3conn {

struct Credentials {
  std::string access_key_id;
  Secret secret_access_key;
  Secret session_token;  // empty for long-lived keys
  std::optional<Timestamp> expiration;
};

// Where credentials come from. Safe from many threads.
class CredentialsProvider {
 public:
  virtual ~CredentialsProvider() = default;
  virtual std::string_view name() const = 0;
  // nullopt: not configured here, ask the next. Error: configured but broken, so stop.
  virtual Result<std::optional<Credentials>> Fetch(const CallContext& context) = 0;
};

}  // namespace s3conn

#endif  // S3CONN_SIGN_CREDENTIALS_H_
