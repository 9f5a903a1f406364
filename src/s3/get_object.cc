#include "s3conn/s3/get_object.h"

#include "s3/object_request.h"

namespace s3conn {

Result<OperationRequest> GetObject::Build(const Request& request) {
  Result<OperationRequest> operation = OnObject("GET", request.bucket, request.key);
  if (operation) operation->headers.Add("x-amz-checksum-mode", "ENABLED");
  return operation;
}

Result<ObjectProperties> GetObject::Parse(const HttpResponse& response) {
  return RequireObjectProperties(response);
}

}  // namespace s3conn
