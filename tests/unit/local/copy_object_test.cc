#include <atomic>
#include <string>
#include <thread>

#include "handler_fixture.h"
#include "local/object_request.h"
#include "support/catch.h"

namespace s3conn::local {
namespace {

constexpr std::string_view kIllegal = "copy an object to itself";

// "hello" in "b-1", with metadata and tags.
struct CopyFixture : HandlerFixture {
  explicit CopyFixture(Versioning versioning = Versioning::kNever) {
    MakeBucket("b-1", versioning);
    MakeBucket("b-2");
    put = Put("/b-1/k", "hello",
              {{"x-amz-meta-a", "1"}, {"Content-Type", "text/plain"}, {"x-amz-tagging", "t=1"}});
  }
  Outcome Copy(std::string target, std::string source, Headers headers = {}) {
    headers.Add("x-amz-copy-source", std::move(source));
    return Send(CopyObject, {"PUT", std::move(target), std::move(headers)});
  }
  Outcome put;
};

}  // namespace

TEST_CASE("CopyObject: takes bytes and metadata and tags along") {
  CopyFixture fixture;
  const Outcome copied = fixture.Copy("/b-2/copy", "/b-1/k");
  CHECK(copied.status == 200);
  CHECK(copied.element("ETag") == "&quot;5d41402abc4b2a76b9719d911017c592&quot;");
  CHECK(copied.element("LastModified") == "2026-01-15T00:00:00.000Z");
  CHECK(copied.element("ChecksumCRC64NVME") == fixture.put.header("x-amz-checksum-crc64nvme"));
  CHECK(copied.element("ChecksumType") == "FULL_OBJECT");
  CHECK(copied.headers.Find("x-amz-copy-source-version-id") == nullptr);
  const Outcome got = fixture.Get("/b-2/copy");
  CHECK(got.body == "hello");
  CHECK(got.header("x-amz-meta-a") == "1");
  CHECK(got.header("Content-Type") == "text/plain");
  CHECK(got.header("x-amz-tagging-count") == "1");
}

TEST_CASE("CopyObject: outlives its source") {
  CopyFixture fixture;
  CHECK(fixture.Copy("/b-2/copy", "b-1/k").status == 200);
  CHECK(fixture.Delete("/b-1/k").status == 204);
  CHECK(fixture.Get("/b-2/copy").body == "hello");
}

TEST_CASE("CopyObject: directives replace metadata and tags") {
  CopyFixture fixture;
  const Headers asked = {{"x-amz-meta-b", "2"}, {"x-amz-tagging", "x=1&y=2"}};
  CHECK(fixture.Copy("/b-2/kept", "/b-1/k", asked).status == 200);
  CHECK(fixture.Get("/b-2/kept").header("x-amz-meta-a") == "1");
  CHECK(fixture.Get("/b-2/kept").header("x-amz-tagging-count") == "1");
  Headers replacing = asked;
  replacing.Add("x-amz-metadata-directive", "REPLACE");
  replacing.Add("x-amz-tagging-directive", "REPLACE");
  CHECK(fixture.Copy("/b-2/replaced", "/b-1/k", replacing).status == 200);
  const Outcome got = fixture.Get("/b-2/replaced");
  CHECK(got.headers.Find("x-amz-meta-a") == nullptr);
  CHECK(got.header("x-amz-meta-b") == "2");
  CHECK(got.header("Content-Type") == "binary/octet-stream");
  CHECK(got.header("x-amz-tagging-count") == "2");
  CHECK(fixture.Copy("/b-2/x", "/b-1/k", {{"x-amz-metadata-directive", "MERGE"}}).code == "InvalidArgument");
  CHECK(fixture.Copy("/b-2/x", "/b-1/k", {{"x-amz-tagging-directive", "MERGE"}}).code == "InvalidArgument");
}

TEST_CASE("CopyObject: onto itself only with a change") {
  CopyFixture fixture;
  const Outcome refused = fixture.Copy("/b-1/k", "/b-1/k");
  CHECK(refused.code == "InvalidRequest");
  CHECK(refused.message.find(kIllegal) != std::string::npos);
  CHECK(fixture.Copy("/b-1/k", "/b-1/k", {{"x-amz-storage-class", "STANDARD"}}).code == "InvalidRequest");
  CHECK(fixture.Copy("/b-1/k", "/b-1/k", {{"x-amz-storage-class", "STANDARD_IA"}}).status == 200);
  CHECK(fixture.Head("/b-1/k").header("x-amz-storage-class") == "STANDARD_IA");
  CHECK(fixture.Copy("/b-1/k", "/b-1/k", {{"x-amz-metadata-directive", "REPLACE"}}).status == 200);
  CHECK(fixture.Head("/b-1/k").headers.Find("x-amz-meta-a") == nullptr);
  CHECK(fixture.Head("/b-1/k").headers.Find("x-amz-storage-class") == nullptr);
  CHECK(fixture.Copy("/b-1/k", "/b-1/k", {{"x-amz-website-redirect-location", "/x"}}).status == 200);
  CHECK(fixture.Get("/b-1/k").body == "hello");
}

TEST_CASE("CopyObject: an old version may become the new one") {
  CopyFixture fixture(Versioning::kEnabled);
  const std::string first(fixture.put.header("x-amz-version-id"));
  CHECK(fixture.Put("/b-1/k", "new").status == 200);
  const Outcome copied = fixture.Copy("/b-1/k", "/b-1/k?versionId=" + first);
  CHECK(copied.status == 200);
  CHECK(copied.header("x-amz-copy-source-version-id") == first);
  CHECK_FALSE(copied.header("x-amz-version-id").empty());
  CHECK(copied.header("x-amz-version-id") != first);
  CHECK(fixture.Get("/b-1/k").body == "hello");
}

TEST_CASE("CopyObject: conditions of the source and of the target") {
  CopyFixture fixture;
  const std::string etag(fixture.put.header("ETag"));
  const auto with = [&](const std::string& name, const std::string& value) {
    return fixture.Copy("/b-2/copy", "/b-1/k", {{name, value}});
  };
  CHECK(with("x-amz-copy-source-if-match", "\"x\"").code == "PreconditionFailed");
  CHECK(with("x-amz-copy-source-if-none-match", etag).code == "PreconditionFailed");
  CHECK(with("If-Match", etag).code == "NoSuchKey");
  CHECK(with("If-None-Match", "*").status == 200);
  CHECK(with("If-None-Match", "*").code == "PreconditionFailed");
  CHECK(with("If-Match", etag).status == 200);
}

TEST_CASE("CopyObject: a source is named in escapes") {
  CopyFixture fixture;
  CHECK(fixture.Put("/b-1/a%20b%2Bc%3Fd/%C3%A4", "odd").status == 200);
  CHECK(fixture.Copy("/b-2/1", "b-1/a%20b%2Bc%3Fd/%C3%A4").status == 200);
  CHECK(fixture.Copy("/b-2/2", "/b-1%2Fa+b%2Bc%3Fd%2F%C3%A4").status == 200);
  CHECK(fixture.Get("/b-2/2").body == "odd");
}

TEST_CASE("CopyObject: a source that is none") {
  CopyFixture fixture(Versioning::kEnabled);
  for (const std::string source : {"", "/", "b-1", "/b-1/", "//k", "b-1/%zz", "b-1/k?versionId="}) {
    CAPTURE(source);
    CHECK(fixture.Copy("/b-2/copy", source).code == "InvalidArgument");
  }
  CHECK(fixture.Copy("/b-2/copy", "none/k").code == "NoSuchBucket");
  CHECK(fixture.Copy("/b-2/copy", "b-1/none").code == "NoSuchKey");
  CHECK(fixture.Copy("/none/copy", "b-1/k").code == "NoSuchBucket");
  const std::string marker(fixture.Delete("/b-1/k").header("x-amz-version-id"));
  const Outcome deleted = fixture.Copy("/b-2/copy", "b-1/k");
  CHECK(deleted.code == "NoSuchKey");
  CHECK(deleted.headers.Find("x-amz-delete-marker") == nullptr);
  CHECK(fixture.Copy("/b-2/copy", "b-1/k?versionId=" + marker).code == "InvalidRequest");
}

TEST_CASE("CopyObject: what is archived is no source") {
  CopyFixture fixture;
  CHECK(fixture.Put("/b-1/k", "x", {{"x-amz-storage-class", "GLACIER"}}).status == 200);
  CHECK(fixture.Copy("/b-2/copy", "b-1/k").code == "InvalidObjectState");
}

TEST_CASE("CopyObject: finds a source that is being replaced all the time") {
  CopyFixture fixture;
  std::atomic<bool> done = false;
  std::jthread writer([&] {
    for (int i = 0; i < 200; ++i) fixture.Put("/b-1/k", std::to_string(i));
    done = true;
  });
  int failed = 0;
  while (!done) {
    if (fixture.Copy("/b-2/copy", "b-1/k").status != 200) ++failed;
  }
  CHECK(failed == 0);
}

TEST_CASE("CopyObject: parts that are being replaced are copied whole or not at all") {
  CopyFixture fixture;
  fixture.PutParts("b-1", "parts", {"aaaa", "bbbb", "cc"});
  std::atomic<bool> done = false;
  std::jthread writer([&] {
    for (int i = 0; i < 100; ++i) fixture.PutParts("b-1", "parts", {"aaaa", "bbbb", "cc"});
    done = true;
  });
  int wrong = 0;
  while (!done) {
    const bool copied = fixture.Copy("/b-2/copy", "b-1/parts").status == 200;
    if (!copied || fixture.Get("/b-2/copy").body != "aaaabbbbcc") ++wrong;
    if (fixture.Head("/b-1/parts?partNumber=3").header("Content-Range") != "bytes 8-9/10") ++wrong;
  }
  CHECK(wrong == 0);
}

TEST_CASE("CopyObject: a copy of several parts keeps them") {
  CopyFixture fixture;
  fixture.PutParts("b-1", "parts", {"0123", "4567", "89"});
  CHECK(fixture.Copy("/b-2/copy", "b-1/parts").element("ETag").ends_with("-3&quot;"));
  const Outcome got = fixture.Get("/b-2/copy");
  CHECK(got.body == "0123456789");
  CHECK(fixture.Get("/b-2/copy?partNumber=2").body == "4567");
}

TEST_CASE("CopyObject: another checksum is computed of the bytes") {
  CopyFixture fixture;
  const Outcome one = fixture.Copy("/b-2/copy", "b-1/k", {{"x-amz-checksum-algorithm", "SHA256"}});
  CHECK(one.element("ChecksumSHA256") == "LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ=");
  fixture.PutParts("b-1", "parts", {"he", "llo"});
  const Outcome parts = fixture.Copy("/b-2/copy", "b-1/parts", {{"x-amz-checksum-algorithm", "SHA256"}});
  CHECK(parts.element("ChecksumSHA256") == one.element("ChecksumSHA256"));
  CHECK(fixture.Copy("/b-2/x", "b-1/k", {{"x-amz-checksum-algorithm", "MD4"}}).code == "InvalidRequest");
}

}  // namespace s3conn::local
