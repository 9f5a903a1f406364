#include "local/version_table.h"

#include <fmt/format.h>

#include <utility>

#include "local/random_id.h"
#include "local/stored_columns.h"

namespace s3conn::local {
namespace {

constexpr std::string_view kColumns =
    "id, key, version_id, latest, marker, size, etag, modified, storage_class, headers, tags, "
    "checksum_algorithm, checksum_type, checksum, parts, blob, restored_until";

// Their places.
enum Column {
  kId,
  kKey,
  kVersionId,
  kLatest,
  kMarker,
  kSize,
  kEtag,
  kModified,
  kStorageClass,
  kHeaders,
  kTags,
  kChecksum,
  kParts = kChecksum + 3,
  kBlob,
  kRestoredUntil,
};

Answer<std::optional<StoredVersion>> ReadOne(Statement rows) {
  const Result<bool> row = rows.Step();
  if (!row) return RefuseInternal(row.error());
  if (!*row) return std::nullopt;
  return ReadVersion(rows);
}

SqlValue BlobColumn(const StoredVersion& version) {
  if (version.blob.empty()) return nullptr;
  return std::string_view(version.blob);
}

Status InsertVersion(SqlConnection& index, const StoredBucket& bucket, const StoredVersion& version) {
  const ObjectAttributes& attributes = version.attributes;
  const std::string headers = HeadersColumn(attributes.headers);
  const std::string tags = TagsColumn(attributes.tags);
  const ChecksumColumns checksum = ColumnsOf(version.checksum);
  return index.Run(
      "INSERT INTO version (bucket, key, version_id, latest, marker, size, etag, modified, storage_class, "
      "headers, tags, checksum_algorithm, checksum_type, checksum, parts, blob) "
      "VALUES (?, ?, ?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      {bucket.id, Bytes{attributes.key}, std::string_view(version.version_id),
       std::int64_t{version.is_delete_marker}, static_cast<std::int64_t>(version.size),
       std::string_view(version.etag), TimeColumn(version.modified),
       std::string_view(attributes.storage_class), std::string_view(headers), std::string_view(tags),
       checksum.algorithm, checksum.type, checksum.value, std::int64_t{version.parts}, BlobColumn(version)});
}

// Sets `latest` of the newest version of a key, if it has any.
Status MarkNewest(SqlConnection& index, const StoredBucket& bucket, std::string_view key, bool latest) {
  return index.Run(
      "UPDATE version SET latest = ? WHERE id = "
      "(SELECT id FROM version WHERE bucket = ? AND key = ? ORDER BY id DESC LIMIT 1)",
      {std::int64_t{latest}, bucket.id, Bytes{key}});
}

// The row and its files.
Answer<void> Erase(StoreChange& change, const StoredVersion& version) {
  if (!version.blob.empty()) {
    if (Answer<void> done = change.GiveUp(version.blob); !done) return done;
  } else if (!version.is_delete_marker) {
    if (Answer<void> done = change.GiveUpSelected("SELECT blob FROM piece WHERE version = ?", {version.id});
        !done)
      return done;
    if (Status done = change.index().Run("DELETE FROM piece WHERE version = ?", {version.id}); !done)
      return RefuseInternal(done.error());
  }
  if (Status done = change.index().Run("DELETE FROM version WHERE id = ?", {version.id}); !done)
    return RefuseInternal(done.error());
  return {};
}

Refusal NoSuchKey(std::string_view key) {
  return Refusal{.code = Code::kNoSuchKey, .details = {{"Key", std::string(key)}}};
}

tl::unexpected<Refusal> ConditionFailed(std::string_view header) {
  return Refuse(Code::kPreconditionFailed, {}, {{"Condition", std::string(header)}});
}

}  // namespace

Answer<StoredBucket> FindBucket(SqlConnection& index, std::string_view name) {
  Statement rows = index.Prepare("SELECT id, region, created, versioning FROM bucket WHERE name = ?", {name});
  const Result<bool> row = rows.Step();
  if (!row) return RefuseInternal(row.error());
  if (!*row) return Refuse(Code::kNoSuchBucket, {}, {{"BucketName", std::string(name)}});
  return StoredBucket{.id = rows.Integer(0),
                      .name = std::string(name),
                      .region = std::string(rows.Text(1)),
                      .created = ReadTime(rows.Integer(2)),
                      .versioning = static_cast<Versioning>(rows.Integer(3))};
}

Statement SelectVersions(SqlConnection& index, std::string_view rest,
                         std::initializer_list<SqlValue> values) {
  return index.Prepare(fmt::format("SELECT {} FROM version {}", kColumns, rest), values);
}

StoredVersion ReadListedVersion(const Statement& row) {
  StoredVersion version;
  version.id = row.Integer(kId);
  version.attributes.key = row.Text(kKey);
  version.attributes.storage_class = row.Text(kStorageClass);
  version.version_id = row.Text(kVersionId);
  version.is_latest = row.Integer(kLatest) != 0;
  version.is_delete_marker = row.Integer(kMarker) != 0;
  version.size = static_cast<std::uint64_t>(row.Integer(kSize));
  version.etag = row.Text(kEtag);
  version.modified = ReadTime(row.Integer(kModified));
  version.checksum = ReadChecksum(row, kChecksum);
  version.parts = static_cast<std::uint32_t>(row.Integer(kParts));
  version.blob = row.Text(kBlob);
  if (!row.IsNull(kRestoredUntil)) version.restored_until = ReadTime(row.Integer(kRestoredUntil));
  return version;
}

