#include "local/upload_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <utility>

#include "local/stored_columns.h"

namespace s3conn::local {

Statement SelectUploads(SqlConnection& index, std::string_view rest, std::initializer_list<SqlValue> values) {
  return index.Prepare(fmt::format("SELECT id, key, upload_id, initiated, storage_class, headers, tags, "
                                   "checksum_algorithm, checksum_type FROM upload {}",
                                   rest),
                       values);
}

UploadRow ReadUpload(const Statement& row) {
  UploadRow found;
  found.row = row.Integer(0);
  StoredUpload& upload = found.upload;
  upload.attributes.key = row.Text(1);
  upload.id = row.Text(2);
  upload.initiated = ReadTime(row.Integer(3));
  upload.attributes.storage_class = row.Text(4);
  upload.attributes.headers = ReadHeaders(row.Text(5));
  upload.attributes.tags = ReadTags(row.Text(6));
  if (!row.IsNull(7)) {
    upload.checksum_algorithm = static_cast<ChecksumAlgorithm>(row.Integer(7));
    upload.checksum_type = static_cast<ChecksumType>(row.Integer(8));
  }
  return found;
}

Answer<UploadRow> FindUpload(SqlConnection& index, const StoredBucket& bucket, std::string_view key,
                             std::string_view upload_id) {
  Statement rows = SelectUploads(index, "WHERE upload_id = ? AND bucket = ? AND key = ?",
                                 {upload_id, bucket.id, Bytes{key}});
  const Result<bool> row = rows.Step();
  if (!row) return RefuseInternal(row.error());
  if (!*row) return Refuse(Code::kNoSuchUpload, {}, {{"UploadId", std::string(upload_id)}});
  return ReadUpload(rows);
}

Status InsertUpload(SqlConnection& index, const StoredBucket& bucket, const StoredUpload& upload) {
  const ObjectAttributes& attributes = upload.attributes;
  const std::string headers = HeadersColumn(attributes.headers);
  const std::string tags = TagsColumn(attributes.tags);
  SqlValue algorithm = nullptr;
  SqlValue type = nullptr;
  if (upload.checksum_algorithm) {
    algorithm = static_cast<std::int64_t>(*upload.checksum_algorithm);
    type = static_cast<std::int64_t>(upload.checksum_type);
  }
  return index.Run(
      "INSERT INTO upload (bucket, key, upload_id, initiated, storage_class, headers, tags, "
      "checksum_algorithm, checksum_type) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
      {bucket.id, Bytes{attributes.key}, std::string_view(upload.id), TimeColumn(upload.initiated),
       std::string_view(attributes.storage_class), std::string_view(headers), std::string_view(tags),
       algorithm, type});
}

Answer<std::vector<PartRow>> FindParts(SqlConnection& index, std::int64_t upload, std::uint32_t after,
                                       std::size_t limit) {
  constexpr std::size_t kMost = std::numeric_limits<std::int64_t>::max();
  Statement rows = index.Prepare(
      "SELECT number, size, etag, modified, checksum_algorithm, checksum_type, checksum, blob FROM part "
      "WHERE upload = ? AND number > ? ORDER BY number LIMIT ?",
      {upload, std::int64_t{after}, static_cast<std::int64_t>(std::min(limit, kMost))});
  std::vector<PartRow> parts;
  while (true) {
    const Result<bool> row = rows.Step();
    if (!row) return RefuseInternal(row.error());
    if (!*row) return parts;
    parts.push_back({.part = {.number = static_cast<std::uint32_t>(rows.Integer(0)),
                              .size = static_cast<std::uint64_t>(rows.Integer(1)),
                              .etag = std::string(rows.Text(2)),
                              .modified = ReadTime(rows.Integer(3)),
                              .checksum = ReadChecksum(rows, 4)},
                     .blob = std::string(rows.Text(7))});
  }
}

Answer<void> ReplacePart(StoreChange& change, std::int64_t upload, const StoredPart& part,
                         std::string_view blob) {
  const std::int64_t number{part.number};
  if (Answer<void> done =
          change.GiveUpSelected("SELECT blob FROM part WHERE upload = ? AND number = ?", {upload, number});
      !done)
    return done;
  const ChecksumColumns checksum = ColumnsOf(part.checksum);
  const Status done = change.index().Run(
      "INSERT OR REPLACE INTO part (upload, number, blob, size, etag, checksum_algorithm, checksum_type, "
      "checksum, modified) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
      {upload, number, blob, static_cast<std::int64_t>(part.size), std::string_view(part.etag),
       checksum.algorithm, checksum.type, checksum.value, TimeColumn(part.modified)});
  if (!done) return RefuseInternal(done.error());
  return {};
}

Status EraseUpload(SqlConnection& index, std::int64_t upload) {
  if (Status done = index.Run("DELETE FROM part WHERE upload = ?", {upload}); !done) return done;
  return index.Run("DELETE FROM upload WHERE id = ?", {upload});
}

}  // namespace s3conn::local
