#ifndef S3CONN_S3_STORAGE_CLASS_H_
#define S3CONN_S3_STORAGE_CLASS_H_

#include <span>
#include <string_view>

namespace s3conn {

// https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html, x-amz-storage-class. Stores invent
// others: what the service sent is kept as text beside this.
enum class StorageClass {
  kStandard,
  kReducedRedundancy,
  kGlacier,
  kStandardIa,
  kOnezoneIa,
  kIntelligentTiering,
  kDeepArchive,
  kOutposts,
  kGlacierIr,
  kSnow,
  kExpressOnezone,
  kFsxOpenzfs,
  kUnknownToSdkVersion,
};

// "STANDARD_IA"; "" is kStandard, as S3 leaves it out there. kUnknownToSdkVersion for every other name.
StorageClass ParseStorageClass(std::string_view name);

// The names of all but the unknown one.
std::span<const std::string_view> StorageClassNames();

}  // namespace s3conn

#endif  // S3CONN_S3_STORAGE_CLASS_H_
