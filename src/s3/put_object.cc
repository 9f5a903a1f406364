#include "s3conn/s3/put_object.h"

#include "base/text.h"
#include "s3/object_request.h"

namespace s3conn {

Result<OperationRequest> PutObject::Build(const Request& request) {
  Result<OperationRequest> operation = OnObject("PUT", request.bucket, request.key);
  if (!operation) return operation;
  if (!IsValidUtf8(request.key)) {
    return Failure(ErrorKind::kUsage, "the key is not valid UTF-8: '" + EscapeForTerminal(request.key) + "'",
                   "S3 keys are UTF-8; give the object another name");
  }
  if (!request.checksum_crc64nvme.empty()) {
    operation->headers.Add("x-amz-checksum-crc64nvme", request.checksum_crc64nvme);
  }
  return operation;
}

Result<PutObjectResponse> PutObject::Parse(const HttpResponse& response) {
  PutObjectResponse parsed;
  parsed.etag = UnquoteETag(response.headers.Get("ETag"));
  parsed.version_id = response.headers.Get("x-amz-version-id");
  parsed.checksums = ReadChecksums(response.headers);
  if (parsed.etag.empty()) {
    Error error;
    error.kind = ErrorKind::kService;
    error.retryable = true;
    error.message = "the answer to the upload has no ETag";
    error.hint =
        "this is not an answer of an S3 service: a proxy or another server may stand at the endpoint";
    return Failure(std::move(error));
  }
  return parsed;
}

}  // namespace s3conn
