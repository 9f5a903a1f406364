#include "s3conn/s3/list_object_versions.h"

#include <string>
#include <string_view>
#include <vector>

#include "support/catch.h"
#include "support/client_fixture.h"

namespace s3conn {
namespace {

Result<ListObjectVersionsResponse> Parse(std::string_view inside) {
  HttpResponse response;
  response.status = 200;
  response.body = "<ListVersionsResult xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">" +
                  std::string(inside) + "</ListVersionsResult>";
  return ListObjectVersions::Parse(response);
}

ListObjectVersionsResponse Page(std::string_view inside) {
  auto page = Parse(inside);
  REQUIRE(page);
  return *std::move(page);
}

// A page of one version of each key; with markers it is cut off.
Answer PageOf(const std::vector<std::string>& keys, std::string_view next_key = {},
              std::string_view next_version = {}) {
  std::string xml = "<ListVersionsResult>";
  for (const std::string& key : keys)
    xml += "<Version><Key>" + key + "</Key><VersionId>v</VersionId></Version>";
  xml += next_key.empty() && next_version.empty() ? "<IsTruncated>false</IsTruncated>"
                                                  : "<IsTruncated>true</IsTruncated>";
  xml += "<NextKeyMarker>" + std::string(next_key) + "</NextKeyMarker><NextVersionIdMarker>" +
         std::string(next_version) + "</NextVersionIdMarker></ListVersionsResult>";
  return Reply(200, {}, xml);
}

// A walk with what came of it.
struct Walk {
  explicit Walk(std::vector<Answer> script, ListObjectVersionsRequest request = {.bucket = "b"})
      : fixture(std::move(script)) {
    status = ListAllObjectVersions(fixture.client, std::move(request), {},
                                   [this](const ListObjectVersionsResponse& page) -> Status {
                                     for (const ObjectVersion& version : page.versions) keys += version.key;
                                     return {};
                                   });
  }

