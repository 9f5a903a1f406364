#include "local/call.h"
#include "local/object_request.h"

// https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObject.html

namespace s3conn::local {

Answer<Response> DeleteObject(const Call& call) {
  const Answer<std::optional<std::string_view>> version_id = ReadVersionId(call);
  if (!version_id) return Refuse(version_id.error());
  const Answer<WriteCondition> condition = ReadWriteCondition(call);
  if (!condition) return Refuse(condition.error());
  const Answer<DeleteOutcome> outcome =
      call.store.DeleteObject(call.resource.bucket, call.resource.key, *version_id, *condition);
  if (!outcome) return Refuse(outcome.error());
  Response response{.status = 204};
  if (outcome->is_delete_marker) response.headers.Add("x-amz-delete-marker", "true");
  if (!outcome->version_id.empty()) response.headers.Add("x-amz-version-id", outcome->version_id);
  return response;
}

}  // namespace s3conn::local
