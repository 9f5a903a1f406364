#include <string>

#include "unit/local/multipart_fixture.h"

namespace s3conn::local {

TEST_CASE_METHOD(MultipartFixture, "UploadPart: answers with the sums of the bytes") {
  const std::string id = Start();
  const Outcome part = Upload(id, "7", "bytes");
  CHECK(part.status == 200);
  CHECK(part.header("ETag") == "\"" + Md5Of("bytes") + "\"");
  CHECK(part.header("x-amz-checksum-crc64nvme") == ChecksumOf(ChecksumAlgorithm::kCrc64Nvme, "bytes"));
  const auto parts = store->ListParts("b", "k", id, 0, 10);
  REQUIRE(parts);
  REQUIRE(parts->parts.size() == 1);
  CHECK(parts->parts[0].number == 7);
  CHECK(parts->parts[0].size == 5);
  CHECK(parts->parts[0].modified == clock.Now());
}

TEST_CASE_METHOD(MultipartFixture, "UploadPart: has the checksum of the upload and no other") {
  const std::string id = Start({{"x-amz-checksum-algorithm", "SHA256"}});
  const std::string sum = ChecksumOf(ChecksumAlgorithm::kSha256, "bytes");
  CHECK(Upload(id, "1", "bytes").header("x-amz-checksum-sha256") == sum);
  CHECK(Upload(id, "1", "bytes", {{"x-amz-checksum-sha256", sum}}).header("x-amz-checksum-sha256") == sum);
  CHECK(Upload(id, "1", "other", {{"x-amz-checksum-sha256", sum}}).code == "BadDigest");
  const Outcome mixed =
      Upload(id, "1", "bytes", {{"x-amz-checksum-crc32", ChecksumOf(ChecksumAlgorithm::kCrc32, "bytes")}});
  CHECK(mixed.code == "InvalidRequest");
  CHECK(mixed.message ==
        "Checksum Type mismatch occurred, expected checksum Type: sha256, actual checksum Type: crc32");
  CHECK(store->ListParts("b", "k", id, 0, 10)->parts.at(0).etag == Md5Of("bytes"));
}

TEST_CASE_METHOD(MultipartFixture, "UploadPart: numbers are from one to ten thousand") {
  const std::string id = Start();
  CHECK(Upload(id, "1", "x").status == 200);
  CHECK(Upload(id, "10000", "x").status == 200);
  for (const char* const number : {"0", "10001", "-1", "x", "", "1.5", "99999999999999999999"}) {
    CAPTURE(number);
    const Outcome refused = Upload(id, number, "x");
    CHECK(refused.code == "InvalidArgument");
    CHECK(refused.detail("ArgumentName") == "partNumber");
    CHECK(CopyPart(id, number, "/b/k").code == "InvalidArgument");
  }
}

TEST_CASE_METHOD(MultipartFixture, "UploadPart: refuses unknown uploads and what is not whole") {
  const std::string id = Start();
  CHECK(Upload("", "1", "x").code == "NoSuchUpload");
  CHECK(Upload("nonsense", "1", "x").code == "NoSuchUpload");
  CHECK(Send(UploadPart, {"PUT", "/b/l?partNumber=1&uploadId=" + id, {}, "x"}).code == "NoSuchUpload");
  CHECK(Upload(id, "1", "", {{"Content-Length", "5368709121"}}).code == "EntityTooLarge");
  CHECK(Upload(id, "1", "x", {{"Content-MD5", Base64Encode(Md5("y"))}}).code == "BadDigest");
  CHECK(Send(UploadPart, {"PUT", PartTarget(id, "1"), {}, "bytes", 3}).code == "IncompleteBody");
  CHECK(store->ListParts("b", "k", id, 0, 10)->parts.empty());
}

TEST_CASE_METHOD(MultipartFixture, "UploadPartCopy: copies all or a range and tells the sums of that") {
  REQUIRE(Put("/b/source", "0123456789").status == 200);
  for (const char* const algorithm : {"CRC64NVME", "SHA1"}) {
    CAPTURE(algorithm);
    const std::string id = Start({{"x-amz-checksum-algorithm", algorithm}});
    const ChecksumAlgorithm kind = *ParseChecksumName(algorithm);
    const std::string element = std::string("Checksum") + algorithm;
    const Outcome whole = CopyPart(id, "1", "/b/source");
    CHECK(whole.status == 200);
    CHECK(whole.element("LastModified") == "2026-01-15T00:00:00.000Z");
    CHECK(whole.element("ETag") == "&quot;" + Md5Of("0123456789") + "&quot;");
    CHECK(whole.element(element) == ChecksumOf(kind, "0123456789"));
    CHECK(whole.header("x-amz-copy-source-version-id").empty());
    const Outcome part = CopyPart(id, "2", "b/source", {{"x-amz-copy-source-range", "bytes=2-4"}});
    CHECK(part.element("ETag") == "&quot;" + Md5Of("234") + "&quot;");
    CHECK(part.element(element) == ChecksumOf(kind, "234"));
    CHECK(store->ListParts("b", "k", id, 0, 10)->parts.at(1).size == 3);
  }
}

TEST_CASE_METHOD(MultipartFixture, "UploadPartCopy: a range is strictly first and last") {
  REQUIRE(Put("/b/source", "0123456789").status == 200);
  const std::string id = Start();
  const auto copy = [&](const char* range) {
    return CopyPart(id, "1", "/b/source", {{"x-amz-copy-source-range", range}});
  };
  CHECK(copy("bytes=0-9").status == 200);
  CHECK(copy("bytes=9-9").status == 200);
  for (const char* const range :
       {"bytes=0-10", "bytes=10-10", "bytes=3-2", "bytes=5-", "bytes=-5", "0-5", "bytes=0-1,3-4", "bytes=a-b",
        "bytes= 0-1", "bytes=0-18446744073709551615", "bytes=18446744073709551614-18446744073709551615"}) {
    CAPTURE(range);
    CHECK(copy(range).code == "InvalidArgument");
  }
}

TEST_CASE_METHOD(MultipartFixture,
                 "UploadPartCopy: takes a version and judges the conditions of the source") {
  MakeBucket("v", Versioning::kEnabled);
  const Outcome old = Put("/v/source", "old");
  REQUIRE(Put("/v/source", "new").status == 200);
  const std::string version(old.header("x-amz-version-id"));
  const std::string id = Start();
  const Outcome copied = CopyPart(id, "1", "/v/source?versionId=" + version);
  CHECK(copied.element("ETag") == "&quot;" + Md5Of("old") + "&quot;");
  CHECK(copied.header("x-amz-copy-source-version-id") == version);
  CHECK(CopyPart(id, "1", "/v/source", {{"x-amz-copy-source-if-match", "other"}}).code ==
        "PreconditionFailed");
  CHECK(CopyPart(id, "1", "/v/none").code == "NoSuchKey");
  CHECK(CopyPart(id, "1", "nonsense").code == "InvalidArgument");
  CHECK(CopyPart("nonsense", "1", "/v/source").code == "NoSuchUpload");
}

TEST_CASE_METHOD(MultipartFixture, "UploadPartCopy: goes over the borders of the parts of its source") {
  const std::string first = Start();
  REQUIRE(Upload(first, "1", LongPart('a')).status == 200);
  REQUIRE(Upload(first, "2", "tail").status == 200);
  REQUIRE(Complete(first, Part(1, Md5Of(LongPart('a'))) + Part(2, Md5Of("tail"))).status == 200);
  const std::string id = Start();
  const Outcome copied =
      CopyPart(id, "1", "/b/k",
               {{"x-amz-copy-source-range", "bytes=" + std::to_string(LongPart('a').size() - 2) + "-" +
                                                std::to_string(LongPart('a').size() + 1)}});
  CHECK(copied.element("ETag") == "&quot;" + Md5Of("aata") + "&quot;");
  const Outcome whole = CopyPart(id, "2", "/b/k");
  CHECK(whole.element("ETag") == "&quot;" + Md5Of(LongPart('a') + "tail") + "&quot;");
}

}  // namespace s3conn::local
