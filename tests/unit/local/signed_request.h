#ifndef S3CONN_TESTS_UNIT_LOCAL_SIGNED_REQUEST_H_
#define S3CONN_TESTS_UNIT_LOCAL_SIGNED_REQUEST_H_

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "base/hash.h"
#include "base/text.h"
#include "local/authorization.h"
#include "local/canonical_form.h"
#include "local/exchange.h"

// Signed requests for the tests of what is not the signature itself; that the signature is right is shown by
// the vectors.

namespace s3conn::local {

inline constexpr std::string_view kTestAccessKey = "AKTEST";
inline constexpr std::string_view kTestSecret = "test/secret";
inline constexpr std::string_view kTestDate = "20260115T093000Z";
inline constexpr std::string_view kTestScope = "20260115/eu-west-1/s3/aws4_request";

inline KeyPair TestKeys() {
  return {std::string(kTestAccessKey), Secret(std::string(kTestSecret))};
}

inline Sha256Digest TestSigningKey() {
  Sha256Digest key = HmacSha256("AWS4" + std::string(kTestSecret), "20260115");
  for (const std::string_view step : {"eu-west-1", "s3", "aws4_request"})
    key = HmacSha256(AsBytes(key), step);
  return key;
}

inline std::string TestSignature(const Request& request, const std::vector<std::string>& names,
                                 std::string_view payload) {
  const std::string canonical = CanonicalRequest(request, names, payload).value();
  return HexEncode(HmacSha256(AsBytes(TestSigningKey()), "AWS4-HMAC-SHA256\n" + std::string(kTestDate) +
                                                             "\n" + std::string(kTestScope) + "\n" +
                                                             HexEncode(Sha256(canonical))));
}

inline std::string JoinNames(const std::vector<std::string>& names) {
  std::string list;
  for (const std::string& name : names) list += (list.empty() ? "" : ";") + name;
  return list;
}

// With all of its fields signed.
inline Request SignedRequest(Request request, std::string_view payload = "UNSIGNED-PAYLOAD") {
  request.headers.Set("Host", "h:1");
  request.headers.Set("x-amz-date", std::string(kTestDate));
  request.headers.Set("x-amz-content-sha256", std::string(payload));
  std::vector<std::string> names;
  for (const Header& header : request.headers) names.push_back(AsciiLower(header.name));
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  request.headers.Add("Authorization", "AWS4-HMAC-SHA256 Credential=" + std::string(kTestAccessKey) + "/" +
                                           std::string(kTestScope) + ", SignedHeaders=" + JoinNames(names) +
                                           ", Signature=" + TestSignature(request, names, payload));
  return request;
}

// A presigned one. `target` may have a query.
inline Request PresignedRequest(std::string target, std::string_view expires = "3600") {
  Request request{"GET", std::move(target), {{"Host", "h:1"}}, "test"};
  request.target += request.target.find('?') == std::string::npos ? '?' : '&';
  request.target +=
      "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=" +
      PercentEncode(std::string(kTestAccessKey) + "/" + std::string(kTestScope), Slash::kEncode) +
      "&X-Amz-Date=" + std::string(kTestDate) + "&X-Amz-Expires=" + std::string(expires) +
      "&X-Amz-SignedHeaders=host";
  request.target += "&X-Amz-Signature=" + TestSignature(request, {"host"}, "UNSIGNED-PAYLOAD");
  return request;
}

}  // namespace s3conn::local

#endif  // S3CONN_TESTS_UNIT_LOCAL_SIGNED_REQUEST_H_
