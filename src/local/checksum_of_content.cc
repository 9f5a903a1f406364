#include "local/checksum_of_content.h"

#include "local/read_content.h"

namespace s3conn::local {

Answer<Checksum> ChecksumOfContent(Content& content, ChecksumAlgorithm algorithm) {
  ChecksumHasher hasher(algorithm);
  const Answer<void> read = ReadContent(content, [&](std::string_view bytes) { hasher.Update(bytes); });
  if (!read) return Refuse(read.error());
  return Checksum{algorithm, ChecksumType::kFullObject, hasher.FinishBase64()};
}

}  // namespace s3conn::local
