#include "local/checksum.h"

#include <array>
#include <cstddef>
#include <span>
#include <utility>
#include <variant>

#include "base/crc.h"
#include "base/hash.h"
#include "base/text.h"

namespace s3conn::local {
namespace {

struct Traits {
  ChecksumAlgorithm algorithm;
  std::string_view name;
  std::size_t bytes;
};

// In the order of the enumeration.
constexpr auto kTraits = std::to_array<Traits>({
    {ChecksumAlgorithm::kCrc32, "CRC32", 4},
    {ChecksumAlgorithm::kCrc32c, "CRC32C", 4},
    {ChecksumAlgorithm::kCrc64Nvme, "CRC64NVME", 8},
    {ChecksumAlgorithm::kSha1, "SHA1", 20},
    {ChecksumAlgorithm::kSha256, "SHA256", 32},
});

const Traits& TraitsOf(ChecksumAlgorithm algorithm) {
  return kTraits.at(static_cast<std::size_t>(algorithm));
}

using Running = std::variant<Crc, Hasher>;

Running Start(ChecksumAlgorithm algorithm) {
  switch (algorithm) {
    case ChecksumAlgorithm::kCrc32:
      return Crc(CrcKind::kCrc32);
    case ChecksumAlgorithm::kCrc32c:
      return Crc(CrcKind::kCrc32c);
    case ChecksumAlgorithm::kSha1:
      return Hasher(Hasher::Algorithm::kSha1);
    case ChecksumAlgorithm::kSha256:
      return Hasher(Hasher::Algorithm::kSha256);
    case ChecksumAlgorithm::kCrc64Nvme:
      break;
  }
  return Crc(CrcKind::kCrc64Nvme);
}

}  // namespace

std::string_view ChecksumName(ChecksumAlgorithm algorithm) {
  return TraitsOf(algorithm).name;
}

std::optional<ChecksumAlgorithm> ParseChecksumName(std::string_view name) {
  for (const Traits& traits : kTraits) {
    if (traits.name == name) return traits.algorithm;
  }
  return std::nullopt;
}

std::string ChecksumHeader(ChecksumAlgorithm algorithm) {
  return "x-amz-checksum-" + AsciiLower(ChecksumName(algorithm));
}

bool IsChecksumValue(ChecksumAlgorithm algorithm, std::string_view base64) {
  const std::optional<std::string> bytes = Base64Decode(base64);
  return bytes && bytes->size() == TraitsOf(algorithm).bytes;
}

std::string_view ChecksumTypeName(ChecksumType type) {
  return type == ChecksumType::kComposite ? "COMPOSITE" : "FULL_OBJECT";
}

struct ChecksumHasher::State {
  Running running;
};

ChecksumHasher::ChecksumHasher(ChecksumAlgorithm algorithm)
    : state_(std::make_unique<State>(State{Start(algorithm)})) {}
ChecksumHasher::ChecksumHasher(ChecksumHasher&&) noexcept = default;
ChecksumHasher& ChecksumHasher::operator=(ChecksumHasher&&) noexcept = default;
ChecksumHasher::~ChecksumHasher() = default;

void ChecksumHasher::Update(std::string_view bytes) {
  std::visit([bytes](auto& running) { running.Update(bytes); }, state_->running);
}

std::string ChecksumHasher::FinishBase64() {
  if (const Crc* crc = std::get_if<Crc>(&state_->running)) return crc->Base64();
  const std::string digest = std::get<Hasher>(state_->running).FinishBytes();
  return Base64Encode({reinterpret_cast<const unsigned char*>(digest.data()), digest.size()});
}

}  // namespace s3conn::local
