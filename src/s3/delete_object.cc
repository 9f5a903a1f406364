#include "s3conn/s3/delete_object.h"

#include "s3/object_headers.h"
#include "s3/object_request.h"
#include "s3/xml_response.h"

namespace s3conn {

Result<OperationRequest> DeleteObject::Build(const Request& request) {
  Result<OperationRequest> operation = OnObject("DELETE", request.bucket, request.key);
  if (!operation) return operation;
  if (!request.version_id.empty()) operation->query.push_back({"versionId", request.version_id});
  AddWriteConditions(*operation, request.conditions);
  return operation;
}

Result<DeleteObjectResponse> DeleteObject::Parse(const HttpResponse& response) {
  if (Status empty = ExpectNoDocument(response); !empty) return Failure(std::move(empty.error()));
  DeleteObjectResponse parsed;
  parsed.version_id = response.headers.Get("x-amz-version-id");
  parsed.delete_marker = response.headers.Get("x-amz-delete-marker") == "true";
  return parsed;
}

}  // namespace s3conn
