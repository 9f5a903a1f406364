#ifndef S3CONN_SIGN_CANONICAL_REQUEST_H_
#define S3CONN_SIGN_CANONICAL_REQUEST_H_

#include <string>
#include <string_view>
#include <vector>

#include "s3conn/base/message.h"

namespace s3conn {

// The first step of AWS Signature Version 4, in S3's dialect: "Authenticating Requests: Using the
// Authorization Header" in the Amazon S3 API Reference. Pure functions, safe from many threads.

struct CanonicalRequest {
  std::string text;
  std::string signed_headers;  // "host;x-amz-date", also the last line but one of the text
};

// The path enters byte for byte as the request has it: never encoded again, never normalised. Host comes from
// the origin. `payload_hash` is the value that goes into X-Amz-Content-SHA256.
CanonicalRequest MakeCanonicalRequest(const HttpRequest& request, std::string_view payload_hash);

// Every parameter as "name=value", percent-encoded ('/' too), sorted by encoded name and then by encoded
// value. A missing value is an empty one; repeated names all stay.
std::string CanonicalQuery(const std::vector<QueryParameter>& query);

// The names that will be signed, lower-case, sorted, joined by ';'.
std::string SignedHeaderNames(const HttpRequest& request);

// Whether a header of that name enters signatures. All do but those that a transport or proxy may add, change
// or drop on the way, and Authorization itself.
bool EntersSignature(std::string_view header_name);

}  // namespace s3conn

#endif  // S3CONN_SIGN_CANONICAL_REQUEST_H_
