#include <cstdint>
#include <utility>

#include "local/store.h"
#include "local/store_parts.h"
#include "local/stored_columns.h"
#include "local/version_table.h"

namespace s3conn::local {
namespace {

// Whether the bucket's row is named in another table.
Answer<bool> IsInUse(SqlConnection& index, const StoredBucket& bucket) {
  Statement rows = index.Prepare(
      "SELECT EXISTS (SELECT 1 FROM version WHERE bucket = ?1) OR "
      "EXISTS (SELECT 1 FROM upload WHERE bucket = ?1)",
      {bucket.id});
  if (const Result<bool> row = rows.Step(); !row) return RefuseInternal(row.error());
  return rows.Integer(0) != 0;
}

}  // namespace

Answer<void> Store::CreateBucket(std::string_view name, std::string_view region) {
  Answer<StoreChange> change = StoreChange::Begin(*parts_);
  if (!change) return Refuse(std::move(change.error()));
  const Answer<StoredBucket> existing = local::FindBucket(change->index(), name);
  if (existing) return Refuse(Code::kBucketAlreadyOwnedByYou, {}, {{"BucketName", std::string(name)}});
  if (existing.error().code != Code::kNoSuchBucket) return Refuse(existing.error());
  const Status done = change->index().Run(
      "INSERT INTO bucket (name, region, created, versioning) VALUES (?, ?, ?, ?)",
      {name, region, TimeColumn(change->Now()), static_cast<std::int64_t>(Versioning::kNever)});
  if (!done) return RefuseInternal(done.error());
  return change->Commit();
}

Answer<std::vector<StoredBucket>> Store::ListBuckets(std::string_view prefix, std::string_view after,
                                                     std::size_t limit) {
  Result<ReadTransaction> transaction = parts_->database->Read();
  if (!transaction) return RefuseInternal(transaction.error());
  Statement rows = transaction->connection().Prepare(
      "SELECT id, name, region, created, versioning FROM bucket WHERE name > ? AND name >= ? ORDER BY name",
      {after, prefix});
  std::vector<StoredBucket> buckets;
  while (buckets.size() < limit) {
    const Result<bool> row = rows.Step();
    if (!row) return RefuseInternal(row.error());
    if (!*row || !rows.Text(1).starts_with(prefix)) break;
    buckets.push_back({.id = rows.Integer(0),
                       .name = std::string(rows.Text(1)),
                       .region = std::string(rows.Text(2)),
                       .created = ReadTime(rows.Integer(3)),
                       .versioning = static_cast<Versioning>(rows.Integer(4))});
  }
  return buckets;
}

Answer<StoredBucket> Store::FindBucket(std::string_view name) {
  Answer<BucketReading> reading = BucketReading::Begin(*parts_, name);
  if (!reading) return Refuse(std::move(reading.error()));
  return std::move(reading->bucket);
}

Answer<void> Store::DeleteBucket(std::string_view name) {
  Answer<StoreChange> change = StoreChange::Begin(*parts_);
  if (!change) return Refuse(std::move(change.error()));
  const Answer<StoredBucket> bucket = local::FindBucket(change->index(), name);
  if (!bucket) return Refuse(bucket.error());
  const Answer<bool> in_use = IsInUse(change->index(), *bucket);
  if (!in_use) return Refuse(in_use.error());
  if (*in_use) return Refuse(Code::kBucketNotEmpty, {}, {{"BucketName", std::string(name)}});
  if (Status done = change->index().Run("DELETE FROM bucket WHERE id = ?", {bucket->id}); !done)
    return RefuseInternal(done.error());
  return change->Commit();
}

Answer<void> Store::SetVersioning(std::string_view name, Versioning versioning) {
  Answer<StoreChange> change = StoreChange::Begin(*parts_);
  if (!change) return Refuse(std::move(change.error()));
  const Answer<StoredBucket> bucket = local::FindBucket(change->index(), name);
  if (!bucket) return Refuse(bucket.error());
  const Status done = change->index().Run("UPDATE bucket SET versioning = ? WHERE id = ?",
                                          {static_cast<std::int64_t>(versioning), bucket->id});
  if (!done) return RefuseInternal(done.error());
  return change->Commit();
}

}  // namespace s3conn::local
