#ifndef S3CONN_S3_OBJECT_TAGGING_H_
#define S3CONN_S3_OBJECT_TAGGING_H_

#include <string>
#include <string_view>

#include "s3conn/base/error.h"
#include "s3conn/base/message.h"
#include "s3conn/s3/object_settings.h"
#include "s3conn/s3/operation.h"

namespace s3conn {

struct GetObjectTaggingRequest {
  std::string bucket;
  std::string key;
  std::string version_id{};
};
struct GetObjectTaggingResponse {
  NamedValues tags;
};

// https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObjectTagging.html
struct GetObjectTagging {
  using Request = GetObjectTaggingRequest;
  using Response = GetObjectTaggingResponse;
  static constexpr std::string_view kName = "GetObjectTagging";
  static constexpr bool kTransfer = false;
  static Result<OperationRequest> Build(const Request& request);
  static Result<Response> Parse(const HttpResponse& response);
};

struct PutObjectTaggingRequest {
  std::string bucket;
  std::string key;
  std::string version_id{};
  NamedValues tags{};  // in place of all that the object has
};
struct PutObjectTaggingResponse {};

// kUsage for tags against S3's rules, as CheckObjectSettings() has them.
// https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObjectTagging.html
struct PutObjectTagging {
  using Request = PutObjectTaggingRequest;
  using Response = PutObjectTaggingResponse;
  static constexpr std::string_view kName = "PutObjectTagging";
  static constexpr bool kTransfer = false;
  static Result<OperationRequest> Build(const Request& request);
  static Result<Response> Parse(const HttpResponse& response);
};

}  // namespace s3conn

#endif  // S3CONN_S3_OBJECT_TAGGING_H_
