#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "s3conn/s3/list_objects.h"
#include "support/catch.h"
#include "support/client_fixture.h"

namespace s3conn {
namespace {

// A page of that many keys; with a token it is cut off.
Answer Page(int keys, std::string_view token = {}, std::string_view more = {}) {
  std::string xml = "<ListBucketResult>";
  for (int i = 0; i < keys; ++i) xml += "<Contents><Key>k</Key></Contents>";
  xml += more;
  xml += token.empty() && more.empty() ? "<IsTruncated>false</IsTruncated>" : "";
  if (!token.empty()) {
    xml += "<IsTruncated>true</IsTruncated><NextContinuationToken>" + std::string(token) +
           "</NextContinuationToken>";
  }
  return Reply(200, {}, xml + "</ListBucketResult>");
}

constexpr std::string_view kCutOffWithoutToken = "<IsTruncated>true</IsTruncated>";

std::string Parameter(const SentRequest& sent, std::string_view name) {
  for (const QueryParameter& parameter : sent.request.query) {
    if (parameter.name == name) return parameter.value.value_or("(none)");
  }
  return "";
}

// A listing under way, with what came of it.
struct Listing {
  explicit Listing(std::vector<Answer> script, ListObjectsRequest request = {.bucket = "b"})
      : fixture(std::move(script)) {
    end = ListAllObjects(fixture.client, std::move(request), {},
                         [this](const ListObjectsResponse& page) -> Status {
                           pages.push_back(page.contents.size());
                           return {};
                         });
  }

