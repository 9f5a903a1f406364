#include "sign/signer.h"

#include <fmt/core.h>

#include <utility>

#include "base/hash.h"
#include "base/text.h"
#include "sign/canonical_request.h"

namespace s3conn {
namespace {

constexpr std::string_view kAlgorithm = "AWS4-HMAC-SHA256";
constexpr std::string_view kUnsignedPayload = "UNSIGNED-PAYLOAD";
constexpr std::string_view kSecurityToken = "X-Amz-Security-Token";
constexpr std::string_view kExpressToken = "X-Amz-S3session-Token";
constexpr std::chrono::seconds kLongestExpiry{604800};  // seven days: S3's limit

std::string_view TokenName(const SigningScope& scope) {
  return scope.service == "s3express" ? kExpressToken : kSecurityToken;
}

// The time and place a signature holds, as its texts spell them.
struct Stamp {
  Stamp(const SigningScope& scope, Timestamp now)
      : date(FormatAmzDate(now)),
        credential_scope(fmt::format("{}/{}/{}/aws4_request", day(), scope.region, scope.service)) {}

  std::string_view day() const { return {date.data(), 8}; }  // the start of the date

  std::string date;
  std::string credential_scope;
};

Signature Sign(std::string canonical_request, const Stamp& stamp, const Secret& key) {
  Signature result;
  result.canonical_request = std::move(canonical_request);
  result.string_to_sign = fmt::format("{}\n{}\n{}\n{}", kAlgorithm, stamp.date, stamp.credential_scope,
                                      HexEncode(Sha256(result.canonical_request)));
  result.signature = HexEncode(HmacSha256(key.Expose(), result.string_to_sign));
  return result;
}

// Token headers that an earlier signing left and this one won't replace.
void DropStaleTokens(Headers& headers, const Credentials& credentials, const SigningScope& scope) {
  const std::string_view current = credentials.session_token.empty() ? std::string_view() : TokenName(scope);
  const auto is_stale = [current](std::string_view name) {
    return !EqualsIgnoringCase(name, current) &&
           (EqualsIgnoringCase(name, kSecurityToken) || EqualsIgnoringCase(name, kExpressToken));
  };
  bool any = false;
  for (const Header& header : headers) any = any || is_stale(header.name);
  if (!any) return;

  Headers kept;
  for (const Header& header : headers) {
    if (!is_stale(header.name)) kept.Add(header.name, header.value);
  }
  headers = std::move(kept);
}

}  // namespace

PayloadHash PayloadHash::Unsigned() {
  return {std::string(kUnsignedPayload)};
}

PayloadHash PayloadHash::Of(std::string_view bytes) {
  return {HexEncode(Sha256(bytes))};
}

Signature SignHeaders(HttpRequest& request, const Credentials& credentials, const SigningScope& scope,
                      const PayloadHash& payload, Timestamp now, SigningKeyCache* cache) {
  const Stamp stamp(scope, now);
  Headers& headers = request.headers;
  DropStaleTokens(headers, credentials, scope);
  headers.Set("X-Amz-Date", stamp.date);
  if (!credentials.session_token.empty()) headers.Set(TokenName(scope), credentials.session_token.Expose());
  headers.Set("X-Amz-Content-SHA256", payload.text);

  const Secret key = cache != nullptr ? cache->Get(credentials, stamp.day(), scope)
                                      : DeriveSigningKey(credentials.secret_access_key, stamp.day(), scope);
  CanonicalRequest canonical = MakeCanonicalRequest(request, payload.text);
  Signature result = Sign(std::move(canonical.text), stamp, key);
  headers.Set("Authorization", fmt::format("{} Credential={}/{}, SignedHeaders={}, Signature={}", kAlgorithm,
                                           credentials.access_key_id, stamp.credential_scope,
                                           canonical.signed_headers, result.signature));
  return result;
}

Result<PresignedUrl> Presign(const HttpRequest& request, const Credentials& credentials,
                             const SigningScope& scope, std::chrono::seconds expires, Timestamp now) {
  if (expires < std::chrono::seconds(1) || expires > kLongestExpiry) {
    return Failure(ErrorKind::kUsage,
                   fmt::format("a presigned URL can't be valid for {} seconds", expires.count()),
                   fmt::format("give a time from 1 second to {} seconds (7 days)", kLongestExpiry.count()));
  }
  const Stamp stamp(scope, now);
  HttpRequest presigned = request;
  const auto add = [&presigned](std::string_view name, std::string value) {
    presigned.query.push_back({std::string(name), std::move(value)});
  };
  add("X-Amz-Algorithm", std::string(kAlgorithm));
  add("X-Amz-Credential", fmt::format("{}/{}", credentials.access_key_id, stamp.credential_scope));
  add("X-Amz-Date", stamp.date);
  add("X-Amz-Expires", fmt::format("{}", expires.count()));
  add("X-Amz-SignedHeaders", SignedHeaderNames(request));
  if (!credentials.session_token.empty()) add(TokenName(scope), credentials.session_token.Expose());

  PresignedUrl result;
  result.signature = Sign(MakeCanonicalRequest(presigned, kUnsignedPayload).text, stamp,
                          DeriveSigningKey(credentials.secret_access_key, stamp.day(), scope));
  add("X-Amz-Signature", result.signature.signature);
  result.url = Url(presigned);
  return result;
}

}  // namespace s3conn
