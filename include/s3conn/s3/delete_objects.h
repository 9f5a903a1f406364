#ifndef S3CONN_S3_DELETE_OBJECTS_H_
#define S3CONN_S3_DELETE_OBJECTS_H_

#include <string>
#include <string_view>
#include <vector>

#include "s3conn/base/error.h"
#include "s3conn/base/message.h"
#include "s3conn/s3/operation.h"

namespace s3conn {

// The most that one DeleteObjects takes.
inline constexpr std::size_t kMaxDeleteObjects = 1000;

struct ObjectIdentifier {
  std::string key;
  std::string version_id{};  // empty: the object as it is now, which on a versioned bucket leaves a marker
};

// Whether a DeleteObjects can name it: its body is XML, which can't carry every key.
bool FitsDeleteObjects(const ObjectIdentifier& object);

struct DeleteObjectsRequest {
  std::string bucket;
  std::vector<ObjectIdentifier> objects;  // 1 to kMaxDeleteObjects
};

struct DeletedObject {
  std::string key;
  std::string version_id;      // where the request named one
  bool delete_marker = false;  // a marker was made, or the version deleted was one
  std::string delete_marker_version_id;
};
struct DeleteObjectsError {
  std::string key;
  std::string version_id;
  std::string code;
  std::string message;  // as the service sent it
};
struct DeleteObjectsResponse {
  std::vector<DeletedObject> deleted;
  std::vector<DeleteObjectsError> errors;
};

// A success says nothing yet about a single object: see DeletionOutcomes.
// https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjects.html
struct DeleteObjects {
  using Request = DeleteObjectsRequest;
  using Response = DeleteObjectsResponse;
  static constexpr std::string_view kName = "DeleteObjects";
  static constexpr bool kTransfer = false;
  // kUsage for none or too many objects, and for one that does not fit.
  static Result<OperationRequest> Build(const Request& request);
  static Result<Response> Parse(const HttpResponse& response);
};

// What became of each object of the request, in its order. The error of a refused one has the kind and hint
// of its code, as if it had been the answer to a request of its own; one that the answer does not mention is
// a kService failure.
std::vector<Result<DeletedObject>> DeletionOutcomes(const DeleteObjectsRequest& request,
                                                    const DeleteObjectsResponse& response);

}  // namespace s3conn

#endif  // S3CONN_S3_DELETE_OBJECTS_H_
