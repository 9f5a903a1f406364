#include "handler_fixture.h"
#include "support/catch.h"

namespace s3conn::local {
namespace {

Outcome List(HandlerFixture& fixture, const std::string& query) {
  return fixture.Send(ListBuckets, {"GET", "/?" + query});
}

// The names of a page, one after the other.
std::string Names(const Outcome& page) {
  std::string names;
  for (std::size_t at = 0; (at = page.body.find("<Name>", at)) != std::string::npos;) {
    at += 6;
    names += page.body.substr(at, page.body.find('<', at) - at) + " ";
  }
  return names;
}

}  // namespace

TEST_CASE("ListBuckets: names the owner and every bucket with its time and region") {
  HandlerFixture fixture;
  REQUIRE(fixture.store->CreateBucket("photos", "eu-west-1"));
  REQUIRE(fixture.store->CreateBucket("logs", "us-east-1"));
  const Outcome page = List(fixture, "x-id=ListBuckets");
  CHECK(page.status == 200);
  CHECK(page.element("Owner") == "<ID>000000000000</ID>");
  CHECK(Names(page) == "logs photos ");
  CHECK(page.element("CreationDate") == "2026-01-15T00:00:00.000Z");
  CHECK(page.element("BucketRegion") == "us-east-1");
  CHECK_FALSE(page.has("ContinuationToken"));
}

TEST_CASE("ListBuckets: by prefix and region") {
  HandlerFixture fixture;
  for (const std::string_view name : {"aa-1", "aa-2", "bb-1"}) fixture.MakeBucket(name);
  REQUIRE(fixture.store->CreateBucket("aa-3", "eu-west-1"));
  const Outcome page = List(fixture, "prefix=aa-");
  CHECK(Names(page) == "aa-1 aa-2 aa-3 ");
  CHECK(page.element("Prefix") == "aa-");
  CHECK(Names(List(fixture, "bucket-region=eu-west-1")) == "aa-3 ");
}

TEST_CASE("ListBuckets: page by page") {
  HandlerFixture fixture;
  for (const std::string_view name : {"aaa", "bbb", "ccc"}) fixture.MakeBucket(name);
  const Outcome first = List(fixture, "max-buckets=2");
  CHECK(Names(first) == "aaa bbb ");
  REQUIRE_FALSE(first.element("ContinuationToken").empty());
  const Outcome second =
      List(fixture, "max-buckets=2&continuation-token=" + first.element("ContinuationToken"));
  CHECK(Names(second) == "ccc ");
  CHECK(second.element("ContinuationToken").empty());
}

TEST_CASE("ListBuckets: refuses sizes and tokens that are none") {
  HandlerFixture fixture;
  for (const std::string query :
       {"max-buckets=0", "max-buckets=10001", "max-buckets=x", "continuation-token=%21"}) {
    CAPTURE(query);
    CHECK(List(fixture, query).code == "InvalidArgument");
  }
}

}  // namespace s3conn::local
