#ifndef S3CONN_S3_BUCKETS_H_
#define S3CONN_S3_BUCKETS_H_

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

struct CreateBucketRequest {
  std::string bucket;
  std::string location_constraint;  // empty: none is sent
};
struct CreateBucketResponse {
  std::string location;
};

// https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateBucket.html
struct CreateBucket {
  using Request = CreateBucketRequest;
  using Response = CreateBucketResponse;
  static constexpr std::string_view kName = "CreateBucket";
  static constexpr bool kTransfer = false;
  // kUsage for a name that S3's naming rules forbid.
  static Result<OperationRequest> Build(const Request& request);
  static Result<Response> Parse(const HttpResponse& response);
  static std::optional<Response> AfterLostAnswer(const Request& request, const Error& error);
};

struct ListBucketsRequest {
  std::string continuation_token;
};
struct Bucket {
  std::string name;
  std::optional<Timestamp> creation_date;
};
struct ListBucketsResponse {
  std::vector<Bucket> buckets;
  std::string continuation_token;  // empty: that was the last page
};

// https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListBuckets.html
struct ListBuckets {
  using Request = ListBucketsRequest;
  using Response = ListBucketsResponse;
  static constexpr std::string_view kName = "ListBuckets";
  static constexpr bool kTransfer = false;
  static Result<OperationRequest> Build(const Request& request);
  static Result<Response> Parse(const HttpResponse& response);
};

// Gives page after page to `on_page` until the listing ends, as ListAllObjects does. kService where it would
// never.
Status ListAllBuckets(Client& client, const CallContext& context,
                      const std::function<Status(const ListBucketsResponse&)>& on_page);

struct HeadBucketRequest {
  std::string bucket;
};
struct HeadBucketResponse {
  std::string region;  // empty where the store does not tell
};

// https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadBucket.html
struct HeadBucket {
  using Request = HeadBucketRequest;
  using Response = HeadBucketResponse;
  static constexpr std::string_view kName = "HeadBucket";
  static constexpr bool kTransfer = false;
  static Result<OperationRequest> Build(const Request& request);
  static Result<Response> Parse(const HttpResponse& response);
};

struct DeleteBucketRequest {
  std::string bucket;
};
struct DeleteBucketResponse {};

// https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucket.html
struct DeleteBucket {
  using Request = DeleteBucketRequest;
  using Response = DeleteBucketResponse;
  static constexpr std::string_view kName = "DeleteBucket";
  static constexpr bool kTransfer = false;
  // kUsage for an access point.
  static Result<OperationRequest> Build(const Request& request);
  static Result<Response> Parse(const HttpResponse& response);
  static std::optional<Response> AfterLostAnswer(const Request& request, const Error& error);
};

}  // namespace s3conn

#endif  // S3CONN_S3_BUCKETS_H_
