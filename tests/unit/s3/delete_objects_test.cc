#include "s3conn/s3/delete_objects.h"

#include <string>
#include <string_view>
#include <vector>

#include "base/hash.h"
#include "base/text.h"
#include "support/catch.h"
#include "support/client_fixture.h"

namespace s3conn {
namespace {

DeleteObjectsResponse Parsed(std::string_view inside) {
  HttpResponse response;
  response.body = "<DeleteResult xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">" + std::string(inside) +
                  "</DeleteResult>";
  auto parsed = DeleteObjects::Parse(response);
  REQUIRE(parsed);
  return *std::move(parsed);
}

// "+" for a deletion and the code of a refusal, "?" where nothing was said.
std::string Outcomes(const std::vector<ObjectIdentifier>& objects, std::string_view inside) {
  std::string text;
  for (const auto& outcome : DeletionOutcomes({"b", objects}, Parsed(inside))) {
    if (!text.empty()) text += ' ';
    text += outcome ? "+" : outcome.error().service ? outcome.error().service->code : "?";
  }
  return text;
}

TEST_CASE("DeleteObjects sends keys and versions in one document with its MD5") {
  const auto request = DeleteObjects::Build({"b", {{"a<&>\"'"}, {"k", "v1"}}});
  REQUIRE(request);
  CHECK(request->method == "POST");
  CHECK(request->key.empty());
  CHECK(WireQuery(request->query) == "delete");
  CHECK(request->body ==
        "<Delete "
        "xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><Object><Key>a&lt;&amp;&gt;&quot;'</Key></Object>"
        "<Object><Key>k</Key><VersionId>v1</VersionId></Object><Quiet>false</Quiet></Delete>");
  CHECK(request->headers.Get("Content-MD5") == Base64Encode(Md5(request->body)));
  CHECK(request->headers.Get("Content-Type") == "application/xml");
}

TEST_CASE("line ends and tabs in keys are written as references") {
  const auto request = DeleteObjects::Build({"b", {{"a\r\n\tb"}}});
  REQUIRE(request);
  CHECK(request->body.find("<Key>a&#13;&#10;&#9;b</Key>") != std::string::npos);
}

TEST_CASE("keys that XML cannot carry do not fit DeleteObjects") {
  for (const char c : {'\x01', '\x08', '\x0b', '\x1f', '\0'}) {
    CHECK_FALSE(FitsDeleteObjects({std::string("a") + c}));
  }
  for (const std::string_view key : {"\xff", "\xef\xbf\xbe", "a\xef\xbf\xbf", "\xed\xa0\x80"}) {
    CHECK_FALSE(FitsDeleteObjects({std::string(key)}));
  }
  CHECK_FALSE(FitsDeleteObjects({"k", "v\x01"}));
  for (const std::string_view key : {"\t\n\r", "\x7f", "\xc2\x85", "\xef\xbf\xbd", "\xf0\x9f\x98\x80"}) {
    CHECK(FitsDeleteObjects({std::string(key)}));
  }
  const auto request = DeleteObjects::Build({"b", {{"good"}, {"a\x01"}}});
  REQUIRE_FALSE(request);
  CHECK(request.error().kind == ErrorKind::kUsage);
  CHECK(request.error().message.find("a\\x01") != std::string::npos);
}

TEST_CASE("DeleteObjects takes one to a thousand objects") {
  CHECK_FALSE(DeleteObjects::Build({"b", {}}));
  CHECK(DeleteObjects::Build({"b", std::vector<ObjectIdentifier>(1000, {"k"})}));
  CHECK_FALSE(DeleteObjects::Build({"b", std::vector<ObjectIdentifier>(1001, {"k"})}));
  CHECK_FALSE(DeleteObjects::Build({"b", {{""}}}));
}

TEST_CASE("every deletion and every refusal of an answer is read") {
  const DeleteObjectsResponse answer = Parsed(
      "<Deleted><Key>a&#13;b</Key><VersionId>v1</VersionId><DeleteMarker>true</DeleteMarker>"
      "<DeleteMarkerVersionId>v1</DeleteMarkerVersionId></Deleted>"
      "<Error><Key>c</Key><VersionId>v2</VersionId><Code>AccessDenied</Code><Message>no</Message></Error>"
      "<Deleted><Key> </Key></Deleted>");
  REQUIRE(answer.deleted.size() == 2);
  CHECK(answer.deleted[0].key == "a\rb");
  CHECK(answer.deleted[0].version_id == "v1");
  CHECK(answer.deleted[0].delete_marker);
  CHECK(answer.deleted[0].delete_marker_version_id == "v1");
  CHECK(answer.deleted[1].key == " ");
  CHECK_FALSE(answer.deleted[1].delete_marker);
  REQUIRE(answer.errors.size() == 1);
  CHECK(answer.errors[0].key == "c");
  CHECK(answer.errors[0].version_id == "v2");
  CHECK(answer.errors[0].code == "AccessDenied");
  CHECK(answer.errors[0].message == "no");
}

TEST_CASE("outcomes are told apart by key and version") {
  CHECK(Outcomes({{"a", "1"}, {"a", "2"}, {"b", "1"}},
                 "<Error><Key>a</Key><VersionId>2</VersionId><Code>AccessDenied</Code></Error>"
                 "<Deleted><Key>b</Key><VersionId>1</VersionId></Deleted>"
                 "<Deleted><Key>a</Key><VersionId>1</VersionId></Deleted>") == "+ AccessDenied +");
}

TEST_CASE("an object that the answer does not mention is a failure") {
  CHECK(Outcomes({{"a"}, {"b"}}, "<Deleted><Key>a</Key></Deleted>") == "+ ?");
  CHECK(Outcomes({{"a", "1"}}, "<Deleted><Key>a</Key><VersionId>2</VersionId></Deleted>") == "?");
  CHECK(Outcomes({{"a"}, {"a"}}, "<Deleted><Key>a</Key></Deleted>") == "+ ?");
  CHECK(Outcomes({{"a"}}, "<Deleted><Key>ab</Key></Deleted>") == "?");
  CHECK(Outcomes({{"a"}}, "") == "?");
}

TEST_CASE("an answer that leaves versions out or adds one is understood") {
  CHECK(Outcomes({{"a", "1"}, {"a", "2"}},
                 "<Deleted><Key>a</Key></Deleted><Deleted><Key>a</Key></Deleted>") == "+ +");
  CHECK(Outcomes({{"a", "1"}, {"a", "2"}}, "<Deleted><Key>a</Key></Deleted>") == "+ ?");
  CHECK(Outcomes({{"a"}}, "<Deleted><Key>a</Key><VersionId>null</VersionId></Deleted>") == "+");
}

TEST_CASE("a refusal counts more than a deletion of the same object") {
  CHECK(
      Outcomes({{"a"}}, "<Deleted><Key>a</Key></Deleted><Error><Key>a</Key><Code>SlowDown</Code></Error>") ==
      "SlowDown");
}

TEST_CASE("the error of a refused object has the kind of its code") {
  const auto outcomes = DeletionOutcomes(
      {"b", {{"a"}, {"b"}, {"c"}}},
      Parsed("<Error><Key>a</Key><Code>AccessDenied</Code><Message>not\x1b yours</Message></Error>"
             "<Error><Key>b</Key><Code>SlowDown</Code></Error><Error><Key>c</Key><Code>Odd</Code></Error>"));
  REQUIRE(outcomes.size() == 3);
  CHECK(outcomes[0].error().kind == ErrorKind::kDenied);
  CHECK(outcomes[0].error().message == "not\\x1b yours (AccessDenied)");
  CHECK(outcomes[1].error().kind == ErrorKind::kThrottled);
  CHECK(outcomes[1].error().retryable);
  CHECK(outcomes[2].error().kind == ErrorKind::kService);
  CHECK(outcomes[2].error().message == "refused (Odd)");
  CHECK(outcomes[2].error().service->http_status == 0);
}

TEST_CASE("an answer that begins with a refused object is not an error of the whole") {
  ClientFixture fixture({Reply(200, {},
                               "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<DeleteResult><Error><Key>a</Key>"
                               "<Code>AccessDenied</Code></Error></DeleteResult>")});
  const auto answer = fixture.client.Call<DeleteObjects>({"b", {{"a"}}}, {});
  REQUIRE(answer);
  CHECK(answer->errors.size() == 1);
}

TEST_CASE("an error document in a 200 is an error of the whole") {
  ClientFixture fixture;
  fixture.http.AnswerWith([](const SentRequest&) {
    return Reply(200, {}, "\n\n<?xml version=\"1.0\"?>\n\n<Error><Code>AccessDenied</Code></Error>");
  });
  const auto answer = fixture.client.Call<DeleteObjects>({"b", {{"a"}}}, {});
  REQUIRE_FALSE(answer);
  CHECK(answer.error().kind == ErrorKind::kDenied);
}

}  // namespace
}  // namespace s3conn
