#include "s3conn/s3/get_object.h"

#include "s3/object_headers.h"
#include "s3/object_request.h"

namespace s3conn {

Result<OperationRequest> GetObject::Build(const Request& request) {
  Result<OperationRequest> operation = OnObject("GET", request.bucket, request.key);
  if (!operation) return operation;
  operation->headers.Add("x-amz-checksum-mode", "ENABLED");
  if (request.range) operation->headers.Add("Range", request.range->Header());
  if (Status valid = AddReadOptions(*operation, request.options); !valid)
    return Failure(std::move(valid.error()));
  return operation;
}

Result<ObjectProperties> GetObject::Parse(const HttpResponse& response) {
  return RequireObjectProperties(response);
}

}  // namespace s3conn