StoredVersion ReadVersion(const Statement& row) {
  StoredVersion version = ReadListedVersion(row);
  version.attributes.headers = ReadHeaders(row.Text(kHeaders));
  version.attributes.tags = ReadTags(row.Text(kTags));
  return version;
}

Answer<std::optional<StoredVersion>> FindLatest(SqlConnection& index, const StoredBucket& bucket,
                                                std::string_view key) {
  return ReadOne(SelectVersions(index, "WHERE bucket = ? AND key = ? ORDER BY id DESC LIMIT 1",
                                {bucket.id, Bytes{key}}));
}

Answer<std::optional<StoredVersion>> FindNamed(SqlConnection& index, const StoredBucket& bucket,
                                               std::string_view key, std::string_view version_id) {
  if (version_id == kNullVersion) {
    return ReadOne(
        SelectVersions(index, "WHERE bucket = ? AND key = ? AND version_id = 'null' ORDER BY id DESC LIMIT 1",
                       {bucket.id, Bytes{key}}));
  }
  // In the words of the index version_by_name, or it is not used.
  return ReadOne(SelectVersions(index,
                                "WHERE version_id = ? AND version_id <> 'null' AND bucket = ? AND key = ?",
                                {version_id, bucket.id, Bytes{key}}));
}

Answer<StoredVersion> FindVersion(SqlConnection& index, const StoredBucket& bucket, std::string_view key,
                                  std::optional<std::string_view> version_id) {
  Answer<std::optional<StoredVersion>> found =
      version_id ? FindNamed(index, bucket, key, *version_id) : FindLatest(index, bucket, key);
  if (!found) return Refuse(std::move(found.error()));
  std::optional<StoredVersion>& version = *found;
  if (!version && version_id) {
    return Refuse(Code::kNoSuchVersion, {},
                  {{"Key", std::string(key)}, {"VersionId", std::string(*version_id)}});
  }
  if (!version) return Refuse(NoSuchKey(key));
  if (version->is_delete_marker && !version_id) {
    Refusal refusal = NoSuchKey(key);
    refusal.headers.Add("x-amz-delete-marker", "true");
    refusal.headers.Add("x-amz-version-id", version->version_id);
    return Refuse(std::move(refusal));
  }
  return std::move(*version);
}

Answer<void> CheckCondition(const WriteCondition& condition, const std::optional<StoredVersion>& latest,
                            std::string_view key) {
  const bool is_there = latest && !latest->is_delete_marker;
  if (condition.if_none_match && is_there) return ConditionFailed("If-None-Match");
  if (!condition.if_match) return {};
  if (!is_there) return Refuse(NoSuchKey(key));
  if (*condition.if_match != "*" && *condition.if_match != latest->etag) return ConditionFailed("If-Match");
  return {};
}

Answer<void> Judge(SqlConnection& index, const StoredBucket& bucket, std::string_view key,
                   const WriteCondition& condition) {
  if (!condition.if_match && !condition.if_none_match) return {};
  const Answer<std::optional<StoredVersion>> latest = FindLatest(index, bucket, key);
  if (!latest) return Refuse(latest.error());
  return CheckCondition(condition, *latest, key);
}

Answer<StoredVersion> AddVersion(StoreChange& change, const StoredBucket& bucket, StoredVersion version) {
  SqlConnection& index = change.index();
  const std::string& key = version.attributes.key;
  version.version_id = bucket.versioning == Versioning::kEnabled ? RandomId() : std::string(kNullVersion);
  version.is_latest = true;
  version.modified = change.Now();
  if (version.version_id == kNullVersion) {
    const Answer<std::optional<StoredVersion>> replaced = FindNamed(index, bucket, key, kNullVersion);
    if (!replaced) return Refuse(replaced.error());
    if (*replaced) {
      if (Answer<void> done = Erase(change, **replaced); !done) return Refuse(std::move(done.error()));
    }
  }
  if (Status done = MarkNewest(index, bucket, key, false); !done) return RefuseInternal(done.error());
  if (Status done = InsertVersion(index, bucket, version); !done) return RefuseInternal(done.error());
  version.id = index.last_id();
  return version;
}

Answer<void> AddPiece(StoreChange& change, const StoredVersion& version, const StoredPart& part,
                      std::string_view blob) {
  const ChecksumColumns checksum = ColumnsOf(part.checksum);
  const Status done = change.index().Run(
      "INSERT INTO piece (version, number, blob, size, etag, checksum_algorithm, checksum_type, checksum, "
      "modified) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
      {version.id, std::int64_t{part.number}, blob, static_cast<std::int64_t>(part.size),
       std::string_view(part.etag), checksum.algorithm, checksum.type, checksum.value,
       TimeColumn(part.modified)});
  if (!done) return RefuseInternal(done.error());
  return {};
}

Answer<void> RemoveVersion(StoreChange& change, const StoredBucket& bucket, const StoredVersion& version) {
  if (Answer<void> done = Erase(change, version); !done) return done;
  if (!version.is_latest) return {};
  if (Status done = MarkNewest(change.index(), bucket, version.attributes.key, true); !done)
    return RefuseInternal(done.error());
  return {};
}

Answer<std::vector<Piece>> PiecesOf(SqlConnection& index, const StoredVersion& version) {
  Statement rows =
      index.Prepare("SELECT blob, size FROM piece WHERE version = ? ORDER BY number", {version.id});
  std::vector<Piece> pieces;
  while (true) {
    const Result<bool> row = rows.Step();
    if (!row) return RefuseInternal(row.error());
    if (!*row) return pieces;
    pieces.push_back(
        {.blob = std::string(rows.Text(0)), .size = static_cast<std::uint64_t>(rows.Integer(1))});
  }
}

}  // namespace s3conn::local
