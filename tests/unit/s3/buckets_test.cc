#include "s3conn/s3/buckets.h"

#include <string>
#include <string_view>

#include "support/catch.h"
#include "support/client_fixture.h"

namespace s3conn {
namespace {

HttpResponse Ok(Headers headers, std::string body = {}) {
  HttpResponse response;
  response.status = 200;
  response.headers = std::move(headers);
  response.body = std::move(body);
  return response;
}

TEST_CASE("CreateBucket puts the bucket and sends no document without a location") {
  const auto request = CreateBucket::Build({"my-bucket", ""});
  REQUIRE(request);
  CHECK(request->method == "PUT");
  CHECK(request->bucket == "my-bucket");
  CHECK(request->key.empty());
  CHECK(request->body.empty());
  CHECK(request->headers.size() == 0);
}

TEST_CASE("CreateBucket sends its location as XML") {
  const auto request = CreateBucket::Build({"my-bucket", "eu-<west>"});
  REQUIRE(request);
  CHECK(request->body ==
        "<CreateBucketConfiguration xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">"
        "<LocationConstraint>eu-&lt;west&gt;</LocationConstraint></CreateBucketConfiguration>");
  CHECK(request->headers.Get("Content-Type") == "application/xml");
}

TEST_CASE("CreateBucket refuses a forbidden name before any request") {
  const auto request = CreateBucket::Build({"My_Bucket", ""});
  REQUIRE_FALSE(request);
  CHECK(request.error().kind == ErrorKind::kUsage);
}

TEST_CASE("CreateBucket gives the location that the service names") {
  const auto response = CreateBucket::Parse(Ok({{"Location", "/my-bucket"}}));
  REQUIRE(response);
  CHECK(response->location == "/my-bucket");
}

TEST_CASE("ListBuckets asks the service and goes on with a token") {
  const auto first = ListBuckets::Build({});
  REQUIRE(first);
  CHECK(first->method == "GET");
  CHECK(first->bucket.empty());
  CHECK(first->query.empty());
  const auto next = ListBuckets::Build({"a+b"});
  REQUIRE(next);
  CHECK(WireQuery(next->query) == "continuation-token=a%2Bb");
}

TEST_CASE("ListBuckets gives names and dates in the order of the service") {
  const auto response = ListBuckets::Parse(
      Ok({},
         "<?xml version=\"1.0\"?><ListAllMyBucketsResult xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">"
         "<Owner><ID>1</ID></Owner><Buckets>"
         "<Bucket><Name>zeta</Name><CreationDate>2026-01-15T09:30:00.000Z</CreationDate></Bucket>"
         "<Bucket><Name>alpha</Name><CreationDate>soon</CreationDate></Bucket>"
         "</Buckets><ContinuationToken>t</ContinuationToken></ListAllMyBucketsResult>"));
  REQUIRE(response);
  REQUIRE(response->buckets.size() == 2);
  CHECK(response->buckets[0].name == "zeta");
  CHECK(response->buckets[0].creation_date == ParseRfc3339("2026-01-15T09:30:00Z"));
  CHECK(response->buckets[1].name == "alpha");
  CHECK_FALSE(response->buckets[1].creation_date);
  CHECK(response->continuation_token == "t");
}

TEST_CASE("ListBuckets of an account without buckets is empty") {
  const auto response =
      ListBuckets::Parse(Ok({}, "<ListAllMyBucketsResult><Buckets/></ListAllMyBucketsResult>"));
  REQUIRE(response);
  CHECK(response->buckets.empty());
  CHECK(response->continuation_token.empty());
}

TEST_CASE("an answer that is not the listing of buckets is an error that may be tried again") {
  for (const std::string_view body : {"", "<html><body>hi</body></html>", "<ListAllMyBucketsResult><Buckets>",
                                      "<ListBucketResult/>", "{}"}) {
    CAPTURE(body);
    const auto response = ListBuckets::Parse(Ok({}, std::string(body)));
    REQUIRE_FALSE(response);
    CHECK(response.error().kind == ErrorKind::kService);
    CHECK(response.error().retryable);
    CHECK_FALSE(response.error().hint.empty());
  }
}

Answer BucketPage(std::string_view name, std::string_view token) {
  return Reply(200, {},
               "<ListAllMyBucketsResult><Buckets><Bucket><Name>" + std::string(name) +
                   "</Name></Bucket></Buckets><ContinuationToken>" + std::string(token) +
                   "</ContinuationToken></ListAllMyBucketsResult>");
}

TEST_CASE("a listing of buckets goes on page by page to its end") {
  ClientFixture fixture({BucketPage("a", "t1"), BucketPage("b", "t2"), BucketPage("c", "")});
  std::string names;
  const Status listed =
      ListAllBuckets(fixture.client, {}, [&names](const ListBucketsResponse& page) -> Status {
        for (const Bucket& bucket : page.buckets) names += bucket.name;
        return {};
      });
  REQUIRE(listed);
  CHECK(names == "abc");
  CHECK(WireQuery(fixture.sent(2).request.query) == "continuation-token=t2");
}

TEST_CASE("a listing of buckets that would never end is an error") {
  ClientFixture fixture;
  bool odd = false;
  fixture.http.AnswerWith([&odd](const SentRequest&) {
    odd = !odd;
    return BucketPage("a", odd ? "t1" : "t2");
  });
  const Status listed =
      ListAllBuckets(fixture.client, {}, [](const ListBucketsResponse&) -> Status { return {}; });
  REQUIRE_FALSE(listed);
  CHECK(listed.error().kind == ErrorKind::kService);
}

TEST_CASE("HeadBucket gives the region that the service names") {
  const auto request = HeadBucket::Build({"My_Old_Bucket"});
  REQUIRE(request);
  CHECK(request->method == "HEAD");
  CHECK(request->bucket == "My_Old_Bucket");
  CHECK(HeadBucket::Parse(Ok({{"x-amz-bucket-region", "eu-west-1"}}))->region == "eu-west-1");
  CHECK(HeadBucket::Parse(Ok({}))->region.empty());
  CHECK_FALSE(HeadBucket::Build({""}));
}

TEST_CASE("a page in answer to the making or deleting of a bucket is not taken for done") {
  const HttpResponse page = Ok({}, "<html>please log in</html>");
  const auto created = CreateBucket::Parse(page);
  REQUIRE_FALSE(created);
  CHECK(created.error().retryable);
  CHECK_FALSE(DeleteBucket::Parse(page));
  CHECK(CreateBucket::Parse(Ok({}, " \n")));
}

TEST_CASE("DeleteBucket deletes the bucket itself") {
  const auto request = DeleteBucket::Build({"b"});
  REQUIRE(request);
  CHECK(request->method == "DELETE");
  CHECK(request->bucket == "b");
  CHECK(request->key.empty());
  CHECK(DeleteBucket::Parse(Ok({})));
  CHECK_FALSE(DeleteBucket::Build({"a/b"}));
}

TEST_CASE("an access point is looked at but neither made nor deleted") {
  const std::string arn = "arn:aws:s3:eu-west-1:123456789012:accesspoint/my-ap";
  CHECK(HeadBucket::Build({arn}));
  const auto deleted = DeleteBucket::Build({arn});
  REQUIRE_FALSE(deleted);
  CHECK(deleted.error().kind == ErrorKind::kUsage);
  CHECK(deleted.error().message ==
        "'" + arn + "' is an access point, not a bucket: it can't be deleted as one");
  const auto created = CreateBucket::Build({arn, ""});
  REQUIRE_FALSE(created);
  CHECK(created.error().kind == ErrorKind::kUsage);
}

}  // namespace
}  // namespace s3conn
