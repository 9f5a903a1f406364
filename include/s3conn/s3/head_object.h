#ifndef S3CONN_S3_HEAD_OBJECT_H_
#define S3CONN_S3_HEAD_OBJECT_H_

#include <string>
#include <string_view>

#include "s3conn/base/error.h"
#include "s3conn/base/message.h"
#include "s3conn/s3/object_properties.h"
#include "s3conn/s3/operation.h"
#include "s3conn/s3/read_options.h"

namespace s3conn {

struct HeadObjectRequest {
  std::string bucket;
  std::string key;
  ReadOptions options{};
};

// https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadObject.html
struct HeadObject {
  using Request = HeadObjectRequest;
  using Response = ObjectProperties;
  static constexpr std::string_view kName = "HeadObject";
  static constexpr bool kTransfer = false;
  static Result<OperationRequest> Build(const Request& request);
  static Result<Response> Parse(const HttpResponse& response);
};

}  // namespace s3conn

#endif  // S3CONN_S3_HEAD_OBJECT_H_
