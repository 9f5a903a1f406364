#include "handler_fixture.h"
#include "support/catch.h"

namespace s3conn::local {
namespace {

Outcome SetTags(HandlerFixture& fixture, const std::string& tags, const std::string& query = {}) {
  return fixture.Send(
      PutObjectTagging,
      {"PUT", "/b-1/k?tagging" + query, {}, "<Tagging><TagSet>" + tags + "</TagSet></Tagging>"});
}

std::string TagsOf(HandlerFixture& fixture, const std::string& query = {}) {
  return fixture.Send(GetObjectTagging, {"GET", "/b-1/k?tagging" + query}).element("TagSet");
}

const std::string kTag = "<Tag><Key>a</Key><Value>&lt;1&gt;</Value></Tag>";

}  // namespace

TEST_CASE("ObjectTagging: sets and gives and removes tags") {
  HandlerFixture fixture;
  fixture.MakeBucket("b-1");
  CHECK(fixture.Put("/b-1/k", "x", {{"x-amz-tagging", "old=1"}}).status == 200);
  CHECK(TagsOf(fixture) == "<Tag><Key>old</Key><Value>1</Value></Tag>");
  CHECK(SetTags(fixture, "<Tag><Key>a</Key><Value>1</Value></Tag>").status == 200);
  CHECK(TagsOf(fixture) == "<Tag><Key>a</Key><Value>1</Value></Tag>");
  CHECK(SetTags(fixture, kTag).code == "InvalidTag");
  CHECK(fixture.Send(DeleteObjectTagging, {"DELETE", "/b-1/k?tagging"}).status == 204);
  CHECK(TagsOf(fixture).empty());
  CHECK(fixture.Get("/b-1/k").body == "x");
}

TEST_CASE("ObjectTagging: of one version") {
  HandlerFixture fixture;
  fixture.MakeBucket("b-1", Versioning::kEnabled);
  const std::string first(fixture.Put("/b-1/k", "1").header("x-amz-version-id"));
  CHECK(fixture.Put("/b-1/k", "2").status == 200);
  const Outcome set = SetTags(fixture, "<Tag><Key>a</Key><Value>1</Value></Tag>", "&versionId=" + first);
  CHECK(set.header("x-amz-version-id") == first);
  CHECK(TagsOf(fixture).empty());
  CHECK_FALSE(TagsOf(fixture, "&versionId=" + first).empty());
  const std::string marker(fixture.Delete("/b-1/k").header("x-amz-version-id"));
  CHECK(SetTags(fixture, "", "&versionId=" + marker).code == "MethodNotAllowed");
  CHECK(SetTags(fixture, "").code == "NoSuchKey");
}

TEST_CASE("ObjectTagging: of what is not there") {
  HandlerFixture fixture;
  CHECK(SetTags(fixture, "").code == "NoSuchBucket");
  fixture.MakeBucket("b-1");
  CHECK(SetTags(fixture, "").code == "NoSuchKey");
  CHECK(fixture.Send(GetObjectTagging, {"GET", "/b-1/k?tagging"}).code == "NoSuchKey");
  CHECK(fixture.Send(DeleteObjectTagging, {"DELETE", "/b-1/k?tagging"}).code == "NoSuchKey");
  CHECK(fixture.Send(PutObjectTagging, {"PUT", "/b-1/k?tagging", {}, "<Tagging>"}).code == "MalformedXML");
}

}  // namespace s3conn::local
