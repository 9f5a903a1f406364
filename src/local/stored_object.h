#ifndef S3CONN_LOCAL_STORED_OBJECT_H_
#define S3CONN_LOCAL_STORED_OBJECT_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "local/checksum.h"
#include "s3conn/base/message.h"
#include "s3conn/base/time.h"

namespace s3conn::local {

// Bytes of an object's key, at most, as in S3.
inline constexpr std::size_t kLongestObjectKey = 1024;

using Tags = std::vector<std::pair<std::string, std::string>>;

enum class Versioning { kNever, kEnabled, kSuspended };

struct StoredBucket {
  std::int64_t id = 0;
  std::string name{};
  std::string region{};
  Timestamp created{};
  Versioning versioning = Versioning::kNever;
};

// What a client says about an object beside its bytes; part of a version and of an upload.
struct ObjectAttributes {
  std::string key{};
  Headers headers{};  // Content-Type and the other five, x-amz-meta-*, x-amz-website-redirect-location
  Tags tags{};
  std::string storage_class = "STANDARD";
};

// One version of an object, or a delete marker.
struct StoredVersion {
  std::int64_t id = 0;  // grows with every write: the newest version of a key has the greatest
  ObjectAttributes attributes{};
  std::string version_id{};  // "null" where it was written without versioning
  bool is_latest = true;
  bool is_delete_marker = false;
  std::uint64_t size = 0;
  std::string etag{};  // without quotes
  Timestamp modified{};
  std::optional<Checksum> checksum{};
  std::uint32_t parts = 0;                    // of a multipart upload; 0: it came in one piece
  std::optional<Timestamp> restored_until{};  // of an archived one
  std::string blob{};                         // of an object in one piece: where the store has its bytes
};

// A part of an upload, or of the object that became of it.
struct StoredPart {
  std::uint32_t number = 0;
  std::uint64_t size = 0;
  std::string etag{};
  Timestamp modified{};
  std::optional<Checksum> checksum{};
};

struct StoredUpload {
  std::string id{};
  ObjectAttributes attributes{};
  Timestamp initiated{};
  std::optional<ChecksumAlgorithm> checksum_algorithm{};
  ChecksumType checksum_type = ChecksumType::kFullObject;
};

}  // namespace s3conn::local

#endif  // S3CONN_LOCAL_STORED_OBJECT_H_
