#ifndef S3CONN_SIGN_SIGNER_H_
#define S3CONN_SIGN_SIGNER_H_

#include <chrono>
#include <string>
#include <string_view>

#include "s3conn/base/error.h"
#include "s3conn/base/message.h"
#include "s3conn/base/time.h"
#include "s3conn/sign/credentials.h"
#include "sign/signing_key.h"

namespace s3conn {

// AWS Signature Version 4 (AWS4-HMAC-SHA256) for S3, with a whole payload or none signed; never in chunks.
// Everything here is a function of its arguments, and safe from many threads.

// What a signature says of the payload: its SHA-256, or nothing. Text from elsewhere must be one of the two.
struct PayloadHash {
  std::string text;  // 64 hexadecimal digits, lower-case, or "UNSIGNED-PAYLOAD"

  static PayloadHash Unsigned();
  static PayloadHash Of(std::string_view bytes);
};

// A signature and how it came about, for traces and for comparing with what a server computed. The canonical
// request holds the session token: show it through RedactCanonicalRequest only.
struct Signature {
  std::string canonical_request;
  std::string string_to_sign;
  std::string signature;  // 64 hexadecimal digits, lower-case
};

// Signs with the Authorization header: adds it, X-Amz-Date, X-Amz-Content-SHA256 and, with a session token,
// X-Amz-Security-Token. In service s3express the token is one of CreateSession's and goes as
// x-amz-s3session-token. All other headers must be complete. A request signed before (a retry) gets these
// headers anew, also with other credentials; none is left over or doubled. With a cache the signing key is
// derived only when it isn't there.
Signature SignHeaders(HttpRequest& request, const Credentials& credentials, const SigningScope& scope,
                      const PayloadHash& payload, Timestamp now, SigningKeyCache* cache = nullptr);

struct PresignedUrl {
  std::string url;  // whoever holds it may send the request: as secret as what it opens
  Signature signature;
};

// Signs in the query instead, so that anyone can send the request until `expires` after `now` (or the end of
// the session, if that is earlier). The payload is left open; the request's headers are signed, so the sender
// must send the same ones. `request` must not be signed already. kUsage unless `expires` is 1 to 604800
// seconds.
Result<PresignedUrl> Presign(const HttpRequest& request, const Credentials& credentials,
                             const SigningScope& scope, std::chrono::seconds expires, Timestamp now);

}  // namespace s3conn

#endif  // S3CONN_SIGN_SIGNER_H_
