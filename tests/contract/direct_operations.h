#ifndef S3CONN_TESTS_CONTRACT_DIRECT_OPERATIONS_H_
#define S3CONN_TESTS_CONTRACT_DIRECT_OPERATIONS_H_

#include <string>

#include "s3conn/base/error.h"
#include "s3conn/base/message.h"
#include "s3conn/s3/object_tagging.h"
#include "s3conn/s3/operation.h"

namespace s3conn {

// Operations that no command has yet.

// Has the bucket keep versions from now on.
// https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketVersioning.html
struct PutBucketVersioning {
  struct Request {
    std::string bucket;
  };
  struct Response {};
  static constexpr std::string_view kName = "PutBucketVersioning";
  static constexpr bool kTransfer = false;
  static Result<OperationRequest> Build(const Request& request);
  static Result<Response> Parse(const HttpResponse& response);
};

// Fails the test where the bucket will not keep versions.
void KeepVersions(const std::string& bucket);

// The tags of an object, in an order that no server decides.
NamedValues SortedTags(const GetObjectTaggingRequest& object);

}  // namespace s3conn

#endif  // S3CONN_TESTS_CONTRACT_DIRECT_OPERATIONS_H_
