#include "base/crc.h"

#include <array>
#include <cstring>
#include <limits>

#include "base/text.h"

namespace s3conn {
namespace {

// Reflected: the coefficient of x^0 is the highest bit.
constexpr std::uint32_t kCrc32Polynomial = 0xedb88320U;
constexpr std::uint32_t kCrc32cPolynomial = 0x82f63b78U;
constexpr std::uint64_t kCrc64NvmePolynomial = 0x9a6c9329ac4bc9b5U;

// Slicing-by-8 over reflected polynomials: eight table look-ups for eight bytes, no hardware needed.
template <typename Word>
struct SlicedTable {
  std::array<std::array<Word, 256>, 8> rows{};

  explicit constexpr SlicedTable(Word polynomial) {
    for (std::size_t i = 0; i < 256; ++i) {
      Word value = static_cast<Word>(i);
      for (int bit = 0; bit < 8; ++bit) value = (value >> 1) ^ ((value & 1) != 0 ? polynomial : 0);
      rows[0][i] = value;
    }
    for (std::size_t row = 1; row < 8; ++row) {
      for (std::size_t i = 0; i < 256; ++i) {
        const Word previous = rows[row - 1][i];
        rows[row][i] = (previous >> 8) ^ rows[0][previous & 255];
      }
    }
  }
};

template <typename Word>
Word Extend(const SlicedTable<Word>& table, Word crc, std::string_view bytes) {
  const auto& rows = table.rows;
  crc = ~crc;
  const char* data = bytes.data();
  std::size_t left = bytes.size();
  for (; left >= 8; data += 8, left -= 8) {
    std::array<unsigned char, 8> block{};
    std::memcpy(block.data(), data, 8);
    for (std::size_t i = 0; i < sizeof(Word); ++i) block[i] ^= static_cast<unsigned char>(crc >> (8 * i));
    Word next = 0;
    for (std::size_t i = 0; i < 8; ++i) next ^= rows[7 - i][block[i]];
    crc = next;
  }
  for (; left > 0; ++data, --left) {
    crc = (crc >> 8) ^ rows[0][(crc ^ static_cast<unsigned char>(*data)) & 255];
  }
  return ~crc;
}

// The tables are computed at the first use of each kind, so that a command without checksums pays nothing.
const SlicedTable<std::uint32_t>& Crc32Table() {
  static const SlicedTable<std::uint32_t> kTable(kCrc32Polynomial);
  return kTable;
}
const SlicedTable<std::uint32_t>& Crc32cTable() {
  static const SlicedTable<std::uint32_t> kTable(kCrc32cPolynomial);
  return kTable;
}
const SlicedTable<std::uint64_t>& Crc64NvmeTable() {
  static const SlicedTable<std::uint64_t> kTable(kCrc64NvmePolynomial);
  return kTable;
}

// a times b modulo the polynomial.
template <typename Word>
Word Multiply(Word polynomial, Word a, Word b) {
  constexpr int kHighest = std::numeric_limits<Word>::digits - 1;
  Word product = 0;
  for (int bit = kHighest; bit >= 0; --bit) {
    if (((a >> bit) & 1) != 0) product ^= b;
    b = (b >> 1) ^ ((b & 1) != 0 ? polynomial : 0);
  }
  return product;
}

// What `length` bytes that come after it do to a CRC, beside adding their own: it is multiplied by x^8 for
// each. The inversions at the begin and the end of both CRCs cancel out.
template <typename Word>
Word Combine(Word polynomial, Word first, Word second, std::uint64_t length) {
  Word power = Word{1} << (std::numeric_limits<Word>::digits - 1 - 8);  // x^8
  for (; length != 0; length >>= 1) {
    if ((length & 1) != 0) first = Multiply(polynomial, power, first);
    power = Multiply(polynomial, power, power);
  }
  return first ^ second;
}

}  // namespace

void Crc::Update(std::string_view bytes) {
  switch (kind_) {
    case CrcKind::kCrc32:
      state_ = Extend(Crc32Table(), static_cast<std::uint32_t>(state_), bytes);
      break;
    case CrcKind::kCrc32c:
      state_ = Extend(Crc32cTable(), static_cast<std::uint32_t>(state_), bytes);
      break;
    case CrcKind::kCrc64Nvme:
      state_ = Extend(Crc64NvmeTable(), state_, bytes);
      break;
  }
}

std::string Crc::Base64() const {
  const std::size_t width = kind_ == CrcKind::kCrc64Nvme ? 8 : 4;
  std::array<unsigned char, 8> bytes{};
  for (std::size_t i = 0; i < width; ++i)
    bytes[i] = static_cast<unsigned char>(state_ >> (8 * (width - 1 - i)));
  return Base64Encode(std::span(bytes).first(width));
}

std::uint64_t CombineCrc(CrcKind kind, std::uint64_t first, std::uint64_t second,
                         std::uint64_t second_length) {
  if (kind == CrcKind::kCrc64Nvme) return Combine(kCrc64NvmePolynomial, first, second, second_length);
  const std::uint32_t polynomial = kind == CrcKind::kCrc32 ? kCrc32Polynomial : kCrc32cPolynomial;
  return Combine(polynomial, static_cast<std::uint32_t>(first), static_cast<std::uint32_t>(second),
                 second_length);
}

}  // namespace s3conn
