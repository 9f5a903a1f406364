#include "s3conn/s3/head_object.h"

#include "s3/object_request.h"

namespace s3conn {

Result<OperationRequest> HeadObject::Build(const Request& request) {
  Result<OperationRequest> operation = OnObject("HEAD", request.bucket, request.key);
  if (operation) operation->headers.Add("x-amz-checksum-mode", "ENABLED");
  return operation;
}

Result<ObjectProperties> HeadObject::Parse(const HttpResponse& response) {
  return RequireObjectProperties(response);
}

}  // namespace s3conn
