#ifndef S3CONN_LOCAL_AUTHORIZATION_H_
#define S3CONN_LOCAL_AUTHORIZATION_H_

#include <string>
#include <vector>

#include "base/hash.h"
#include "local/exchange.h"
#include "local/refusal.h"
#include "s3conn/base/secret.h"
#include "s3conn/base/time.h"

namespace s3conn::local {

struct KeyPair {
  std::string access_key;
  Secret secret_key;
};

// One that nobody can guess.
KeyPair MakeKeyPair();

// How the bytes of a request's body are vouched for: x-amz-content-sha256.
struct PayloadRules {
  enum class Kind {
    kUnsigned,               // UNSIGNED-PAYLOAD, and every presigned URL that says nothing else
    kSha256,                 // the header is the hash of the body
    kSignedChunks,           // STREAMING-AWS4-HMAC-SHA256-PAYLOAD
    kSignedChunksTrailer,    // STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER
    kUnsignedChunksTrailer,  // STREAMING-UNSIGNED-PAYLOAD-TRAILER
  } kind = Kind::kUnsigned;
  std::string sha256{};  // hexadecimal, of kSha256
  // Of the signed chunks: what the first one's signature is chained to.
  std::string seed_signature{};
  std::string amz_date{};
  std::string scope{};
  Sha256Digest signing_key{};
};

struct Authorization {
  std::string access_key;
  PayloadRules payload;
};

// Verifies the signature of a request, in the header or in the query, from the bytes that came over the wire.
// It shares nothing with sign/ but the hashes of base/, so that a signer can't confirm its own mistake. Safe
// from many threads.
// https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-auth-using-authorization-header.html
// https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html
class Authorizer {
 public:
  Authorizer(std::vector<KeyPair> keys, const Clock& clock) : keys_(std::move(keys)), clock_(clock) {}

  // kAccessDenied: no signature, an expired URL, a header that had to be signed and was not.
  // kInvalidAccessKeyId, kSignatureDoesNotMatch (with AWSAccessKeyId, StringToSign, SignatureProvided,
  // StringToSignBytes, CanonicalRequest, CanonicalRequestBytes), kRequestTimeTooSkewed (with RequestTime,
  // ServerTime, MaxAllowedSkewMilliseconds), kAuthorizationHeaderMalformed,
  // kAuthorizationQueryParametersError, kInvalidToken for a session token (nobody has one here),
  // kInvalidRequest for signature version 2, kInvalidArgument for two signatures, kNotImplemented for an
  // asymmetric one. Any region passes.
  Answer<Authorization> Verify(const Request& request) const;

 private:
  std::vector<KeyPair> keys_;
  const Clock& clock_;
};

}  // namespace s3conn::local

#endif  // S3CONN_LOCAL_AUTHORIZATION_H_
