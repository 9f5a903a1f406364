#include <string>

#include "unit/local/multipart_fixture.h"

namespace s3conn::local {

TEST_CASE_METHOD(MultipartFixture, "CreateMultipartUpload: gives an id that the upload is found by") {
  const Outcome created = Create({{"Content-Type", "text/plain"},
                                  {"x-amz-meta-a", "b"},
                                  {"x-amz-tagging", "c=d"},
                                  {"x-amz-storage-class", "STANDARD_IA"}});
  CHECK(created.status == 200);
  const std::string id = created.element("UploadId");
  CHECK(
      created.has("<InitiateMultipartUploadResult xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">"
                  "<Bucket>b</Bucket><Key>k</Key><UploadId>" +
                  id + "</UploadId></InitiateMultipartUploadResult>"));
  const auto upload = store->FindUpload("b", "k", id);
  REQUIRE(upload);
  CHECK(upload->attributes.headers.Get("Content-Type") == "text/plain");
  CHECK(upload->attributes.headers.Get("x-amz-meta-a") == "b");
  CHECK(upload->attributes.tags == Tags{{"c", "d"}});
  CHECK(upload->attributes.storage_class == "STANDARD_IA");
}

TEST_CASE_METHOD(MultipartFixture, "CreateMultipartUpload: has the checksums of S3 and its defaults") {
  struct Case {
    const char* algorithm;
    const char* type;
    const char* chosen;  // "": refused
  };
  for (const Case& test :
       {Case{"", "", "CRC64NVME FULL_OBJECT"}, Case{"CRC32", "", "CRC32 COMPOSITE"},
        Case{"CRC32C", "", "CRC32C COMPOSITE"}, Case{"SHA1", "", "SHA1 COMPOSITE"},
        Case{"SHA256", "", "SHA256 COMPOSITE"}, Case{"CRC64NVME", "", "CRC64NVME FULL_OBJECT"},
        Case{"CRC32", "FULL_OBJECT", "CRC32 FULL_OBJECT"},
        Case{"CRC32C", "FULL_OBJECT", "CRC32C FULL_OBJECT"}, Case{"SHA256", "COMPOSITE", "SHA256 COMPOSITE"},
        Case{"SHA256", "FULL_OBJECT", ""}, Case{"SHA1", "FULL_OBJECT", ""},
        Case{"CRC64NVME", "COMPOSITE", ""}, Case{"", "FULL_OBJECT", ""}, Case{"crc32", "", ""},
        Case{"MD5", "", ""}, Case{"CRC32", "HALF", ""}}) {
    CAPTURE(test.algorithm, test.type);
    Headers headers;
    if (*test.algorithm != '\0') headers.Add("x-amz-checksum-algorithm", test.algorithm);
    if (*test.type != '\0') headers.Add("x-amz-checksum-type", test.type);
    const Outcome created = Create(headers);
    if (*test.chosen == '\0') {
      CHECK(created.code == "InvalidRequest");
    } else {
      CHECK(std::string(created.header("x-amz-checksum-algorithm")) + " " +
                std::string(created.header("x-amz-checksum-type")) ==
            test.chosen);
    }
  }
}

TEST_CASE_METHOD(MultipartFixture, "CreateMultipartUpload: refuses what no object may have") {
  CHECK(Create({{"x-amz-storage-class", "HOT"}}).code == "InvalidStorageClass");
  CHECK(Send(CreateMultipartUpload, {"POST", "/none/k?uploads"}).code == "NoSuchBucket");
}

TEST_CASE_METHOD(MultipartFixture, "AbortMultipartUpload: succeeds once") {
  const std::string id = Start();
  const std::string target = "/b/k?uploadId=" + id;
  CHECK(Send(AbortMultipartUpload, {"DELETE", target}).status == 204);
  CHECK(Send(AbortMultipartUpload, {"DELETE", target}).code == "NoSuchUpload");
  CHECK(Send(AbortMultipartUpload, {"DELETE", "/b/k?uploadId="}).code == "NoSuchUpload");
  CHECK(Send(AbortMultipartUpload, {"DELETE", "/b/k"}).code == "NoSuchUpload");
}

}  // namespace s3conn::local
