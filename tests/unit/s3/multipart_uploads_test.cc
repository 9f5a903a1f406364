#include <string>
#include <string_view>
#include <vector>

#include "s3conn/s3/abort_multipart_upload.h"
#include "s3conn/s3/list_multipart_uploads.h"
#include "support/catch.h"
#include "support/client_fixture.h"

namespace s3conn {
namespace {

std::string Listing(std::string_view inside) {
  return "<ListMultipartUploadsResult>" + std::string(inside) + "</ListMultipartUploadsResult>";
}

Result<ListMultipartUploadsResponse> Parse(std::string_view inside) {
  HttpResponse response;
  response.body = Listing(inside);
  return ListMultipartUploads::Parse(response);
}

Answer Page(std::string_view key, std::string_view next_key = {}, std::string_view next_id = {}) {
  const std::string k(key);
  return Reply(
      200, {},
      Listing("<Upload><Key>" + k + "</Key><UploadId>u</UploadId></Upload>" +
              (next_key.empty() ? "<IsTruncated>false</IsTruncated>"
                                : "<IsTruncated>true</IsTruncated><NextKeyMarker>" + std::string(next_key) +
                                      "</NextKeyMarker><NextUploadIdMarker>" + std::string(next_id) +
                                      "</NextUploadIdMarker>")));
}

Status Walk(ClientFixture& fixture, std::string& keys,
            ListMultipartUploadsRequest request = {.bucket = "b"}) {
  return ListAllMultipartUploads(fixture.client, std::move(request), {},
                                 [&keys](const ListMultipartUploadsResponse& page) -> Status {
                                   for (const MultipartUpload& upload : page.uploads) keys += upload.key;
                                   return {};
                                 });
}

TEST_CASE("ListMultipartUploads asks for uploads with encoded keys") {
  const auto request = ListMultipartUploads::Build(
      {.bucket = "b", .prefix = "p", .max_uploads = 3, .key_marker = "k ", .upload_id_marker = "u="});
  REQUIRE(request);
  CHECK(request->method == "GET");
  CHECK(WireQuery(request->query) ==
        "uploads&encoding-type=url&prefix=p&key-marker=k%20&upload-id-marker=u%3D&max-uploads=3");
}

TEST_CASE("a page of uploads gives every field") {
  const auto page = Parse(
      "<EncodingType>url</EncodingType><IsTruncated>true</IsTruncated><NextKeyMarker>b%2Bc</NextKeyMarker>"
      "<NextUploadIdMarker>u2</NextUploadIdMarker>"
      "<Upload><Key>a+b</Key><UploadId>u1</UploadId><Initiated>2026-01-15T09:30:00.000Z</Initiated>"
      "<StorageClass>STANDARD</StorageClass></Upload><Upload><Key>b%2Bc</Key><UploadId>u2</UploadId></"
      "Upload>");
  REQUIRE(page);
  REQUIRE(page->uploads.size() == 2);
  CHECK(page->uploads[0].key == "a b");
  CHECK(page->uploads[0].upload_id == "u1");
  CHECK(page->uploads[0].initiated == ParseRfc3339("2026-01-15T09:30:00Z"));
  CHECK(page->uploads[0].storage_class == "STANDARD");
  CHECK(page->is_truncated);
  CHECK(page->next_key_marker == "b+c");
  CHECK(page->next_upload_id_marker == "u2");
}

TEST_CASE("a listing of uploads that does not say whether keys are encoded leaves both readings") {
  const auto page = Parse(
      "<IsTruncated>false</IsTruncated><NextKeyMarker>up%202</NextKeyMarker>"
      "<Upload><Key>plain</Key><UploadId>u</UploadId></Upload><Upload><Key>up%202</Key><UploadId>u</"
      "UploadId></Upload>"
      "<Upload><Key>a+%20b</Key><UploadId>u</UploadId></Upload><Upload><Key>100%</Key><UploadId>u</"
      "UploadId></Upload>");
  REQUIRE(page);
  REQUIRE(page->uploads.size() == 4);
  CHECK(page->uploads[0].key == "plain");
  CHECK(page->uploads[0].undecoded_key.empty());
  CHECK(page->uploads[1].key == "up 2");
  CHECK(page->uploads[1].undecoded_key == "up%202");
  CHECK(page->uploads[2].key == "a+%20b");
  CHECK(page->uploads[2].undecoded_key.empty());
  CHECK(page->uploads[3].key == "100%");
  CHECK(page->uploads[3].undecoded_key.empty());
  CHECK(page->next_key_marker == "up%202");
}

TEST_CASE("an upload without a key or an id is a bad listing") {
  for (const std::string_view inside :
       {"", "<IsTruncated>false</IsTruncated><Upload><Key>k</Key></Upload>",
        "<IsTruncated>false</IsTruncated><Upload><UploadId>u</UploadId></Upload>",
        "<IsTruncated>false</IsTruncated><EncodingType>url</EncodingType><Upload><Key>%</Key></Upload>"}) {
    CAPTURE(inside);
    const auto page = Parse(inside);
    REQUIRE_FALSE(page);
    CHECK(page.error().kind == ErrorKind::kService);
  }
}

TEST_CASE("a walk over uploads goes on at both markers to its end") {
  ClientFixture fixture({Page("a", "a", "u1"), Page("b", "b"), Page("c")});
  std::string keys;
  REQUIRE(Walk(fixture, keys));
  CHECK(keys == "abc");
  CHECK(WireQuery(fixture.sent(1).request.query) ==
        "uploads&encoding-type=url&key-marker=a&upload-id-marker=u1");
  CHECK(WireQuery(fixture.sent(2).request.query) == "uploads&encoding-type=url&key-marker=b");
}

TEST_CASE("a walk over uploads does not follow markers round in a circle") {
  ClientFixture fixture;
  int pages = 0;
  fixture.http.AnswerWith([&pages](const SentRequest&) {
    ++pages;
    return Page("a", "a", pages % 2 == 0 ? "u1" : "u2");
  });
  std::string keys;
  const Status status = Walk(fixture, keys);
  REQUIRE_FALSE(status);
  CHECK(status.error().kind == ErrorKind::kService);
  CHECK(pages < 10);
}

TEST_CASE("a cut-off page of uploads without a marker or with too many is an error") {
  ClientFixture cut({Reply(200, {}, Listing("<IsTruncated>true</IsTruncated>"))});
  std::string keys;
  CHECK_FALSE(Walk(cut, keys));
  ClientFixture many({Page("a")});
  CHECK_FALSE(Walk(many, keys, {.bucket = "b", .max_uploads = 0}));
  CHECK(keys.empty());
}

TEST_CASE("AbortMultipartUpload names the upload and never the object alone") {
  const auto request = AbortMultipartUpload::Build({"b", "k", "u+1"});
  REQUIRE(request);
  CHECK(request->method == "DELETE");
  CHECK(request->key == "k");
  CHECK(WireQuery(request->query) == "uploadId=u%2B1");
  const auto without = AbortMultipartUpload::Build({"b", "k", ""});
  REQUIRE_FALSE(without);
  CHECK(without.error().kind == ErrorKind::kUsage);
}

TEST_CASE("an upload that is gone already is aborted") {
  ClientFixture gone({Reply(404, {}, ErrorXml("NoSuchUpload"))});
  CHECK(EnsureUploadAborted(gone.client, {"b", "k", "u"}, {}));
  ClientFixture done({Reply(204)});
  CHECK(EnsureUploadAborted(done.client, {"b", "k", "u"}, {}));
  ClientFixture denied({Reply(403, {}, ErrorXml("AccessDenied"))});
  const Status refused = EnsureUploadAborted(denied.client, {"b", "k", "u"}, {});
  REQUIRE_FALSE(refused);
  CHECK(refused.error().kind == ErrorKind::kDenied);
  ClientFixture bucket({Reply(404, {}, ErrorXml("NoSuchBucket"))});
  CHECK_FALSE(EnsureUploadAborted(bucket.client, {"b", "k", "u"}, {}));
}

}  // namespace
}  // namespace s3conn
