#include "local/authorization.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <utility>

#include "base/text.h"
#include "local/canonical_form.h"
#include "local/random_id.h"
#include "local/signature_claim.h"

namespace s3conn::local {
namespace {

using Place = SignatureClaim::Place;
using Kind = PayloadRules::Kind;

constexpr std::chrono::minutes kAllowedSkew(15);

bool IsSha256Hex(std::string_view text) {
  return text.size() == 64 && text.find_first_not_of("0123456789abcdefABCDEF") == std::string_view::npos;
}

Answer<PayloadRules> ReadPayloadRules(std::string_view value) {
  constexpr auto kNames = std::to_array<std::pair<std::string_view, Kind>>({
      {"UNSIGNED-PAYLOAD", Kind::kUnsigned},
      {"STREAMING-UNSIGNED-PAYLOAD-TRAILER", Kind::kUnsignedChunksTrailer},
      {"STREAMING-AWS4-HMAC-SHA256-PAYLOAD", Kind::kSignedChunks},
      {"STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER", Kind::kSignedChunksTrailer},
  });
  PayloadRules rules;
  if (IsSha256Hex(value)) {
    rules.kind = Kind::kSha256;
    rules.sha256 = AsciiLower(value);
    return rules;
  }
  for (const auto& [name, kind] : kNames) {
    if (name != value) continue;
    rules.kind = kind;
    return rules;
  }
  return Refuse(Code::kInvalidArgument,
                "x-amz-content-sha256 must be UNSIGNED-PAYLOAD, STREAMING-UNSIGNED-PAYLOAD-TRAILER, "
                "STREAMING-AWS4-HMAC-SHA256-PAYLOAD, STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER or a valid "
                "sha256 value.",
                {{"ArgumentName", "x-amz-content-sha256"}, {"ArgumentValue", std::string(value)}});
}

Answer<void> CheckHeaderTime(const SignatureClaim& claim, Timestamp now) {
  if (std::chrono::abs(now - claim.time) <= kAllowedSkew) return {};
  const auto allowed = std::chrono::milliseconds(kAllowedSkew);
  return Refuse(Code::kRequestTimeTooSkewed, {},
                {{"RequestTime", claim.amz_date},
                 {"ServerTime", FormatRfc3339(std::chrono::floor<std::chrono::seconds>(now))},
                 {"MaxAllowedSkewMilliseconds", std::to_string(allowed.count())}});
}

Answer<void> CheckUrlTime(const SignatureClaim& claim, Timestamp now) {
  if (claim.time - now > kAllowedSkew) {
    return Refuse(Code::kAccessDenied, "Request is not yet valid",
                  {{"X-Amz-Date", claim.amz_date},
                   {"ServerTime", FormatRfc3339(std::chrono::floor<std::chrono::seconds>(now))}});
  }
  const Timestamp end = claim.time + claim.expires;
  if (now <= end) return {};
  return Refuse(Code::kAccessDenied, "Request has expired",
                {{"X-Amz-Expires", std::to_string(claim.expires.count())},
                 {"Expires", FormatRfc3339(end)},
                 {"ServerTime", FormatRfc3339(std::chrono::floor<std::chrono::seconds>(now))}});
}

// Whoever carries the request could else change or add what S3 acts on. Host is as good as a part of the URL.
Answer<void> CheckSignedHeaders(const Request& request, const SignatureClaim& claim) {
  const auto is_signed = [&](const std::string& name) {
    return std::binary_search(claim.signed_headers.begin(), claim.signed_headers.end(), name);
  };
  std::string unsigned_names = is_signed("host") ? "" : "host";
  for (const Header& header : request.headers) {
    const std::string name = AsciiLower(header.name);
    if (!name.starts_with("x-amz-") || is_signed(name)) continue;
    if (!unsigned_names.empty()) unsigned_names += ", ";
    unsigned_names += name;
  }
  if (unsigned_names.empty()) return {};
  return Refuse(Code::kAccessDenied, "There were headers present in the request which were not signed",
                {{"HeadersNotSigned", std::move(unsigned_names)}});
}

// Four hashes of a few bytes, some microseconds: not worth a cache that threads would have to share.
Sha256Digest SigningKey(const Secret& secret, const SignatureClaim& claim) {
  const Secret seed("AWS4" + secret.Expose());
  const Sha256Digest day = HmacSha256(seed.Expose(), claim.day);
  const Sha256Digest region = HmacSha256(AsBytes(day), claim.region);
  const Sha256Digest service = HmacSha256(AsBytes(region), "s3");
  return HmacSha256(AsBytes(service), "aws4_request");
}

// "41 57 53": how S3 shows the bytes of a text, so that invisible ones can be seen.
std::string SpacedHex(std::string_view text) {
  const std::string hex = HexEncode({reinterpret_cast<const unsigned char*>(text.data()), text.size()});
  std::string spaced;
  spaced.reserve(text.size() * 3);
  for (std::size_t i = 0; i < hex.size(); i += 2) {
    if (i > 0) spaced += ' ';
    spaced.append(hex, i, 2);
  }
  return spaced;
}

tl::unexpected<Refusal> RefuseSignature(const SignatureClaim& claim, const std::string& string_to_sign,
                                        const std::string& canonical_request) {
  return Refuse(Code::kSignatureDoesNotMatch, {},
                {{"AWSAccessKeyId", claim.access_key},
                 {"StringToSign", string_to_sign},
                 {"SignatureProvided", claim.signature},
                 {"StringToSignBytes", SpacedHex(string_to_sign)},
                 {"CanonicalRequest", canonical_request},
                 {"CanonicalRequestBytes", SpacedHex(canonical_request)}});
}

// The signing key, where it is the one that the signature was made with.
Answer<Sha256Digest> VerifySignature(const Request& request, const SignatureClaim& claim,
                                     const Secret& secret) {
  const std::optional<std::string> canonical = CanonicalRequest(request, claim.signed_headers, claim.payload);
  if (!canonical) return Refuse(Code::kInvalidUri);
  const std::string string_to_sign =
      "AWS4-HMAC-SHA256\n" + claim.amz_date + "\n" + claim.Scope() + "\n" + HexEncode(Sha256(*canonical));
  const Sha256Digest key = SigningKey(secret, claim);
  const std::string expected = HexEncode(HmacSha256(AsBytes(key), string_to_sign));
  if (!EqualInConstantTime(expected, claim.signature))
    return RefuseSignature(claim, string_to_sign, *canonical);
  return key;
}

}  // namespace

Answer<Authorization> Authorizer::Verify(const Request& request) const {
  const Answer<SignatureClaim> claim = ReadSignatureClaim(request);
  if (!claim) return Refuse(claim.error());
  const auto keys = std::find_if(keys_.begin(), keys_.end(),
                                 [&](const KeyPair& pair) { return pair.access_key == claim->access_key; });
  if (keys == keys_.end()) {
    return Refuse(Code::kInvalidAccessKeyId, {}, {{"AWSAccessKeyId", claim->access_key}});
  }
  if (claim->has_session_token) return Refuse(Code::kInvalidToken);
  const Timestamp now = clock_.Now();
  Answer<void> allowed =
      claim->place == Place::kQuery ? CheckUrlTime(*claim, now) : CheckHeaderTime(*claim, now);
  if (allowed) allowed = CheckSignedHeaders(request, *claim);
  if (!allowed) return Refuse(std::move(allowed.error()));
  Answer<PayloadRules> payload = ReadPayloadRules(claim->payload);
  if (!payload) return Refuse(std::move(payload.error()));
  const Answer<Sha256Digest> key = VerifySignature(request, *claim, keys->secret_key);
  if (!key) return Refuse(key.error());
  if (payload->kind == Kind::kSignedChunks || payload->kind == Kind::kSignedChunksTrailer) {
    payload->seed_signature = claim->signature;
    payload->amz_date = claim->amz_date;
    payload->scope = claim->Scope();
    payload->signing_key = *key;
  }
  return Authorization{claim->access_key, std::move(*payload)};
}

KeyPair MakeKeyPair() {
  // As long as AWS's, since some clients look at that.
  return {.access_key = "S3CONN" + RandomId().substr(0, 14),
          .secret_key = Secret(RandomId() + RandomId().substr(0, 8))};
}

}  // namespace s3conn::local
