#ifndef S3CONN_S3_ABORT_MULTIPART_UPLOAD_H_
#define S3CONN_S3_ABORT_MULTIPART_UPLOAD_H_

#include <string>
#include <string_view>

#include "s3conn/base/call_context.h"
#include "s3conn/base/error.h"
#include "s3conn/base/message.h"
#include "s3conn/s3/client.h"
#include "s3conn/s3/operation.h"

namespace s3conn {

struct AbortMultipartUploadRequest {
  std::string bucket;
  std::string key;
  std::string upload_id;
};
struct AbortMultipartUploadResponse {};

// https://docs.aws.amazon.com/AmazonS3/latest/API/API_AbortMultipartUpload.html
struct AbortMultipartUpload {
  using Request = AbortMultipartUploadRequest;
  using Response = AbortMultipartUploadResponse;
  static constexpr std::string_view kName = "AbortMultipartUpload";
  static constexpr bool kTransfer = false;
  static Result<OperationRequest> Build(const Request& request);
  static Result<Response> Parse(const HttpResponse& response);
};

// The same, but an upload that is gone already (NoSuchUpload) is done: somebody completed or aborted it, or
// an attempt before whose answer was lost.
Status EnsureUploadAborted(Client& client, const AbortMultipartUploadRequest& request,
                           const CallContext& context);

}  // namespace s3conn

#endif  // S3CONN_S3_ABORT_MULTIPART_UPLOAD_H_
