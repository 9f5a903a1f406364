#ifndef S3CONN_S3_DELETE_OBJECT_H_
#define S3CONN_S3_DELETE_OBJECT_H_

#include <string>
#include <string_view>

#include "s3conn/base/error.h"
#include "s3conn/base/message.h"
#include "s3conn/s3/object_settings.h"
#include "s3conn/s3/operation.h"

namespace s3conn {

struct DeleteObjectRequest {
  std::string bucket;
  std::string key;
  std::string version_id{};      // empty: the latest, which on a versioned bucket only gets a marker
  WriteConditions conditions{};  // other stores than AWS may not look at them
};
struct DeleteObjectResponse {
  std::string version_id;      // of the marker or the version, on a versioned bucket
  bool delete_marker = false;  // the object is hidden behind a marker, not gone
};

// Succeeds for a key that does not exist, as S3 does.
// https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObject.html
struct DeleteObject {
  using Request = DeleteObjectRequest;
  using Response = DeleteObjectResponse;
  static constexpr std::string_view kName = "DeleteObject";
  static constexpr bool kTransfer = false;
  static Result<OperationRequest> Build(const Request& request);
  static Result<Response> Parse(const HttpResponse& response);
};

}  // namespace s3conn

#endif  // S3CONN_S3_DELETE_OBJECT_H_
