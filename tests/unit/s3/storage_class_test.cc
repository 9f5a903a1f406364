#include "s3conn/s3/storage_class.h"

#include <cstddef>
#include <set>
#include <string_view>

#include "support/catch.h"

namespace s3conn {
namespace {

TEST_CASE("each storage class has the name that S3 gives it") {
  CHECK(ParseStorageClass("STANDARD") == StorageClass::kStandard);
  CHECK(ParseStorageClass("REDUCED_REDUNDANCY") == StorageClass::kReducedRedundancy);
  CHECK(ParseStorageClass("GLACIER") == StorageClass::kGlacier);
  CHECK(ParseStorageClass("STANDARD_IA") == StorageClass::kStandardIa);
  CHECK(ParseStorageClass("ONEZONE_IA") == StorageClass::kOnezoneIa);
  CHECK(ParseStorageClass("INTELLIGENT_TIERING") == StorageClass::kIntelligentTiering);
  CHECK(ParseStorageClass("DEEP_ARCHIVE") == StorageClass::kDeepArchive);
  CHECK(ParseStorageClass("OUTPOSTS") == StorageClass::kOutposts);
  CHECK(ParseStorageClass("GLACIER_IR") == StorageClass::kGlacierIr);
  CHECK(ParseStorageClass("SNOW") == StorageClass::kSnow);
  CHECK(ParseStorageClass("EXPRESS_ONEZONE") == StorageClass::kExpressOnezone);
  CHECK(ParseStorageClass("FSX_OPENZFS") == StorageClass::kFsxOpenzfs);
}

TEST_CASE("a storage class that is left out is the standard one") {
  CHECK(ParseStorageClass("") == StorageClass::kStandard);
}

TEST_CASE("a name that S3 does not have is an unknown storage class") {
  for (const std::string_view other :
       {"standard", "STANDARD ", "GLACIER_", "COLD", "UNKNOWN_TO_SDK_VERSION"}) {
    CAPTURE(other);
    CHECK(ParseStorageClass(other) == StorageClass::kUnknownToSdkVersion);
  }
}

TEST_CASE("the names of the storage classes are all different and none is unknown") {
  const auto names = StorageClassNames();
  CHECK(names.size() == static_cast<std::size_t>(StorageClass::kUnknownToSdkVersion));
  std::set<StorageClass> classes;
  for (const std::string_view name : names) classes.insert(ParseStorageClass(name));
  CHECK(classes.size() == names.size());
  CHECK_FALSE(classes.contains(StorageClass::kUnknownToSdkVersion));
}

}  // namespace
}  // namespace s3conn
