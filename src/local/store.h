#ifndef S3CONN_LOCAL_STORE_H_
#define S3CONN_LOCAL_STORE_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "local/blob_folder.h"
#include "local/exchange.h"
#include "local/refusal.h"
#include "local/stored_object.h"
#include "s3conn/base/error.h"
#include "s3conn/base/time.h"

namespace s3conn::local {

// A write happens only if the current version is as said: kPreconditionFailed else, kNoSuchKey where if_match
// finds nothing. Judged in the transaction that writes.
struct WriteCondition {
  std::optional<std::string> if_match{};  // an ETag without quotes, or "*": anything
  bool if_none_match = false;             // nothing there, or a delete marker
};

// What is to become a version.
struct NewVersion {
  ObjectAttributes attributes{};
  std::string etag{};
  std::optional<Checksum> checksum{};
  // One blob for an object in one piece; else one for each of `parts`.
  std::vector<NewBlob> blobs{};
  std::vector<StoredPart> parts{};
  WriteCondition condition{};
};

struct DeleteOutcome {
  std::string version_id{};  // of what was deleted, or of the marker that was made; "" without versioning
  bool is_delete_marker = false;  // what was made, or what was deleted
};

struct ObjectQuery {
  std::string prefix{};
  std::string delimiter{};  // of any length; empty: none
  // Exclusive. Where it is itself one of the common prefixes, everything below that is skipped.
  std::string after{};
  std::size_t limit = 1000;  // of versions and prefixes together
};
struct ObjectPage {
  std::vector<StoredVersion> objects{};  // without tags and headers
  std::vector<std::string> prefixes{};
  bool truncated = false;
  std::string last{};  // where the next page goes on: its `after`
};

struct VersionQuery {
  std::string prefix{};
  std::string delimiter{};
  std::string key_marker{};      // exclusive, as ObjectQuery::after, but for
  std::string version_marker{};  // within key_marker's key, exclusive: a version id, or a page's last_version
  std::size_t limit = 1000;
};
struct VersionPage {
  std::vector<StoredVersion> versions{};  // by key, the newest first
  std::vector<std::string> prefixes{};
  bool truncated = false;
  std::string last_key{};
  std::string last_version{};  // "" after a prefix; holds its place when that version is gone meanwhile
};

struct UploadQuery {
  std::string prefix{};
  std::string delimiter{};
  std::string key_marker{};
  std::string upload_marker{};  // within key_marker's key, exclusive: an upload's id, or a page's last_upload
  std::size_t limit = 1000;
};
struct UploadPage {
  std::vector<StoredUpload> uploads{};  // by key, then by time
  std::vector<std::string> prefixes{};
  bool truncated = false;
  std::string last_key{};
  std::string last_upload{};  // as VersionPage::last_version
};

struct PartPage {
  std::vector<StoredPart> parts{};
  bool truncated = false;
};

// Buckets, objects and uploads in a folder: the index in SQLite (index.db, WAL), the bytes in files
// (BlobFolder). Several threads and several processes may use one folder at once. Every change is one
// transaction: a process that is killed leaves the state before it or after it.
class Store {
 public:
  // Makes the folder (0700) and the index where they are missing, and sweeps what a crash has left. kLocalIo,
  // kConfig for an index of a newer s3conn.
  static Result<std::unique_ptr<Store>> Open(const std::string& folder, const Clock& clock);
  ~Store();

  // --- buckets (store_buckets.cc)
  // kBucketAlreadyOwnedByYou.
  Answer<void> CreateBucket(std::string_view name, std::string_view region);
  // Sorted by name, those after `after` that begin with `prefix`.
  Answer<std::vector<StoredBucket>> ListBuckets(std::string_view prefix, std::string_view after,
                                                std::size_t limit);
  Answer<StoredBucket> FindBucket(std::string_view name);  // kNoSuchBucket
  Answer<void> DeleteBucket(std::string_view name);        // kBucketNotEmpty: versions and uploads count
  Answer<void> SetVersioning(std::string_view name, Versioning versioning);

  // --- objects (store_objects.cc, store_content.cc)
  Answer<NewBlob> CreateBlob();
  // The bytes of a version once more, one blob for each part.
  Answer<std::vector<NewBlob>> DuplicateBlobs(const StoredVersion& version);
  // A stretch of a version, as one blob; a whole object in one piece is linked, not copied.
  Answer<NewBlob> DuplicateRange(const StoredVersion& version, std::uint64_t offset, std::uint64_t length);
  // The blobs are finished. Replaces the current version, or adds one, by the bucket's versioning.
  // kKeyTooLong, kNoSuchBucket, and what the condition says.
  Answer<StoredVersion> PutObject(std::string_view bucket, NewVersion version);
  // The current version without a version id. kNoSuchKey, kNoSuchVersion; a delete marker is a value when it
  // was asked for by id, else kNoSuchKey with x-amz-delete-marker and x-amz-version-id among the headers.
  Answer<StoredVersion> FindObject(std::string_view bucket, std::string_view key,
                                   std::optional<std::string_view> version_id);
  // kInternalError where the file is gone: a version that was deleted meanwhile.
  Answer<std::unique_ptr<Content>> OpenContent(const StoredVersion& version, std::uint64_t offset,
                                               std::uint64_t length);
  Answer<std::vector<StoredPart>> PartsOf(const StoredVersion& version);
  // Without a version id: removes the object, or lays a marker over it, by the bucket's versioning. What is
  // not there is deleted successfully.
  Answer<DeleteOutcome> DeleteObject(std::string_view bucket, std::string_view key,
                                     std::optional<std::string_view> version_id,
                                     const WriteCondition& condition);
  Answer<StoredVersion> SetTags(std::string_view bucket, std::string_view key,
                                std::optional<std::string_view> version_id, const Tags& tags);
  Answer<void> SetRestored(const StoredVersion& version, Timestamp until);

  // --- listings (store_listings.cc)
  Answer<ObjectPage> ListObjects(std::string_view bucket, const ObjectQuery& query);
  Answer<VersionPage> ListVersions(std::string_view bucket, const VersionQuery& query);

  // --- uploads (store_uploads.cc)
  Answer<StoredUpload> CreateUpload(std::string_view bucket,
                                    StoredUpload upload);  // gives it its id and time
  Answer<StoredUpload> FindUpload(std::string_view bucket, std::string_view key, std::string_view upload_id);
  // Replaces a part of that number; `modified` is the caller's. kNoSuchUpload.
  Answer<void> PutPart(std::string_view bucket, std::string_view key, std::string_view upload_id,
                       StoredPart part, NewBlob blob);
  // Those with a number greater than `after`.
  Answer<PartPage> ListParts(std::string_view bucket, std::string_view key, std::string_view upload_id,
                             std::uint32_t after, std::size_t limit);
  Answer<UploadPage> ListUploads(std::string_view bucket, const UploadQuery& query);
  Answer<void> AbortUpload(std::string_view bucket, std::string_view key, std::string_view upload_id);
  // Makes a version of the named parts, in that order, without copying a byte; parts that are not named are
  // removed with the upload. The caller has verified ETags and sizes: what changed since (by `parts`' ETags)
  // is kInvalidPart.
  struct Completion {
    std::vector<StoredPart> parts{};
    std::string etag{};
    std::optional<Checksum> checksum{};
    WriteCondition condition{};
  };
  Answer<StoredVersion> CompleteUpload(std::string_view bucket, std::string_view key,
                                       std::string_view upload_id, const Completion& completion);

  struct Parts;  // store_parts.h

 private:
  explicit Store(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

}  // namespace s3conn::local

#endif  // S3CONN_LOCAL_STORE_H_
