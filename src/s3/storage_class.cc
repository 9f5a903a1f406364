#include "s3conn/s3/storage_class.h"

#include <algorithm>
#include <array>

namespace s3conn {
namespace {

// In the order of the enumeration.
constexpr std::array<std::string_view, 12> kNames = {
    "STANDARD",     "REDUCED_REDUNDANCY", "GLACIER",
    "STANDARD_IA",  "ONEZONE_IA",         "INTELLIGENT_TIERING",
    "DEEP_ARCHIVE", "OUTPOSTS",           "GLACIER_IR",
    "SNOW",         "EXPRESS_ONEZONE",    "FSX_OPENZFS"};
static_assert(kNames.size() == static_cast<std::size_t>(StorageClass::kUnknownToSdkVersion));

}  // namespace

StorageClass ParseStorageClass(std::string_view name) {
  if (name.empty()) return StorageClass::kStandard;
  // One past the end is the unknown one.
  return static_cast<StorageClass>(std::find(kNames.begin(), kNames.end(), name) - kNames.begin());
}

std::span<const std::string_view> StorageClassNames() {
  return kNames;
}

}  // namespace s3conn
