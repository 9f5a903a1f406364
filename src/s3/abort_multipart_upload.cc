#include "s3conn/s3/abort_multipart_upload.h"

#include <utility>

#include "s3/object_request.h"
#include "s3/xml_response.h"

namespace s3conn {

Result<OperationRequest> AbortMultipartUpload::Build(const Request& request) {
  // Without an id this would delete the object itself.
  if (request.upload_id.empty()) return Failure(ErrorKind::kUsage, "the upload's id is missing");
  Result<OperationRequest> operation = OnObject("DELETE", request.bucket, request.key);
  if (operation) operation->query.push_back({"uploadId", request.upload_id});
  return operation;
}

Result<AbortMultipartUploadResponse> AbortMultipartUpload::Parse(const HttpResponse& response) {
  if (Status empty = ExpectNoDocument(response); !empty) return Failure(std::move(empty.error()));
  return AbortMultipartUploadResponse{};
}

Status EnsureUploadAborted(Client& client, const AbortMultipartUploadRequest& request,
                           const CallContext& context) {
  const Result<AbortMultipartUploadResponse> aborted = client.Call<AbortMultipartUpload>(request, context);
  if (aborted) return {};
  const Error& error = aborted.error();
  if (error.service && error.service->code == "NoSuchUpload") return {};
  return Failure(error);
}

}  // namespace s3conn
