#include "local/multipart.h"

#include <fmt/format.h>

#include <array>
#include <cstdint>
#include <span>
#include <utility>

#include "base/crc.h"
#include "base/hash.h"
#include "base/text.h"
#include "local/listing_request.h"
#include "local/object_request.h"

namespace s3conn::local {
namespace {

std::optional<CrcKind> CrcKindOf(ChecksumAlgorithm algorithm) {
  switch (algorithm) {
    case ChecksumAlgorithm::kCrc32:
      return CrcKind::kCrc32;
    case ChecksumAlgorithm::kCrc32c:
      return CrcKind::kCrc32c;
    case ChecksumAlgorithm::kCrc64Nvme:
      return CrcKind::kCrc64Nvme;
    case ChecksumAlgorithm::kSha1:
    case ChecksumAlgorithm::kSha256:
      break;
  }
  return std::nullopt;
}

// The bytes of the part's checksum.
std::optional<std::string> RawChecksum(const StoredPart& part, ChecksumAlgorithm algorithm) {
  if (!part.checksum || part.checksum->algorithm != algorithm) return std::nullopt;
  return Base64Decode(part.checksum->value);
}

std::uint64_t ReadBigEndian(std::string_view bytes) {
  std::uint64_t number = 0;
  for (const char byte : bytes) number = number << 8 | static_cast<unsigned char>(byte);
  return number;
}

std::string BigEndianBase64(std::uint64_t number, std::size_t width) {
  std::array<unsigned char, sizeof(number)> bytes{};
  for (std::size_t i = 0; i < width; ++i) {
    bytes.at(i) = static_cast<unsigned char>(number >> (8 * (width - 1 - i)));
  }
  return Base64Encode(std::span(bytes).first(width));
}

std::optional<std::string> CombineCrcs(const std::vector<StoredPart>& parts, ChecksumAlgorithm algorithm) {
  const std::optional<CrcKind> kind = CrcKindOf(algorithm);
  if (!kind) return std::nullopt;
  std::uint64_t crc = 0;  // of no bytes
  for (const StoredPart& part : parts) {
    const std::optional<std::string> raw = RawChecksum(part, algorithm);
    if (!raw) return std::nullopt;
    crc = CombineCrc(*kind, crc, ReadBigEndian(*raw), part.size);
  }
  return BigEndianBase64(crc, *kind == CrcKind::kCrc64Nvme ? 8 : 4);
}

std::optional<std::string> HashChecksums(const std::vector<StoredPart>& parts, ChecksumAlgorithm algorithm) {
  ChecksumHasher hasher(algorithm);
  for (const StoredPart& part : parts) {
    const std::optional<std::string> raw = RawChecksum(part, algorithm);
    if (!raw) return std::nullopt;
    hasher.Update(*raw);
  }
  return fmt::format("{}-{}", hasher.FinishBase64(), parts.size());
}

}  // namespace

Answer<StoredUpload> FindUpload(const Call& call) {
  const std::string_view id = call.resource.Parameter("uploadId").value_or("");
  return call.store.FindUpload(call.resource.bucket, call.resource.key, id);
}

Answer<std::uint32_t> ReadPartNumber(const Call& call) {
  const std::optional<std::uint64_t> number =
      ParseUnsigned(call.resource.Parameter("partNumber").value_or(""));
  if (number && *number >= 1 && *number <= kLastPartNumber) return static_cast<std::uint32_t>(*number);
  return RefuseParameter(
      call, "partNumber",
      fmt::format("Part number must be an integer between 1 and {}, inclusive", kLastPartNumber));
}

std::string MultipartETag(const std::vector<StoredPart>& parts) {
  Hasher md5(Hasher::Algorithm::kMd5);
  for (const StoredPart& part : parts) md5.Update(HexDecode(part.etag).value_or(part.etag));
  return fmt::format("{}-{}", md5.FinishHex(), parts.size());
}

std::optional<Checksum> CombineChecksums(const std::vector<StoredPart>& parts, ChecksumAlgorithm algorithm,
                                         ChecksumType type) {
  std::optional<std::string> value =
      type == ChecksumType::kFullObject ? CombineCrcs(parts, algorithm) : HashChecksums(parts, algorithm);
  if (!value) return std::nullopt;
  return Checksum{.algorithm = algorithm, .type = type, .value = std::move(*value)};
}

void WritePartChecksum(const StoredPart& part, XmlWriter& xml) {
  if (!part.checksum) return;
  xml.Text(fmt::format("Checksum{}", ChecksumName(part.checksum->algorithm)), part.checksum->value);
}

}  // namespace s3conn::local
