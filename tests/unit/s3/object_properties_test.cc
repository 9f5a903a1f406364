#include "s3conn/s3/object_properties.h"

#include <string>

#include "support/catch.h"

namespace s3conn {
namespace {

HttpResponse Response(int status, Headers headers) {
  HttpResponse response;
  response.status = status;
  response.headers = std::move(headers);
  return response;
}

TEST_CASE("an object's properties are read from the headers whatever their letter case") {
  const ObjectProperties object =
      ReadObjectProperties(Response(200, {{"content-length", "11"},
                                          {"ETAG", "\"e1\""},
                                          {"last-modified", "Thu, 15 Jan 2026 09:30:00 GMT"},
                                          {"Content-Type", "text/plain"},
                                          {"Content-Encoding", "gzip"},
                                          {"Content-Disposition", "inline"},
                                          {"Content-Language", "de"},
                                          {"Cache-Control", "no-cache"},
                                          {"X-Amz-Storage-Class", "GLACIER"},
                                          {"x-amz-version-id", "v1"},
                                          {"Expires", "0"},
                                          {"x-amz-server-side-encryption", "aws:kms"},
                                          {"x-amz-server-side-encryption-aws-kms-key-id", "key-1"},
                                          {"x-amz-tagging-count", "3"}}));
  CHECK(object.size == 11_B);
  CHECK(object.etag == "e1");
  CHECK(object.last_modified == ParseRfc3339("2026-01-15T09:30:00Z"));
  CHECK(object.content_type == "text/plain");
  CHECK(object.content_encoding == "gzip");
  CHECK(object.content_disposition == "inline");
  CHECK(object.content_language == "de");
  CHECK(object.cache_control == "no-cache");
  CHECK(object.expires == "0");
  CHECK(object.storage_class_name == "GLACIER");
  CHECK(object.storage_class() == StorageClass::kGlacier);
  CHECK(object.version_id == "v1");
  CHECK(object.server_side_encryption == "aws:kms");
  CHECK(object.kms_key_id == "key-1");
  CHECK(object.tag_count == 3);
}

TEST_CASE("the state of a restore is read from its header") {
  const auto restore = [](const char* header) {
    return ReadObjectProperties(Response(200, {{"x-amz-restore", header}})).restore;
  };
  const auto under_way = restore("ongoing-request=\"true\"");
  REQUIRE(under_way);
  CHECK(under_way->is_in_progress);
  CHECK_FALSE(under_way->expiry_date);
  const auto there = restore("ongoing-request=\"false\", expiry-date=\"Wed, 23 Dec 2026 00:00:00 GMT\"");
  REQUIRE(there);
  CHECK_FALSE(there->is_in_progress);
  CHECK(there->expiry_date == ParseRfc3339("2026-12-23T00:00:00Z"));
  const auto undated = restore("ongoing-request=\"false\", expiry-date=\"soon");
  REQUIRE(undated);
  CHECK_FALSE(undated->expiry_date);
  for (const char* header :
       {"", "true", "ongoing-request=\"\"", "ongoing-request=true", "ongoing-request=\"perhaps\""}) {
    CHECK_FALSE(restore(header));
  }
  CHECK(
      ReadObjectProperties(Response(200, {{"x-amz-archive-status", "DEEP_ARCHIVE_ACCESS"}})).archive_status ==
      "DEEP_ARCHIVE_ACCESS");
}

TEST_CASE("what the headers leave out is empty") {
  const ObjectProperties object = ReadObjectProperties(Response(200, {}));
  CHECK(object.size == 0_B);
  CHECK(object.etag.empty());
  CHECK_FALSE(object.last_modified);
  CHECK(object.expires.empty());
  CHECK(object.storage_class_name.empty());
  CHECK(object.storage_class() == StorageClass::kStandard);
  CHECK(object.server_side_encryption.empty());
  CHECK(object.kms_key_id.empty());
  CHECK(object.tag_count == 0);
  CHECK(object.archive_status.empty());
  CHECK_FALSE(object.restore);
  CHECK(object.checksums.empty());
  CHECK(object.metadata.empty());
}

TEST_CASE("a storage class that S3 does not have is kept as it came") {
  const ObjectProperties object = ReadObjectProperties(Response(200, {{"x-amz-storage-class", "COLD"}}));
  CHECK(object.storage_class_name == "COLD");
  CHECK(object.storage_class() == StorageClass::kUnknownToSdkVersion);
}

TEST_CASE("a number of tags that is no number counts as none") {
  CHECK(ReadObjectProperties(Response(200, {{"x-amz-tagging-count", "-1"}})).tag_count == 0);
}

TEST_CASE("the size of a range is that of the whole object") {
  const auto size = [](int status, const char* range) {
    return ReadObjectProperties(Response(status, {{"Content-Length", "5"}, {"Content-Range", range}})).size;
  };
  CHECK(size(206, "bytes 5-9/100") == 100_B);
  CHECK(size(206, "bytes 5-9/*") == 0_B);
  CHECK(size(206, "") == 0_B);
  CHECK(size(200, "bytes 5-9/100") == 5_B);
}

TEST_CASE("metadata has lower-case names without their prefix in the order sent") {
  const ObjectProperties object = ReadObjectProperties(Response(
      200, {{"X-Amz-Meta-Zeta", "Z z"}, {"x-amz-meta-alpha", ""}, {"x-amz-metadata-directive", "COPY"}}));
  REQUIRE(object.metadata.size() == 2);
  CHECK(object.metadata[0].first == "zeta");
  CHECK(object.metadata[0].second == "Z z");
  CHECK(object.metadata[1].first == "alpha");
}

TEST_CASE("every checksum the service keeps is read under its name in the API") {
  const auto checksums = ReadChecksums({{"x-amz-checksum-sha256", "s"},
                                        {"x-amz-checksum-crc32", "a"},
                                        {"x-amz-checksum-crc32c", "b"},
                                        {"x-amz-checksum-sha1", "c"},
                                        {"x-amz-checksum-crc64nvme", "d-2"},
                                        {"x-amz-checksum-type", "COMPOSITE"}});
  std::string all;
  for (const ObjectChecksum& checksum : checksums) all += checksum.name + "=" + checksum.value + " ";
  CHECK(all == "ChecksumCRC64NVME=d-2 ChecksumCRC32C=b ChecksumCRC32=a ChecksumSHA256=s ChecksumSHA1=c ");
}

TEST_CASE("an object under a customer's key is marked so") {
  CHECK(ReadObjectProperties(Response(200, {{"x-amz-server-side-encryption-customer-algorithm", "AES256"}}))
            .server_side_encryption == "SSE-C");
}

TEST_CASE("an ETag loses its quotes and nothing else") {
  CHECK(UnquoteETag("\"abc-2\"") == "abc-2");
  CHECK(UnquoteETag("abc") == "abc");
  CHECK(UnquoteETag("\"\"").empty());
  CHECK(UnquoteETag("\"") == "\"");
  CHECK(UnquoteETag("W/\"a\"") == "W/\"a\"");
  CHECK(UnquoteETag("").empty());
}

}  // namespace
}  // namespace s3conn
