#ifndef S3CONN_LOCAL_OBJECT_REQUEST_H_
#define S3CONN_LOCAL_OBJECT_REQUEST_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "local/call.h"
#include "local/xml_writer.h"

// What the requests about objects have in common: read from and written to headers.

namespace s3conn::local {

// To whom everything belongs. An account's number and a canonical user's id in one.
inline constexpr std::string_view kOwnerId = "000000000000";

// The number of bytes that one PUT or one copy may carry, and the greatest number of a part.
inline constexpr std::uint64_t kLargestPut = std::uint64_t{5} << 30;
inline constexpr std::uint64_t kLastPartNumber = 10'000;

// --- object_request.cc

// Content-Type and its like, x-amz-meta-*, x-amz-tagging, x-amz-storage-class of the request, for the key of
// the resource. kMetadataTooLarge (2 KiB), kInvalidTag, kInvalidStorageClass, kKeyTooLong (1,024 bytes),
// kInvalidRedirectLocation.
Answer<ObjectAttributes> ReadAttributes(const Call& call);

// kNotImplemented, naming the header, for what is not done here: encryption, ACLs other than private, grants,
// object lock. kAccessDenied for another x-amz-expected-bucket-owner. S3Service asks it for every operation.
Answer<void> RefuseUnsupportedHeaders(const Call& call);

// The version that ?versionId names; nullopt where there is none. kInvalidArgument for an empty one.
Answer<std::optional<std::string_view>> ReadVersionId(const Call& call);

// All parts of a version that has parts. kInternalError where they are gone with it.
Answer<std::vector<StoredPart>> ReadParts(const Call& call, const StoredVersion& version);

// --- object_conditions.cc

// If-Match and If-None-Match of a write. kNotImplemented for If-None-Match with an ETag.
Answer<WriteCondition> ReadWriteCondition(const Call& call);

// If-Match, If-None-Match, If-Modified-Since and If-Unmodified-Since of a read, or with the prefix
// "x-amz-copy-source-" those of a copy (which gives kPreconditionFailed also where a read gives
// kNotModified).
enum class ConditionsOf { kRead, kCopySource };
Answer<void> CheckReadConditions(const Call& call, ConditionsOf conditions, const StoredVersion& version);

// The value of Range or x-amz-copy-source-range, for an object of that size: first byte and length. nullopt
// where a GET has to ignore it (other units, several ranges, nonsense). kInvalidRange (RangeRequested,
// ActualObjectSize) where it begins beyond the end.
struct ByteSpan {
  std::uint64_t offset = 0;
  std::uint64_t length = 0;
};
Answer<std::optional<ByteSpan>> ParseRange(std::string_view header, std::uint64_t size);

// --- copy_source.cc

// x-amz-copy-source: "/bucket/key?versionId=…", percent-encoded; finds the version. Its conditions are
// judged. kInvalidArgument, kInvalidRequest for a delete marker, kInvalidObjectState for an archived one.
struct CopySource {
  std::string bucket;
  StoredVersion version;
};
Answer<CopySource> FindCopySource(const Call& call);

// --- object_answer.cc

// GLACIER or DEEP_ARCHIVE.
bool IsArchiveClass(std::string_view storage_class);
// Whether its bytes can't be had: of such a class, and not restored, or not any more.
bool IsArchived(const StoredVersion& version, Timestamp now);
tl::unexpected<Refusal> RefuseArchived(const StoredVersion& version);

// A version that was asked for by its id, and is a delete marker: kMethodNotAllowed.
tl::unexpected<Refusal> RefuseDeleteMarker(const Call& call, const StoredVersion& version);

// ETag, Last-Modified, the attributes, x-amz-version-id, x-amz-storage-class, x-amz-restore,
// x-amz-tagging-count.
void AddObjectHeaders(const Call& call, const StoredVersion& version, Headers& headers);

// "x-amz-checksum-crc64nvme" and x-amz-checksum-type.
void AddChecksumHeaders(const Checksum& checksum, Headers& headers);
// The same in a document: "ChecksumCRC64NVME" and ChecksumType.
std::string ChecksumElement(ChecksumAlgorithm algorithm);
void AddChecksumElements(const Checksum& checksum, XmlWriter& xml);

// Adds x-amz-version-id, but not the "null" of a bucket that never had versioning.
void AddVersionId(const StoredBucket& bucket, std::string_view version_id, Headers& headers);
// The same for a bucket that is asked of the store where it matters.
void AddVersionId(const Call& call, std::string_view version_id, Headers& headers);

// "2026-01-15T09:30:00.000Z", the form in documents.
std::string DocumentTime(Timestamp time);

std::string Quoted(std::string_view etag);

}  // namespace s3conn::local

#endif  // S3CONN_LOCAL_OBJECT_REQUEST_H_
