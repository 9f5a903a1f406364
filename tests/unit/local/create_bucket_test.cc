#include "handler_fixture.h"
#include "support/catch.h"

namespace s3conn::local {
namespace {

Outcome Create(HandlerFixture& fixture, const std::string& name, std::string body = {}) {
  return fixture.Send(CreateBucket, {"PUT", "/" + name, {}, std::move(body)});
}

std::string In(const std::string& region) {
  return "<CreateBucketConfiguration xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><LocationConstraint>" +
         region + "</LocationConstraint></CreateBucketConfiguration>";
}

std::string RegionOf(HandlerFixture& fixture, std::string_view name) {
  return fixture.store->FindBucket(name)->region;
}

}  // namespace

TEST_CASE("CreateBucket: makes a bucket in the region that is asked for") {
  HandlerFixture fixture;
  const Outcome created = Create(fixture, "first");
  CHECK(created.status == 200);
  CHECK(created.header("Location") == "/first");
  CHECK(RegionOf(fixture, "first") == "us-east-1");
  CHECK(Create(fixture, "second", In("eu-central-1")).status == 200);
  CHECK(RegionOf(fixture, "second") == "eu-central-1");
  CHECK(Create(fixture, "third", In("EU")).status == 200);
  CHECK(RegionOf(fixture, "third") == "eu-west-1");
}

TEST_CASE("CreateBucket: once more is a success in us-east-1 only") {
  HandlerFixture fixture;
  CHECK(Create(fixture, "first").status == 200);
  CHECK(Create(fixture, "first").status == 200);
  CHECK(Create(fixture, "first", In("eu-west-1")).code == "BucketAlreadyOwnedByYou");
  CHECK(Create(fixture, "second", In("eu-west-1")).status == 200);
  const Outcome again = Create(fixture, "second", In("eu-west-1"));
  CHECK(again.status == 409);
  CHECK(again.code == "BucketAlreadyOwnedByYou");
  CHECK(Create(fixture, "second").code == "BucketAlreadyOwnedByYou");
}

TEST_CASE("CreateBucket: keeps to the rules of names") {
  HandlerFixture fixture;
  for (const std::string name :
       {"ab", "Upper", "under_score", "-dash", "dash-", ".dot", "dot.", "a..b", "192.168.5.4", "xn--a",
        "sthree-a", "amzn-s3-demo-a", "a-s3alias", "a--ol-s3", "abc.mrap", "a--x-s3", "a--table-s3", "a%20b",
        "%C3%A4%C3%A4%C3%A4"}) {
    CAPTURE(name);
    CHECK(Create(fixture, name).code == "InvalidBucketName");
  }
  CHECK(Create(fixture, std::string(64, 'a')).code == "InvalidBucketName");
  CHECK(Create(fixture, std::string(63, 'a')).status == 200);
  CHECK(Create(fixture, "a-b.c-1").status == 200);
}

TEST_CASE("CreateBucket: refuses documents that it does not understand") {
  HandlerFixture fixture;
  CHECK(Create(fixture, "bucket", "<CreateBucketConfiguration>").code == "MalformedXML");
  CHECK(Create(fixture, "bucket", "<Other/>").code == "MalformedXML");
  CHECK(Create(fixture, "bucket", In("no region")).code == "InvalidLocationConstraint");
  const Outcome directory = Create(
      fixture, "bucket",
      "<CreateBucketConfiguration><Bucket><Type>Directory</Type></Bucket></CreateBucketConfiguration>");
  CHECK(directory.code == "NotImplemented");
  CHECK(directory.detail("Element") == "Bucket");
  CHECK_FALSE(fixture.store->FindBucket("bucket"));
}

}  // namespace s3conn::local
