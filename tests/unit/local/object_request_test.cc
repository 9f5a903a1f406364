#include "local/object_request.h"

#include "handler_fixture.h"
#include "support/catch.h"

namespace s3conn::local {
namespace {

// A call of a PUT with those headers, for `use`.
template <typename Use>
auto WithCall(Headers headers, Use use, std::string key = "k") {
  HandlerFixture fixture;
  const Request request{"PUT", "/b/k", std::move(headers), "test"};
  const Resource resource{"b", std::move(key)};
  const PayloadRules rules;
  TextStream body("");
  return use(Call{request, resource, rules, body, *fixture.store, fixture.clock});
}

Answer<ObjectAttributes> Read(Headers headers, std::string key = "k") {
  return WithCall(std::move(headers), ReadAttributes, std::move(key));
}

Code CodeOf(const Answer<ObjectAttributes>& attributes) {
  REQUIRE_FALSE(attributes);
  return attributes.error().code;
}

// The header that is refused; "" where none is.
std::string Refused(Headers headers) {
  const Answer<void> supported = WithCall(std::move(headers), RefuseUnsupportedHeaders);
  if (supported) return {};
  CHECK(supported.error().code == Code::kNotImplemented);
  return supported.error().details.at(0).second;
}

}  // namespace

TEST_CASE("Attributes: the headers of the content and the metadata are kept") {
  const Answer<ObjectAttributes> attributes = Read({{"Content-Type", "text/plain"},
                                                    {"cache-control", "no-cache"},
                                                    {"Content-Disposition", "inline"},
                                                    {"Content-Language", "de"},
                                                    {"Expires", "0"},
                                                    {"X-Amz-Meta-Color", "Blue"},
                                                    {"x-amz-meta-list", "a"},
                                                    {"X-AMZ-META-LIST", "b"},
                                                    {"x-amz-website-redirect-location", "/other"},
                                                    {"x-amz-date", "20260115T000000Z"}});
  REQUIRE(attributes);
  CHECK(attributes->key == "k");
  CHECK(attributes->storage_class == "STANDARD");
  CHECK(attributes->headers.size() == 8);
  CHECK(attributes->headers.Get("Cache-Control") == "no-cache");
  CHECK(attributes->headers.Get("x-amz-meta-list") == "a,b");
  const std::string* color = attributes->headers.Find("x-amz-meta-color");
  REQUIRE(color != nullptr);
  CHECK(*color == "Blue");
  for (const Header& field : attributes->headers) CHECK(field.name.find("Meta") == std::string::npos);
}

TEST_CASE("Attributes: what says no type is binary") {
  CHECK(Read({})->headers.Get("Content-Type") == "binary/octet-stream");
}

TEST_CASE("Attributes: aws-chunked is no encoding of the content") {
  CHECK(Read({{"Content-Encoding", "aws-chunked"}})->headers.Find("Content-Encoding") == nullptr);
  CHECK(Read({{"Content-Encoding", "gzip, AWS-chunked"}})->headers.Get("Content-Encoding") == "gzip");
  CHECK(Read({{"Content-Encoding", "aws-chunked,gzip,br"}})->headers.Get("Content-Encoding") == "gzip,br");
}

TEST_CASE("Attributes: two kibibytes of metadata are the most") {
  CHECK(Read({{"x-amz-meta-a", std::string(2047, 'x')}}));
  CHECK(CodeOf(Read({{"x-amz-meta-a", std::string(2048, 'x')}})) == Code::kMetadataTooLarge);
}

TEST_CASE("Attributes: a key of 1024 bytes is the longest") {
  CHECK(Read({}, std::string(1024, 'k')));
  CHECK(CodeOf(Read({}, std::string(1025, 'k'))) == Code::kKeyTooLong);
}

TEST_CASE("Attributes: refuses storage classes and redirects and tags that are none") {
  CHECK(CodeOf(Read({{"x-amz-storage-class", "OUTPOSTS"}})) == Code::kInvalidStorageClass);
  CHECK(CodeOf(Read({{"x-amz-storage-class", "glacier"}})) == Code::kInvalidStorageClass);
  CHECK(Read({{"x-amz-storage-class", "GLACIER_IR"}})->storage_class == "GLACIER_IR");
  CHECK(CodeOf(Read({{"x-amz-website-redirect-location", "ftp://x"}})) == Code::kInvalidRedirectLocation);
  CHECK(CodeOf(Read({{"x-amz-tagging", "=x"}})) == Code::kInvalidTag);
  CHECK(Read({{"x-amz-tagging", "a=b"}})->tags == Tags{{"a", "b"}});
}

TEST_CASE("Unsupported headers: each is refused by its name") {
  for (const std::string name :
       {"x-amz-server-side-encryption", "X-Amz-Server-Side-Encryption-Customer-Key", "x-amz-grant-read",
        "x-amz-object-lock-mode", "x-amz-bypass-governance-retention",
        "x-amz-copy-source-server-side-encryption-customer-algorithm", "x-amz-write-offset-bytes"}) {
    CHECK(Refused({{"Host", "h"}, {name, "AES256"}}) == name);
  }
  CHECK(Refused({{"x-amz-acl", "public-read"}}) == "x-amz-acl");
  CHECK(Refused({{"x-amz-bucket-object-lock-enabled", "true"}}) == "x-amz-bucket-object-lock-enabled");
  CHECK(Refused({{"x-amz-object-ownership", "ObjectWriter"}}) == "x-amz-object-ownership");
}

TEST_CASE("Unsupported headers: what asks for nothing special passes") {
  CHECK(Refused({{"x-amz-acl", "private"},
                 {"x-amz-acl", "bucket-owner-full-control"},
                 {"x-amz-request-payer", "requester"},
                 {"x-amz-bucket-object-lock-enabled", "false"},
                 {"x-amz-expected-bucket-owner", std::string(kOwnerId)}})
            .empty());
}

TEST_CASE("Unsupported headers: another owner than the one there is has no access") {
  for (const std::string name : {"x-amz-expected-bucket-owner", "x-amz-source-expected-bucket-owner"}) {
    const Answer<void> answer = WithCall({{name, "123456789012"}}, RefuseUnsupportedHeaders);
    REQUIRE_FALSE(answer);
    CHECK(answer.error().code == Code::kAccessDenied);
  }
}

TEST_CASE("Write conditions: an ETag to match or nothing to be there") {
  CHECK(WithCall({{"If-Match", "\"abc\""}}, ReadWriteCondition)->if_match == "abc");
  CHECK(WithCall({{"If-Match", "*"}}, ReadWriteCondition)->if_match == "*");
  CHECK(WithCall({{"If-None-Match", "*"}}, ReadWriteCondition)->if_none_match);
  CHECK_FALSE(WithCall({}, ReadWriteCondition)->if_none_match);
  const Answer<WriteCondition> condition = WithCall({{"If-None-Match", "\"abc\""}}, ReadWriteCondition);
  REQUIRE_FALSE(condition);
  CHECK(condition.error().code == Code::kNotImplemented);
}

TEST_CASE("Document times have milliseconds always") {
  const Timestamp time(std::chrono::sys_days(std::chrono::year{2026} / 1 / 15));
  CHECK(DocumentTime(time) == "2026-01-15T00:00:00.000Z");
  CHECK(DocumentTime(time + std::chrono::milliseconds(7)) == "2026-01-15T00:00:00.007Z");
}

}  // namespace s3conn::local
