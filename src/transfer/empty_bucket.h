#ifndef S3CONN_TRANSFER_EMPTY_BUCKET_H_
#define S3CONN_TRANSFER_EMPTY_BUCKET_H_

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "http/retry.h"
#include "s3conn/base/call_context.h"
#include "s3conn/base/error.h"
#include "s3conn/s3/client.h"

namespace s3conn {

// One thing in a bucket, and what became of it.
struct Removal {
  enum class What { kObjectVersion, kDeleteMarker, kUpload };
  What what = What::kObjectVersion;
  std::string key;
  std::string id;              // of the version or the upload; empty where the store lists no versions
  std::optional<Error> error;  // absent: it is gone, or would be
};

struct EmptyBucketRequest {
  enum class Mode { kForReal, kRehearsal };  // a rehearsal only lists
  std::string bucket;
  Mode mode = Mode::kForReal;
  std::uint64_t page_size = 1000;  // how much is listed, and deleted, by one request; at most 1,000
};

// Called after each request that settled something, with what it settled. An error ends everything.
using OnRemovals = std::function<Status(const std::vector<Removal>&)>;

// Aborts every unfinished upload of a bucket and deletes every version, delete marker and object, page by
// page in constant memory. What can't be deleted is told by its error, once, and stops nothing else. An
// object that the store answers InternalError, SlowDown or ServiceUnavailable for is tried again as `retry`
// says.
//
// Begins anew until a round finds nothing that it could delete, for who lists while he deletes may miss some;
// after ten rounds, or where very much can't be deleted, it leaves the rest to whoever keeps writing.
//
// A store without versions is emptied by what ListObjectsV2 shows, one without DeleteObjects object by
// object. Uploads are left alone, with a warning, where these credentials may not list them.
//
// Errors: what listing fails with, and kCancelled. What was reported until then holds.
Status EmptyBucket(Client& client, const EmptyBucketRequest& request, const RetryTools& retry,
                   const CallContext& context, const OnRemovals& on_removals);

}  // namespace s3conn

#endif  // S3CONN_TRANSFER_EMPTY_BUCKET_H_
