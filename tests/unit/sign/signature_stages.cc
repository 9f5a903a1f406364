#include "signature_stages.h"

#include <span>
#include <string>
#include <vector>

#include "base/hash.h"
#include "base/text.h"
#include "s3conn/base/time.h"
#include "sign/signing_key.h"
#include "support/catch.h"

namespace s3conn {

void CheckStages(const Signature& signature, const SigningVector& vector) {
  const std::vector<std::string> lines = Lines(signature.canonical_request);
  REQUIRE(lines.size() > 5);
  CHECK(lines[0] == vector.request.method);
  CHECK(lines[1] == vector.canonical_uri);
  CHECK(lines[2] == vector.canonical_query);
  CHECK(lines[lines.size() - 2] == vector.signed_headers);
  CHECK(lines.back() == vector.payload_hash);
  CHECK(signature.canonical_request == vector.canonical_request);
  CHECK(HexEncode(Sha256(signature.canonical_request)) == vector.canonical_request_sha256);
  CHECK(signature.string_to_sign == vector.string_to_sign);
  const Secret key = DeriveSigningKey(vector.credentials.secret_access_key,
                                      FormatAmzDate(vector.now).substr(0, 8), vector.scope);
  CHECK(HexEncode(std::span(reinterpret_cast<const unsigned char*>(key.Expose().data()),
                            key.Expose().size())) == vector.signing_key_hex);
  CHECK(signature.signature == vector.signature);
}

}  // namespace s3conn
