#include "handler_fixture.h"
#include "support/catch.h"

namespace s3conn::local {

TEST_CASE("HeadBucket: tells the region") {
  HandlerFixture fixture;
  REQUIRE(fixture.store->CreateBucket("bucket", "eu-west-1"));
  const Outcome there = fixture.Send(HeadBucket, {"HEAD", "/bucket"});
  CHECK(there.status == 200);
  CHECK(there.header("x-amz-bucket-region") == "eu-west-1");
  CHECK(fixture.Send(HeadBucket, {"HEAD", "/other"}).code == "NoSuchBucket");
}

TEST_CASE("DeleteBucket: only when it is empty") {
  HandlerFixture fixture;
  fixture.MakeBucket("bucket");
  CHECK(fixture.Put("/bucket/k", "x").status == 200);
  CHECK(fixture.Send(DeleteBucket, {"DELETE", "/bucket"}).code == "BucketNotEmpty");
  CHECK(fixture.Delete("/bucket/k").status == 204);
  CHECK(fixture.Send(DeleteBucket, {"DELETE", "/bucket"}).status == 204);
  CHECK(fixture.Send(DeleteBucket, {"DELETE", "/bucket"}).code == "NoSuchBucket");
}

TEST_CASE("GetBucketLocation: us-east-1 has no name") {
  HandlerFixture fixture;
  REQUIRE(fixture.store->CreateBucket("east", "us-east-1"));
  REQUIRE(fixture.store->CreateBucket("west", "eu-west-1"));
  CHECK(
      fixture.Send(GetBucketLocation, {"GET", "/east?location"})
          .has(
              "<LocationConstraint xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"></LocationConstraint>"));
  CHECK(fixture.Send(GetBucketLocation, {"GET", "/west?location"}).has(">eu-west-1</LocationConstraint>"));
  CHECK(fixture.Send(GetBucketLocation, {"GET", "/none?location"}).code == "NoSuchBucket");
}

}  // namespace s3conn::local
