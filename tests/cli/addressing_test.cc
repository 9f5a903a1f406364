#include <fmt/format.h>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cli/cli_fixture.h"

namespace s3conn {
namespace {

constexpr const char* kAccessPoint = "arn:aws:s3:eu-west-1:123456789012:accesspoint/my-ap";
constexpr const char* kObjectLambda = "arn:aws:s3-object-lambda:eu-west-1:123456789012:accesspoint/my-ap";
constexpr const char* kOutpost =
    "arn:aws:s3-outposts:us-west-2:123456789012:outpost/op-01ac/accesspoint/my-ap";

// The program on its way to AWS, by a proxy that lets nothing through and knows where it was to go.
class AwsProgram : public ScriptedProgram {
 public:
  AwsProgram() : ScriptedProgram({Respond(403)}) {
    environment.erase("S3CONN_ENDPOINT_URL");
    environment["HTTPS_PROXY"] = server.url();
    environment["AWS_REGION"] = "eu-west-1";
    environment["AWS_MAX_ATTEMPTS"] = "1";
  }

  // What a run dials: the lines that the proxy gets.
  Arguments Dial(const Arguments& arguments) const {
    const ProgramResult run = Run(arguments);
    RequireExit(run, 7);
    Arguments lines;
    for (const ReceivedRequest& request : requests()) lines.push_back(request.request_line);
    return lines;
  }
};

Arguments Connect(std::string_view host) {
  return {fmt::format("CONNECT {}:443 HTTP/1.1", host)};
}

using Variables = std::vector<std::pair<std::string, std::string>>;

// The host that `head-object s3://BUCKET/k` dials with those variables.
Arguments Dialled(const std::string& bucket, const Variables& variables = {}) {
  AwsProgram program;
  for (const auto& [name, value] : variables) program.environment[name] = value;
  return program.Dial({"head-object", "s3://" + bucket + "/k"});
}

// What `head-object s3://BUCKET/k` signs its request for: "eu-west-1/s3".
std::string SignedFor(const std::string& bucket) {
  const AwsProgram program;
  const ProgramResult run = program.Run({"head-object", "s3://" + bucket + "/k", "-vvv"});
  RequireExit(run, 7);
  INFO(run.Describe());
  for (const std::string& line : SplitLines(run.err)) {
    const std::size_t end = line.find("/aws4_request");
    // Of the string to sign: "| 20260701/eu-west-1/s3/aws4_request".
    if (line.starts_with("| 2") && end != std::string::npos) {
      const std::size_t day_end = line.find('/');
      return line.substr(day_end + 1, end - day_end - 1);
    }
  }
  return "(nothing)";
}

// A store of one's own under the name of localhost, with keys.
class LocalhostProgram : public ScriptedProgram {
 public:
  explicit LocalhostProgram(std::vector<Step> script) : ScriptedProgram(std::move(script)) {
    environment["S3CONN_ENDPOINT_URL"] = fmt::format("http://localhost:{}", server.port());
  }

