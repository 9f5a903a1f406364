#ifndef S3CONN_LOCAL_STORE_PARTS_H_
#define S3CONN_LOCAL_STORE_PARTS_H_

#include <initializer_list>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/file.h"
#include "local/blob_folder.h"
#include "local/database.h"
#include "local/refusal.h"
#include "local/store.h"
#include "s3conn/base/time.h"

// For the sources of Store alone.

namespace s3conn::local {

// Files that the index has given up, removed already. Their rows stay in `garbage` until the folders that
// they were in are synced, else a power cut could bring back a file that nobody looks for any more; that is
// done for many at once. Safe from many threads.
class RemovedBlobs {
 public:
  RemovedBlobs(Database& database, const BlobFolder& blobs) : database_(database), blobs_(blobs) {}

  // Removes the files. What fails is tried again by the next sweep.
  void Remove(std::vector<std::string> ids);

 private:
  Status Forget(const std::vector<std::string>& ids);

  Database& database_;
  const BlobFolder& blobs_;
  std::mutex mutex_;
  std::vector<std::string> ids_;
};

struct Store::Parts {
  Parts(const Clock& its_clock, Descriptor its_lock, BlobFolder its_blobs,
        std::unique_ptr<Database> its_database)
      : clock(its_clock),
        lock(std::move(its_lock)),
        blobs(std::move(its_blobs)),
        database(std::move(its_database)),
        removed(*database, blobs) {}

  const Clock& clock;
  Descriptor lock;  // shared by all who have the store open; whoever sweeps it has the lock alone
  BlobFolder blobs;
  std::unique_ptr<Database> database;
  RemovedBlobs removed;
};

// A bucket, and the index as it was when the bucket was found there. kNoSuchBucket, kInternalError.
struct BucketReading {
  static Answer<BucketReading> Begin(Store::Parts& parts, std::string_view bucket_name);

  SqlConnection& index() { return transaction.connection(); }

  ReadTransaction transaction;
  StoredBucket bucket;
};

// A change of the index, with the files that come and go by it. Without a Commit nothing has happened. Errors
// are kInternalError.
class StoreChange {
 public:
  static Answer<StoreChange> Begin(Store::Parts& parts);

  // Its statements go before Commit.
  SqlConnection& index() { return transaction_->connection(); }
  Timestamp Now() const { return parts_.clock.Now(); }

  // Nothing names this blob any more: its file goes once the change is committed.
  Answer<void> GiveUp(std::string_view blob);
  // The same of all in the first column of a SELECT.
  Answer<void> GiveUpSelected(std::string_view select, std::initializer_list<SqlValue> values);

  // Once. `named` are the new blobs that the index names now: they are the store's from here on, and moved to
  // their places.
  Answer<void> Commit(std::span<NewBlob> named = {});

 private:
  StoreChange(Store::Parts& parts, WriteTransaction transaction)
      : parts_(parts), transaction_(std::move(transaction)) {}

  Store::Parts& parts_;
  std::optional<WriteTransaction> transaction_;
  std::vector<std::string> garbage_;
};

}  // namespace s3conn::local

#endif  // S3CONN_LOCAL_STORE_PARTS_H_
