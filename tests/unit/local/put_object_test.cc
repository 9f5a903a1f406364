#include "handler_fixture.h"
#include "support/catch.h"

namespace s3conn::local {
namespace {

constexpr std::string_view kEtag = "\"5d41402abc4b2a76b9719d911017c592\"";  // of "hello"
constexpr std::string_view kCrc64 = "M3eFcAZSQlc=";

}  // namespace

TEST_CASE("PutObject: stores the bytes and answers with ETag and checksum") {
  HandlerFixture fixture;
  fixture.MakeBucket("b-1");
  const Outcome put = fixture.Put("/b-1/k", "hello", {{"x-amz-meta-a", "1"}});
  CHECK(put.status == 200);
  CHECK(put.body.empty());
  CHECK(put.header("ETag") == kEtag);
  CHECK(put.header("x-amz-checksum-crc64nvme") == kCrc64);
  CHECK(put.header("x-amz-checksum-type") == "FULL_OBJECT");
  CHECK(put.headers.Find("x-amz-version-id") == nullptr);
  const Outcome got = fixture.Get("/b-1/k");
  CHECK(got.body == "hello");
  CHECK(got.header("ETag") == kEtag);
  CHECK(got.header("x-amz-meta-a") == "1");
}

TEST_CASE("PutObject: nothing and more than a buffer are objects too") {
  HandlerFixture fixture;
  fixture.MakeBucket("b-1");
  CHECK(fixture.Put("/b-1/empty", "").header("ETag") == "\"d41d8cd98f00b204e9800998ecf8427e\"");
  CHECK(fixture.Get("/b-1/empty").body.empty());
  const std::string large(700'001, 'x');
  CHECK(fixture.Put("/b-1/large", large).status == 200);
  CHECK(fixture.Get("/b-1/large").body == large);
}

TEST_CASE("PutObject: a key is any text") {
  HandlerFixture fixture;
  fixture.MakeBucket("b-1");
  for (const std::string key :
       {"../x", "a//b", "%252F", "/lead", "dir/", "..", ".", "%F0%9F%98%80%0A%7F", "a+b"}) {
    CAPTURE(key);
    CHECK(fixture.Put("/b-1/" + key, key).status == 200);
    CHECK(fixture.Get("/b-1/" + key).body == key);
  }
  CHECK(fixture.folder.Names() == std::vector<std::string>{"store"});
}

TEST_CASE("PutObject: a body that does not come to its right end leaves nothing") {
  HandlerFixture fixture;
  fixture.MakeBucket("b-1");
  TestRequest cut{"PUT", "/b-1/k", {}, "hello"};
  cut.cut_after = 3;
  CHECK(fixture.Send(PutObject, cut).code == "IncompleteBody");
  CHECK(fixture.Put("/b-1/k", "hello", {{"Content-MD5", "1B2M2Y8AsgTpgAmY7PhCfg=="}}).code == "BadDigest");
  CHECK(fixture.Put("/b-1/k", "hello", {{"x-amz-checksum-crc32", "AAAAAA=="}}).code == "BadDigest");
  CHECK(fixture.Get("/b-1/k").code == "NoSuchKey");
  CHECK(std::filesystem::is_empty(fixture.folder.Path("store/incoming")));
}

TEST_CASE("PutObject: five gibibytes are the most") {
  HandlerFixture fixture;
  fixture.MakeBucket("b-1");
  const Outcome put = fixture.Put("/b-1/k", "", {{"Content-Length", "5368709121"}});
  CHECK(put.code == "EntityTooLarge");
}

TEST_CASE("PutObject: refuses before it reads where it can") {
  HandlerFixture fixture;
  CHECK(fixture.Put("/none/k", "hello").code == "NoSuchBucket");
  fixture.MakeBucket("b-1");
  CHECK(fixture.Put("/b-1/k", "hello", {{"x-amz-storage-class", "FAST"}}).code == "InvalidStorageClass");
  CHECK(fixture.Put("/b-1/k", "hello", {{"If-None-Match", "\"x\""}}).code == "NotImplemented");
  CHECK(fixture.Put("/b-1/" + std::string(1025, 'k'), "hello").code == "KeyTooLongError");
}

TEST_CASE("PutObject: writes only if its conditions hold") {
  HandlerFixture fixture;
  fixture.MakeBucket("b-1");
  CHECK(fixture.Put("/b-1/k", "old", {{"If-Match", "\"x\""}}).code == "NoSuchKey");
  CHECK(fixture.Put("/b-1/k", "hello", {{"If-None-Match", "*"}}).status == 200);
  CHECK(fixture.Put("/b-1/k", "new", {{"If-None-Match", "*"}}).code == "PreconditionFailed");
  CHECK(fixture.Put("/b-1/k", "new", {{"If-Match", "\"x\""}}).code == "PreconditionFailed");
  CHECK(fixture.Get("/b-1/k").body == "hello");
  CHECK(fixture.Put("/b-1/k", "new", {{"If-Match", std::string(kEtag)}}).status == 200);
  CHECK(fixture.Get("/b-1/k").body == "new");
}

TEST_CASE("PutObject: answers with the version where there are versions") {
  HandlerFixture fixture;
  fixture.MakeBucket("b-1", Versioning::kEnabled);
  fixture.MakeBucket("b-2", Versioning::kSuspended);
  const std::string first(fixture.Put("/b-1/k", "1").header("x-amz-version-id"));
  const std::string second(fixture.Put("/b-1/k", "2").header("x-amz-version-id"));
  CHECK_FALSE(first.empty());
  CHECK(first != second);
  CHECK(fixture.Get("/b-1/k?versionId=" + first).body == "1");
  CHECK(fixture.Put("/b-2/k", "1").header("x-amz-version-id") == "null");
}

}  // namespace s3conn::local
