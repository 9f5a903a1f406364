#include "s3conn/s3/delete_object.h"

#include "s3/object_request.h"
#include "s3/xml_response.h"

namespace s3conn {

Result<OperationRequest> DeleteObject::Build(const Request& request) {
  return OnObject("DELETE", request.bucket, request.key);
}

Result<DeleteObjectResponse> DeleteObject::Parse(const HttpResponse& response) {
  if (Status empty = ExpectNoDocument(response); !empty) return Failure(std::move(empty.error()));
  DeleteObjectResponse parsed;
  parsed.version_id = response.headers.Get("x-amz-version-id");
  parsed.delete_marker = response.headers.Get("x-amz-delete-marker") == "true";
  return parsed;
}

}  // namespace s3conn
