#include <utility>

#include "local/store.h"
#include "local/store_parts.h"
#include "local/stored_columns.h"
#include "local/version_table.h"

namespace s3conn::local {
namespace {

// What the row is made of; the rest of it follows from the bucket.
StoredVersion VersionOf(NewVersion& request) {
  StoredVersion version;
  version.attributes = std::move(request.attributes);
  version.etag = std::move(request.etag);
  version.checksum = std::move(request.checksum);
  version.parts = static_cast<std::uint32_t>(request.parts.size());
  for (const NewBlob& blob : request.blobs) version.size += blob.size();
  if (request.parts.empty()) version.blob = request.blobs.front().id();
  return version;
}

Answer<DeleteOutcome> DeleteNamed(StoreChange& change, const StoredBucket& bucket, std::string_view key,
                                  std::string_view version_id) {
  const Answer<std::optional<StoredVersion>> found = FindNamed(change.index(), bucket, key, version_id);
  if (!found) return Refuse(found.error());
  DeleteOutcome outcome{.version_id = std::string(version_id)};
  if (!*found) return outcome;
  outcome.is_delete_marker = (*found)->is_delete_marker;
  if (Answer<void> done = RemoveVersion(change, bucket, **found); !done)
    return Refuse(std::move(done.error()));
  return outcome;
}

Answer<DeleteOutcome> DeleteUnversioned(StoreChange& change, const StoredBucket& bucket,
                                        std::string_view key) {
  Answer<DeleteOutcome> outcome = DeleteNamed(change, bucket, key, kNullVersion);
  if (outcome) outcome->version_id.clear();
  return outcome;
}

Answer<DeleteOutcome> AddMarker(StoreChange& change, const StoredBucket& bucket, std::string_view key) {
  StoredVersion marker;
  marker.attributes.key = key;
  marker.is_delete_marker = true;
  Answer<StoredVersion> added = AddVersion(change, bucket, std::move(marker));
  if (!added) return Refuse(std::move(added.error()));
  return DeleteOutcome{.version_id = std::move(added->version_id), .is_delete_marker = true};
}

}  // namespace

Answer<StoredVersion> Store::PutObject(std::string_view bucket_name, NewVersion request) {
  if (request.attributes.key.size() > kLongestObjectKey) return Refuse(Code::kKeyTooLong);
  Answer<StoreChange> change = StoreChange::Begin(*parts_);
  if (!change) return Refuse(std::move(change.error()));
  const Answer<StoredBucket> bucket = local::FindBucket(change->index(), bucket_name);
  if (!bucket) return Refuse(bucket.error());
  if (Answer<void> met = Judge(change->index(), *bucket, request.attributes.key, request.condition); !met)
    return Refuse(std::move(met.error()));
  Answer<StoredVersion> version = AddVersion(*change, *bucket, VersionOf(request));
  if (!version) return version;
  for (std::size_t i = 0; i < request.parts.size(); ++i) {
    if (Answer<void> added = AddPiece(*change, *version, request.parts[i], request.blobs[i].id()); !added)
      return Refuse(std::move(added.error()));
  }
  if (Answer<void> committed = change->Commit(request.blobs); !committed)
    return Refuse(std::move(committed.error()));
  return version;
}

Answer<StoredVersion> Store::FindObject(std::string_view bucket_name, std::string_view key,
                                        std::optional<std::string_view> version_id) {
  Answer<BucketReading> reading = BucketReading::Begin(*parts_, bucket_name);
  if (!reading) return Refuse(std::move(reading.error()));
  return FindVersion(reading->index(), reading->bucket, key, version_id);
}

Answer<DeleteOutcome> Store::DeleteObject(std::string_view bucket_name, std::string_view key,
                                          std::optional<std::string_view> version_id,
                                          const WriteCondition& condition) {
  Answer<StoreChange> change = StoreChange::Begin(*parts_);
  if (!change) return Refuse(std::move(change.error()));
  const Answer<StoredBucket> bucket = local::FindBucket(change->index(), bucket_name);
  if (!bucket) return Refuse(bucket.error());
  if (Answer<void> met = Judge(change->index(), *bucket, key, condition); !met)
    return Refuse(std::move(met.error()));
  Answer<DeleteOutcome> outcome = version_id ? DeleteNamed(*change, *bucket, key, *version_id)
                                  : bucket->versioning == Versioning::kNever
                                      ? DeleteUnversioned(*change, *bucket, key)
                                      : AddMarker(*change, *bucket, key);
  if (!outcome) return outcome;
  if (Answer<void> committed = change->Commit(); !committed) return Refuse(std::move(committed.error()));
  return outcome;
}

Answer<StoredVersion> Store::SetTags(std::string_view bucket_name, std::string_view key,
                                     std::optional<std::string_view> version_id, const Tags& tags) {
  Answer<StoreChange> change = StoreChange::Begin(*parts_);
  if (!change) return Refuse(std::move(change.error()));
  const Answer<StoredBucket> bucket = local::FindBucket(change->index(), bucket_name);
  if (!bucket) return Refuse(bucket.error());
  Answer<StoredVersion> version = FindVersion(change->index(), *bucket, key, version_id);
  if (!version) return version;
  if (version->is_delete_marker) return Refuse(Code::kMethodNotAllowed);
  const std::string column = TagsColumn(tags);
  const Status done = change->index().Run("UPDATE version SET tags = ? WHERE id = ?",
                                          {std::string_view(column), version->id});
  if (!done) return RefuseInternal(done.error());
  if (Answer<void> committed = change->Commit(); !committed) return Refuse(std::move(committed.error()));
  version->attributes.tags = tags;
  return version;
}

Answer<void> Store::SetRestored(const StoredVersion& version, Timestamp until) {
  Answer<StoreChange> change = StoreChange::Begin(*parts_);
  if (!change) return Refuse(std::move(change.error()));
  const Status done = change->index().Run("UPDATE version SET restored_until = ? WHERE id = ?",
                                          {TimeColumn(until), version.id});
  if (!done) return RefuseInternal(done.error());
  return change->Commit();
}

}  // namespace s3conn::local
