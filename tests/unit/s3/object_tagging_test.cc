#include "s3conn/s3/object_tagging.h"

#include <string>

#include "support/catch.h"

namespace s3conn {
namespace {

HttpResponse Ok(std::string body) {
  HttpResponse response;
  response.status = 200;
  response.body = std::move(body);
  return response;
}

TEST_CASE("tags are asked for by a word without a value and by version") {
  const auto plain = GetObjectTagging::Build({"b", "k"});
  REQUIRE(plain);
  CHECK(plain->method == "GET");
  CHECK(WireQuery(plain->query) == "tagging");
  const auto version = GetObjectTagging::Build({"b", "k", "v&1"});
  REQUIRE(version);
  CHECK(WireQuery(version->query) == "tagging&versionId=v%261");
}

TEST_CASE("tags are read in their order") {
  const auto parsed = GetObjectTagging::Parse(
      Ok("<Tagging xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><TagSet><Tag><Key>a&amp;b</Key>"
         "<Value>1 2</Value></Tag><Tag><Key>c</Key><Value/></Tag></TagSet></Tagging>"));
  REQUIRE(parsed);
  CHECK(parsed->tags == NamedValues{{"a&b", "1 2"}, {"c", ""}});
  CHECK(GetObjectTagging::Parse(Ok("<Tagging><TagSet/></Tagging>"))->tags.empty());
}

TEST_CASE("an answer about tags that is none is retryable") {
  for (const char* const body : {"", "<html/>", "<Tagging><TagSet>"}) {
    const auto parsed = GetObjectTagging::Parse(Ok(body));
    REQUIRE_FALSE(parsed);
    CHECK(parsed.error().kind == ErrorKind::kService);
    CHECK(parsed.error().retryable);
  }
  CHECK(PutObjectTagging::Parse(Ok("")));
  CHECK_FALSE(PutObjectTagging::Parse(Ok("<html/>")));
}

TEST_CASE("tags are written as a document with its checksum") {
  const auto built = PutObjectTagging::Build({"b", "k", "v1", {{"a<b", "1&2"}, {"c", ""}}});
  REQUIRE(built);
  CHECK(built->method == "PUT");
  CHECK(WireQuery(built->query) == "tagging&versionId=v1");
  CHECK(built->body ==
        "<Tagging xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><TagSet><Tag><Key>a&lt;b</Key>"
        "<Value>1&amp;2</Value></Tag><Tag><Key>c</Key><Value></Value></Tag></TagSet></Tagging>");
  CHECK(built->headers.Get("Content-MD5").size() == 24);
}

TEST_CASE("tags against the rules and objects that cannot be are refused") {
  CHECK_FALSE(PutObjectTagging::Build({"b", "k", "", {{"", "v"}}}));
  CHECK_FALSE(PutObjectTagging::Build({"b", ""}));
  CHECK_FALSE(GetObjectTagging::Build({"", "k"}));
}

}  // namespace
}  // namespace s3conn
