#include "base/crc.h"

#include <array>
#include <cstring>

#include "base/text.h"

namespace s3conn {
namespace {

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
  static const SlicedTable<std::uint32_t> kTable(0xedb88320U);
  return kTable;
}
const SlicedTable<std::uint32_t>& Crc32cTable() {
  static const SlicedTable<std::uint32_t> kTable(0x82f63b78U);
  return kTable;
}
const SlicedTable<std::uint64_t>& Crc64NvmeTable() {
  static const SlicedTable<std::uint64_t> kTable(0x9a6c9329ac4bc9b5U);
  return kTable;
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

}  // namespace s3conn
