#include <string>
#include <string_view>
#include <utility>

#include "s3/endpoint.h"
#include "support/catch.h"
#include "support/client_fixture.h"

namespace s3conn {
namespace {

constexpr std::string_view kAccessPoint = "arn:aws:s3:eu-west-1:123456789012:accesspoint/my-ap";

struct Choice {
  bool dualstack = false;
  bool fips = false;
  bool accelerate = false;
};

// Any region of AWS, with hosts so chosen.
ClientOptions Options(const Choice& choice, std::string region = "eu-west-1") {
  ClientOptions options;
  options.region = std::move(region);
  options.dualstack = choice.dualstack;
  options.fips = choice.fips;
  options.accelerate = choice.accelerate;
  return options;
}

ClientOptions At(std::string_view endpoint) {
  ClientOptions options;
  const Result<EndpointUrl> url = ParseEndpointUrl(endpoint);
  REQUIRE(url);
  options.endpoint = *url;
  return options;
}

OperationRequest Operation(std::string method, std::string bucket, std::string key = {}) {
  OperationRequest operation;
  operation.method = std::move(method);
  operation.bucket = std::move(bucket);
  operation.key = std::move(key);
  return operation;
}

std::string UrlOf(const ClientOptions& options, const OperationRequest& operation) {
  const Result<AddressedRequest> addressed = AddressRequest(options, operation);
  INFO((addressed ? std::string() : addressed.error().message));
  REQUIRE(addressed);
  return Url(addressed->request);
}

std::string UrlOf(const ClientOptions& options, std::string_view bucket, std::string key = "k") {
  return UrlOf(options, Operation("GET", std::string(bucket), std::move(key)));
}

// "eu-west-1/s3"
std::string ScopeOf(const ClientOptions& options, std::string_view bucket) {
  const Result<BucketAddress> address = ResolveBucket(options, bucket);
  REQUIRE(address);
  return address->scope.region + "/" + address->scope.service;
}

Error RefusalOf(const ClientOptions& options, std::string_view bucket) {
  const Result<AddressedRequest> addressed =
      AddressRequest(options, Operation("GET", std::string(bucket), "k"));
  REQUIRE_FALSE(addressed);
  CHECK_FALSE(addressed.error().hint.empty());
  CHECK_FALSE(ResolveBucket(options, bucket));
  return addressed.error();
}

bool Contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

TEST_CASE("dual-stack and FIPS choose the host") {
  struct Row {
    Choice choice;
    std::string region;
    std::string_view host;
  };
  for (const Row& row :
       {Row{{.dualstack = true}, "eu-west-1", "s3.dualstack.eu-west-1.amazonaws.com"},
        Row{{.fips = true}, "us-east-1", "s3-fips.us-east-1.amazonaws.com"},
        Row{{.dualstack = true, .fips = true}, "us-east-1", "s3-fips.dualstack.us-east-1.amazonaws.com"},
        Row{{.fips = true}, "us-gov-west-1", "s3-fips.us-gov-west-1.amazonaws.com"},
        Row{{.dualstack = true}, "cn-north-1", "s3.dualstack.cn-north-1.amazonaws.com.cn"},
        Row{{.fips = true}, "us-iso-east-1", "s3-fips.us-iso-east-1.c2s.ic.gov"}}) {
    CAPTURE(row.host);
    const ClientOptions options = Options(row.choice, row.region);
    const std::string host(row.host);
    CHECK(UrlOf(options, "my-bucket") == "https://my-bucket." + host + "/k");
    CHECK(UrlOf(options, "my.bucket") == "https://" + host + "/my.bucket/k");
    CHECK(UrlOf(options, "", "") == "https://" + host + "/");
    CHECK(ScopeOf(options, "my-bucket") == row.region + "/s3");
  }
}

TEST_CASE("requests on an existing bucket can be accelerated") {
  ClientOptions options = Options({.accelerate = true});
  const std::string_view host = "https://my-bucket.s3-accelerate.amazonaws.com/";
  CHECK(UrlOf(options, "my-bucket") == std::string(host) + "k");
  CHECK(UrlOf(options, Operation("HEAD", "my-bucket")) == host);
  CHECK(UrlOf(options, Operation("DELETE", "my-bucket", "k")) == std::string(host) + "k");
  OperationRequest with_query = Operation("PUT", "my-bucket");
  with_query.query = {{"tagging", std::nullopt}};
  CHECK(UrlOf(options, with_query) == std::string(host) + "?tagging");
  CHECK(ScopeOf(options, "my-bucket") == "eu-west-1/s3");
  options.dualstack = true;
  CHECK(UrlOf(options, "my-bucket") == "https://my-bucket.s3-accelerate.dualstack.amazonaws.com/k");
}

TEST_CASE("making and deleting and listing buckets goes to the ordinary host with acceleration too") {
  ClientOptions options = Options({.accelerate = true});
  CHECK(UrlOf(options, Operation("PUT", "my-bucket")) == "https://my-bucket.s3.eu-west-1.amazonaws.com/");
  CHECK(UrlOf(options, Operation("DELETE", "my.bucket")) == "https://s3.eu-west-1.amazonaws.com/my.bucket");
  CHECK(UrlOf(options, Operation("GET", "")) == "https://s3.eu-west-1.amazonaws.com/");
  options.dualstack = true;
  CHECK(UrlOf(options, Operation("GET", "")) == "https://s3.dualstack.eu-west-1.amazonaws.com/");
}

TEST_CASE("a bucket whose name is no single host label is not accelerated") {
  for (const std::string_view bucket : {"my.bucket", "My_Bucket", "ab", "1.2.3.4"}) {
    CAPTURE(bucket);
    const Error error = RefusalOf(Options({.accelerate = true}), bucket);
    CHECK(error.kind == ErrorKind::kUsage);
    CHECK(Contains(error.message, bucket));
    CHECK(Contains(error.hint, "use_accelerate_endpoint"));
  }
}

TEST_CASE("path style and acceleration exclude each other") {
  ClientOptions options = Options({.accelerate = true});
  options.addressing = Addressing::kPath;
  CHECK(RefusalOf(options, "my-bucket").kind == ErrorKind::kConfig);
  CHECK(UrlOf(options, Operation("PUT", "my-bucket")) == "https://s3.eu-west-1.amazonaws.com/my-bucket");
}

TEST_CASE("FIPS and acceleration exclude each other whatever is asked for") {
  const ClientOptions options = Options({.fips = true, .accelerate = true});
  for (const std::string_view bucket : {std::string_view(""), std::string_view("my-bucket"), kAccessPoint}) {
    const Error error = RefusalOf(options, bucket);
    CHECK(error.kind == ErrorKind::kConfig);
    CHECK(Contains(error.message, "use_fips_endpoint"));
    CHECK(Contains(error.message, "use_accelerate_endpoint"));
  }
}

TEST_CASE("China has neither FIPS nor acceleration") {
  const Error fips = RefusalOf(Options({.fips = true}, "cn-north-1"), "my-bucket");
  CHECK(fips.kind == ErrorKind::kConfig);
  CHECK(fips.message == "region cn-north-1 has no endpoints for use_fips_endpoint");
  const Error accelerate = RefusalOf(Options({.accelerate = true}, "cn-north-1"), "my-bucket");
  CHECK(accelerate.kind == ErrorKind::kConfig);
  CHECK(accelerate.message == "region cn-north-1 has no endpoints for use_accelerate_endpoint");
  const Error point =
      RefusalOf(Options({.fips = true}), "arn:aws-cn:s3:cn-north-1:123456789012:accesspoint/a");
  CHECK(point.message == fips.message);
}

TEST_CASE("a custom endpoint leaves nothing to choose") {
  struct Row {
    bool ClientOptions::*option;
    std::string_view setting;
  };
  for (const Row& row : {Row{&ClientOptions::dualstack, "use_dualstack_endpoint"},
                         Row{&ClientOptions::fips, "use_fips_endpoint"},
                         Row{&ClientOptions::accelerate, "use_accelerate_endpoint"}}) {
    ClientOptions options = At("https://store.test");
    options.*row.option = true;
    for (const std::string_view bucket : {std::string_view(""), std::string_view("b"), kAccessPoint}) {
      const Error error = RefusalOf(options, bucket);
      CHECK(error.kind == ErrorKind::kConfig);
      CHECK(Contains(error.message, row.setting));
      CHECK(Contains(error.hint, row.setting));
    }
  }
}

TEST_CASE("an access point is addressed and signed for by its ARN") {
  const ClientOptions options = Options({}, "us-east-1");
  CHECK(UrlOf(options, kAccessPoint, "a b/c") ==
        "https://my-ap-123456789012.s3-accesspoint.eu-west-1.amazonaws.com/a%20b/c");
  CHECK(ScopeOf(options, kAccessPoint) == "eu-west-1/s3");
  const std::string_view lambda = "arn:aws:s3-object-lambda:eu-west-1:123456789012:accesspoint/my-ap";
  CHECK(UrlOf(options, lambda) == "https://my-ap-123456789012.s3-object-lambda.eu-west-1.amazonaws.com/k");
  CHECK(ScopeOf(options, lambda) == "eu-west-1/s3-object-lambda");
  const std::string_view outpost =
      "arn:aws:s3-outposts:us-west-2:123456789012:outpost/op-01ac/accesspoint/my-ap";
  CHECK(UrlOf(options, outpost) ==
        "https://my-ap-123456789012.op-01ac.s3-outposts.us-west-2.amazonaws.com/k");
  CHECK(ScopeOf(options, outpost) == "us-west-2/s3-outposts");
  CHECK(UrlOf(options, "arn:aws-cn:s3:cn-north-1:123456789012:accesspoint/a") ==
        "https://a-123456789012.s3-accesspoint.cn-north-1.amazonaws.com.cn/k");
  CHECK(UrlOf(Options({.dualstack = true, .fips = true}), kAccessPoint) ==
        "https://my-ap-123456789012.s3-accesspoint-fips.dualstack.eu-west-1.amazonaws.com/k");
}

TEST_CASE("an access point on a custom endpoint stands in front of its host") {
  CHECK(UrlOf(At("https://accesspoint.vpce-1.test:8443/gw"), kAccessPoint) ==
        "https://my-ap-123456789012.accesspoint.vpce-1.test:8443/gw/k");
  CHECK(ScopeOf(At("https://vpce-1.test"), kAccessPoint) == "eu-west-1/s3");
  const std::string_view outpost =
      "arn:aws:s3-outposts:us-west-2:123456789012:outpost/op-01ac/accesspoint/my-ap";
  CHECK(UrlOf(At("http://vpce-1.test"), outpost) == "http://my-ap-123456789012.op-01ac.vpce-1.test/k");
  CHECK(ScopeOf(At("http://vpce-1.test"), outpost) == "us-west-2/s3-outposts");
  for (const std::string_view address : {"http://127.0.0.1:9000", "http://[::1]:9000"}) {
    const Error error = RefusalOf(At(address), kAccessPoint);
    CHECK(error.kind == ErrorKind::kConfig);
    CHECK(Contains(error.message, "can't be an IP address"));
  }
}

TEST_CASE("what an access point can't have is refused") {
  ClientOptions path = Options({});
  path.addressing = Addressing::kPath;
  CHECK(RefusalOf(path, kAccessPoint).kind == ErrorKind::kConfig);
  CHECK(RefusalOf(Options({.accelerate = true}), kAccessPoint).kind == ErrorKind::kConfig);
  const Error dualstack = RefusalOf(Options({.dualstack = true}),
                                    "arn:aws:s3-object-lambda:eu-west-1:123456789012:accesspoint/my-ap");
  CHECK(dualstack.kind == ErrorKind::kConfig);
  CHECK(Contains(dualstack.message, "dual-stack"));
  CHECK(RefusalOf(Options({}), "arn:aws:s3:::my-bucket").kind == ErrorKind::kUsage);
}

}  // namespace
}  // namespace s3conn
