#ifndef S3CONN_TRANSFER_REMOVE_H_
#define S3CONN_TRANSFER_REMOVE_H_

#include "s3conn/base/call_context.h"
#include "s3conn/base/error.h"
#include "s3conn/s3/client.h"
#include "s3conn/s3/delete_object.h"

namespace s3conn {

// Whether the conditions are looked after before the deletion, for stores that don't; or the caller has just
// done so.
enum class Look { kFirst, kDone };

// Deletes one object. Its conditions hold on every store, as far as a look before can tell (kPrecondition). A
// deletion that was carried out although its answer was lost is a success.
Result<DeleteObjectResponse> Remove(Client& client, DeleteObjectRequest request, Look look,
                                    const CallContext& context);

}  // namespace s3conn

#endif  // S3CONN_TRANSFER_REMOVE_H_
