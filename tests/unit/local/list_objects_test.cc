#include <string>
#include <vector>

#include "base/text.h"
#include "base/xml.h"
#include "support/catch.h"
#include "unit/local/handler_fixture.h"

namespace s3conn::local {
namespace {

using Strings = std::vector<std::string>;

struct ListingFixture : HandlerFixture {
  ListingFixture() { MakeBucket("b"); }

  void Fill(const Strings& keys) {
    for (const std::string& key : keys) {
      REQUIRE(Put("/b/" + PercentEncode(key, Slash::kKeep), "x").status == 200);
    }
  }

  Outcome V1(const std::string& query, Headers headers = {}) {
    return Send(ListObjects, {"GET", "/b?" + query, std::move(headers)});
  }
  Outcome V2(const std::string& query, Headers headers = {}) {
    return Send(ListObjectsV2, {"GET", "/b?list-type=2&" + query, std::move(headers)});
  }
};

Strings KeysOf(const Outcome& listing) {
  return TextsOf(listing, "Contents", "Key");
}

Strings PrefixesOf(const Outcome& listing) {
  return TextsOf(listing, "CommonPrefixes", "Prefix");
}

// What an answer is made of, in its order.
Strings ElementsOf(const Outcome& listing) {
  const Result<XmlDocument> document = XmlDocument::Parse(listing.body);
  REQUIRE(document);
  Strings names;
  for (XmlElement field = document->root().FirstChild(); field; field = field.Next())
    names.emplace_back(field.name());
  return names;
}

}  // namespace

TEST_CASE_METHOD(ListingFixture, "ListObjects: says all that there is to say of an object") {
  Fill({"k"});
  const Outcome listing = V1("");
  CHECK(listing.status == 200);
  CHECK(listing.header("Content-Type") == "application/xml");
  CHECK(ElementsOf(listing) == Strings{"Name", "Marker", "MaxKeys", "Prefix", "IsTruncated", "Contents"});
  CHECK(listing.has("<ListBucketResult xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><Name>b</Name>"));
  CHECK(listing.has("<MaxKeys>1000</MaxKeys><Prefix></Prefix><IsTruncated>false</IsTruncated>"));
  CHECK(listing.element("Contents") ==
        "<Key>k</Key><LastModified>2026-01-15T00:00:00.000Z</LastModified>"
        "<ETag>&quot;9dd4e461268c8034f5c8564e155c67a6&quot;</ETag>"
        "<ChecksumAlgorithm>CRC64NVME</ChecksumAlgorithm><ChecksumType>FULL_OBJECT</ChecksumType>"
        "<Size>1</Size><StorageClass>STANDARD</StorageClass><Owner><ID>000000000000</ID></Owner>");
}

TEST_CASE_METHOD(ListingFixture, "ListObjects: goes on after a marker and names the next with a delimiter") {
  Fill({"a", "b/1", "b/2", "c"});
  const Outcome flat = V1("max-keys=2");
  CHECK(KeysOf(flat) == Strings{"a", "b/1"});
  CHECK(flat.has("<IsTruncated>true</IsTruncated>"));
  CHECK_FALSE(flat.has("NextMarker"));
  CHECK(KeysOf(V1("marker=b/1")) == Strings{"b/2", "c"});

  const Outcome grouped = V1("max-keys=2&delimiter=/");
  CHECK(KeysOf(grouped) == Strings{"a"});
  CHECK(PrefixesOf(grouped) == Strings{"b/"});
  CHECK(grouped.element("NextMarker") == "b/");
  CHECK(grouped.element("Delimiter") == "/");
  const Outcome rest = V1("max-keys=2&delimiter=/&marker=b/");
  CHECK(KeysOf(rest) == Strings{"c"});
  CHECK(PrefixesOf(rest).empty());
  CHECK(rest.element("Marker") == "b/");
  CHECK_FALSE(rest.has("NextMarker"));
}

TEST_CASE_METHOD(ListingFixture, "ListObjectsV2: pages are put together by opaque tokens") {
  Fill({"a", "b/1", "b/2", "c&d", "e"});
  Strings seen;
  std::string token;
  for (int page = 0; page < 10; ++page) {
    const Outcome listing =
        V2("max-keys=1&delimiter=/&start-after=A" +
           (token.empty() ? "" : "&continuation-token=" + PercentEncode(token, Slash::kEncode)));
    REQUIRE(listing.status == 200);
    CHECK(listing.element("KeyCount") == "1");
    CHECK(listing.element("MaxKeys") == "1");
    CHECK(listing.element("StartAfter") == "A");
    CHECK(listing.element("ContinuationToken") == token);
    for (const std::string& key : KeysOf(listing)) seen.push_back(key);
    for (const std::string& prefix : PrefixesOf(listing)) seen.push_back(prefix);
    token = listing.element("NextContinuationToken");
    CHECK(listing.has(token.empty() ? "<IsTruncated>false<" : "<IsTruncated>true<"));
    if (token.empty()) break;
  }
  CHECK(seen == Strings{"a", "b/", "c&d", "e"});
}

TEST_CASE_METHOD(ListingFixture, "ListObjectsV2: tells the owner only where it is asked for") {
  Fill({"k"});
  CHECK_FALSE(V2("").has("<Owner>"));
  CHECK_FALSE(V2("fetch-owner=false").has("<Owner>"));
  CHECK(V2("fetch-owner=true").has("<Owner><ID>"));
}

TEST_CASE_METHOD(ListingFixture, "ListObjects: arguments that are none are refused") {
  struct Case {
    const char* query;
    const char* argument;
  };
  for (const Case& test :
       {Case{"max-keys=-1", "max-keys"}, Case{"max-keys=x", "max-keys"}, Case{"max-keys=", "max-keys"},
        Case{"max-keys=2147483648", "max-keys"}, Case{"encoding-type=base64", "encoding-type"}}) {
    CAPTURE(test.query);
    for (const Outcome& refused : {V1(test.query), V2(test.query)}) {
      CHECK(refused.code == "InvalidArgument");
      CHECK(refused.detail("ArgumentName") == test.argument);
    }
  }
  for (const char* const token : {"", "%21", "YWJj"}) {
    const Outcome refused = V2(std::string("continuation-token=") + token);
    CHECK(refused.code == "InvalidArgument");
    CHECK(refused.detail("ArgumentName") == "continuation-token");
  }
  CHECK(Send(ListObjects, {"GET", "/none"}).code == "NoSuchBucket");
  CHECK(Send(ListObjectsV2, {"GET", "/none"}).code == "NoSuchBucket");
}

TEST_CASE_METHOD(ListingFixture, "ListObjects: more than a page is a page and nothing is whole") {
  Fill({"k"});
  CHECK(V1("max-keys=5000").element("MaxKeys") == "1000");
  const Outcome none = V2("max-keys=0");
  CHECK(none.has("<KeyCount>0</KeyCount><MaxKeys>0</MaxKeys>"));
  CHECK(none.has("<IsTruncated>false</IsTruncated>"));
  CHECK(KeysOf(none).empty());
}

TEST_CASE_METHOD(ListingFixture, "ListObjects: names can be encoded and are escaped where they are not") {
  Fill({"a b+c/<&>\"%\xc3\xa9\x01\n", "a b+c/d/e"});
  const Outcome encoded =
      V2("encoding-type=url&prefix=a%20b%2Bc/&delimiter=/&start-after=a%20b%2Bc/&fetch-owner=true");
  CHECK(encoded.element("EncodingType") == "url");
  CHECK(encoded.element("Prefix") == "a%20b%2Bc/");
  CHECK(encoded.element("StartAfter") == "a%20b%2Bc/");
  CHECK(KeysOf(encoded) == Strings{"a%20b%2Bc/%3C%26%3E%22%25%C3%A9%01%0A"});
  CHECK(PrefixesOf(encoded) == Strings{"a%20b%2Bc/d/"});
  const Outcome first = V1("encoding-type=url&prefix=a%20b&delimiter=/&max-keys=1&marker=A%20");
  CHECK(first.element("Marker") == "A%20");
  const Outcome cut = V1("encoding-type=url&prefix=a%20b%2Bc/&delimiter=/&max-keys=1");
  CHECK(cut.element("NextMarker") == "a%20b%2Bc/%3C%26%3E%22%25%C3%A9%01%0A");

  const Outcome plain = V1("");
  CHECK_FALSE(plain.has("EncodingType"));
  CHECK(plain.has("<Key>a b+c/&lt;&amp;&gt;&quot;%\xc3\xa9\xef\xbf\xbd&#10;</Key>"));
}

TEST_CASE_METHOD(ListingFixture, "ListObjects: tells what has been restored where it is asked for") {
  REQUIRE(Put("/b/k", "x", {{"x-amz-storage-class", "GLACIER"}}).status == 200);
  const Headers asked = {{"x-amz-optional-object-attributes", "RestoreStatus"}};
  CHECK_FALSE(V2("", asked).has("RestoreStatus"));
  const auto version = store->FindObject("b", "k", std::nullopt);
  REQUIRE(version);
  REQUIRE(store->SetRestored(*version, clock.Now() + std::chrono::hours(24)));
  CHECK(V2("", asked).element("RestoreStatus") ==
        "<IsRestoreInProgress>false</IsRestoreInProgress>"
        "<RestoreExpiryDate>2026-01-16T00:00:00.000Z</RestoreExpiryDate>");
  CHECK_FALSE(V2("").has("RestoreStatus"));
  CHECK(V2("", {{"x-amz-optional-object-attributes", "Other"}}).code == "InvalidArgument");
}

}  // namespace s3conn::local
