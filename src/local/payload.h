#ifndef S3CONN_LOCAL_PAYLOAD_H_
#define S3CONN_LOCAL_PAYLOAD_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>

#include "local/authorization.h"
#include "local/checksum.h"
#include "local/exchange.h"

namespace s3conn::local {

// What the x-amz-checksum-* headers of a request are about: CompleteMultipartUpload's are not about its body.
enum class ChecksumHeaders { kOfBody, kOfObject };

// What the client meant to send, without the aws-chunked framing, verified on the way: the hash or the chunk
// signatures that the signature vouches for, Content-MD5, the x-amz-checksum-* header or trailer, the length.
// Nothing may be kept of a body whose Read did not come to its end.
class Payload final : public ByteStream {
 public:
  // kMissingContentLength, kInvalidDigest, kInvalidRequest (two checksums, an unknown one, a trailer that
  // can't be), kEntityTooLarge beyond `limit`. `raw` outlives the payload.
  // `default_algorithm` is computed where the client names none.
  static Answer<std::unique_ptr<Payload>> Make(const Request& request, const PayloadRules& rules,
                                               ByteStream& raw, std::uint64_t limit,
                                               std::optional<ChecksumAlgorithm> default_algorithm,
                                               ChecksumHeaders headers = ChecksumHeaders::kOfBody);
  ~Payload() override;

  // The end (0) comes only when everything was right: kContentSha256Mismatch, kBadDigest, kIncompleteBody,
  // kSignatureDoesNotMatch (a chunk), kInvalidChunkSizeError, kMalformedTrailer (not what was announced),
  // kInvalidRequest. Each further call fails alike.
  Answer<std::size_t> Read(std::span<char> into) override;

  // The decoded length, as announced.
  std::uint64_t size() const;
  // The rest: of the bytes that were read, after the end.
  const std::string& md5_hex() const;
  // kFullObject; nullopt where the client names none and there is no default.
  const std::optional<Checksum>& checksum() const;

 private:
  struct State;
  explicit Payload(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

// All of a small body, such as an XML document; "" for a request that has none. kEntityTooLarge beyond
// `limit`, and what Payload refuses.
Answer<std::string> ReadDocument(const Request& request, const PayloadRules& rules, ByteStream& raw,
                                 std::uint64_t limit, ChecksumHeaders headers = ChecksumHeaders::kOfBody);

}  // namespace s3conn::local

#endif  // S3CONN_LOCAL_PAYLOAD_H_
