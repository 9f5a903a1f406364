#ifndef S3CONN_TRANSFER_MOVE_H_
#define S3CONN_TRANSFER_MOVE_H_

#include <optional>

#include "s3conn/base/call_context.h"
#include "s3conn/base/error.h"
#include "s3conn/s3/client.h"
#include "transfer/copy.h"

namespace s3conn {

struct MoveResult {
  CopyResult copy;
  bool delete_marker = false;  // the source is hidden behind a marker: its bucket keeps versions
};

// kUsage for a move of an object onto itself, and for one where that can't be told: an access point and a
// bucket may be two names of one place, so that the same key in both may be the same object.
Status CheckMove(const CopyOrder& order);

// A copy, then the source deleted: only after the copy was looked at and has the source's size, and its
// checksum or ETag, or was made by AWS under the condition that the source is what was looked at; else both
// are read and compared. The source is deleted only if it is still what was copied: under a condition, and
// looked at once more on stores that may not know conditions. On a versioned bucket that leaves a marker,
// unless the order names a version, which is then gone for good. Every failure leaves the source, and its
// message says what became of the copy.
// Nullopt, and nothing done, where something is at the destination and is to be kept.
Result<std::optional<MoveResult>> Move(Client& client, const CopyOrder& order, const ObjectProperties& source,
                                       Existing existing, const CallContext& context);

}  // namespace s3conn

#endif  // S3CONN_TRANSFER_MOVE_H_
