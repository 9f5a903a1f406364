#ifndef S3CONN_TESTS_UNIT_LOCAL_CHUNK_ENCODER_H_
#define S3CONN_TESTS_UNIT_LOCAL_CHUNK_ENCODER_H_

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "base/hash.h"
#include "base/text.h"
#include "local/authorization.h"

namespace s3conn::local {

// Frames a body as clients do.
class ChunkEncoder {
 public:
  explicit ChunkEncoder(PayloadRules rules) : rules_(std::move(rules)), previous_(rules_.seed_signature) {}

  void Chunk(std::string_view content) {
    text += fmt::format("{:x}", content.size());
    if (rules_.kind != PayloadRules::Kind::kUnsignedChunksTrailer) {
      Sign("AWS4-HMAC-SHA256-PAYLOAD", HexEncode(Sha256("")) + "\n" + HexEncode(Sha256(content)));
      text += ";chunk-signature=" + previous_;
    }
    text += "\r\n";
    text += content;
    if (!content.empty()) text += "\r\n";
  }
  // In chunks of that size, with the empty one at the end.
  void Chunks(std::string_view content, std::size_t size) {
    for (; !content.empty(); content.remove_prefix(std::min(size, content.size())))
      Chunk(content.substr(0, size));
    Chunk("");
  }
  void Trailer(std::string_view name, std::string_view value, std::string_view line_end = "\r\n") {
    const std::string line = std::string(name) + ":" + std::string(value);
    text += line;
    text += line_end;
    signed_trailers_ += line + "\n";
  }
  void SignTrailers() {
    Sign("AWS4-HMAC-SHA256-TRAILER", HexEncode(Sha256(signed_trailers_)));
    text += "x-amz-trailer-signature:" + previous_ + "\r\n";
  }
  void End() { text += "\r\n"; }

  std::string text;

 private:
  void Sign(std::string_view algorithm, const std::string& hashes) {
    previous_ = HexEncode(HmacSha256(AsBytes(rules_.signing_key), std::string(algorithm) + "\n" +
                                                                      rules_.amz_date + "\n" + rules_.scope +
                                                                      "\n" + previous_ + "\n" + hashes));
  }

  PayloadRules rules_;
  std::string previous_;
  std::string signed_trailers_;
};

// Rules with a key of the tests'.
inline PayloadRules ChunkRules(PayloadRules::Kind kind) {
  PayloadRules rules;
  rules.kind = kind;
  rules.seed_signature = std::string(64, 'a');
  rules.amz_date = "20260115T093000Z";
  rules.scope = "20260115/eu-west-1/s3/aws4_request";
  rules.signing_key = Sha256("key");
  return rules;
}

inline std::string Pattern(std::size_t size) {
  std::string bytes(size, '\0');
  for (std::size_t i = 0; i < size; ++i) bytes[i] = static_cast<char>(i * 31 + i / 256);
  return bytes;
}

}  // namespace s3conn::local

#endif  // S3CONN_TESTS_UNIT_LOCAL_CHUNK_ENCODER_H_
