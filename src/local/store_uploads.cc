#include <cstdint>
#include <span>
#include <unordered_map>
#include <utility>

#include "local/key_listing.h"
#include "local/random_id.h"
#include "local/store.h"
#include "local/store_parts.h"
#include "local/upload_table.h"
#include "local/version_table.h"

namespace s3conn::local {
namespace {

// The row of the upload, of a bucket that is there.
Answer<UploadRow> FindRow(SqlConnection& index, std::string_view bucket_name, std::string_view key,
                          std::string_view upload_id) {
  const Answer<StoredBucket> bucket = FindBucket(index, bucket_name);
  if (!bucket) return Refuse(bucket.error());
  return FindUpload(index, *bucket, key, upload_id);
}

// As for versions: the number of the row that `query` goes on after, in its key.
Answer<std::optional<std::int64_t>> FindPlace(SqlConnection& index, const StoredBucket& bucket,
                                              const UploadQuery& query) {
  if (query.upload_marker.empty()) return std::nullopt;
  if (const auto row = ParsePlaceMarker(query.upload_marker)) return row;
  const Answer<UploadRow> upload = FindUpload(index, bucket, query.key_marker, query.upload_marker);
  if (upload) return upload->row;
  if (upload.error().code != Code::kNoSuchUpload) return Refuse(upload.error());
  return Refuse(Code::kInvalidArgument, "Invalid uploadId marker",
                {{"ArgumentName", "upload-id-marker"}, {"ArgumentValue", query.upload_marker}});
}

// What the parts of an upload become: pieces of a version, or garbage.
struct Sorting {
  std::vector<PartRow> pieces{};
  std::vector<std::string> garbage{};
  std::uint64_t size = 0;
};

Answer<Sorting> SortParts(SqlConnection& index, std::int64_t upload, const std::vector<StoredPart>& named) {
  Answer<std::vector<PartRow>> rows = FindParts(index, upload, 0, SIZE_MAX);
  if (!rows) return Refuse(std::move(rows.error()));
  std::unordered_map<std::uint32_t, PartRow> by_number;
  for (PartRow& row : *rows) by_number.emplace(row.part.number, std::move(row));
  Sorting sorting;
  for (const StoredPart& part : named) {
    const auto found = by_number.find(part.number);
    if (found == by_number.end() || found->second.part.etag != part.etag) {
      return Refuse(Code::kInvalidPart, {},
                    {{"PartNumber", std::to_string(part.number)}, {"ETag", part.etag}});
    }
    sorting.size += found->second.part.size;
    sorting.pieces.push_back(std::move(found->second));
    by_number.erase(found);
  }
  for (auto& [number, row] : by_number) sorting.garbage.push_back(std::move(row.blob));
  return sorting;
}

// The version, with its pieces, in place of the upload.
Answer<StoredVersion> Convert(StoreChange& change, const StoredBucket& bucket, UploadRow upload,
                              const Store::Completion& completion) {
  const Answer<Sorting> sorting = SortParts(change.index(), upload.row, completion.parts);
  if (!sorting) return Refuse(sorting.error());
  if (Status done = EraseUpload(change.index(), upload.row); !done) return RefuseInternal(done.error());
  StoredVersion version;
  version.attributes = std::move(upload.upload.attributes);
  version.size = sorting->size;
  version.etag = completion.etag;
  version.checksum = completion.checksum;
  version.parts = static_cast<std::uint32_t>(sorting->pieces.size());
  Answer<StoredVersion> added = AddVersion(change, bucket, std::move(version));
  if (!added) return added;
  for (const PartRow& piece : sorting->pieces) {
    if (Answer<void> done = AddPiece(change, *added, piece.part, piece.blob); !done)
      return Refuse(std::move(done.error()));
  }
  for (const std::string& blob : sorting->garbage) {
    if (Answer<void> done = change.GiveUp(blob); !done) return Refuse(std::move(done.error()));
  }
  return added;
}

}  // namespace

Answer<StoredUpload> Store::CreateUpload(std::string_view bucket_name, StoredUpload upload) {
  if (upload.attributes.key.size() > kLongestObjectKey) return Refuse(Code::kKeyTooLong);
  Answer<StoreChange> change = StoreChange::Begin(*parts_);
  if (!change) return Refuse(std::move(change.error()));
  const Answer<StoredBucket> bucket = local::FindBucket(change->index(), bucket_name);
  if (!bucket) return Refuse(bucket.error());
  upload.id = RandomId();
  upload.initiated = change->Now();
  if (Status done = InsertUpload(change->index(), *bucket, upload); !done)
    return RefuseInternal(done.error());
  if (Answer<void> committed = change->Commit(); !committed) return Refuse(std::move(committed.error()));
  return upload;
}

Answer<StoredUpload> Store::FindUpload(std::string_view bucket, std::string_view key,
                                       std::string_view upload_id) {
  Result<ReadTransaction> transaction = parts_->database->Read();
  if (!transaction) return RefuseInternal(transaction.error());
  Answer<UploadRow> upload = FindRow(transaction->connection(), bucket, key, upload_id);
  if (!upload) return Refuse(std::move(upload.error()));
  return std::move(upload->upload);
}

Answer<void> Store::PutPart(std::string_view bucket, std::string_view key, std::string_view upload_id,
                            StoredPart part, NewBlob blob) {
  Answer<StoreChange> change = StoreChange::Begin(*parts_);
  if (!change) return Refuse(std::move(change.error()));
  const Answer<UploadRow> upload = FindRow(change->index(), bucket, key, upload_id);
  if (!upload) return Refuse(upload.error());
  part.size = blob.size();
  if (Answer<void> done = ReplacePart(*change, upload->row, part, blob.id()); !done) return done;
  return change->Commit(std::span(&blob, 1));
}

Answer<PartPage> Store::ListParts(std::string_view bucket, std::string_view key, std::string_view upload_id,
                                  std::uint32_t after, std::size_t limit) {
  Result<ReadTransaction> transaction = parts_->database->Read();
  if (!transaction) return RefuseInternal(transaction.error());
  SqlConnection& index = transaction->connection();
  const Answer<UploadRow> upload = FindRow(index, bucket, key, upload_id);
  if (!upload) return Refuse(upload.error());
  PartPage page;
  if (limit == 0) return page;
  Answer<std::vector<PartRow>> rows = FindParts(index, upload->row, after, limit + 1);
  if (!rows) return Refuse(std::move(rows.error()));
  page.truncated = rows->size() > limit;
  if (page.truncated) rows->pop_back();
  for (PartRow& row : *rows) page.parts.push_back(std::move(row.part));
  return page;
}

Answer<UploadPage> Store::ListUploads(std::string_view bucket_name, const UploadQuery& query) {
  Answer<BucketReading> reading = BucketReading::Begin(*parts_, bucket_name);
  if (!reading) return Refuse(std::move(reading.error()));
  SqlConnection& index = reading->index();
  const StoredBucket& bucket = reading->bucket;
  const Answer<std::optional<std::int64_t>> place = FindPlace(index, bucket, query);
  if (!place) return Refuse(place.error());
  std::vector<UploadRow> rows;
  KeyListing listing{.grouping = {query.prefix, query.delimiter},
                     .after = query.key_marker,
                     .limit = query.limit,
                     .seek =
                         [&](std::string_view from) {
                           return SelectUploads(index, "WHERE bucket = ? AND key >= ? ORDER BY key, id",
                                                {bucket.id, Bytes{from}});
                         },
                     .take = [&](const Statement& row) { rows.push_back(ReadUpload(row)); }};
  if (*place) {
    listing.rest = [&] {
      return SelectUploads(index, "WHERE bucket = ? AND key = ? AND id > ? ORDER BY id",
                           {bucket.id, Bytes{query.key_marker}, **place});
    };
  }
  Answer<KeyPage> keys = ListKeys(listing);
  if (!keys) return Refuse(std::move(keys.error()));
  UploadPage page;
  page.prefixes = std::move(keys->prefixes);
  page.truncated = keys->truncated;
  page.last_key = std::move(keys->last);
  if (!rows.empty() && !keys->last_is_prefix) {
    page.last_upload = PlaceMarker(rows.back().upload.id, rows.back().row);
  }
  for (UploadRow& row : rows) page.uploads.push_back(std::move(row.upload));
  return page;
}

Answer<void> Store::AbortUpload(std::string_view bucket, std::string_view key, std::string_view upload_id) {
  Answer<StoreChange> change = StoreChange::Begin(*parts_);
  if (!change) return Refuse(std::move(change.error()));
  const Answer<UploadRow> upload = FindRow(change->index(), bucket, key, upload_id);
  if (!upload) return Refuse(upload.error());
  if (Answer<void> done = change->GiveUpSelected("SELECT blob FROM part WHERE upload = ?", {upload->row});
      !done)
    return done;
  if (Status done = EraseUpload(change->index(), upload->row); !done) return RefuseInternal(done.error());
  return change->Commit();
}

Answer<StoredVersion> Store::CompleteUpload(std::string_view bucket_name, std::string_view key,
                                            std::string_view upload_id, const Completion& completion) {
  Answer<StoreChange> change = StoreChange::Begin(*parts_);
  if (!change) return Refuse(std::move(change.error()));
  const Answer<StoredBucket> bucket = local::FindBucket(change->index(), bucket_name);
  if (!bucket) return Refuse(bucket.error());
  Answer<UploadRow> upload = local::FindUpload(change->index(), *bucket, key, upload_id);
  if (!upload) return Refuse(std::move(upload.error()));
  if (Answer<void> met = Judge(change->index(), *bucket, key, completion.condition); !met)
    return Refuse(std::move(met.error()));
  Answer<StoredVersion> version = Convert(*change, *bucket, std::move(*upload), completion);
  if (!version) return version;
  if (Answer<void> committed = change->Commit(); !committed) return Refuse(std::move(committed.error()));
  return version;
}

}  // namespace s3conn::local
