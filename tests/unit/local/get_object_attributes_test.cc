#include "handler_fixture.h"
#include "support/catch.h"

namespace s3conn::local {
namespace {

Outcome Ask(HandlerFixture& fixture, const std::string& attributes, Headers headers = {},
            const std::string& query = {}) {
  headers.Add("x-amz-object-attributes", attributes);
  return fixture.Send(GetObjectAttributes, {"GET", "/b-1/k?attributes" + query, std::move(headers)});
}

}  // namespace

TEST_CASE("GetObjectAttributes: tells what it is asked and nothing else") {
  HandlerFixture fixture;
  fixture.MakeBucket("b-1");
  const Outcome put = fixture.Put("/b-1/k", "hello");
  const Outcome all = Ask(fixture, "ETag,Checksum, ObjectParts,StorageClass,ObjectSize");
  CHECK(all.status == 200);
  CHECK(all.element("ETag") == "5d41402abc4b2a76b9719d911017c592");
  CHECK(all.element("ChecksumCRC64NVME") == put.header("x-amz-checksum-crc64nvme"));
  CHECK(all.element("StorageClass") == "STANDARD");
  CHECK(all.element("ObjectSize") == "5");
  CHECK_FALSE(all.has("ObjectParts"));
  CHECK(all.header("Last-Modified") == "Thu, 15 Jan 2026 00:00:00 GMT");
  const Outcome size = Ask(fixture, "ObjectSize");
  CHECK_FALSE(size.has("ETag"));
  const Outcome two = Ask(fixture, "ObjectSize", {{"x-amz-object-attributes", "StorageClass"}});
  CHECK((two.has("ObjectSize") && two.has("StorageClass")));
}

TEST_CASE("GetObjectAttributes: gives parts page by page") {
  HandlerFixture fixture;
  fixture.MakeBucket("b-1");
  fixture.PutParts("b-1", "k", {"0123", "4567", "89"});
  const Outcome first = Ask(fixture, "ObjectParts", {{"x-amz-max-parts", "2"}});
  CHECK(first.element("PartsCount") == "3");
  CHECK(first.element("IsTruncated") == "true");
  CHECK(first.element("NextPartNumberMarker") == "2");
  CHECK(first.element("MaxParts") == "2");
  CHECK(first.element("Part") ==
        "<PartNumber>1</PartNumber><Size>4</Size><ChecksumCRC64NVME>part1</ChecksumCRC64NVME>");
  const Outcome second = Ask(fixture, "ObjectParts", {{"x-amz-part-number-marker", "2"}});
  CHECK(second.element("IsTruncated") == "false");
  CHECK(second.element("PartNumber") == "3");
  CHECK(Ask(fixture, "ObjectParts", {{"x-amz-max-parts", "-1"}}).code == "InvalidArgument");
}

TEST_CASE("GetObjectAttributes: refuses names that are none") {
  HandlerFixture fixture;
  fixture.MakeBucket("b-1");
  CHECK(fixture.Put("/b-1/k", "hello").status == 200);
  CHECK(Ask(fixture, "ETag,Colour").code == "InvalidArgument");
  CHECK(Ask(fixture, "").code == "InvalidArgument");
}

TEST_CASE("GetObjectAttributes: of versions and delete markers") {
  HandlerFixture fixture;
  fixture.MakeBucket("b-1", Versioning::kEnabled);
  const std::string version(fixture.Put("/b-1/k", "hello").header("x-amz-version-id"));
  const std::string marker(fixture.Delete("/b-1/k").header("x-amz-version-id"));
  CHECK(Ask(fixture, "ETag").header("x-amz-delete-marker") == "true");
  CHECK(Ask(fixture, "ETag", {}, "&versionId=" + version).header("x-amz-version-id") == version);
  CHECK(Ask(fixture, "ETag", {}, "&versionId=" + marker).code == "MethodNotAllowed");
}

}  // namespace s3conn::local
