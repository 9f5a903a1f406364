#include "s3conn/s3/list_objects.h"

#include <string>
#include <string_view>
#include <vector>

#include "support/catch.h"

namespace s3conn {
namespace {

Result<ListObjectsResponse> Parse(std::string body) {
  HttpResponse response;
  response.status = 200;
  response.body = std::move(body);
  return ListObjects::Parse(response);
}

ListObjectsResponse Page(const std::string& inside) {
  // A page says whether there is more.
  const bool says = inside.find("<IsTruncated>") != std::string::npos;
  auto page = Parse("<ListBucketResult xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">" + inside +
                    (says ? "" : "<IsTruncated>false</IsTruncated>") + "</ListBucketResult>");
  REQUIRE(page);
  return *std::move(page);
}

std::vector<std::string> Keys(const ListObjectsResponse& page) {
  std::vector<std::string> keys;
  for (const S3Object& object : page.contents) keys.push_back(object.key);
  return keys;
}

TEST_CASE("ListObjects always asks for version 2 and for encoded keys") {
  const auto request = ListObjects::Build({.bucket = "b"});
  REQUIRE(request);
  CHECK(request->method == "GET");
  CHECK(request->bucket == "b");
  CHECK(request->key.empty());
  CHECK(WireQuery(request->query) == "list-type=2&encoding-type=url");
}

TEST_CASE("ListObjects sends what it was given encoded once") {
  const auto request = ListObjects::Build({.bucket = "b",
                                           .prefix = "a b/%",
                                           .delimiter = "/",
                                           .max_keys = 7,
                                           .continuation_token = "t+=",
                                           .start_after = "z\n"});
  REQUIRE(request);
  CHECK(WireQuery(request->query) ==
        "list-type=2&encoding-type=url&prefix=a%20b%2F%25&delimiter=%2F&continuation-token=t%2B%3D&"
        "start-after=z%0A&max-keys=7");
}

TEST_CASE("ListObjects of no keys at all asks for none") {
  const auto request = ListObjects::Build({.bucket = "b", .max_keys = 0});
  REQUIRE(request);
  CHECK(WireQuery(request->query) == "list-type=2&encoding-type=url&max-keys=0");
  CHECK_FALSE(ListObjects::Build({.bucket = ""}));
}

TEST_CASE("a page gives every field of its objects in the order of the service") {
  const ListObjectsResponse page = Page(
      "<Name>b</Name><KeyCount>2</KeyCount><IsTruncated>false</IsTruncated><EncodingType>url</EncodingType>"
      "<Contents><Key>b</Key><LastModified>2026-01-15T09:30:00.000Z</LastModified><ETag>&quot;e1&quot;</ETag>"
      "<Size>5368709120</Size><StorageClass>STANDARD_IA</StorageClass><Owner><ID>x</ID></Owner></Contents>"
      "<Contents><StorageClass>STANDARD</StorageClass><Size>0</Size><Key>a</Key></Contents>");
  CHECK(Keys(page) == std::vector<std::string>{"b", "a"});
  CHECK(page.contents[0].size == 5_GiB);
  CHECK(page.contents[0].etag == "e1");
  CHECK(page.contents[0].last_modified == ParseRfc3339("2026-01-15T09:30:00Z"));
  CHECK(page.contents[0].storage_class_name == "STANDARD_IA");
  CHECK(page.contents[0].storage_class() == StorageClass::kStandardIa);
  CHECK(page.contents[1].size == 0_B);
  CHECK_FALSE(page.contents[1].last_modified);
  CHECK_FALSE(page.is_truncated);
  CHECK(page.common_prefixes.empty());
}

TEST_CASE("encoded keys are decoded and a plus sign among them is a space") {
  const ListObjectsResponse page = Page(
      "<Contents><Key>a+b%2Bc%20d%25e%0A%FF%2f</Key></Contents><EncodingType>url</EncodingType>"
      "<CommonPrefixes><Prefix>x+%C3%A4/</Prefix></CommonPrefixes>");
  CHECK(Keys(page) == std::vector<std::string>{"a b+c d%e\n\xff/"});
  CHECK(page.common_prefixes == std::vector<std::string>{"x \xc3\xa4/"});
}

TEST_CASE("keys of a store that does not encode are taken as they are") {
  const ListObjectsResponse page = Page(
      "<Contents><Key>a+b%20c&amp;d</Key></Contents><CommonPrefixes><Prefix>%2F+/</Prefix></CommonPrefixes>");
  CHECK(Keys(page) == std::vector<std::string>{"a+b%20c&d"});
  CHECK(page.common_prefixes == std::vector<std::string>{"%2F+/"});
}

TEST_CASE("a key of a single space is kept") {
  CHECK(Keys(Page("<Contents><Key> </Key></Contents>")) == std::vector<std::string>{" "});
}

TEST_CASE("common prefixes come in order and one element may hold one") {
  const ListObjectsResponse page = Page(
      "<CommonPrefixes><Prefix>b/</Prefix></CommonPrefixes><Contents><Key>k</Key></Contents>"
      "<CommonPrefixes><Prefix>a/</Prefix></CommonPrefixes>");
  CHECK(page.common_prefixes == std::vector<std::string>{"b/", "a/"});
  CHECK(page.contents.size() == 1);
}

TEST_CASE("a page that is cut off names the token to go on with") {
  const ListObjectsResponse page =
      Page("<IsTruncated>true</IsTruncated><NextContinuationToken>1+/=%20</NextContinuationToken>");
  CHECK(page.is_truncated);
  CHECK(page.next_continuation_token == "1+/=%20");
}

TEST_CASE("an empty page is no error") {
  const ListObjectsResponse page = Page("");
  CHECK(page.contents.empty());
  CHECK_FALSE(page.is_truncated);
  CHECK(page.next_continuation_token.empty());
}

TEST_CASE("a key with a broken escape makes the listing an error") {
  for (const std::string_view key : {"a%2", "%zz", "%"}) {
    CAPTURE(key);
    const auto page = Parse(
        "<ListBucketResult><IsTruncated>false</IsTruncated><EncodingType>url</EncodingType><Contents><Key>" +
        std::string(key) + "</Key></Contents></ListBucketResult>");
    REQUIRE_FALSE(page);
    CHECK(page.error().kind == ErrorKind::kService);
    const auto prefix = Parse(
        "<ListBucketResult><IsTruncated>false</IsTruncated><EncodingType>url</"
        "EncodingType><CommonPrefixes><Prefix>" +
        std::string(key) + "</Prefix></CommonPrefixes></ListBucketResult>");
    CHECK_FALSE(prefix);
  }
}

TEST_CASE("a listing that cannot be trusted is an error") {
  for (const std::string_view inside :
       {"", "<IsTruncated>maybe</IsTruncated>", "<IsTruncated/>",
        "<IsTruncated>false</IsTruncated><Contents><Key>k</Key><Size>big</Size></Contents>",
        "<IsTruncated>false</IsTruncated><Contents><Key>k</Key><Size>-1</Size></Contents>",
        "<IsTruncated>false</IsTruncated><Contents><Size>1</Size></Contents>",
        "<IsTruncated>false</IsTruncated><Contents><Key/></Contents>"}) {
    CAPTURE(inside);
    const auto page = Parse("<ListBucketResult>" + std::string(inside) + "</ListBucketResult>");
    REQUIRE_FALSE(page);
    CHECK(page.error().kind == ErrorKind::kService);
  }
}

TEST_CASE("an answer that is not a listing is an error that may be tried again") {
  for (const std::string_view body :
       {"", "<html/>", "<ListBucketResult><Contents>", "<ListAllMyBucketsResult/>"}) {
    CAPTURE(body);
    const auto page = Parse(std::string(body));
    REQUIRE_FALSE(page);
    CHECK(page.error().kind == ErrorKind::kService);
    CHECK(page.error().retryable);
  }
}

}  // namespace
}  // namespace s3conn
