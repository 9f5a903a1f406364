#ifndef S3CONN_S3_LIST_MULTIPART_UPLOADS_H_
#define S3CONN_S3_LIST_MULTIPART_UPLOADS_H_

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "s3conn/base/call_context.h"
#include "s3conn/base/error.h"
#include "s3conn/base/message.h"
#include "s3conn/base/time.h"
#include "s3conn/s3/client.h"
#include "s3conn/s3/operation.h"

namespace s3conn {

struct ListMultipartUploadsRequest {
  std::string bucket{};
  std::string prefix{};
  std::optional<std::uint64_t> max_uploads{};  // of one page
  std::string key_marker{};
  std::string upload_id_marker{};  // only with a key marker
};

struct MultipartUpload {
  std::string key;
  // Ceph encodes keys and does not say so. Where a key may be read in two ways, this is the one without
  // decoding.
  std::string undecoded_key;
  std::string upload_id;
  std::optional<Timestamp> initiated;
  std::string storage_class;  // as the service sent it
};

struct ListMultipartUploadsResponse {
  std::vector<MultipartUpload> uploads;
  bool is_truncated = false;
  std::string next_key_marker;
  std::string next_upload_id_marker;
};

// The uploads in parts that were neither completed nor aborted. Always with encoding-type=url.
// https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListMultipartUploads.html
struct ListMultipartUploads {
  using Request = ListMultipartUploadsRequest;
  using Response = ListMultipartUploadsResponse;
  static constexpr std::string_view kName = "ListMultipartUploads";
  static constexpr bool kTransfer = false;
  static Result<OperationRequest> Build(const Request& request);
  static Result<Response> Parse(const HttpResponse& response);
};

// As ListAllObjectVersions; `max_uploads` of the request is the size of a page.
Status ListAllMultipartUploads(Client& client, ListMultipartUploadsRequest request,
                               const CallContext& context,
                               const std::function<Status(const ListMultipartUploadsResponse&)>& on_page);

}  // namespace s3conn

#endif  // S3CONN_S3_LIST_MULTIPART_UPLOADS_H_
