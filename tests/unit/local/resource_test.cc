#include "local/call.h"
#include "support/catch.h"

namespace s3conn::local {
namespace {

Answer<Resource> Parse(std::string target, std::string host = "127.0.0.1:9000") {
  return ParseResource(Request{"GET", std::move(target), {{"Host", std::move(host)}}, "test"});
}

Code CodeOf(const Answer<Resource>& resource) {
  REQUIRE_FALSE(resource);
  return resource.error().code;
}

}  // namespace

TEST_CASE("Resource: the path is a bucket and a key of any bytes") {
  struct Row {
    std::string target;
    std::string bucket;
    std::string key;
  };
  const auto rows = std::to_array<Row>({{"/", "", ""},
                                        {"/?x-id=ListBuckets", "", ""},
                                        {"/b", "b", ""},
                                        {"/b/", "b", ""},
                                        {"/b/k", "b", "k"},
                                        {"/b/../x", "b", "../x"},
                                        {"/b/a//b", "b", "a//b"},
                                        {"/b//a", "b", "/a"},
                                        {"/b/%252F", "b", "%2F"},
                                        {"/b/a%2Fb%20c+d", "b", "a/b c+d"},
                                        {"/b/%F0%9F%98%80%0A", "b", "\xF0\x9F\x98\x80\n"},
                                        {"/b/k%3Fx?y", "b", "k?x"}});
  for (const Row& row : rows) {
    CAPTURE(row.target);
    const Answer<Resource> resource = Parse(row.target);
    REQUIRE(resource);
    CHECK(resource->bucket == row.bucket);
    CHECK(resource->key == row.key);
  }
}

TEST_CASE("Resource: a host below localhost names the bucket") {
  const Answer<Resource> resource = Parse("/b/k", "My.Photos.LocalHost:9000");
  REQUIRE(resource);
  CHECK(resource->bucket == "my.photos");
  CHECK(resource->key == "b/k");
  CHECK(Parse("/b/k", "localhost:9000")->bucket == "b");
}

TEST_CASE("Resource: parameters are decoded and a plus is a space") {
  const Answer<Resource> resource = Parse("/b?prefix=a+b%2Bc&uploads&empty=&prefix=second&&a%3D=%26");
  REQUIRE(resource);
  CHECK(resource->Parameter("prefix") == "a b+c");
  CHECK(resource->Parameter("uploads") == "");
  CHECK(resource->Parameter("empty") == "");
  CHECK(resource->Parameter("a=") == "&");
  CHECK_FALSE(resource->Parameter("missing"));
  CHECK(resource->query.size() == 5);
}

TEST_CASE("Resource: refuses broken escapes and bytes that are no UTF-8 and NUL") {
  for (const std::string target : {"/b/%", "/b/%zz", "/b/%FF", "/b/a%00", "/%C3", "/b?x=%FF", "/b?%4"}) {
    CAPTURE(target);
    CHECK(CodeOf(Parse(target)) == Code::kInvalidUri);
  }
}

TEST_CASE("Resource: refuses what is no path") {
  CHECK(CodeOf(Parse("*")) == Code::kBadRequest);
  CHECK(CodeOf(Parse("")) == Code::kBadRequest);
  CHECK(CodeOf(Parse("http://host/b")) == Code::kBadRequest);
  CHECK(CodeOf(Parse("//k")) == Code::kInvalidBucketName);
}

}  // namespace s3conn::local
