#ifndef S3CONN_S3_OBJECT_PROPERTIES_H_
#define S3CONN_S3_OBJECT_PROPERTIES_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "s3conn/base/error.h"
#include "s3conn/base/message.h"
#include "s3conn/base/time.h"
#include "s3conn/base/units.h"
#include "s3conn/s3/object_settings.h"
#include "s3conn/s3/storage_class.h"

namespace s3conn {

// A checksum the service keeps beside an object: {"ChecksumCRC64NVME", base64}. A value that ends in "-N" is
// made of N parts' checksums, not of the bytes.
struct ObjectChecksum {
  std::string name;
  std::string value;

  bool operator==(const ObjectChecksum&) const = default;
};

// The copy of an archived object that a restore makes for some days: x-amz-restore.
struct RestoreStatus {
  bool is_in_progress = false;           // asked for, and not there yet
  std::optional<Timestamp> expiry_date;  // when it goes again

  bool operator==(const RestoreStatus&) const = default;
};

// What the headers of a GET or HEAD response tell about an object. Absent ones are empty.
struct ObjectProperties {
  ByteCount size;    // of the whole object, also where the response is a range of it
  std::string etag;  // without its quotes
  std::optional<Timestamp> last_modified;
  std::string content_type;
  std::string content_encoding;
  std::string content_disposition;
  std::string content_language;
  std::string cache_control;
  std::string expires;             // as it is: not every store keeps it a date
  std::string storage_class_name;  // as the service sent it
  std::string archive_status;  // "ARCHIVE_ACCESS": the tier that an INTELLIGENT_TIERING object has sunk to
  std::optional<RestoreStatus> restore;
  std::string version_id;
  std::string server_side_encryption;  // "AES256", "aws:kms", or for keys of the customer's own "SSE-C"
  std::vector<ObjectChecksum> checksums;
  std::string kms_key_id;
  NamedValues metadata;         // x-amz-meta-*, names without the prefix
  std::uint64_t tag_count = 0;  // as far as the store tells

  StorageClass storage_class() const { return ParseStorageClass(storage_class_name); }
  bool operator==(const ObjectProperties&) const = default;
};

ObjectProperties ReadObjectProperties(const HttpResponse& response);

// The same, but a retryable kService error where the answer is not one about an object: every store sends an
// ETag and a length, the log-in page of a network does not.
Result<ObjectProperties> RequireObjectProperties(const HttpResponse& response);

// All x-amz-checksum-<algorithm> headers of a response.
std::vector<ObjectChecksum> ReadChecksums(const Headers& headers);

// How an object is encrypted: "AES256", "aws:kms", or "SSE-C"; "" where the service does not tell.
std::string ReadEncryption(const Headers& headers);

// An ETag without its quotes.
std::string UnquoteETag(std::string_view etag);

}  // namespace s3conn

#endif  // S3CONN_S3_OBJECT_PROPERTIES_H_
