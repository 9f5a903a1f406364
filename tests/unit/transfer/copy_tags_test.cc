#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "support/catch.h"
#include "unit/transfer/copy_fixture.h"

namespace s3conn {
namespace {

using Lines = std::vector<std::string>;

std::string TagDocument(std::string_view name, std::string_view value) {
  return "<Tagging xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><TagSet><Tag><Key>" + std::string(name) +
         "</Key><Value>" + std::string(value) + "</Value></Tag></TagSet></Tagging>";
}

// A source with a tag, of which a copy may go without.
void GiveTag(CopyFixture& copy) {
  copy.store.objects["bucket/from"].more = {{"x-amz-tagging-count", "1"}};
  copy.store.objects["bucket/from"].tags = TagDocument("p", "1");
}

TEST_CASE("tags of the source that a new description might lose are read and set") {
  CopyFixture copy;
  GiveTag(copy);
  copy.order.source_options.version_id = "v1";
  copy.order.changes.content_type = "text/html";
  copy.store.told_of_writes = {{"x-amz-version-id", "v2"}};
  REQUIRE(copy.Run());
  CHECK(copy.store.Sent() ==
        Lines{"HEAD bucket/from", "GET bucket/from?tagging", "PUT bucket/to", "PUT bucket/to?tagging"});
  CHECK(copy.store.objects.at("bucket/to").tags == TagDocument("p", "1"));
  CHECK(WireQuery(copy.store.sent(1).request.query) == "tagging&versionId=v1");
  CHECK(WireQuery(copy.store.sent(3).request.query) == "tagging&versionId=v2");
}

TEST_CASE("new tags are set apart from the copy too") {
  CopyFixture copy;
  GiveTag(copy);
  copy.order.changes.tags = NamedValues{{"q", "2"}};
  REQUIRE(copy.Run());
  CHECK(copy.store.Sent() == Lines{"HEAD bucket/from", "PUT bucket/to", "PUT bucket/to?tagging"});
  CHECK(copy.store.objects.at("bucket/to").tags == TagDocument("q", "2"));
}

TEST_CASE("tags are left to AWS and to a copy that describes nothing anew") {
  CopyFixture aws(Aws());
  GiveTag(aws);
  aws.order.changes.content_type = "text/html";
  aws.order.changes.tags = NamedValues{{"q", "2"}};
  REQUIRE(aws.Run());
  CopyFixture plain;
  GiveTag(plain);
  REQUIRE(plain.Run());
  CopyFixture untagged;
  untagged.order.changes.content_type = "text/html";
  REQUIRE(untagged.Run());
  for (const CopyFixture* copy : {&aws, &plain, &untagged}) {
    CHECK(copy->store.Sent() == Lines{"HEAD bucket/from", "PUT bucket/to"});
  }
}

TEST_CASE("tags that cannot be read stop the copy and tags that cannot be set fail it") {
  for (const char* const line : {"GET bucket/from?tagging", "PUT bucket/to?tagging"}) {
    CAPTURE(line);
    CopyFixture copy;
    GiveTag(copy);
    copy.order.changes.content_type = "text/html";
    copy.store.interfere = [line](const SentRequest& sent) {
      return FakeStore::Line(sent) == line ? std::optional(Reply(403, {}, ErrorXml("AccessDenied")))
                                           : std::nullopt;
    };
    const Result<CopyResult> copied = copy.Run();
    REQUIRE_FALSE(copied);
    CHECK(copied.error().kind == ErrorKind::kDenied);
    CHECK(copy.store.Has("bucket/to") == copied.error().message.starts_with("copied, but its tags"));
  }
}

}  // namespace
}  // namespace s3conn
