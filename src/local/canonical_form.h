#ifndef S3CONN_LOCAL_CANONICAL_FORM_H_
#define S3CONN_LOCAL_CANONICAL_FORM_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "local/exchange.h"
#include "s3conn/base/message.h"

namespace s3conn::local {

// The target of a request's first line, cut at its first '?', still encoded.
struct Target {
  std::string_view path;
  std::string_view query;
};
Target SplitTarget(std::string_view target);

// The parameters of a query, decoded. S3 takes '+' for a space here (and for itself in a path). nullopt for a
// broken escape.
std::optional<std::vector<QueryParameter>> ParseQuery(std::string_view query);

// The values of all fields of that name, joined by ',' in their order: without white space at the ends, and
// with one space for each run of it inside.
std::string CanonicalFieldValue(const Headers& headers, std::string_view name);

// The text that a signer of the request has to have hashed, rebuilt from the bytes on the wire. Path and
// query are decoded and encoded again, so that it doesn't matter which characters a client left as they are,
// or in which letter case it wrote its escapes; nothing else of the path is made normal. The query is without
// X-Amz-Signature. `signed_headers` are in lower case and sorted; one that the request has not counts as
// empty. nullopt for a broken escape.
// https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html
std::optional<std::string> CanonicalRequest(const Request& request,
                                            const std::vector<std::string>& signed_headers,
                                            std::string_view payload_hash);

}  // namespace s3conn::local

#endif  // S3CONN_LOCAL_CANONICAL_FORM_H_
