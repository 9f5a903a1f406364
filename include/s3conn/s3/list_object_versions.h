#ifndef S3CONN_S3_LIST_OBJECT_VERSIONS_H_
#define S3CONN_S3_LIST_OBJECT_VERSIONS_H_

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
#include "s3conn/base/units.h"
#include "s3conn/s3/client.h"
#include "s3conn/s3/operation.h"

namespace s3conn {

struct ListObjectVersionsRequest {
  std::string bucket{};
  std::string prefix{};
  std::optional<std::uint64_t> max_keys{};  // versions and markers of one page
  std::string key_marker{};
  std::string version_id_marker{};  // only with a key marker
};

// A version of an object, or the marker that stands for a deletion: that one has no bytes, and no ETag, size
// or storage class.
struct ObjectVersion {
  bool is_delete_marker = false;
  std::string key;
  std::string version_id;  // "null" for what was written while the bucket kept no versions
  bool is_latest = false;
  std::string etag;  // without its quotes
  std::optional<Timestamp> last_modified;
  ByteCount size;
  std::string storage_class;  // as the service sent it
};

struct ListObjectVersionsResponse {
  std::vector<ObjectVersion> versions;  // and markers, in the order of the service
  bool is_truncated = false;
  std::string next_key_marker;
  std::string next_version_id_marker;
};

// Always with encoding-type=url: XML can't carry every key.
// https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectVersions.html
struct ListObjectVersions {
  using Request = ListObjectVersionsRequest;
  using Response = ListObjectVersionsResponse;
  static constexpr std::string_view kName = "ListObjectVersions";
  static constexpr bool kTransfer = false;
  static Result<OperationRequest> Build(const Request& request);
  static Result<Response> Parse(const HttpResponse& response);
};

// Gives page after page to `on_page` until the listing ends, with one page in memory; `max_keys` of the
// request is the size of a page. An error of `on_page` ends it. kService where a server repeats markers,
// sends none although there is more, or sends more than it was asked for.
Status ListAllObjectVersions(Client& client, ListObjectVersionsRequest request, const CallContext& context,
                             const std::function<Status(const ListObjectVersionsResponse&)>& on_page);

}  // namespace s3conn

#endif  // S3CONN_S3_LIST_OBJECT_VERSIONS_H_
