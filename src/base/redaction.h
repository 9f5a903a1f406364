#ifndef S3CONN_BASE_REDACTION_H_
#define S3CONN_BASE_REDACTION_H_

#include <string>
#include <string_view>

namespace s3conn {

// What may be shown of a request or response while tracing. Everything not known to be harmless is hidden.

// The value itself, or "(hidden)". An Authorization header keeps all but its signature.
std::string RedactHeader(std::string_view name, std::string_view value);
// The URL with X-Amz-Signature, X-Amz-Credential and X-Amz-Security-Token values hidden.
std::string RedactUrl(std::string_view url);
// A canonical request with its secret header lines and query values hidden, the rest byte for byte.
std::string RedactCanonicalRequest(std::string_view canonical_request);

}  // namespace s3conn

#endif  // S3CONN_BASE_REDACTION_H_
