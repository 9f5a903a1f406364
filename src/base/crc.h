#ifndef S3CONN_BASE_CRC_H_
#define S3CONN_BASE_CRC_H_

#include <cstdint>
#include <string>
#include <string_view>

namespace s3conn {

// The CRCs that S3 calls CRC32 (ISO-HDLC), CRC32C (iSCSI) and CRC64NVME.
enum class CrcKind { kCrc32, kCrc32c, kCrc64Nvme };

// A running CRC.
class Crc {
 public:
  explicit Crc(CrcKind kind) : kind_(kind) {}
  void Update(std::string_view bytes);
  void Reset() { state_ = 0; }
  std::uint64_t value() const { return state_; }
  // The form of the x-amz-checksum-* headers: base64 of the big-endian bytes.
  std::string Base64() const;

 private:
  CrcKind kind_;
  std::uint64_t state_ = 0;  // final form: already inverted
};

// The CRC of two stretches of bytes, the second right behind the first, from the CRC of each and the length
// of the second. About a hundred multiplications of polynomials, whatever the length.
std::uint64_t CombineCrc(CrcKind kind, std::uint64_t first, std::uint64_t second,
                         std::uint64_t second_length);

}  // namespace s3conn

#endif  // S3CONN_BASE_CRC_H_