  ClientFixture fixture;
  std::vector<std::size_t> pages;
  Result<ListingEnd> end = ListingEnd{};
};

using Sizes = std::vector<std::size_t>;

TEST_CASE("a listing goes on page by page to its end") {
  const Listing listing({Page(1000, "t1"), Page(0, "t2"), Page(3)},
                        {.bucket = "b", .prefix = "p/", .delimiter = "/", .start_after = "p/a"});
  REQUIRE(listing.end);
  CHECK(listing.pages == Sizes{1000, 0, 3});
  CHECK(listing.end->key_count == 1003);
  CHECK_FALSE(listing.end->is_truncated);
  CHECK(listing.end->next_continuation_token.empty());
  REQUIRE(listing.fixture.sent_count() == 3);
  CHECK(Parameter(listing.fixture.sent(0), "continuation-token").empty());
  CHECK(Parameter(listing.fixture.sent(0), "start-after") == "p/a");
  CHECK(Parameter(listing.fixture.sent(0), "max-keys").empty());
  CHECK(Parameter(listing.fixture.sent(1), "continuation-token") == "t1");
  CHECK(Parameter(listing.fixture.sent(1), "start-after").empty());
  CHECK(Parameter(listing.fixture.sent(2), "continuation-token") == "t2");
  for (std::size_t i = 0; i < 3; ++i) {
    CHECK(Parameter(listing.fixture.sent(i), "prefix") == "p/");
    CHECK(Parameter(listing.fixture.sent(i), "delimiter") == "/");
  }
}

TEST_CASE("a limit of keys is spread over the pages and says where to go on") {
  const Listing listing({Page(1000, "t1"), Page(500, "t2")}, {.bucket = "b", .max_keys = 1500});
  REQUIRE(listing.end);
  CHECK(listing.pages == Sizes{1000, 500});
  CHECK(Parameter(listing.fixture.sent(0), "max-keys") == "1000");
  CHECK(Parameter(listing.fixture.sent(1), "max-keys") == "500");
  CHECK(listing.end->key_count == 1500);
  CHECK(listing.end->is_truncated);
  CHECK(listing.end->next_continuation_token == "t2");
}

TEST_CASE("a limit counts common prefixes as keys") {
  const std::string prefixes =
      "<CommonPrefixes><Prefix>a/</Prefix></CommonPrefixes><CommonPrefixes><Prefix>b/</Prefix></"
      "CommonPrefixes>";
  const Listing listing({Page(1, "t1", prefixes), Page(2)}, {.bucket = "b", .max_keys = 5});
  REQUIRE(listing.end);
  CHECK(Parameter(listing.fixture.sent(1), "max-keys") == "2");
  CHECK(listing.end->key_count == 5);
  CHECK_FALSE(listing.end->is_truncated);
}

TEST_CASE("short pages are followed until a limit is reached") {
  const Listing listing({Page(1, "t1"), Page(1, "t2"), Page(1, "t3")}, {.bucket = "b", .max_keys = 3});
  REQUIRE(listing.end);
  CHECK(listing.fixture.sent_count() == 3);
  CHECK(Parameter(listing.fixture.sent(2), "max-keys") == "1");
}

TEST_CASE("a limit of no keys is one request") {
  const Listing listing({Page(0)}, {.bucket = "b", .max_keys = 0});
  REQUIRE(listing.end);
  CHECK(listing.fixture.sent_count() == 1);
  CHECK(Parameter(listing.fixture.sent(0), "max-keys") == "0");
}

TEST_CASE("a listing begins at the token it is given") {
  const Listing listing({Page(1)}, {.bucket = "b", .continuation_token = "from here"});
  REQUIRE(listing.end);
  CHECK(Parameter(listing.fixture.sent(0), "continuation-token") == "from here");
}

void CheckDistrusted(const Listing& listing, std::string_view reason) {
  REQUIRE_FALSE(listing.end);
  CHECK(listing.end.error().kind == ErrorKind::kService);
  CHECK(listing.end.error().message.find(reason) != std::string::npos);
}

TEST_CASE("a token that is sent twice ends the listing with an error") {
  const Listing listing({Page(1, "t1"), Page(1, "t1"), Page(1)});
  CheckDistrusted(listing, "same continuation token");
  CHECK(listing.pages == Sizes{1});
}

TEST_CASE("tokens that go round in a circle end the listing with an error") {
  for (const int length : {2, 3, 5, 12}) {
    CAPTURE(length);
    ClientFixture fixture;
    int pages = 0;
    fixture.http.AnswerWith(
        [&pages, length](const SentRequest&) { return Page(1, "t" + std::to_string(pages++ % length)); });
    const auto end = ListAllObjects(fixture.client, {.bucket = "b"}, {},
                                    [](const ListObjectsResponse&) -> Status { return {}; });
    REQUIRE_FALSE(end);
    CHECK(end.error().kind == ErrorKind::kService);
    CHECK(pages < 50);
  }
}

TEST_CASE("a cut-off page without a token ends the listing with an error") {
  const Listing listing({Page(1, "", kCutOffWithoutToken)});
  CheckDistrusted(listing, "where to go on");
  CHECK(listing.pages.empty());
}

TEST_CASE("more keys than were asked for end the listing with an error") {
  CheckDistrusted(Listing({Page(3)}, {.bucket = "b", .max_keys = 2}), "more keys");
  CheckDistrusted(Listing({Page(1000, "t1"), Page(501)}, {.bucket = "b", .max_keys = 1500}), "more keys");
}

TEST_CASE("whoever takes the pages can end the listing") {
  ClientFixture fixture({Page(1, "t1"), Page(1)});
  const auto end =
      ListAllObjects(fixture.client, {.bucket = "b"}, {}, [](const ListObjectsResponse&) -> Status {
        return Failure(ErrorKind::kCancelled, "standard output is closed");
      });
  REQUIRE_FALSE(end);
  CHECK(end.error().kind == ErrorKind::kCancelled);
  CHECK(fixture.sent_count() == 1);
}

TEST_CASE("an error on a later page ends the listing with that error") {
  const Listing listing({Page(1, "t1"), Reply(403, {}, ErrorXml("AccessDenied"))});
  REQUIRE_FALSE(listing.end);
  CHECK(listing.end.error().kind == ErrorKind::kDenied);
  CHECK(listing.pages == Sizes{1});
}

TEST_CASE("a page that comes torn is asked for again") {
  const Listing listing({Reply(200, {}, "<ListBucketResult><Contents>"), Page(2)});
  REQUIRE(listing.end);
  CHECK(listing.end->key_count == 2);
  CHECK(listing.fixture.sent_count() == 2);
}

}  // namespace
}  // namespace s3conn
