#ifndef S3CONN_LOCAL_OBJECT_REQUEST_H_
#define S3CONN_LOCAL_OBJECT_REQUEST_H_

#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "local/call.h"

// What the requests about objects have in common: read from and written to headers.

namespace s3conn::local {

// Content-Type and its like, x-amz-meta-*, x-amz-tagging, x-amz-storage-class of the request, for the key of
// the resource. kMetadataTooLarge (2 KiB), kInvalidTag, kInvalidStorageClass, kKeyTooLong (1,024 bytes).
Answer<ObjectAttributes> ReadAttributes(const Call& call);

// kNotImplemented, naming the header, for what is not done here: encryption, ACLs other than private, grants,
// object lock. kAccessDenied for another x-amz-expected-bucket-owner.
Answer<void> RefuseUnsupportedHeaders(const Call& call);

// If-Match and If-None-Match of a write. kNotImplemented for If-None-Match with an ETag.
Answer<WriteCondition> ReadWriteCondition(const Call& call);

// If-Match, If-None-Match, If-Modified-Since and If-Unmodified-Since of a read, or with the prefix
// "x-amz-copy-source-" those of a copy (which gives kPreconditionFailed also where a read gives
// kNotModified).
enum class ConditionsOf { kRead, kCopySource };
Answer<void> CheckReadConditions(const Call& call, ConditionsOf conditions, const StoredVersion& version);

// The value of Range or x-amz-copy-source-range, for an object of that size: first byte and length. nullopt
// where a GET has to ignore it (other units, several ranges, nonsense). kInvalidRange beyond the end.
struct ByteSpan {
  std::uint64_t offset = 0;
  std::uint64_t length = 0;
};
Answer<std::optional<ByteSpan>> ParseRange(std::string_view header, std::uint64_t size);

// x-amz-copy-source: "/bucket/key?versionId=…", percent-encoded; finds the version. Its conditions are
// judged.
struct CopySource {
  std::string bucket;
  StoredVersion version;
};
Answer<CopySource> FindCopySource(const Call& call);

// ETag, Last-Modified, the attributes, x-amz-version-id, x-amz-storage-class, x-amz-restore,
// x-amz-tagging-count, x-amz-mp-parts-count; the checksum only where x-amz-checksum-mode asks for it.
void AddObjectHeaders(const Call& call, const StoredVersion& version, Headers& headers);

// Adds x-amz-version-id, but not the "null" of a bucket that never had versioning.
void AddVersionId(const StoredBucket& bucket, std::string_view version_id, Headers& headers);

// "2026-01-15T09:30:00.000Z", the form in documents.
std::string DocumentTime(Timestamp time);

std::string Quoted(std::string_view etag);

}  // namespace s3conn::local

#endif  // S3CONN_LOCAL_OBJECT_REQUEST_H_
