#ifndef S3CONN_LOCAL_SIGNATURE_CLAIM_H_
#define S3CONN_LOCAL_SIGNATURE_CLAIM_H_

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include "local/exchange.h"
#include "local/refusal.h"
#include "s3conn/base/time.h"

namespace s3conn::local {

// What a request says of its own signature; nothing of it is proven.
struct SignatureClaim {
  enum class Place { kHeader, kQuery } place = Place::kHeader;
  std::string access_key{};
  std::string day{};                          // "20260115", that of the time
  std::string region{};                       // any
  std::vector<std::string> signed_headers{};  // lower-case, sorted, each once
  std::string signature{};
  std::string amz_date{};  // "20260115T093000Z"
  Timestamp time{};
  std::chrono::seconds expires{};  // of a presigned URL: for so long after the time
  bool has_session_token = false;
  std::string payload{};  // the value of x-amz-content-sha256

  // "20260115/us-east-1/s3/aws4_request".
  std::string Scope() const;
};

// Reads it from the Authorization header or from the query. Refuses what is malformed, no version 4, for
// another service, in both places (kInvalidArgument), or not there at all (kAccessDenied).
Answer<SignatureClaim> ReadSignatureClaim(const Request& request);

}  // namespace s3conn::local

#endif  // S3CONN_LOCAL_SIGNATURE_CLAIM_H_