  ClientFixture fixture;
  std::string keys;
  Status status;
};

void CheckDistrusted(const Walk& walk, std::string_view reason) {
  REQUIRE_FALSE(walk.status);
  CHECK(walk.status.error().kind == ErrorKind::kService);
  CHECK(walk.status.error().message.find(reason) != std::string::npos);
}

TEST_CASE("ListObjectVersions asks for versions with encoded keys") {
  const auto plain = ListObjectVersions::Build({.bucket = "b"});
  REQUIRE(plain);
  CHECK(plain->method == "GET");
  CHECK(plain->key.empty());
  CHECK(WireQuery(plain->query) == "versions&encoding-type=url");
  const auto full = ListObjectVersions::Build(
      {.bucket = "b", .prefix = "p /", .max_keys = 2, .key_marker = "k\n", .version_id_marker = "v+"});
  REQUIRE(full);
  CHECK(WireQuery(full->query) ==
        "versions&encoding-type=url&prefix=p%20%2F&key-marker=k%0A&version-id-marker=v%2B&max-keys=2");
  CHECK_FALSE(ListObjectVersions::Build({.bucket = ""}));
}

TEST_CASE("versions and delete markers come in the order of the service with every field") {
  const ListObjectVersionsResponse page = Page(
      "<IsTruncated>false</IsTruncated><EncodingType>url</EncodingType>"
      "<DeleteMarker><Key>a+b</Key><VersionId>v3</VersionId><IsLatest>true</IsLatest>"
      "<LastModified>2026-01-15T09:30:00.000Z</LastModified></DeleteMarker>"
      "<Version><Key>a+b</Key><VersionId>v2</VersionId><IsLatest>false</IsLatest>"
      "<LastModified>2026-01-14T09:30:00.000Z</LastModified><ETag>&quot;e2&quot;</ETag><Size>5</Size>"
      "<StorageClass>GLACIER</StorageClass></Version>"
      "<Version><Key>c%01</Key><VersionId>null</VersionId><IsLatest>true</IsLatest></Version>");
  REQUIRE(page.versions.size() == 3);
  CHECK(page.versions[0].is_delete_marker);
  CHECK(page.versions[0].key == "a b");
  CHECK(page.versions[0].version_id == "v3");
  CHECK(page.versions[0].is_latest);
  CHECK(page.versions[0].size == 0_B);
  CHECK_FALSE(page.versions[1].is_delete_marker);
  CHECK_FALSE(page.versions[1].is_latest);
  CHECK(page.versions[1].etag == "e2");
  CHECK(page.versions[1].size == 5_B);
  CHECK(page.versions[1].storage_class == "GLACIER");
  CHECK(page.versions[1].last_modified == ParseRfc3339("2026-01-14T09:30:00Z"));
  CHECK(page.versions[2].key == "c\x01");
  CHECK(page.versions[2].version_id == "null");
}

TEST_CASE("the marker to go on at is decoded as the keys are") {
  const ListObjectVersionsResponse page = Page(
      "<IsTruncated>true</IsTruncated><EncodingType>url</EncodingType><NextKeyMarker>a%2520b</NextKeyMarker>"
      "<NextVersionIdMarker>v%20</NextVersionIdMarker><Version><Key>a%2520b</Key></Version>");
  CHECK(page.next_key_marker == "a%20b");
  CHECK(page.next_version_id_marker == "v%20");
}

TEST_CASE("a marker that is not encoded although the keys are is taken as it is") {
  // So does Ceph.
  for (const std::string_view raw : {"a%20b", "a+b", "%zz"}) {
    CAPTURE(raw);
    std::string encoded;
    for (const char c : raw) encoded += c == '%' ? "%25" : c == '+' ? "%2B" : std::string(1, c);
    const ListObjectVersionsResponse page =
        Page("<IsTruncated>true</IsTruncated><EncodingType>url</EncodingType><NextKeyMarker>" +
             std::string(raw) + "</NextKeyMarker><Version><Key>" + encoded + "</Key></Version>");
    CHECK(page.next_key_marker == raw);
  }
}

TEST_CASE("a version to go on at that is not the last one listed is put right") {
  // So does Swift: it always says null.
  const ListObjectVersionsResponse page = Page(
      "<IsTruncated>true</IsTruncated><NextKeyMarker>a</NextKeyMarker><NextVersionIdMarker>null</"
      "NextVersionIdMarker>"
      "<Version><Key>a</Key><VersionId>v1</VersionId></Version>");
  CHECK(page.next_version_id_marker == "v1");
  const ListObjectVersionsResponse right = Page(
      "<IsTruncated>true</IsTruncated><NextKeyMarker>b</NextKeyMarker><NextVersionIdMarker>null</"
      "NextVersionIdMarker>"
      "<Version><Key>a</Key><VersionId>v1</VersionId></Version>");
  CHECK(right.next_version_id_marker == "null");
  CHECK(Page("<IsTruncated>false</IsTruncated><NextVersionIdMarker>null</NextVersionIdMarker>")
            .versions.empty());
}

TEST_CASE("a listing of versions that cannot be trusted is an error") {
  for (const std::string_view inside :
       {"", "<IsTruncated>perhaps</IsTruncated>",
        "<IsTruncated>false</IsTruncated><Version><Key>k</Key><Size>big</Size></Version>",
        "<IsTruncated>false</IsTruncated><Version><VersionId>v</VersionId></Version>",
        "<IsTruncated>false</IsTruncated><EncodingType>url</EncodingType><DeleteMarker><Key>%z</Key></"
        "DeleteMarker>",
        "<IsTruncated>true</IsTruncated><EncodingType>url</EncodingType><NextKeyMarker>%z</NextKeyMarker>"}) {
    CAPTURE(inside);
    const auto page = Parse(inside);
    REQUIRE_FALSE(page);
    CHECK(page.error().kind == ErrorKind::kService);
  }
}

TEST_CASE("a listing of objects is no listing of versions") {
  HttpResponse response;
  response.body = "<ListBucketResult><IsTruncated>false</IsTruncated></ListBucketResult>";
  CHECK_FALSE(ListObjectVersions::Parse(response));
}

TEST_CASE("a walk over versions goes on at both markers") {
  const Walk walk({PageOf({"a"}, "a", "v1"), PageOf({}, "b"), PageOf({"c"})}, {.bucket = "b", .max_keys = 1});
  REQUIRE(walk.status);
  CHECK(walk.keys == "ac");
  REQUIRE(walk.fixture.sent_count() == 3);
  CHECK(WireQuery(walk.fixture.sent(0).request.query) == "versions&encoding-type=url&max-keys=1");
  CHECK(WireQuery(walk.fixture.sent(1).request.query) ==
        "versions&encoding-type=url&key-marker=a&version-id-marker=v1&max-keys=1");
  CHECK(WireQuery(walk.fixture.sent(2).request.query) ==
        "versions&encoding-type=url&key-marker=b&max-keys=1");
}

TEST_CASE("the same key with another version is another marker") {
  const Walk walk({PageOf({"a"}, "a", "v1"), PageOf({"a"}, "a", "v2"), PageOf({"a"})});
  REQUIRE(walk.status);
  CHECK(walk.keys == "aaa");
}

TEST_CASE("markers that are sent twice end a walk over versions with an error") {
  CheckDistrusted(Walk({PageOf({"a"}, "a", "v1"), PageOf({"a"}, "a", "v1")}), "same markers");
  ClientFixture fixture;
  int pages = 0;
  fixture.http.AnswerWith(
      [&pages](const SentRequest&) { return PageOf({"a"}, "a", "v" + std::to_string(pages++ % 3)); });
  CHECK_FALSE(ListAllObjectVersions(fixture.client, {.bucket = "b"}, {},
                                    [](const ListObjectVersionsResponse&) -> Status { return {}; }));
  CHECK(pages < 20);
}

TEST_CASE("a cut-off page of versions without a marker ends the walk with an error") {
  const Walk walk({PageOf({"a"}, "", "v1")});
  CheckDistrusted(walk, "where to go on");
  CHECK(walk.keys.empty());
}

TEST_CASE("more versions than were asked for end the walk with an error") {
  CheckDistrusted(Walk({PageOf({"a", "b"})}, {.bucket = "b", .max_keys = 1}), "more versions");
}

TEST_CASE("whoever takes the versions can end the walk") {
  ClientFixture fixture({PageOf({"a"}, "a"), PageOf({"b"})});
  const Status status = ListAllObjectVersions(
      fixture.client, {.bucket = "b"}, {},
      [](const ListObjectVersionsResponse&) -> Status { return Failure(ErrorKind::kCancelled, "enough"); });
  REQUIRE_FALSE(status);
  CHECK(status.error().kind == ErrorKind::kCancelled);
  CHECK(fixture.sent_count() == 1);
}

}  // namespace
}  // namespace s3conn
