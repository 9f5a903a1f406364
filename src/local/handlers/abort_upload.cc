#include "local/call.h"

// https://docs.aws.amazon.com/AmazonS3/latest/API/API_AbortMultipartUpload.html

namespace s3conn::local {

Answer<Response> AbortMultipartUpload(const Call& call) {
  const Answer<void> aborted = call.store.AbortUpload(call.resource.bucket, call.resource.key,
                                                      call.resource.Parameter("uploadId").value_or(""));
  if (!aborted) return Refuse(aborted.error());
  return Response{.status = 204};
}

}  // namespace s3conn::local
