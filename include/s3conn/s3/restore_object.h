#ifndef S3CONN_S3_RESTORE_OBJECT_H_
#define S3CONN_S3_RESTORE_OBJECT_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "s3conn/base/error.h"
#include "s3conn/base/message.h"
#include "s3conn/s3/operation.h"

namespace s3conn {

// How fast an object comes out of the archive, and how dear that is.
enum class RestoreTier { kStandard, kBulk, kExpedited };
// S3's name for it: "Standard".
std::string_view RestoreTierName(RestoreTier tier);

struct RestoreObjectRequest {
  std::string bucket{};
  std::string key{};
  std::string version_id{};  // empty: the latest
  // How long the copy stays. S3 wants it for its Glacier classes, and none for INTELLIGENT_TIERING, whose
  // objects come back for good.
  std::optional<std::uint64_t> days{};
  RestoreTier tier = RestoreTier::kStandard;
};
struct RestoreObjectResponse {
  bool already_restored = false;  // the copy is there already, and its time was prolonged
};

// Asks for a copy of an archived object, which takes minutes to days to come. kConflict where one is under
// way (RestoreAlreadyInProgress), or the object is not archived (InvalidObjectState).
// https://docs.aws.amazon.com/AmazonS3/latest/API/API_RestoreObject.html
struct RestoreObject {
  using Request = RestoreObjectRequest;
  using Response = RestoreObjectResponse;
  static constexpr std::string_view kName = "RestoreObject";
  static constexpr bool kTransfer = false;
  static Result<OperationRequest> Build(const Request& request);
  static Result<Response> Parse(const HttpResponse& response);
  static std::optional<Response> AfterLostAnswer(const Request& request, const Error& error);
};

}  // namespace s3conn

#endif  // S3CONN_S3_RESTORE_OBJECT_H_
