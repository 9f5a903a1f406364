#include "transfer/remove.h"

#include <utility>

#include "s3conn/s3/head_object.h"
#include "transfer/write_condition.h"

namespace s3conn {
namespace {

// Sent again after a lost answer, a conditional deletion finds nothing any more, and fails.
bool IsGone(Client& client, const DeleteObjectRequest& request, const Error& error,
            const CallContext& context) {
  if (!error.repeated) return false;
  if (error.kind == ErrorKind::kNotFound) return true;
  if (error.kind != ErrorKind::kPrecondition) return false;
  HeadObjectRequest question{request.bucket, request.key};
  question.options.version_id = request.version_id;
  const Result<ObjectProperties> now = client.Call<HeadObject>(question, context);
  return !now && now.error().kind == ErrorKind::kNotFound;
}

}  // namespace

Result<DeleteObjectResponse> Remove(Client& client, DeleteObjectRequest request, Look look,
                                    const CallContext& context) {
  if (look == Look::kFirst) {
    const WriteTarget target{.bucket = request.bucket,
                             .key = request.key,
                             .conditions = request.conditions,
                             .version_id = request.version_id};
    Status holds = CheckConditions(client, target, context);
    if (!holds) return Failure(std::move(holds.error()));
  }
  const auto remove = [&](const WriteConditions& conditions) -> Result<DeleteObjectResponse> {
    request.conditions = conditions;
    Result<DeleteObjectResponse> response = client.Call<DeleteObject>(request, context);
    if (!response && IsGone(client, request, response.error(), context)) return DeleteObjectResponse();
    return response;
  };
  return WriteConditionally(client, request.conditions, remove);
}

}  // namespace s3conn
