#include "s3conn/s3/put_object.h"

#include "s3/object_headers.h"
#include "s3/object_request.h"
#include "s3/xml_response.h"
#include "s3conn/s3/names.h"

namespace s3conn {

Result<OperationRequest> PutObject::Build(const Request& request) {
  Result<OperationRequest> operation = OnObject("PUT", request.bucket, request.key);
  if (!operation) return operation;
  if (Status valid = CheckNewKey(request.key); !valid) return Failure(std::move(valid.error()));
  if (Status valid = CheckObjectSettings(request.settings); !valid) return Failure(std::move(valid.error()));
  AddDescription(operation->headers, request.settings);
  AddPlacement(operation->headers, request.settings);
  AddTags(operation->headers, request.settings.tags);
  AddWriteConditions(*operation, request.conditions);
  if (!request.checksum_crc64nvme.empty()) {
    operation->headers.Add("x-amz-checksum-crc64nvme", request.checksum_crc64nvme);
  }
  return operation;
}

Result<PutObjectResponse> PutObject::Parse(const HttpResponse& response) {
  if (Status empty = ExpectNoDocument(response); !empty) return Failure(std::move(empty.error()));
  PutObjectResponse parsed;
  parsed.etag = UnquoteETag(response.headers.Get("ETag"));
  parsed.version_id = response.headers.Get("x-amz-version-id");
  parsed.checksums = ReadChecksums(response.headers);
  parsed.server_side_encryption = ReadEncryption(response.headers);
  if (parsed.etag.empty()) return Failure(NotAnS3Answer("the answer to the upload has no ETag"));
  return parsed;
}

}  // namespace s3conn