  std::string Host(const std::string& labels) const {
    return fmt::format("{}localhost:{}", labels, server.port());
  }
};

}  // namespace

TEST_CASE("A bucket on AWS is dialled by its own host and one that is no host label by that of its region") {
  CHECK(Dialled("my-bucket") == Connect("my-bucket.s3.eu-west-1.amazonaws.com"));
  CHECK(Dialled("my.bucket") == Connect("s3.eu-west-1.amazonaws.com"));
  CHECK(Dialled("My_Bucket") == Connect("s3.eu-west-1.amazonaws.com"));
  CHECK(Dialled("my-bucket", {{"S3CONN_ADDRESSING", "path"}}) == Connect("s3.eu-west-1.amazonaws.com"));
  CHECK(Dialled("my-bucket", {{"AWS_REGION", "cn-north-1"}}) ==
        Connect("my-bucket.s3.cn-north-1.amazonaws.com.cn"));
}

TEST_CASE("Dual-stack and FIPS and acceleration choose the host that is dialled") {
  const Variables dualstack = {{"AWS_USE_DUALSTACK_ENDPOINT", "true"}};
  CHECK(Dialled("my-bucket", dualstack) == Connect("my-bucket.s3.dualstack.eu-west-1.amazonaws.com"));
  CHECK(Dialled("my.bucket", dualstack) == Connect("s3.dualstack.eu-west-1.amazonaws.com"));
  CHECK(Dialled("my-bucket", {{"AWS_USE_DUALSTACK_ENDPOINT", "true"}, {"AWS_REGION", "cn-north-1"}}) ==
        Connect("my-bucket.s3.dualstack.cn-north-1.amazonaws.com.cn"));
  CHECK(Dialled("my-bucket", {{"AWS_USE_FIPS_ENDPOINT", "true"}}) ==
        Connect("my-bucket.s3-fips.eu-west-1.amazonaws.com"));
  CHECK(Dialled("my-bucket", {{"AWS_USE_FIPS_ENDPOINT", "true"}, {"AWS_USE_DUALSTACK_ENDPOINT", "true"}}) ==
        Connect("my-bucket.s3-fips.dualstack.eu-west-1.amazonaws.com"));
  CHECK(Dialled("my-bucket", {{"S3CONN_USE_ACCELERATE_ENDPOINT", "true"}}) ==
        Connect("my-bucket.s3-accelerate.amazonaws.com"));
  CHECK(Dialled("my-bucket",
                {{"S3CONN_USE_ACCELERATE_ENDPOINT", "true"}, {"AWS_USE_DUALSTACK_ENDPOINT", "true"}}) ==
        Connect("my-bucket.s3-accelerate.dualstack.amazonaws.com"));
}

TEST_CASE("A profile chooses the host too") {
  AwsProgram program;
  program.home().Write(".aws/config", "[default]\ns3 =\n  use_accelerate_endpoint = true\n");
  CHECK(program.Dial({"list-objects", "my-bucket"}) == Connect("my-bucket.s3-accelerate.amazonaws.com"));
}

TEST_CASE("Commands on buckets themselves dial the ordinary host with acceleration too") {
  const auto dialled = [](const Arguments& arguments) {
    AwsProgram program;
    program.environment["S3CONN_USE_ACCELERATE_ENDPOINT"] = "true";
    return program.Dial(arguments);
  };
  CHECK(dialled({"list-buckets"}) == Connect("s3.eu-west-1.amazonaws.com"));
  CHECK(dialled({"create-bucket", "my-bucket"}) == Connect("my-bucket.s3.eu-west-1.amazonaws.com"));
  CHECK(dialled({"delete-bucket", "my-bucket"}) == Connect("my-bucket.s3.eu-west-1.amazonaws.com"));
  CHECK(dialled({"head-bucket", "my-bucket"}) == Connect("my-bucket.s3-accelerate.amazonaws.com"));
  CHECK(dialled({"delete", "s3://my-bucket/k"}) == Connect("my-bucket.s3-accelerate.amazonaws.com"));
}

TEST_CASE("An access point is dialled by its own host") {
  CHECK(Dialled(kAccessPoint) == Connect("my-ap-123456789012.s3-accesspoint.eu-west-1.amazonaws.com"));
  CHECK(Dialled(kAccessPoint, {{"AWS_REGION", "us-east-1"}}) ==
        Connect("my-ap-123456789012.s3-accesspoint.eu-west-1.amazonaws.com"));
  CHECK(Dialled(kAccessPoint, {{"AWS_USE_FIPS_ENDPOINT", "true"}, {"AWS_USE_DUALSTACK_ENDPOINT", "true"}}) ==
        Connect("my-ap-123456789012.s3-accesspoint-fips.dualstack.eu-west-1.amazonaws.com"));
  CHECK(Dialled("arn:aws-cn:s3:cn-north-1:123456789012:accesspoint:a") ==
        Connect("a-123456789012.s3-accesspoint.cn-north-1.amazonaws.com.cn"));
  CHECK(Dialled(kObjectLambda) == Connect("my-ap-123456789012.s3-object-lambda.eu-west-1.amazonaws.com"));
  CHECK(Dialled(kOutpost) == Connect("my-ap-123456789012.op-01ac.s3-outposts.us-west-2.amazonaws.com"));
}

TEST_CASE("A request is signed for the region and service of its address") {
  CHECK(SignedFor("my-bucket") == "eu-west-1/s3");
  CHECK(SignedFor("arn:aws:s3:us-west-2:123456789012:accesspoint/my-ap") == "us-west-2/s3");
  CHECK(SignedFor(kObjectLambda) == "eu-west-1/s3-object-lambda");
  CHECK(SignedFor(kOutpost) == "us-west-2/s3-outposts");
}

TEST_CASE("A store of one's own is asked by path or by virtual host as it is told") {
  const LocalhostProgram program({RespondHead("x"), RespondHead("x"), RespondHead("x"), RespondHead("x")});
  program.Succeed({"head-object", "s3://my-bucket/k"});
  program.Succeed({"head-object", "s3://my-bucket/k", "--addressing=virtual"});
  program.Succeed({"head-object", "s3://my.bucket/k", "--addressing=virtual"});
  program.Succeed({"head-object", "s3://My_Bucket/k", "--addressing=virtual"});
  CHECK(program.request_lines() == Arguments{"HEAD /my-bucket/k", "HEAD /k", "HEAD /k", "HEAD /My_Bucket/k"});
  const std::vector<ReceivedRequest> requests = program.requests();
  CHECK(requests.at(0).Header("Host") == program.Host(""));
  CHECK(requests.at(1).Header("Host") == program.Host("my-bucket."));
  CHECK(requests.at(2).Header("Host") == program.Host("my.bucket."));
  CHECK(requests.at(3).Header("Host") == program.Host(""));
}

TEST_CASE("An access point on an endpoint of one's own stands in front of its host") {
  const LocalhostProgram program({RespondHead("x"), RespondHead("x")});
  const Json head = program.Succeed({"head-object", fmt::format("s3://{}/some/key", kAccessPoint)});
  CHECK(head["BucketName"] == kAccessPoint);
  CHECK(head["Key"] == "some/key");
  program.Succeed({"head-object", fmt::format("s3://{}/some/key", kOutpost)});
  CHECK(program.request_lines() == Arguments{"HEAD /some/key", "HEAD /some/key"});
  const std::vector<ReceivedRequest> requests = program.requests();
  CHECK(requests.at(0).Header("Host") == program.Host("my-ap-123456789012."));
  CHECK(Contains(requests.at(0).Header("Authorization").value_or(""), "/eu-west-1/s3/aws4_request"));
  CHECK(requests.at(1).Header("Host") == program.Host("my-ap-123456789012.op-01ac."));
  CHECK(Contains(requests.at(1).Header("Authorization").value_or(""), "/us-west-2/s3-outposts/aws4_request"));
}

TEST_CASE("What an address can not be is refused before any request") {
  struct Row {
    int exit_status;
    Arguments arguments;
    Variables variables;
    std::string_view message;  // a part of it
  };
  const std::string point = fmt::format("s3://{}/k", kAccessPoint);
  const Variables fips = {{"AWS_USE_FIPS_ENDPOINT", "true"}};
  const Variables accelerate = {{"S3CONN_USE_ACCELERATE_ENDPOINT", "true"}};
  for (const Row& row : {
           Row{2, {"head-object", "s3://my.bucket/k"}, accelerate, "bucket 'my.bucket' can't be accelerated"},
           Row{3, {"head-object", "s3://b-1/k", "--addressing=path"}, accelerate, "path style"},
           Row{3, {"head-object", point}, accelerate, "S3 Transfer Acceleration is for buckets"},
           Row{3, {"head-object", point, "--addressing=path"}, {}, "path style can't name it"},
           Row{3, {"head-object", fmt::format("s3://{}/k", kOutpost)}, fips, "s3-outposts has no FIPS"},
           Row{3, {"list-buckets", "--region=cn-north-1"}, fips, "cn-north-1 has no endpoints"},
           Row{3,
               {"list-buckets", "--endpoint-url=http://127.0.0.1:1"},
               fips,
               "use_fips_endpoint (from AWS_USE_FIPS_ENDPOINT) chooses among the hosts of AWS, and "
               "endpoint_url "
               "(from --endpoint-url) names another"},
           Row{3,
               {"list-buckets"},
               {fips[0], accelerate[0]},
               "use_accelerate_endpoint (from S3CONN_USE_ACCELERATE_ENDPOINT) exclude each other"},
           Row{3,
               {"head-object", point, "--endpoint-url=http://127.0.0.1:1"},
               {},
               "which can't be an IP address"},
           Row{2, {"head-object", "s3://arn:aws:s3:::my-bucket/k"}, {}, "is not the ARN of an access point"},
           Row{2,
               {"head-object", "s3://arn:aws:s3::123456789012:accesspoint/a.mrap/k"},
               {},
               "is a multi-Region access point"},
           Row{2,
               {"head-bucket", "arn:aws-cn:s3:eu-west-1:123456789012:accesspoint/a"},
               {},
               "belongs to partition 'aws'"},
           Row{2, {"create-bucket", kAccessPoint}, {}, "can't be the name of a bucket: it is an ARN"},
           Row{2, {"delete-bucket", kAccessPoint}, {}, "is an access point, not a bucket"},
       }) {
    AwsProgram program;
    for (const auto& [name, value] : row.variables) program.environment[name] = value;
    const Json error = program.Fail(row.exit_status, row.arguments);
    INFO(error.dump());
    CHECK(Contains(error["Message"].get<std::string>(), row.message));
    CHECK(program.requests().empty());
  }
}

TEST_CASE("Host choices that exclude each other are in the way of what talks to a store only") {
  AwsProgram program;
  program.environment["AWS_USE_FIPS_ENDPOINT"] = "true";
  program.environment["S3CONN_USE_ACCELERATE_ENDPOINT"] = "true";
  CHECK(program.Succeed({"version"}).contains("Version"));
}

}  // namespace s3conn
