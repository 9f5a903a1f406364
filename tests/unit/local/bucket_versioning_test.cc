#include "handler_fixture.h"
#include "support/catch.h"

namespace s3conn::local {
namespace {

Outcome Set(HandlerFixture& fixture, const std::string& elements) {
  return fixture.Send(PutBucketVersioning,
                      {"PUT",
                       "/bucket?versioning",
                       {},
                       "<VersioningConfiguration>" + elements + "</VersioningConfiguration>"});
}

std::string Status(HandlerFixture& fixture) {
  return fixture.Send(GetBucketVersioning, {"GET", "/bucket?versioning"}).element("Status");
}

}  // namespace

TEST_CASE("BucketVersioning: is what it was set to and nothing before") {
  HandlerFixture fixture;
  fixture.MakeBucket("bucket");
  CHECK(Status(fixture).empty());
  CHECK(Set(fixture, "<Status>Enabled</Status>").status == 200);
  CHECK(Status(fixture) == "Enabled");
  CHECK(Set(fixture, "<Status>Suspended</Status><MfaDelete>Disabled</MfaDelete>").status == 200);
  CHECK(Status(fixture) == "Suspended");
}

TEST_CASE("BucketVersioning: refuses what it does not understand and changes nothing") {
  HandlerFixture fixture;
  fixture.MakeBucket("bucket");
  CHECK(Set(fixture, "").code == "MalformedXML");
  CHECK(Set(fixture, "<Status>On</Status>").code == "MalformedXML");
  CHECK(Set(fixture, "<Status>Enabled</Status><MfaDelete>Maybe</MfaDelete>").code == "MalformedXML");
  const Outcome mfa = Set(fixture, "<Status>Enabled</Status><MfaDelete>Enabled</MfaDelete>");
  CHECK(mfa.status == 501);
  CHECK(mfa.detail("Element") == "MfaDelete");
  CHECK(Status(fixture).empty());
}

TEST_CASE("BucketVersioning: of a bucket that is not there") {
  HandlerFixture fixture;
  CHECK(Set(fixture, "<Status>Enabled</Status>").code == "NoSuchBucket");
  CHECK(fixture.Send(GetBucketVersioning, {"GET", "/bucket?versioning"}).code == "NoSuchBucket");
}

}  // namespace s3conn::local
