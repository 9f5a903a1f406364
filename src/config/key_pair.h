#ifndef S3CONN_CONFIG_KEY_PAIR_H_
#define S3CONN_CONFIG_KEY_PAIR_H_

#include <optional>
#include <string>
#include <string_view>

#include "config/environment.h"
#include "config/profile.h"
#include "s3conn/base/error.h"
#include "s3conn/base/secret.h"
#include "s3conn/base/time.h"

namespace s3conn {

// An access key with its secret, and the session token where there is one: all from one source, never mixed.
struct KeyPair {
  std::string access_key_id;
  Secret secret_access_key;
  Secret session_token;                   // empty for long-lived keys
  std::string origin;                     // where the access key ID stands
  std::optional<Timestamp> expiration{};  // of session keys, where that is told
};

// Both: nullopt where there is neither half; half a pair, or one that can't be a key, is kCredentials.

// S3CONN_ACCESS_KEY_ID, S3CONN_SECRET_ACCESS_KEY and S3CONN_SESSION_TOKEN, else the same with AWS_. Their end
// is in …CREDENTIAL_EXPIRATION, as `aws configure export-credentials` writes it; one that can't be read is
// not known.
Result<std::optional<KeyPair>> KeyPairFromEnvironment(const Environment& environment);

// aws_access_key_id, aws_secret_access_key and aws_session_token of the first file that has any of the first
// two.
Result<std::optional<KeyPair>> KeyPairFromProfile(const Profiles& profiles, std::string_view profile);

}  // namespace s3conn

#endif  // S3CONN_CONFIG_KEY_PAIR_H_
