#include "s3conn/s3/head_object.h"

#include "s3/object_headers.h"
#include "s3/object_request.h"

namespace s3conn {

Result<OperationRequest> HeadObject::Build(const Request& request) {
  Result<OperationRequest> operation = OnObject("HEAD", request.bucket, request.key);
  if (!operation) return operation;
  operation->headers.Add("x-amz-checksum-mode", "ENABLED");
  if (Status valid = AddReadOptions(*operation, request.options); !valid)
    return Failure(std::move(valid.error()));
  return operation;
}

Result<ObjectProperties> HeadObject::Parse(const HttpResponse& response) {
  return RequireObjectProperties(response);
}

}  // namespace s3conn
