#ifndef S3CONN_S3_ENDPOINT_H_
#define S3CONN_S3_ENDPOINT_H_

#include <string>
#include <string_view>

#include "s3conn/base/error.h"
#include "s3conn/base/message.h"
#include "s3conn/s3/client.h"
#include "sign/signing_key.h"

namespace s3conn {

// Where a bucket's requests go, the path before the key ("" for a virtual host, "/bucket" for path style,
// after the endpoint's own prefix), and what they are signed for.
struct BucketAddress {
  Origin origin;
  std::string path_prefix;
  SigningScope scope;
};

// For requests on an existing bucket, on an access point (given by its ARN), or on the service itself ("").
// Without a custom endpoint: AWS in the options' region, by the rules of
// https://docs.aws.amazon.com/general/latest/gr/s3.html. kConfig where options contradict each other, or the
// bucket's kind; kUsage where the bucket can't be addressed so at all.
Result<BucketAddress> ResolveBucket(const ClientOptions& options, std::string_view bucket);

// The HTTP request for an operation: address, encoded path, query and headers; not signed yet.
struct AddressedRequest {
  HttpRequest request;
  SigningScope scope;
};
Result<AddressedRequest> AddressRequest(const ClientOptions& options, const OperationRequest& operation);

// An endpoint is AWS's own when none is configured; everything else is a store that may do less.
bool IsAws(const ClientOptions& options);

}  // namespace s3conn

#endif  // S3CONN_S3_ENDPOINT_H_
