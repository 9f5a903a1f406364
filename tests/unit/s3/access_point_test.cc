#include "s3/access_point.h"

#include <string>
#include <string_view>

#include "support/catch.h"

namespace s3conn {
namespace {

bool Contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

TEST_CASE("an access point's ARN gives service and region and the labels in front of a host") {
  struct Row {
    std::string_view arn;
    std::string_view service;
    std::string_view region;
    std::string_view host_prefix;
  };
  for (const Row& row :
       {Row{"arn:aws:s3:eu-west-1:123456789012:accesspoint/my-ap", "s3", "eu-west-1", "my-ap-123456789012"},
        Row{"arn:aws:s3:eu-west-1:123456789012:accesspoint:my-ap", "s3", "eu-west-1", "my-ap-123456789012"},
        Row{"arn:aws-cn:s3:cn-north-1:123456789012:accesspoint/a", "s3", "cn-north-1", "a-123456789012"},
        Row{"arn:aws-us-gov:s3:us-gov-west-1:123456789012:accesspoint/a", "s3", "us-gov-west-1",
            "a-123456789012"},
        Row{"arn:aws:s3:new-region-9:123456789012:accesspoint/a", "s3", "new-region-9", "a-123456789012"},
        Row{"arn:aws:s3-object-lambda:us-east-1:123456789012:accesspoint/my-ap", "s3-object-lambda",
            "us-east-1", "my-ap-123456789012"},
        Row{"arn:aws:s3-outposts:us-west-2:123456789012:outpost/op-01ac/accesspoint/my-ap", "s3-outposts",
            "us-west-2", "my-ap-123456789012.op-01ac"},
        Row{"arn:aws:s3-outposts:us-west-2:123456789012:outpost:op-01ac:accesspoint:my-ap", "s3-outposts",
            "us-west-2", "my-ap-123456789012.op-01ac"}}) {
    CAPTURE(row.arn);
    CHECK(IsArn(row.arn));
    CHECK(ArnLength(row.arn) == row.arn.size());
    const Result<AccessPoint> access_point = ParseAccessPointArn(row.arn);
    REQUIRE(access_point);
    CHECK(access_point->service == row.service);
    CHECK(access_point->region == row.region);
    CHECK(access_point->host_prefix == row.host_prefix);
  }
}

TEST_CASE("any other ARN is a usage error that tells what is wrong with it") {
  struct Row {
    std::string arn;
    std::string_view why;
  };
  const std::string point = "arn:aws:s3:eu-west-1:123456789012:";
  const std::string outpost = "arn:aws:s3-outposts:eu-west-1:123456789012:";
  const Row rows[] = {
      {"arn:", "six parts"},
      {"arn:aws:s3:eu-west-1:123456789012", "six parts"},
      {"arn:aws:sqs:eu-west-1:123456789012:queue", "service must be s3"},
      {"arn:aws:S3:eu-west-1:123456789012:accesspoint/a", "service must be s3"},
      {"arn:aws:s3:::my-bucket", "end in accesspoint/NAME"},
      {point, "end in accesspoint/NAME"},
      {point + "accesspoint", "end in accesspoint/NAME"},
      {point + "bucket/a", "end in accesspoint/NAME"},
      {point + "AccessPoint/a", "end in accesspoint/NAME"},
      {point + "accesspoint/", "its name"},
      {point + "accesspoint/a/b", "its name"},
      {point + "accesspoint/a:b", "its name"},
      {point + "accesspoint/A", "its name"},
      {point + "accesspoint/a.b", "its name"},
      {point + "accesspoint/a.evil.test#", "its name"},
      {point + "accesspoint/-a", "its name"},
      {point + "accesspoint/" + std::string(51, 'a'), "its name"},
      {"arn:aws:s3::123456789012:accesspoint/a", "must be a region"},
      {"arn:aws:s3:EU:123456789012:accesspoint/a", "must be a region"},
      {"arn:aws:s3:evil.test:123456789012:accesspoint/a", "must be a region"},
      {"arn:aws:s3:eu-west-1::accesspoint/a", "12 digits"},
      {"arn:aws:s3:eu-west-1:12345678901:accesspoint/a", "12 digits"},
      {"arn:aws:s3:eu-west-1:12345678901x:accesspoint/a", "12 digits"},
      {"arn:aws-cn:s3:eu-west-1:123456789012:accesspoint/a", "belongs to partition 'aws', not to 'aws-cn'"},
      {"arn:aws:s3:cn-north-1:123456789012:accesspoint/a", "belongs to partition 'aws-cn', not to 'aws'"},
      {"arn:aws:s3:us-gov-west-1:123456789012:accesspoint/a", "partition 'aws-us-gov'"},
      {"arn::s3:eu-west-1:123456789012:accesspoint/a", "not to ''"},
      {outpost + "accesspoint/a", "end in outpost/OUTPOST/accesspoint/NAME"},
      {outpost + "outpost/op-1", "end in outpost/OUTPOST/accesspoint/NAME"},
      {outpost + "outpost/op-1/bucket/b", "end in outpost/OUTPOST/accesspoint/NAME"},
      {outpost + "post/op-1/accesspoint/a", "end in outpost/OUTPOST/accesspoint/NAME"},
      {outpost + "outpost//accesspoint/a", "its outpost"},
      {outpost + "outpost/evil.test/accesspoint/a", "its outpost"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.arn);
    const Result<AccessPoint> access_point = ParseAccessPointArn(row.arn);
    REQUIRE_FALSE(access_point);
    CHECK(access_point.error().kind == ErrorKind::kUsage);
    INFO(access_point.error().message);
    CHECK(Contains(access_point.error().message, "'" + row.arn + "' is not the ARN of an access point"));
    CHECK(Contains(access_point.error().message, row.why));
    CHECK(Contains(access_point.error().hint, "arn:aws:s3:REGION:ACCOUNT:accesspoint/NAME"));
  }
}

TEST_CASE("a name of up to 50 characters fits an access point's host") {
  CHECK(ParseAccessPointArn("arn:aws:s3:eu-west-1:123456789012:accesspoint/" + std::string(50, 'a')));
}

TEST_CASE("a multi-Region access point is refused as such") {
  for (const std::string_view arn : {"arn:aws:s3::123456789012:accesspoint/mfzwi23gnjvgw.mrap",
                                     "arn:aws:s3::123456789012:accesspoint:mfzwi23gnjvgw.mrap"}) {
    const Result<AccessPoint> access_point = ParseAccessPointArn(arn);
    REQUIRE_FALSE(access_point);
    CHECK(access_point.error().kind == ErrorKind::kUsage);
    CHECK(Contains(access_point.error().message, "is a multi-Region access point"));
    CHECK(Contains(access_point.error().hint, "in one region"));
  }
}

TEST_CASE("what is no ARN begins otherwise") {
  for (const std::string_view name : {"", "arn", "my-arn:x", "ARN:aws:s3:::b"}) CHECK_FALSE(IsArn(name));
}

TEST_CASE("an ARN that is no access point's ends at the first slash") {
  CHECK(ArnLength("arn:aws:s3/k:a:b:c") == 10);
  CHECK(ArnLength("arn:aws:sqs:eu-west-1:123456789012:queue/k/l") == 40);
  CHECK(ArnLength("arn:") == 4);
}

TEST_CASE("an access point has a host of its own service and region") {
  const AccessPoint bucket{"s3", "eu-west-1", "a-123456789012"};
  const AccessPoint lambda{"s3-object-lambda", "eu-west-1", "a-123456789012"};
  const AccessPoint outpost{"s3-outposts", "eu-west-1", "a-123456789012.op-1"};
  const AccessPoint china{"s3", "cn-north-1", "a-123456789012"};
  struct Row {
    const AccessPoint& access_point;
    HostKind kind;
    HostFamily family;
    std::string_view host;  // empty: there is none
  };
  using Kind = HostKind;
  using Family = HostFamily;
  for (const Row& row :
       {Row{bucket, Kind::kOrdinary, Family::kIpv4, "a-123456789012.s3-accesspoint.eu-west-1.amazonaws.com"},
        Row{bucket, Kind::kOrdinary, Family::kDualStack,
            "a-123456789012.s3-accesspoint.dualstack.eu-west-1.amazonaws.com"},
        Row{bucket, Kind::kFips, Family::kIpv4, "a-123456789012.s3-accesspoint-fips.eu-west-1.amazonaws.com"},
        Row{bucket, Kind::kFips, Family::kDualStack,
            "a-123456789012.s3-accesspoint-fips.dualstack.eu-west-1.amazonaws.com"},
        Row{lambda, Kind::kOrdinary, Family::kIpv4,
            "a-123456789012.s3-object-lambda.eu-west-1.amazonaws.com"},
        Row{lambda, Kind::kFips, Family::kIpv4,
            "a-123456789012.s3-object-lambda-fips.eu-west-1.amazonaws.com"},
        Row{lambda, Kind::kOrdinary, Family::kDualStack, ""},
        Row{outpost, Kind::kOrdinary, Family::kIpv4,
            "a-123456789012.op-1.s3-outposts.eu-west-1.amazonaws.com"},
        Row{outpost, Kind::kFips, Family::kIpv4, ""}, Row{outpost, Kind::kOrdinary, Family::kDualStack, ""},
        Row{china, Kind::kOrdinary, Family::kIpv4,
            "a-123456789012.s3-accesspoint.cn-north-1.amazonaws.com.cn"}}) {
    CAPTURE(row.access_point.service, row.host);
    const Result<std::string> host = AccessPointHost(row.access_point, row.kind, row.family);
    REQUIRE(host.has_value() == !row.host.empty());
    if (host) {
      CHECK(*host == row.host);
    } else {
      CHECK(host.error().kind == ErrorKind::kConfig);
      CHECK(Contains(host.error().message, row.access_point.service));
      CHECK(Contains(host.error().hint, row.kind == HostKind::kFips ? "use_fips" : "use_dualstack"));
    }
  }
}

}  // namespace
}  // namespace s3conn
