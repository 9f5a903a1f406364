#include <string>
#include <vector>

#include "unit/local/multipart_fixture.h"

namespace s3conn::local {
namespace {

using Strings = std::vector<std::string>;

struct UploadsFixture : MultipartFixture {
  std::string StartAt(const std::string& target) {
    const Outcome created = Send(CreateMultipartUpload, {"POST", target + "?uploads"});
    REQUIRE(created.status == 200);
    return created.element("UploadId");
  }
  Outcome List(const std::string& query) {
    return Send(ListMultipartUploads, {"GET", "/b?uploads&" + query});
  }
  Outcome ListTheParts(const std::string& id, const std::string& query = {}) {
    return Send(ListParts, {"GET", "/b/k?uploadId=" + id + query});
  }
};

}  // namespace

TEST_CASE_METHOD(UploadsFixture, "ListMultipartUploads: says all that there is to say of an upload") {
  const std::string id = Start({{"x-amz-checksum-algorithm", "SHA1"}, {"x-amz-storage-class", "GLACIER"}});
  const Outcome listing = List("");
  CHECK(
      listing.has("<ListMultipartUploadsResult xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">"
                  "<Bucket>b</Bucket><KeyMarker></KeyMarker><UploadIdMarker></UploadIdMarker>"
                  "<MaxUploads>1000</MaxUploads><Prefix></Prefix><IsTruncated>false</IsTruncated>"));
  CHECK(listing.element("Upload") ==
        "<Key>k</Key><UploadId>" + id +
            "</UploadId><Initiator><ID>000000000000</ID></Initiator><Owner><ID>000000000000</ID></Owner>"
            "<StorageClass>GLACIER</StorageClass><Initiated>2026-01-15T00:00:00.000Z</Initiated>"
            "<ChecksumAlgorithm>SHA1</ChecksumAlgorithm><ChecksumType>COMPOSITE</ChecksumType>");
}

TEST_CASE_METHOD(UploadsFixture, "ListMultipartUploads: pages are put together by their markers") {
  Strings ids;
  for (const char* const target : {"/b/a%20b", "/b/a%20b", "/b/c/1", "/b/c/2", "/b/d"})
    ids.push_back(StartAt(target));
  Strings seen;
  std::string markers;
  for (int page = 0; page < 10; ++page) {
    const Outcome listing = List("delimiter=/&encoding-type=url&max-uploads=1" + markers);
    REQUIRE(listing.status == 200);
    for (const std::string& id : TextsOf(listing, "Upload", "UploadId")) seen.push_back(id);
    for (const std::string& prefix : TextsOf(listing, "CommonPrefixes", "Prefix")) seen.push_back(prefix);
    if (listing.has("<IsTruncated>false<")) break;
    markers = "&key-marker=" + listing.element("NextKeyMarker") +
              "&upload-id-marker=" + listing.element("NextUploadIdMarker");
  }
  CHECK(seen == Strings{ids[0], ids[1], "c/", ids[4]});
  CHECK(TextsOf(List("key-marker=a%20b&upload-id-marker=" + ids[0] + "&prefix=a"), "Upload", "UploadId") ==
        Strings{ids[1]});
  CHECK(TextsOf(List("upload-id-marker=ignored"), "Upload", "UploadId") == ids);
  CHECK(List("key-marker=a%20b&upload-id-marker=nonsense").code == "InvalidArgument");
  CHECK(List("max-uploads=x").code == "InvalidArgument");
  CHECK(Send(ListMultipartUploads, {"GET", "/none?uploads"}).code == "NoSuchBucket");
}

TEST_CASE_METHOD(UploadsFixture, "ListParts: says all that there is to say of a part") {
  const std::string id = Start({{"x-amz-checksum-algorithm", "CRC64NVME"}});
  REQUIRE(Upload(id, "3", "bytes").status == 200);
  const Outcome listing = ListTheParts(id);
  CHECK(listing.has("<Bucket>b</Bucket><Key>k</Key><UploadId>" + id +
                    "</UploadId><Initiator><ID>000000000000</ID></Initiator>"
                    "<Owner><ID>000000000000</ID></Owner><StorageClass>STANDARD</StorageClass>"
                    "<ChecksumAlgorithm>CRC64NVME</ChecksumAlgorithm><ChecksumType>FULL_OBJECT</ChecksumType>"
                    "<PartNumberMarker>0</PartNumberMarker><NextPartNumberMarker>3</NextPartNumberMarker>"
                    "<MaxParts>1000</MaxParts><IsTruncated>false</IsTruncated>"));
  CHECK(listing.element("Part") ==
        "<PartNumber>3</PartNumber><LastModified>2026-01-15T00:00:00.000Z</LastModified><ETag>&quot;" +
            Md5Of("bytes") + "&quot;</ETag><Size>5</Size><ChecksumCRC64NVME>" +
            ChecksumOf(ChecksumAlgorithm::kCrc64Nvme, "bytes") + "</ChecksumCRC64NVME>");
}

TEST_CASE_METHOD(UploadsFixture, "ListParts: pages are put together by their markers") {
  const std::string id = Start();
  for (const char* const number : {"1", "2", "10", "10000"}) REQUIRE(Upload(id, number, "x").status == 200);
  Strings seen;
  std::string marker = "0";
  for (int page = 0; page < 10; ++page) {
    const Outcome listing = ListTheParts(id, "&max-parts=3&part-number-marker=" + marker);
    REQUIRE(listing.status == 200);
    for (const std::string& number : TextsOf(listing, "Part", "PartNumber")) seen.push_back(number);
    if (listing.has("<IsTruncated>false<")) break;
    marker = listing.element("NextPartNumberMarker");
  }
  CHECK(seen == Strings{"1", "2", "10", "10000"});
  CHECK(TextsOf(ListTheParts(id, "&part-number-marker=2147483647"), "Part", "PartNumber").empty());
  CHECK(ListTheParts(id, "&max-parts=-1").code == "InvalidArgument");
  CHECK(ListTheParts(id, "&part-number-marker=x").code == "InvalidArgument");
  CHECK(ListTheParts("").code == "NoSuchUpload");
  CHECK(ListTheParts("nonsense").code == "NoSuchUpload");
}

}  // namespace s3conn::local
