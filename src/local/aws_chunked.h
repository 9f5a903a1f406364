#ifndef S3CONN_LOCAL_AWS_CHUNKED_H_
#define S3CONN_LOCAL_AWS_CHUNKED_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/hash.h"
#include "local/authorization.h"
#include "local/exchange.h"
#include "s3conn/base/message.h"

namespace s3conn::local {

// The content of a body in S3's own framing: chunks with their sizes, each signed or none, then perhaps
// trailing fields. Takes 16 KiB, whatever the sizes of the chunks.
// https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html
// https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming-trailers.html
class AwsChunkedStream final : public ByteStream {
 public:
  struct Announced {
    std::uint64_t length = 0;             // x-amz-decoded-content-length
    std::vector<std::string> trailers{};  // x-amz-trailer, in lower case
  };
  // `rules` are of a kind with chunks. `raw` outlives the stream.
  AwsChunkedStream(PayloadRules rules, Announced announced, ByteStream& raw);

  // Bytes come before the signature of their chunk was verified; the end (0) only when everything was right.
  // kSignatureDoesNotMatch, kInvalidChunkSizeError (less than 8 KiB, but for the last), kMalformedTrailer
  // (not what was announced), kIncompleteBody for any other break in the framing. Each further call fails
  // alike.
  Answer<std::size_t> Read(std::span<char> into) override;

  // After the end: each one that was announced, with names in lower case.
  const Headers& trailers() const { return trailers_; }

 private:
  struct ChunkHead {
    std::uint64_t size = 0;
    std::string signature{};
  };

  bool chunks_are_signed() const;
  Answer<std::size_t> ReadOn(std::span<char> into);
  Answer<std::size_t> ReadContent(std::span<char> into);
  Answer<void> EndChunk();
  Answer<void> BeginChunk();
  Answer<void> ReadTrailers();
  Answer<void> ReadTrailer(std::string_view line, std::string& signature);
  Answer<void> VerifyChunk();
  Answer<void> VerifyTrailers(std::string_view signature);
  Answer<std::size_t> FillBuffer();
  Answer<std::string> ReadLine();
  Answer<std::string> ReadRest();

  PayloadRules rules_;
  Announced announced_;
  ByteStream& raw_;
  std::string buffer_;     // what was read of `raw_`
  std::size_t begin_ = 0;  // of what is left in it
  std::size_t end_ = 0;
  std::optional<ChunkHead> chunk_;  // the present one
  std::uint64_t left_ = 0;          // of its content
  std::uint64_t produced_ = 0;
  Hasher chunk_hash_{Hasher::Algorithm::kSha256};
  std::string previous_signature_;
  Headers trailers_;
  bool ended_ = false;
  std::optional<Refusal> failure_;
};

// The value of Content-Encoding as it is kept with an object: "aws-chunked" says only how the bytes came.
std::string WithoutAwsChunked(std::string_view content_encoding);

}  // namespace s3conn::local

#endif  // S3CONN_LOCAL_AWS_CHUNKED_H_
