#include <atomic>
#include <filesystem>
#include <string>
#include <thread>

#include "handler_fixture.h"
#include "support/catch.h"

namespace s3conn::local {
namespace {

// "0123456789" in the bucket "b-1".
struct DigitsFixture : HandlerFixture {
  explicit DigitsFixture(Versioning versioning = Versioning::kNever) {
    MakeBucket("b-1", versioning);
    put = Put("/b-1/k", "0123456789", {{"Content-Type", "text/plain"}, {"x-amz-tagging", "a=1&b=2"}});
  }
  Outcome put;
};

}  // namespace

TEST_CASE("GetObject: gives the bytes with what is known of them") {
  DigitsFixture fixture;
  const Outcome got = fixture.Get("/b-1/k");
  CHECK(got.status == 200);
  CHECK(got.body == "0123456789");
  CHECK(got.header("ETag") == fixture.put.header("ETag"));
  CHECK(got.header("Content-Type") == "text/plain");
  CHECK(got.header("Last-Modified") == "Thu, 15 Jan 2026 00:00:00 GMT");
  CHECK(got.header("Accept-Ranges") == "bytes");
  CHECK(got.header("x-amz-tagging-count") == "2");
  for (const std::string_view name : {"x-amz-version-id", "x-amz-storage-class", "x-amz-restore",
                                      "x-amz-checksum-crc64nvme", "x-amz-mp-parts-count"}) {
    CAPTURE(name);
    CHECK(got.headers.Find(name) == nullptr);
  }
}

TEST_CASE("HeadObject: says the same as a GET and only the size of the body") {
  DigitsFixture fixture;
  const Request request{"HEAD", "/b-1/k", {}, "test"};
  const Resource resource{"b-1", "k"};
  const PayloadRules rules;
  TextStream body("");
  const Answer<Response> head =
      HeadObject(Call{request, resource, rules, body, *fixture.store, fixture.clock});
  REQUIRE(head);
  REQUIRE(head->content);
  CHECK(head->content->size() == 10);
  const Outcome got = fixture.Get("/b-1/k");
  CHECK(head->headers.size() == got.headers.size());
  for (const Header& field : head->headers) CHECK(got.header(field.name) == field.value);
}

TEST_CASE("GetObject: gives ranges") {
  DigitsFixture fixture;
  const Outcome part = fixture.Get("/b-1/k", {{"Range", "bytes=2-4"}, {"x-amz-checksum-mode", "ENABLED"}});
  CHECK(part.status == 206);
  CHECK(part.body == "234");
  CHECK(part.header("Content-Range") == "bytes 2-4/10");
  CHECK(part.headers.Find("x-amz-checksum-crc64nvme") == nullptr);
  CHECK(fixture.Get("/b-1/k", {{"Range", "bytes=-3"}}).body == "789");
  CHECK(fixture.Get("/b-1/k", {{"Range", "bytes=8-99"}}).header("Content-Range") == "bytes 8-9/10");
  CHECK(fixture.Get("/b-1/k", {{"Range", "lines=2-4"}}).status == 200);
  const Outcome head = fixture.Head("/b-1/k", {{"Range", "bytes=2-4"}});
  CHECK(head.status == 206);
  CHECK(head.header("Content-Range") == "bytes 2-4/10");
}

TEST_CASE("GetObject: a range beyond the end tells the size") {
  DigitsFixture fixture;
  const Outcome got = fixture.Get("/b-1/k", {{"Range", "bytes=10-"}});
  CHECK(got.status == 416);
  CHECK(got.code == "InvalidRange");
  CHECK(got.header("Content-Range") == "bytes */10");
  CHECK(got.detail("ActualObjectSize") == "10");
  CHECK(got.detail("RangeRequested") == "bytes=10-");
}

TEST_CASE("GetObject: a range of several parts goes over their ends") {
  HandlerFixture fixture;
  fixture.MakeBucket("b-1");
  fixture.PutParts("b-1", "k", {"0123", "4567", "89"});
  CHECK(fixture.Get("/b-1/k").body == "0123456789");
  CHECK(fixture.Get("/b-1/k", {{"Range", "bytes=3-8"}}).body == "345678");
}

TEST_CASE("GetObject: gives the parts of a multipart object by their places") {
  HandlerFixture fixture;
  fixture.MakeBucket("b-1");
  fixture.PutParts("b-1", "k", {"0123", "4567", "89"});
  const Outcome part = fixture.Get("/b-1/k?partNumber=2", {{"x-amz-checksum-mode", "ENABLED"}});
  CHECK(part.status == 206);
  CHECK(part.body == "4567");
  CHECK(part.header("Content-Range") == "bytes 4-7/10");
  CHECK(part.header("x-amz-mp-parts-count") == "3");
  CHECK(part.header("x-amz-checksum-crc64nvme") == "part2");
  CHECK(fixture.Head("/b-1/k?partNumber=1").header("Content-Range") == "bytes 0-3/10");
  const Outcome beyond = fixture.Get("/b-1/k?partNumber=4");
  CHECK(beyond.status == 416);
  CHECK(beyond.code == "InvalidPartNumber");
  CHECK(beyond.detail("ActualPartCount") == "3");
}

TEST_CASE("GetObject: an object in one piece is its own first part") {
  DigitsFixture fixture;
  const Outcome part = fixture.Get("/b-1/k?partNumber=1");
  CHECK(part.status == 206);
  CHECK(part.body == "0123456789");
  CHECK(part.headers.Find("x-amz-mp-parts-count") == nullptr);
  CHECK(fixture.Get("/b-1/k?partNumber=2").code == "InvalidPartNumber");
  CHECK(fixture.Put("/b-1/empty", "").status == 200);
  CHECK(fixture.Get("/b-1/empty?partNumber=1").status == 200);
}

TEST_CASE("GetObject: refuses part numbers that are none and parts of ranges") {
  DigitsFixture fixture;
  for (const std::string number : {"0", "10001", "x", ""}) {
    CHECK(fixture.Get("/b-1/k?partNumber=" + number).code == "InvalidArgument");
  }
  CHECK(fixture.Get("/b-1/k?partNumber=1", {{"Range", "bytes=0-1"}}).code == "InvalidRequest");
}

TEST_CASE("GetObject: conditions are judged with the ETag in the answer") {
  DigitsFixture fixture;
  const std::string etag(fixture.put.header("ETag"));
  const Outcome unchanged = fixture.Get("/b-1/k", {{"If-None-Match", etag}});
  CHECK(unchanged.status == 304);
  CHECK(unchanged.header("ETag") == etag);
  CHECK(unchanged.headers.Find("Last-Modified") != nullptr);
  const Outcome failed = fixture.Get("/b-1/k", {{"If-Match", "\"x\""}});
  CHECK(failed.status == 412);
  CHECK(failed.detail("Condition") == "If-Match");
  CHECK(fixture.Head("/b-1/k", {{"If-Match", etag}}).status == 200);
}

TEST_CASE("GetObject: tells the checksum when it is asked") {
  DigitsFixture fixture;
  const Outcome got = fixture.Get("/b-1/k", {{"x-amz-checksum-mode", "ENABLED"}});
  CHECK(got.header("x-amz-checksum-crc64nvme") == fixture.put.header("x-amz-checksum-crc64nvme"));
  CHECK(got.header("x-amz-checksum-type") == "FULL_OBJECT");
}

TEST_CASE("GetObject: parameters replace headers of the answer") {
  DigitsFixture fixture;
  const Outcome got = fixture.Get(
      "/b-1/k?response-content-type=image%2Fpng&response-content-disposition=attachment"
      "&response-content-encoding=gzip&response-content-language=fr&response-cache-control=no-store"
      "&response-expires=0");
  CHECK(got.header("Content-Type") == "image/png");
  CHECK(got.header("Content-Disposition") == "attachment");
  CHECK(got.header("Content-Encoding") == "gzip");
  CHECK(got.header("Content-Language") == "fr");
  CHECK(got.header("Cache-Control") == "no-store");
  CHECK(got.header("Expires") == "0");
  CHECK(fixture.Get("/b-1/k?response-content-type=a%0D%0AEvil:%201").code == "InvalidArgument");
}

TEST_CASE("GetObject: versions are found by their ids") {
  DigitsFixture fixture(Versioning::kEnabled);
  const std::string first(fixture.put.header("x-amz-version-id"));
  CHECK(fixture.Put("/b-1/k", "new").status == 200);
  CHECK(fixture.Get("/b-1/k").body == "new");
  const Outcome old = fixture.Get("/b-1/k?versionId=" + first);
  CHECK(old.body == "0123456789");
  CHECK(old.header("x-amz-version-id") == first);
  CHECK(fixture.Get("/b-1/k?versionId=").code == "InvalidArgument");
  CHECK(fixture.Get("/b-1/k?versionId=other").status == 404);
}

TEST_CASE("GetObject: a delete marker is nothing and by its id no object") {
  DigitsFixture fixture(Versioning::kEnabled);
  const std::string marker(fixture.Delete("/b-1/k").header("x-amz-version-id"));
  const Outcome hidden = fixture.Get("/b-1/k");
  CHECK(hidden.status == 404);
  CHECK(hidden.code == "NoSuchKey");
  CHECK(hidden.header("x-amz-delete-marker") == "true");
  CHECK(hidden.header("x-amz-version-id") == marker);
  const Outcome named = fixture.Head("/b-1/k?versionId=" + marker);
  CHECK(named.status == 405);
  CHECK(named.code == "MethodNotAllowed");
  CHECK(named.header("x-amz-delete-marker") == "true");
  CHECK(named.header("Last-Modified") == "Thu, 15 Jan 2026 00:00:00 GMT");
}

TEST_CASE("GetObject: what is archived can be looked at and not read") {
  HandlerFixture fixture;
  fixture.MakeBucket("b-1");
  for (const std::string storage_class : {"GLACIER", "DEEP_ARCHIVE"}) {
    CHECK(fixture.Put("/b-1/k", "x", {{"x-amz-storage-class", storage_class}}).status == 200);
    const Outcome got = fixture.Get("/b-1/k");
    CHECK(got.status == 403);
    CHECK(got.code == "InvalidObjectState");
    CHECK(got.detail("StorageClass") == storage_class);
    CHECK(fixture.Head("/b-1/k").header("x-amz-storage-class") == storage_class);
  }
  CHECK(fixture.Put("/b-1/k", "x", {{"x-amz-storage-class", "GLACIER_IR"}}).status == 200);
  CHECK(fixture.Get("/b-1/k").body == "x");
}

TEST_CASE("GetObject: finds an object that is being replaced all the time") {
  HandlerFixture fixture;
  fixture.MakeBucket("b-1");
  REQUIRE(fixture.Put("/b-1/k", "0").status == 200);
  std::atomic<bool> done = false;
  std::jthread writer([&] {
    for (int i = 0; i < 200; ++i) fixture.Put("/b-1/k", std::to_string(i));
    done = true;
  });
  int failed = 0;
  while (!done) {
    if (fixture.Get("/b-1/k").status != 200) ++failed;
  }
  CHECK(failed == 0);
}

TEST_CASE("GetObject: an object whose file is gone is an error and no endless search") {
  DigitsFixture fixture;
  std::filesystem::remove_all(fixture.folder.Path("store/blobs"));
  const Outcome got = fixture.Get("/b-1/k");
  CHECK(got.code == "InternalError");
  CHECK_FALSE(got.cause.empty());
}

TEST_CASE("GetObject: what is not there") {
  HandlerFixture fixture;
  CHECK(fixture.Get("/none/k").code == "NoSuchBucket");
  fixture.MakeBucket("b-1");
  CHECK(fixture.Get("/b-1/k").code == "NoSuchKey");
  CHECK(fixture.Head("/b-1/k").status == 404);
}

}  // namespace s3conn::local
