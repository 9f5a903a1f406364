#ifndef S3CONN_S3_COPY_OBJECT_H_
#define S3CONN_S3_COPY_OBJECT_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "s3conn/base/error.h"
#include "s3conn/base/message.h"
#include "s3conn/base/time.h"
#include "s3conn/base/units.h"
#include "s3conn/s3/object_properties.h"
#include "s3conn/s3/object_settings.h"
#include "s3conn/s3/operation.h"
#include "s3conn/s3/read_options.h"

namespace s3conn {

// The largest object that one CopyObject can copy.
inline constexpr ByteCount kMaxSingleCopy = 5_GiB;

struct CopyObjectRequest {
  std::string source_bucket{};  // or the ARN of an access point
  std::string source_key{};
  std::string bucket{};  // the destination's, as what follows
  std::string key{};
  ReadOptions source{};
  // Content headers and metadata come from the source unless they are replaced, then all of them; the same
  // with the tags. Storage class, ACL and encryption are never the source's: S3 takes what is sent, or its
  // defaults.
  enum class From { kSource, kSettings };
  From description_from = From::kSource;
  From tags_from = From::kSource;
  ObjectSettings settings{};
  WriteConditions conditions{};
};
struct CopyObjectResponse {
  std::string etag;  // without its quotes; empty where the store does not tell
  std::optional<Timestamp> last_modified;
  std::string version_id;         // of the new object
  std::string source_version_id;  // of what was copied
  std::vector<ObjectChecksum> checksums;
  std::string server_side_encryption{};  // as in ObjectProperties
};

// Settings may be the source's own, so they are held to what can be sent (CheckSendable), not to what may be
// new. The store copies; no bytes pass by here. It may take minutes, and fail after its answer has begun with
// 200. https://docs.aws.amazon.com/AmazonS3/latest/API/API_CopyObject.html
struct CopyObject {
  using Request = CopyObjectRequest;
  using Response = CopyObjectResponse;
  static constexpr std::string_view kName = "CopyObject";
  static constexpr bool kTransfer = true;
  static Result<OperationRequest> Build(const Request& request);
  static Result<Response> Parse(const HttpResponse& response);
};

}  // namespace s3conn

#endif  // S3CONN_S3_COPY_OBJECT_H_
