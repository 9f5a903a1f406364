#ifndef S3CONN_S3_GET_OBJECT_H_
#define S3CONN_S3_GET_OBJECT_H_

#include <optional>
#include <string>
#include <string_view>

#include "s3conn/base/error.h"
#include "s3conn/base/message.h"
#include "s3conn/s3/object_properties.h"
#include "s3conn/s3/operation.h"
#include "s3conn/s3/read_options.h"

namespace s3conn {

struct GetObjectRequest {
  std::string bucket;
  std::string key;
  ReadOptions options{};
  std::optional<ByteRange> range{};
};

// The bytes go to the Body's sink as they are stored.
// https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html
struct GetObject {
  using Request = GetObjectRequest;
  using Response = ObjectProperties;
  static constexpr std::string_view kName = "GetObject";
  static constexpr bool kTransfer = true;
  static Result<OperationRequest> Build(const Request& request);
  static Result<Response> Parse(const HttpResponse& response);
};

}  // namespace s3conn

#endif  // S3CONN_S3_GET_OBJECT_H_
