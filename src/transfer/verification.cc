#include "transfer/verification.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <span>

#include "base/text.h"

namespace s3conn {
namespace {

struct KnownCrc {
  std::string_view field;
  std::string_view name;
  CrcKind kind;
};
constexpr std::array<KnownCrc, 3> kCrcs = {{{"ChecksumCRC64NVME", "crc64nvme", CrcKind::kCrc64Nvme},
                                            {"ChecksumCRC32C", "crc32c", CrcKind::kCrc32c},
                                            {"ChecksumCRC32", "crc32", CrcKind::kCrc32}}};

// "abc=-3" is made of three parts' checksums and says nothing about the bytes in a row.
bool IsWhole(std::string_view checksum) {
  return checksum.find('-') == std::string_view::npos;
}

bool IsMd5(std::string_view etag) {
  return etag.size() == 32 && std::all_of(etag.begin(), etag.end(), [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
         });
}

const ObjectChecksum* FindWhole(const ObjectProperties& object, std::string_view field) {
  for (const ObjectChecksum& checksum : object.checksums) {
    if (checksum.name == field && IsWhole(checksum.value)) return &checksum;
  }
  return nullptr;
}

}  // namespace

Verification::Verification(const ObjectProperties& object) {
  for (const KnownCrc& known : kCrcs) {
    if (const ObjectChecksum* checksum = FindWhole(object, known.field)) {
      name_ = known.name;
      expected_ = checksum->value;
      running_.emplace<Crc>(known.kind);
      return;
    }
  }
  if (const ObjectChecksum* checksum = FindWhole(object, "ChecksumSHA256")) {
    if (const auto digest = Base64Decode(checksum->value)) {
      name_ = "sha256";
      expected_ = HexEncode({reinterpret_cast<const unsigned char*>(digest->data()), digest->size()});
      running_.emplace<Hasher>(Hasher::Algorithm::kSha256);
      return;
    }
  }
  const bool plain = object.server_side_encryption.empty() || object.server_side_encryption == "AES256";
  if (plain && IsMd5(object.etag)) {
    name_ = "md5";
    expected_ = object.etag;
    running_.emplace<Hasher>(Hasher::Algorithm::kMd5);
  }
}

void Verification::Update(std::string_view bytes) {
  if (Crc* crc = std::get_if<Crc>(&running_)) crc->Update(bytes);
  if (Hasher* hasher = std::get_if<Hasher>(&running_)) hasher->Update(bytes);
}

Status Verification::Finish() {
  std::string actual;
  if (const Crc* crc = std::get_if<Crc>(&running_)) actual = crc->Base64();
  if (Hasher* hasher = std::get_if<Hasher>(&running_)) actual = hasher->FinishHex();
  if (actual == expected_) return {};
  return Failure(ErrorKind::kIntegrity,
                 fmt::format("the bytes received are not the object's: their {} is {}, the store says {}",
                             name_, actual, EscapeForTerminal(expected_)),
                 "nothing was kept; try again, and suspect a proxy or the network if it stays so");
}

}  // namespace s3conn
