#ifndef S3CONN_BASE_UNITS_H_
#define S3CONN_BASE_UNITS_H_

#include <compare>
#include <cstdint>
#include <string>

namespace s3conn {

// A number of bytes. Explicit, so that nothing else becomes one by accident.
class ByteCount {
 public:
  constexpr ByteCount() = default;
  constexpr explicit ByteCount(std::uint64_t bytes) : bytes_(bytes) {}
  constexpr std::uint64_t bytes() const { return bytes_; }
  constexpr auto operator<=>(const ByteCount&) const = default;
  constexpr ByteCount operator+(ByteCount other) const { return ByteCount(bytes_ + other.bytes_); }

 private:
  std::uint64_t bytes_ = 0;
};

inline namespace literals {
constexpr ByteCount operator""_B(unsigned long long n) {
  return ByteCount(n);
}
constexpr ByteCount operator""_KiB(unsigned long long n) {
  return ByteCount(n << 10);
}
constexpr ByteCount operator""_MiB(unsigned long long n) {
  return ByteCount(n << 20);
}
constexpr ByteCount operator""_GiB(unsigned long long n) {
  return ByteCount(n << 30);
}
}  // namespace literals

// For people: "0 B", "1023 B", "1.5 KiB", "42.0 MiB".
std::string HumanBytes(ByteCount count);

}  // namespace s3conn

#endif  // S3CONN_BASE_UNITS_H_
