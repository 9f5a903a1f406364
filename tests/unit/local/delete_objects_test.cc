#include "base/hash.h"
#include "base/text.h"
#include "handler_fixture.h"
#include "support/catch.h"

namespace s3conn::local {
namespace {

Outcome DeleteAll(HandlerFixture& fixture, const std::string& elements, Headers headers = {}) {
  std::string body = "<Delete xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">" + elements + "</Delete>";
  headers.Add("Content-MD5", Base64Encode(Md5(body)));
  return fixture.Send(DeleteObjects, {"POST", "/b-1?delete", std::move(headers), std::move(body)});
}

std::string Object(const std::string& key, const std::string& more = {}) {
  return "<Object><Key>" + key + "</Key>" + more + "</Object>";
}

}  // namespace

TEST_CASE("DeleteObjects: deletes each key and says so") {
  HandlerFixture fixture;
  fixture.MakeBucket("b-1");
  for (const std::string key : {"a", "b", "kept"}) CHECK(fixture.Put("/b-1/" + key, key).status == 200);
  const Outcome done = DeleteAll(fixture, Object("a") + Object("b") + Object("none"));
  CHECK(done.status == 200);
  CHECK(done.has(
      "<Deleted><Key>a</Key></Deleted><Deleted><Key>b</Key></Deleted><Deleted><Key>none</Key></Deleted>"));
  CHECK(fixture.Get("/b-1/a").code == "NoSuchKey");
  CHECK(fixture.Get("/b-1/kept").body == "kept");
}

TEST_CASE("DeleteObjects: quietly says only what failed") {
  HandlerFixture fixture;
  fixture.MakeBucket("b-1");
  const std::string etag(fixture.Put("/b-1/a", "a").header("ETag"));
  CHECK(fixture.Put("/b-1/b", "b").status == 200);
  const Outcome done = DeleteAll(fixture, "<Quiet>true</Quiet>" + Object("a", "<ETag>" + etag + "</ETag>") +
                                              Object("b", "<ETag>\"other\"</ETag>") +
                                              Object(std::string(1025, 'k')) + Object("c", "<Size>1</Size>"));
  CHECK_FALSE(done.has("<Deleted>"));
  CHECK(done.has("<Error><Key>b</Key><Code>PreconditionFailed</Code>"));
  CHECK(done.has("<Code>KeyTooLongError</Code>"));
  CHECK(done.has("<Error><Key>c</Key><Code>NotImplemented</Code>"));
  CHECK(fixture.Get("/b-1/a").code == "NoSuchKey");
  CHECK(fixture.Get("/b-1/b").body == "b");
}

TEST_CASE("DeleteObjects: tells of versions and delete markers") {
  HandlerFixture fixture;
  fixture.MakeBucket("b-1", Versioning::kEnabled);
  const std::string version(fixture.Put("/b-1/a", "a").header("x-amz-version-id"));
  const Outcome hidden = DeleteAll(fixture, Object("a"));
  CHECK(hidden.element("DeleteMarker") == "true");
  const std::string marker = hidden.element("DeleteMarkerVersionId");
  REQUIRE_FALSE(marker.empty());
  CHECK_FALSE(hidden.has("<VersionId>"));
  const Outcome shown = DeleteAll(fixture, Object("a", "<VersionId>" + marker + "</VersionId>"));
  CHECK(shown.element("VersionId") == marker);
  CHECK(shown.element("DeleteMarkerVersionId") == marker);
  const Outcome gone = DeleteAll(fixture, Object("a", "<VersionId>" + version + "</VersionId>"));
  CHECK(gone.element("VersionId") == version);
  CHECK_FALSE(gone.has("DeleteMarker"));
}

TEST_CASE("DeleteObjects: wants to know that the list is whole") {
  HandlerFixture fixture;
  fixture.MakeBucket("b-1");
  const std::string body = "<Delete>" + Object("a") + "</Delete>";
  const auto send = [&](Headers headers) {
    return fixture.Send(DeleteObjects, {"POST", "/b-1?delete", std::move(headers), body});
  };
  CHECK(send({}).code == "InvalidRequest");
  CHECK(send({{"x-amz-checksum-mode", "ENABLED"}}).code == "InvalidRequest");
  CHECK(send({{"Content-MD5", "1B2M2Y8AsgTpgAmY7PhCfg=="}}).code == "BadDigest");
  CHECK(send({{"x-amz-checksum-sha256", Base64Encode(Sha256(body))}}).status == 200);
}

TEST_CASE("DeleteObjects: one to a thousand keys") {
  HandlerFixture fixture;
  fixture.MakeBucket("b-1");
  std::string thousand;
  for (int i = 0; i < 1000; ++i) thousand += Object("k" + std::to_string(i));
  CHECK(DeleteAll(fixture, thousand + Object("x")).code == "MalformedXML");
  CHECK(DeleteAll(fixture, "").code == "MalformedXML");
  CHECK(DeleteAll(fixture, "<Object/>").code == "MalformedXML");
  CHECK(DeleteAll(fixture, "<Other/>").code == "MalformedXML");
  CHECK(DeleteAll(fixture, thousand).status == 200);
}

TEST_CASE("DeleteObjects: of a bucket that is not there") {
  HandlerFixture fixture;
  CHECK(DeleteAll(fixture, Object("a")).code == "NoSuchBucket");
}

}  // namespace s3conn::local
