#ifndef S3CONN_S3_PUT_OBJECT_H_
#define S3CONN_S3_PUT_OBJECT_H_

#include <string>
#include <string_view>
#include <vector>

#include "s3conn/base/error.h"
#include "s3conn/base/message.h"
#include "s3conn/base/units.h"
#include "s3conn/s3/object_properties.h"
#include "s3conn/s3/object_settings.h"
#include "s3conn/s3/operation.h"

namespace s3conn {

// The largest object one PUT can carry.
inline constexpr ByteCount kMaxSinglePut = 5_GiB;

struct PutObjectRequest {
  std::string bucket;
  std::string key;
  std::string checksum_crc64nvme;  // base64; empty: not sent
  ObjectSettings settings{};
  WriteConditions conditions{};
};
struct PutObjectResponse {
  std::string etag;  // without its quotes
  std::string version_id;
  std::vector<ObjectChecksum> checksums;
  std::string server_side_encryption{};  // as in ObjectProperties
};

// The bytes come from the Body's source.
// https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html
struct PutObject {
  using Request = PutObjectRequest;
  using Response = PutObjectResponse;
  static constexpr std::string_view kName = "PutObject";
  static constexpr bool kTransfer = true;
  static Result<OperationRequest> Build(const Request& request);
  static Result<Response> Parse(const HttpResponse& response);
};

}  // namespace s3conn

#endif  // S3CONN_S3_PUT_OBJECT_H_
