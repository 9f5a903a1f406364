#include "s3/endpoint.h"

#include <optional>
#include <string>
#include <string_view>

#include "base/text.h"
#include "support/catch.h"

namespace s3conn {
namespace {

ClientOptions Options(std::optional<std::string_view> endpoint, Addressing addressing = Addressing::kAuto,
                      std::string region = "eu-west-1") {
  ClientOptions options;
  options.region = std::move(region);
  options.addressing = addressing;
  if (endpoint) {
    auto url = ParseEndpointUrl(*endpoint);
    REQUIRE(url);
    options.endpoint = *url;
  }
  return options;
}

HttpRequest Addressed(const ClientOptions& options, const OperationRequest& operation) {
  const Result<AddressedRequest> addressed = AddressRequest(options, operation);
  REQUIRE(addressed);
  CHECK(addressed->scope.region == options.region);
  CHECK(addressed->scope.service == "s3");
  return addressed->request;
}

// The URL of a request on that bucket and key.
std::string UrlOf(const ClientOptions& options, std::string bucket, std::string key = {}) {
  OperationRequest operation;
  operation.bucket = std::move(bucket);
  operation.key = std::move(key);
  return Url(Addressed(options, operation));
}

TEST_CASE("a bucket on AWS stands in front of the host") {
  CHECK(UrlOf(Options({}), "my-bucket", "a/b") == "https://my-bucket.s3.eu-west-1.amazonaws.com/a/b");
  CHECK(UrlOf(Options({}), "my-bucket") == "https://my-bucket.s3.eu-west-1.amazonaws.com/");
  CHECK(UrlOf(Options({}), "") == "https://s3.eu-west-1.amazonaws.com/");
}

TEST_CASE("a bucket that is no single host label goes into the path over TLS") {
  const std::string base = "https://s3.eu-west-1.amazonaws.com/";
  CHECK(UrlOf(Options({}), "my.bucket", "k") == base + "my.bucket/k");
  CHECK(UrlOf(Options({}, Addressing::kVirtual), "my.bucket", "k") == base + "my.bucket/k");
  CHECK(UrlOf(Options({}), "My_Bucket", "k") == base + "My_Bucket/k");
  CHECK(UrlOf(Options({}), "ab", "k") == base + "ab/k");
  CHECK(UrlOf(Options({}), std::string(64, 'a'), "k") == base + std::string(64, 'a') + "/k");
  CHECK(UrlOf(Options({}), "-abc", "k") == base + "-abc/k");
}

TEST_CASE("a bucket cannot steer the host") {
  CHECK(UrlOf(Options({}, Addressing::kVirtual), "evil.test#", "k") ==
        "https://s3.eu-west-1.amazonaws.com/evil.test%23/k");
  CHECK(UrlOf(Options({}, Addressing::kVirtual), "user@evil", "k") ==
        "https://s3.eu-west-1.amazonaws.com/user%40evil/k");
}

TEST_CASE("path style on AWS is had on request") {
  CHECK(UrlOf(Options({}, Addressing::kPath), "my-bucket", "k") ==
        "https://s3.eu-west-1.amazonaws.com/my-bucket/k");
}

TEST_CASE("a bucket on a store of one's own goes into the path") {
  CHECK(UrlOf(Options("http://127.0.0.1:9000"), "my-bucket", "k") == "http://127.0.0.1:9000/my-bucket/k");
  CHECK(UrlOf(Options("https://store.test"), "my-bucket") == "https://store.test/my-bucket");
  CHECK(UrlOf(Options("https://store.test"), "") == "https://store.test/");
}

TEST_CASE("a virtual host on a store of one's own is had on request") {
  CHECK(UrlOf(Options("https://store.test:8443", Addressing::kVirtual), "my-bucket", "k") ==
        "https://my-bucket.store.test:8443/k");
  CHECK(UrlOf(Options("http://store.test", Addressing::kVirtual), "my.bucket", "k") ==
        "http://my.bucket.store.test/k");
  CHECK(UrlOf(Options("https://store.test", Addressing::kVirtual), "my.bucket", "k") ==
        "https://store.test/my.bucket/k");
  CHECK(UrlOf(Options("http://store.test", Addressing::kVirtual), "a..b", "k") == "http://store.test/a..b/k");
}

TEST_CASE("nothing stands in front of an IP address") {
  CHECK(UrlOf(Options("http://127.0.0.1:9000", Addressing::kVirtual), "my-bucket", "k") ==
        "http://127.0.0.1:9000/my-bucket/k");
  CHECK(UrlOf(Options("http://[::1]:9000", Addressing::kVirtual), "my-bucket", "k") ==
        "http://[::1]:9000/my-bucket/k");
  CHECK(UrlOf(Options("http://store.test", Addressing::kVirtual), "1.2.3.4", "k") ==
        "http://store.test/1.2.3.4/k");
}

TEST_CASE("the region's partition decides the DNS suffix") {
  struct Row {
    std::string_view region;
    std::string_view host;
  };
  for (const Row& row :
       {Row{"us-east-1", "s3.us-east-1.amazonaws.com"}, Row{"cn-north-1", "s3.cn-north-1.amazonaws.com.cn"},
        Row{"us-gov-west-1", "s3.us-gov-west-1.amazonaws.com"},
        Row{"eusc-de-east-1", "s3.eusc-de-east-1.amazonaws.eu"},
        Row{"us-iso-east-1", "s3.us-iso-east-1.c2s.ic.gov"},
        Row{"us-isob-east-1", "s3.us-isob-east-1.sc2s.sgov.gov"},
        Row{"us-isof-south-1", "s3.us-isof-south-1.csp.hci.ic.gov"},
        Row{"eu-isoe-west-1", "s3.eu-isoe-west-1.cloud.adc-e.uk"}}) {
    CAPTURE(row.region);
    const auto address = ResolveBucket(Options({}, Addressing::kAuto, std::string(row.region)), "");
    REQUIRE(address);
    CHECK(address->origin.host == row.host);
    CHECK(address->scope.region == row.region);
  }
}

TEST_CASE("an endpoint's path stays in front of bucket and key") {
  CHECK(UrlOf(Options("https://store.test/gw/s3/"), "b", "k") == "https://store.test/gw/s3/b/k");
  CHECK(UrlOf(Options("https://store.test/gw"), "") == "https://store.test/gw");
  CHECK(UrlOf(Options("https://store.test/gw", Addressing::kVirtual), "my-bucket", "k") ==
        "https://my-bucket.store.test/gw/k");
}

TEST_CASE("every byte of a key but the unreserved ones and the slash is encoded") {
  for (int byte = 0; byte < 256; ++byte) {
    CAPTURE(byte);
    const std::string key(1, static_cast<char>(byte));
    OperationRequest operation;
    operation.bucket = "b";
    operation.key = key;
    const HttpRequest request = Addressed(Options("http://h"), operation);
    CHECK(request.path.substr(0, 3) == "/b/");
    const std::string encoded = request.path.substr(3);
    CHECK(PercentDecode(encoded) == key);
    const bool plain =
        std::isalnum(byte) != 0 || std::string_view("-._~/").find(key) != std::string_view::npos;
    CHECK((encoded == key) == plain);
  }
}

TEST_CASE("dots and slashes in a key stay where they are") {
  CHECK(UrlOf(Options("http://h"), "b", "../a//b/./c/") == "http://h/b/../a//b/./c/");
  CHECK(UrlOf(Options("http://h"), "b", "/a") == "http://h/b//a");
  CHECK(UrlOf(Options("http://h"), "b", "x y+z%20") == "http://h/b/x%20y%2Bz%2520");
}

TEST_CASE("method and query and headers are those of the operation") {
  OperationRequest operation;
  operation.method = "PUT";
  operation.bucket = "b";
  operation.query = {{"acl", std::nullopt}};
  operation.headers = {{"x-amz-acl", "private"}};
  const HttpRequest request = Addressed(Options("http://h"), operation);
  CHECK(request.method == "PUT");
  CHECK(Url(request) == "http://h/b?acl");
  CHECK(request.headers.Get("x-amz-acl") == "private");
}

}  // namespace
}  // namespace s3conn
