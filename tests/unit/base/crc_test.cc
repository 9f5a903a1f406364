#include "base/crc.h"

#include <string>
#include <string_view>

#include "support/catch.h"

namespace s3conn {
namespace {

constexpr std::string_view kCheckText = "123456789";

std::string Pattern(std::size_t size) {
  std::string bytes(size, '\0');
  for (std::size_t i = 0; i < size; ++i) bytes[i] = static_cast<char>(i * 31 + i / 256);
  return bytes;
}

std::uint64_t CrcOf(CrcKind kind, std::string_view bytes) {
  Crc crc(kind);
  crc.Update(bytes);
  return crc.value();
}

// Bit by bit, as the definitions read.
std::uint64_t SlowCrc(std::uint64_t polynomial, std::uint64_t mask, std::string_view bytes) {
  std::uint64_t crc = mask;
  for (const char c : bytes) {
    crc ^= static_cast<unsigned char>(c);
    for (int bit = 0; bit < 8; ++bit) crc = (crc >> 1) ^ ((crc & 1) != 0 ? polynomial : 0);
  }
  return crc ^ mask;
}

TEST_CASE("each CRC gives the check value of its catalogue entry") {
  CHECK(CrcOf(CrcKind::kCrc32, kCheckText) == 0xcbf43926U);
  CHECK(CrcOf(CrcKind::kCrc32c, kCheckText) == 0xe3069283U);
  CHECK(CrcOf(CrcKind::kCrc64Nvme, kCheckText) == 0xae8b14860a799888U);
}

TEST_CASE("each CRC agrees with its definition at every length and alignment") {
  const std::string bytes = Pattern(80);
  for (std::size_t start = 0; start < 8; ++start) {
    for (std::size_t length = 0; length <= 64; ++length) {
      CAPTURE(start, length);
      const std::string_view part = std::string_view(bytes).substr(start, length);
      CHECK(CrcOf(CrcKind::kCrc32, part) == SlowCrc(0xedb88320U, 0xffffffffU, part));
      CHECK(CrcOf(CrcKind::kCrc32c, part) == SlowCrc(0x82f63b78U, 0xffffffffU, part));
      CHECK(CrcOf(CrcKind::kCrc64Nvme, part) == SlowCrc(0x9a6c9329ac4bc9b5U, ~std::uint64_t{0}, part));
    }
  }
}

TEST_CASE("updates in pieces give the CRC of the whole") {
  const std::string bytes = Pattern(1000);
  for (const CrcKind kind : {CrcKind::kCrc32, CrcKind::kCrc32c, CrcKind::kCrc64Nvme}) {
    for (const std::size_t piece : {1U, 3U, 7U, 8U, 9U, 64U, 999U}) {
      CAPTURE(static_cast<int>(kind), piece);
      Crc crc(kind);
      for (std::size_t at = 0; at < bytes.size(); at += piece) {
        crc.Update(std::string_view(bytes).substr(at, piece));
        crc.Update("");
      }
      CHECK(crc.value() == CrcOf(kind, bytes));
    }
  }
}

TEST_CASE("a CRC of nothing is zero and a reset forgets what was seen") {
  Crc crc(CrcKind::kCrc64Nvme);
  CHECK(crc.value() == 0);
  crc.Update("something else");
  crc.Reset();
  crc.Update(kCheckText);
  CHECK(crc.value() == 0xae8b14860a799888U);
}

TEST_CASE("the header form is base64 of the big-endian bytes") {
  const auto base64 = [](CrcKind kind, std::string_view bytes) {
    Crc crc(kind);
    crc.Update(bytes);
    return crc.Base64();
  };
  CHECK(base64(CrcKind::kCrc32, kCheckText) == "y/Q5Jg==");
  CHECK(base64(CrcKind::kCrc32c, kCheckText) == "4waSgw==");
  CHECK(base64(CrcKind::kCrc64Nvme, kCheckText) == "rosUhgp5mIg=");
  CHECK(base64(CrcKind::kCrc32, "") == "AAAAAA==");
  CHECK(base64(CrcKind::kCrc64Nvme, "") == "AAAAAAAAAAA=");
}

TEST_CASE("the CRCs of two stretches combine to the CRC of both") {
  const std::string bytes = Pattern(5000);
  for (const CrcKind kind : {CrcKind::kCrc32, CrcKind::kCrc32c, CrcKind::kCrc64Nvme}) {
    for (const std::size_t cut : {0U, 1U, 7U, 2500U, 4872U, 4999U, 5000U}) {
      CAPTURE(static_cast<int>(kind), cut);
      const std::string_view first = std::string_view(bytes).substr(0, cut);
      const std::string_view second = std::string_view(bytes).substr(cut);
      CHECK(CombineCrc(kind, CrcOf(kind, first), CrcOf(kind, second), second.size()) == CrcOf(kind, bytes));
    }
  }
}

TEST_CASE("CRCs of very long stretches combine in any order") {
  constexpr std::uint64_t kLong = std::uint64_t{1} << 63;
  for (const CrcKind kind : {CrcKind::kCrc32, CrcKind::kCrc32c, CrcKind::kCrc64Nvme}) {
    CAPTURE(static_cast<int>(kind));
    const std::uint64_t a = CrcOf(kind, "first");
    const std::uint64_t b = CrcOf(kind, "second");
    const std::uint64_t c = CrcOf(kind, "third");
    // As if b were of kLong - 5 bytes, c of 5.
    const std::uint64_t from_left = CombineCrc(kind, CombineCrc(kind, a, b, kLong - 5), c, 5);
    const std::uint64_t from_right = CombineCrc(kind, a, CombineCrc(kind, b, c, 5), kLong);
    CHECK(from_left == from_right);
  }
}

}  // namespace
}  // namespace s3conn
