#include "local/store_parts.h"

#include <algorithm>
#include <iterator>

#include "local/version_table.h"

namespace s3conn::local {
namespace {

// So many rows of `garbage` may be left by a process; each costs the next one an attempt to remove its file.
constexpr std::size_t kForgottenAtOnce = 64;

}  // namespace

void RemovedBlobs::Remove(std::vector<std::string> ids) {
  std::erase_if(ids, [this](const std::string& id) { return !blobs_.Remove(id); });
  std::vector<std::string> forgotten;
  {
    const std::lock_guard lock(mutex_);
    ids_.insert(ids_.end(), std::make_move_iterator(ids.begin()), std::make_move_iterator(ids.end()));
    if (ids_.size() < kForgottenAtOnce) return;
    forgotten.swap(ids_);
  }
  // Where that fails, the rows stay for the next sweep.
  static_cast<void>(Forget(forgotten));
}

Status RemovedBlobs::Forget(const std::vector<std::string>& ids) {
  if (Status synced = blobs_.SyncRemoved(ids); !synced) return synced;
  Result<WriteTransaction> transaction = database_.Write(Durability::kRelaxed);
  if (!transaction) return Failure(std::move(transaction.error()));
  for (const std::string& id : ids) {
    Status done = transaction->connection().Run("DELETE FROM garbage WHERE blob = ?", {std::string_view(id)});
    if (!done) return done;
  }
  return transaction->Commit();
}

Answer<BucketReading> BucketReading::Begin(Store::Parts& parts, std::string_view bucket_name) {
  Result<ReadTransaction> transaction = parts.database->Read();
  if (!transaction) return RefuseInternal(transaction.error());
  Answer<StoredBucket> bucket = FindBucket(transaction->connection(), bucket_name);
  if (!bucket) return Refuse(std::move(bucket.error()));
  return BucketReading{std::move(*transaction), std::move(*bucket)};
}

Answer<StoreChange> StoreChange::Begin(Store::Parts& parts) {
  Result<WriteTransaction> transaction = parts.database->Write();
  if (!transaction) return RefuseInternal(transaction.error());
  return StoreChange(parts, std::move(*transaction));
}

Answer<void> StoreChange::GiveUp(std::string_view blob) {
  if (Status done = index().Run("INSERT INTO garbage (blob) VALUES (?)", {blob}); !done)
    return RefuseInternal(done.error());
  garbage_.emplace_back(blob);
  return {};
}

Answer<void> StoreChange::GiveUpSelected(std::string_view select, std::initializer_list<SqlValue> values) {
  Statement blobs = index().Prepare(select, values);
  while (true) {
    const Result<bool> row = blobs.Step();
    if (!row) return RefuseInternal(row.error());
    if (!*row) return {};
    if (Answer<void> done = GiveUp(blobs.Text(0)); !done) return done;
  }
}

Answer<void> StoreChange::Commit(std::span<NewBlob> named) {
  const Status done = transaction_->Commit();
  transaction_.reset();
  if (!done && !done.error().repeated) return RefuseInternal(done.error());
  for (NewBlob& blob : named) blob.Adopted();
  // Whether the index names them will be seen by the next sweep.
  if (!done) return RefuseInternal(done.error());
  // Where this fails, they are read where they are, and the next sweep moves them.
  for (const NewBlob& blob : named) static_cast<void>(parts_.blobs.Settle(blob.id()));
  if (!garbage_.empty()) parts_.removed.Remove(std::move(garbage_));
  return {};
}

}  // namespace s3conn::local
