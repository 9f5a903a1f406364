#ifndef S3CONN_S3_LIST_OBJECTS_H_
#define S3CONN_S3_LIST_OBJECTS_H_

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
#include "s3conn/s3/storage_class.h"

namespace s3conn {

struct ListObjectsRequest {
  std::string bucket{};
  std::string prefix{};
  std::string delimiter{};
  std::optional<std::uint64_t> max_keys{};
  std::string continuation_token{};
  std::string start_after{};
};

struct S3Object {
  std::string key;
  std::string etag;  // without its quotes
  std::optional<Timestamp> last_modified;
  ByteCount size;
  std::string storage_class_name;  // as the service sent it

  StorageClass storage_class() const { return ParseStorageClass(storage_class_name); }
};

struct ListObjectsResponse {
  std::vector<S3Object> contents;
  std::vector<std::string> common_prefixes;
  bool is_truncated = false;
  std::string next_continuation_token;
};

// ListObjectsV2, always with encoding-type=url: XML can't carry every key.
// https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html
struct ListObjects {
  using Request = ListObjectsRequest;
  using Response = ListObjectsResponse;
  static constexpr std::string_view kName = "ListObjects";
  static constexpr bool kTransfer = false;
  static Result<OperationRequest> Build(const Request& request);
  static Result<Response> Parse(const HttpResponse& response);
};

// What a listing over several pages came to.
struct ListingEnd {
  std::uint64_t key_count = 0;  // keys and common prefixes together, as S3 counts
  bool is_truncated = false;
  std::string next_continuation_token;  // where to go on; empty at the end
};

// Gives page after page to `on_page` until the listing ends, or `max_keys` of the request are reached, with
// one page in memory. An error of `on_page` ends it. kService where a server repeats a token, sends none
// although there is more, or sends more than it was asked for.
Result<ListingEnd> ListAllObjects(Client& client, ListObjectsRequest request, const CallContext& context,
                                  const std::function<Status(const ListObjectsResponse&)>& on_page);

}  // namespace s3conn

#endif  // S3CONN_S3_LIST_OBJECTS_H_
