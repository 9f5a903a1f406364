#include "s3conn/s3/buckets.h"

#include <fmt/format.h>

#include "base/text.h"
#include "base/xml.h"
#include "s3/access_point.h"
#include "s3/object_request.h"
#include "s3/token_cycle.h"
#include "s3/xml_response.h"
#include "s3conn/s3/names.h"

namespace s3conn {
namespace {

bool HasCode(const Error& error, std::string_view code) {
  return error.service && error.service->code == code;
}

}  // namespace

Result<OperationRequest> CreateBucket::Build(const Request& request) {
  if (Status valid = CheckNewBucketName(request.bucket); !valid) return Failure(std::move(valid.error()));
  Result<OperationRequest> operation = OnBucket("PUT", request.bucket);
  // Sent twice by libcurl, the second would find the bucket that the first has made.
  if (operation) operation->fresh_connection = true;
  if (operation && !request.location_constraint.empty()) {
    operation->body = fmt::format(
        "<CreateBucketConfiguration xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">"
        "<LocationConstraint>{}</LocationConstraint></CreateBucketConfiguration>",
        XmlEscape(request.location_constraint));
    operation->headers.Add("Content-Type", "application/xml");
  }
  return operation;
}

Result<CreateBucketResponse> CreateBucket::Parse(const HttpResponse& response) {
  if (Status empty = ExpectNoDocument(response); !empty) return Failure(std::move(empty.error()));
  return CreateBucketResponse{std::string(response.headers.Get("Location"))};
}

std::optional<CreateBucketResponse> CreateBucket::AfterLostAnswer(const Request& request,
                                                                  const Error& error) {
  if (!HasCode(error, "BucketAlreadyOwnedByYou")) return std::nullopt;
  return CreateBucketResponse{"/" + request.bucket};
}

Result<OperationRequest> ListBuckets::Build(const Request& request) {
  OperationRequest operation;
  if (!request.continuation_token.empty()) {
    operation.query.push_back({"continuation-token", request.continuation_token});
  }
  return operation;
}

Result<ListBucketsResponse> ListBuckets::Parse(const HttpResponse& response) {
  const Result<XmlDocument> document = ParseXmlResponse(response, "ListAllMyBucketsResult");
  if (!document) return Failure(document.error());
  ListBucketsResponse parsed;
  const XmlElement buckets = document->root().Child("Buckets");
  for (XmlElement bucket = buckets.FirstChild(); bucket; bucket = bucket.Next()) {
    parsed.buckets.push_back(
        {std::string(bucket.ChildText("Name")), ParseRfc3339(bucket.ChildText("CreationDate"))});
  }
  parsed.continuation_token = document->root().ChildText("ContinuationToken");
  return parsed;
}

Status ListAllBuckets(Client& client, const CallContext& context,
                      const std::function<Status(const ListBucketsResponse&)>& on_page) {
  ListBucketsRequest request;
  TokenCycle cycle(request.continuation_token);
  while (true) {
    const Result<ListBucketsResponse> page = client.Call<ListBuckets>(request, context);
    if (!page) return Failure(page.error());
    if (Status handled = on_page(*page); !handled) return handled;
    if (page->continuation_token.empty()) return {};
    if (cycle.Repeats(page->continuation_token)) {
      return Failure(ErrorKind::kService,
                     "the store sent the same continuation token twice, so the listing would never end");
    }
    request.continuation_token = page->continuation_token;
  }
}

Result<OperationRequest> HeadBucket::Build(const Request& request) {
  return OnBucket("HEAD", request.bucket);
}

Result<HeadBucketResponse> HeadBucket::Parse(const HttpResponse& response) {
  return HeadBucketResponse{std::string(response.headers.Get("x-amz-bucket-region"))};
}

Result<OperationRequest> DeleteBucket::Build(const Request& request) {
  if (IsArn(request.bucket)) {
    return Failure(ErrorKind::kUsage,
                   fmt::format("'{}' is an access point, not a bucket: it can't be deleted as one",
                               EscapeForTerminal(request.bucket)),
                   "name the bucket behind it");
  }
  return OnBucket("DELETE", request.bucket);
}

Result<DeleteBucketResponse> DeleteBucket::Parse(const HttpResponse& response) {
  if (Status empty = ExpectNoDocument(response); !empty) return Failure(std::move(empty.error()));
  return DeleteBucketResponse{};
}

std::optional<DeleteBucketResponse> DeleteBucket::AfterLostAnswer(const Request&, const Error& error) {
  if (!HasCode(error, "NoSuchBucket")) return std::nullopt;
  return DeleteBucketResponse{};
}

}  // namespace s3conn
