#include <string>
#include <vector>

#include "base/text.h"
#include "base/xml.h"
#include "support/catch.h"
#include "unit/local/handler_fixture.h"

namespace s3conn::local {
namespace {

using Strings = std::vector<std::string>;

struct VersionsFixture : HandlerFixture {
  VersionsFixture() { MakeBucket("b", Versioning::kEnabled); }

  std::string PutVersion(const std::string& key, const std::string& bytes) {
    const Outcome put = Put("/b/" + key, bytes);
    REQUIRE(put.status == 200);
    return std::string(put.header("x-amz-version-id"));
  }

  Outcome List(const std::string& query) { return Send(ListObjectVersions, {"GET", "/b?versions&" + query}); }
};

// "Version k 1 true" for each version: kind, key, size and whether it is the latest.
Strings EntriesOf(const Outcome& listing) {
  const Result<XmlDocument> document = XmlDocument::Parse(listing.body);
  REQUIRE(document);
  Strings entries;
  for (XmlElement field = document->root().FirstChild(); field; field = field.Next()) {
    if (!field.Child("VersionId")) continue;
    entries.push_back(std::string(field.name()) + " " + std::string(field.ChildText("Key")) + " " +
                      std::string(field.ChildText("Size")) + " " + std::string(field.ChildText("IsLatest")));
  }
  return entries;
}

}  // namespace

TEST_CASE_METHOD(VersionsFixture, "ListObjectVersions: shows versions and markers with the newest first") {
  const std::string first = PutVersion("k", "1");
  PutVersion("k", "22");
  const Outcome deleted = Delete("/b/k");
  REQUIRE(deleted.status == 204);
  PutVersion("l", "333");
  const Outcome listing = List("");
  CHECK(listing.status == 200);
  CHECK(EntriesOf(listing) ==
        Strings{"DeleteMarker k  true", "Version k 2 false", "Version k 1 false", "Version l 3 true"});
  CHECK(
      listing.has("<Name>b</Name><KeyMarker></KeyMarker><VersionIdMarker></VersionIdMarker>"
                  "<MaxKeys>1000</MaxKeys><Prefix></Prefix><IsTruncated>false</IsTruncated>"));
  CHECK(listing.element("DeleteMarker") ==
        "<Key>k</Key><VersionId>" + std::string(deleted.header("x-amz-version-id")) +
            "</VersionId><IsLatest>true</IsLatest><LastModified>2026-01-15T00:00:00.000Z</LastModified>"
            "<Owner><ID>000000000000</ID></Owner>");
  CHECK(
      listing.has("<Key>k</Key><VersionId>" + first +
                  "</VersionId><IsLatest>false</IsLatest>"
                  "<LastModified>2026-01-15T00:00:00.000Z</LastModified>"
                  "<ETag>&quot;c4ca4238a0b923820dcc509a6f75849b&quot;</ETag>"
                  "<ChecksumAlgorithm>CRC64NVME</ChecksumAlgorithm><ChecksumType>FULL_OBJECT</ChecksumType>"
                  "<Size>1</Size><StorageClass>STANDARD</StorageClass><Owner><ID>000000000000</ID></Owner>"));
}

TEST_CASE_METHOD(VersionsFixture, "ListObjectVersions: pages are put together by their markers") {
  for (const char* const key : {"a", "d/1", "d/2", "e"}) {
    for (const char* const bytes : {"1", "22", "333"}) PutVersion(key, bytes);
  }
  Strings seen;
  std::string markers;
  for (int page = 0; page < 20; ++page) {
    const Outcome listing = List("delimiter=/&encoding-type=url&max-keys=2" + markers);
    REQUIRE(listing.status == 200);
    for (const std::string& entry : EntriesOf(listing)) seen.push_back(entry);
    if (listing.has("<CommonPrefixes><Prefix>d/</Prefix></CommonPrefixes>")) seen.emplace_back("d/");
    if (listing.has("<IsTruncated>false<")) break;
    markers = "&key-marker=" + listing.element("NextKeyMarker");
    const std::string version = listing.element("NextVersionIdMarker");
    if (!version.empty()) markers += "&version-id-marker=" + version;
  }
  CHECK(seen == Strings{"Version a 3 true", "Version a 2 false", "Version a 1 false", "d/",
                        "Version e 3 true", "Version e 2 false", "Version e 1 false"});
}

TEST_CASE_METHOD(VersionsFixture, "ListObjectVersions: an id among the versions of a key is a marker") {
  PutVersion("k", "1");
  const std::string second = PutVersion("k", "22");
  CHECK(EntriesOf(List("key-marker=k&version-id-marker=" + second)) == Strings{"Version k 1 false"});
  CHECK(EntriesOf(List("key-marker=k")).empty());
  const Outcome alone = List("version-id-marker=" + second);
  CHECK(alone.code == "InvalidArgument");
  CHECK(alone.detail("ArgumentName") == "version-id-marker");
  CHECK(List("key-marker=k&version-id-marker=nonsense").code == "InvalidArgument");
  CHECK(List("max-keys=-1").code == "InvalidArgument");
  CHECK(Send(ListObjectVersions, {"GET", "/none?versions"}).code == "NoSuchBucket");
}

TEST_CASE_METHOD(VersionsFixture, "ListObjectVersions: what was written without versioning is called null") {
  MakeBucket("plain");
  REQUIRE(Put("/plain/a%20b", "x").status == 200);
  const Outcome listing = Send(ListObjectVersions, {"GET", "/plain?versions&encoding-type=url"});
  CHECK(listing.has("<Key>a%20b</Key><VersionId>null</VersionId><IsLatest>true</IsLatest>"));
  CHECK(listing.element("EncodingType") == "url");
}

}  // namespace s3conn::local
