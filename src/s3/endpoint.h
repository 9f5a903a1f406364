#ifndef S3CONN_S3_ENDPOINT_H_
#define S3CONN_S3_ENDPOINT_H_

#include <string>
#include <string_view>

#include "s3conn/base/message.h"
#include "s3conn/s3/client.h"

namespace s3conn {

// Where a bucket's requests go, and the path before the key: "" for a virtual host, "/bucket" for path style,
// after the endpoint's own prefix.
struct BucketAddress {
  Origin origin;
  std::string path_prefix;
};

// Without a custom endpoint: AWS in the options' region, with the DNS suffix of the region's partition.
BucketAddress ResolveBucket(const ClientOptions& options, std::string_view bucket);

// The HTTP request for an operation: address, encoded path, query and headers; not signed yet.
HttpRequest AddressRequest(const ClientOptions& options, const OperationRequest& operation);

// An endpoint is AWS's own when none is configured; everything else is a store that may do less.
bool IsAws(const ClientOptions& options);

}  // namespace s3conn

#endif  // S3CONN_S3_ENDPOINT_H_
