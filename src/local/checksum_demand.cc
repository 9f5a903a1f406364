#include "local/checksum_demand.h"

#include <array>
#include <string_view>

#include "base/text.h"

namespace s3conn::local {
namespace {

constexpr std::string_view kPrefix = "x-amz-checksum-";

// "x-amz-checksum-crc32", in any letter case.
std::optional<ChecksumAlgorithm> AlgorithmOfHeader(std::string_view name) {
  constexpr auto kAll =
      std::to_array({ChecksumAlgorithm::kCrc32, ChecksumAlgorithm::kCrc32c, ChecksumAlgorithm::kCrc64Nvme,
                     ChecksumAlgorithm::kSha1, ChecksumAlgorithm::kSha256});
  for (const ChecksumAlgorithm algorithm : kAll) {
    if (EqualsIgnoringCase(name, ChecksumHeader(algorithm))) return algorithm;
  }
  return std::nullopt;
}

// Of the same family of names, but no checksums.
bool IsAboutChecksums(std::string_view name) {
  constexpr auto kNames = std::to_array<std::string_view>({"algorithm", "mode", "type"});
  if (!EqualsIgnoringCase(name.substr(0, kPrefix.size()), kPrefix)) return true;
  for (const std::string_view known : kNames) {
    if (EqualsIgnoringCase(name.substr(kPrefix.size()), known)) return true;
  }
  return false;
}

tl::unexpected<Refusal> RefuseSecond() {
  return Refuse(Code::kInvalidRequest,
                "Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.");
}

tl::unexpected<Refusal> RefuseValue(std::string_view header) {
  return Refuse(Code::kInvalidRequest, "Value for " + std::string(header) + " header is invalid.");
}

Answer<void> ReadHeader(const Header& header, ChecksumDemand& demand) {
  const std::optional<ChecksumAlgorithm> algorithm = AlgorithmOfHeader(header.name);
  if (!algorithm) {
    if (IsAboutChecksums(header.name)) return {};
    return Refuse(Code::kInvalidRequest,
                  "The algorithm type you specified in x-amz-checksum- header is invalid.");
  }
  if (demand.algorithm) return RefuseSecond();
  if (!IsChecksumValue(*algorithm, header.value)) return RefuseValue(ChecksumHeader(*algorithm));
  demand.algorithm = algorithm;
  demand.value = header.value;
  return {};
}

Answer<void> ReadTrailerName(const Headers& headers, PayloadRules::Kind kind, ChecksumDemand& demand) {
  const std::string* const names = headers.Find("x-amz-trailer");
  if (names == nullptr) return {};
  const bool has_trailer =
      kind == PayloadRules::Kind::kSignedChunksTrailer || kind == PayloadRules::Kind::kUnsignedChunksTrailer;
  const std::optional<ChecksumAlgorithm> algorithm = AlgorithmOfHeader(*names);
  if (!has_trailer || !algorithm) {
    return Refuse(Code::kInvalidRequest, "The value specified in the x-amz-trailer header is not supported");
  }
  if (demand.algorithm) return RefuseSecond();
  demand.algorithm = algorithm;
  demand.in_trailer = true;
  return {};
}

Answer<void> ReadAlgorithmName(const Headers& headers, std::string_view header, ChecksumDemand& demand) {
  const std::string* const name = headers.Find(header);
  if (name == nullptr) return {};
  const std::optional<ChecksumAlgorithm> algorithm = ParseChecksumName(*name);
  if (!algorithm) {
    return Refuse(Code::kInvalidRequest,
                  "Checksum algorithm provided is unsupported. Please try again with any of the valid types: "
                  "[CRC32, CRC32C, CRC64NVME, SHA1, SHA256]");
  }
  if (demand.algorithm && demand.algorithm != algorithm) return RefuseValue(header);
  demand.algorithm = algorithm;
  return {};
}

}  // namespace

Answer<ChecksumDemand> ReadChecksumDemand(const Headers& headers, PayloadRules::Kind kind) {
  ChecksumDemand demand;
  Answer<void> read;
  for (const Header& header : headers) {
    if (read) read = ReadHeader(header, demand);
  }
  if (read) read = ReadTrailerName(headers, kind, demand);
  if (read) read = ReadAlgorithmName(headers, "x-amz-sdk-checksum-algorithm", demand);
  if (read) read = ReadAlgorithmName(headers, "x-amz-checksum-algorithm", demand);
  if (!read) return Refuse(std::move(read.error()));
  return demand;
}

}  // namespace s3conn::local
