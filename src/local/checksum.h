#ifndef S3CONN_LOCAL_CHECKSUM_H_
#define S3CONN_LOCAL_CHECKSUM_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace s3conn::local {

enum class ChecksumAlgorithm { kCrc32, kCrc32c, kCrc64Nvme, kSha1, kSha256 };
// Of what comes without a checksum, as in S3.
inline constexpr ChecksumAlgorithm kDefaultChecksum = ChecksumAlgorithm::kCrc64Nvme;
// Of the whole object's bytes, or of its parts' checksums (then the value ends in "-N").
enum class ChecksumType { kFullObject, kComposite };

struct Checksum {
  ChecksumAlgorithm algorithm = ChecksumAlgorithm::kCrc64Nvme;
  ChecksumType type = ChecksumType::kFullObject;
  std::string value;  // base64

  bool operator==(const Checksum&) const = default;
};

// "CRC64NVME", and back (upper case only, as S3).
std::string_view ChecksumName(ChecksumAlgorithm algorithm);
std::optional<ChecksumAlgorithm> ParseChecksumName(std::string_view name);
// "x-amz-checksum-crc64nvme".
std::string ChecksumHeader(ChecksumAlgorithm algorithm);
// Whether that is the base64 of as many bytes as the algorithm gives.
bool IsChecksumValue(ChecksumAlgorithm algorithm, std::string_view base64);
// "FULL_OBJECT", "COMPOSITE".
std::string_view ChecksumTypeName(ChecksumType type);

// A running checksum.
class ChecksumHasher {
 public:
  explicit ChecksumHasher(ChecksumAlgorithm algorithm);
  ChecksumHasher(ChecksumHasher&&) noexcept;
  ChecksumHasher& operator=(ChecksumHasher&&) noexcept;
  ~ChecksumHasher();

  void Update(std::string_view bytes);
  std::string FinishBase64();  // once

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace s3conn::local

#endif  // S3CONN_LOCAL_CHECKSUM_H_
