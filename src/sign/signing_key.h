#ifndef S3CONN_SIGN_SIGNING_KEY_H_
#define S3CONN_SIGN_SIGNING_KEY_H_

#include <cstddef>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "s3conn/base/secret.h"
#include "s3conn/sign/credentials.h"

namespace s3conn {

// What a signature is valid for. S3 takes no key of another region, and none for long after its day.
struct SigningScope {
  std::string region;  // as configured, letter case kept
  std::string service = "s3";
};

// The 32 octets that requests of one day (UTC, "20260115"), region and service are signed with: the HMAC
// chain of AWS Signature Version 4. As secret as the secret key, within that scope.
Secret DeriveSigningKey(const Secret& secret_access_key, std::string_view day, const SigningScope& scope);

// Remembers derived keys, so that bulk work derives once. Holds the last few: source and target of a copy,
// and the old and the new day around midnight. Safe from many threads.
class SigningKeyCache {
 public:
  // The same octets as DeriveSigningKey gives.
  Secret Get(const Credentials& credentials, std::string_view day, const SigningScope& scope);

 private:
  struct Entry {
    std::string access_key_id;
    Secret secret_access_key;  // an id whose secret was replaced is another entry
    std::string day;
    SigningScope scope;
    Secret key;
  };
  const Entry* Find(const Credentials& credentials, std::string_view day, const SigningScope& scope) const;

  std::mutex mutex_;
  std::vector<Entry> entries_;
  std::size_t oldest_ = 0;
};

}  // namespace s3conn

#endif  // S3CONN_SIGN_SIGNING_KEY_H_
