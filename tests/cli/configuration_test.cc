#include <sys/stat.h>

#include <string>
#include <vector>

#include "cli/cli_fixture.h"

namespace s3conn {
namespace {

// Keys and store come from files alone.
class ConfiguredProgram : public ScriptedProgram {
 public:
  explicit ConfiguredProgram(std::vector<Step> script = {}) : ScriptedProgram(std::move(script)) {
    for (const char* const name : {"S3CONN_ENDPOINT_URL", "AWS_REGION", "AWS_ACCESS_KEY_ID",
                                   "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"}) {
      environment.erase(name);
    }
  }

  void Write(const std::string& text, mode_t mode = 0600) const {
    REQUIRE(chmod(home().Write(".config/s3conn/config", text).c_str(), mode) == 0);
  }

  // Exit status 3 and no request; gives the error.
  Json FailConfiguration(const Arguments& arguments) const {
    Json error = Fail(3, arguments);
    CHECK(requests().empty());
    CHECK(folder().Names().empty());
    return error;
  }
};

Step NoBuckets() {
  return Respond(200, {}, "<ListAllMyBucketsResult><Buckets></Buckets></ListAllMyBucketsResult>");
}

std::string MessageOf(const Json& error) {
  return error["Message"].get<std::string>();
}

}  // namespace

TEST_CASE("A line of a configuration file that cannot be read is named by file and number") {
  const ConfiguredProgram program;
  program.Write("[default]\nregion = us-east-1\nthis is no setting\n");
  const Json error = program.FailConfiguration({"list-buckets"});
  CHECK(error["Kind"] == "Config");
  CHECK(MessageOf(error).starts_with(program.home().Path(".config/s3conn/config") + ":3: "));
}

TEST_CASE("Half a key pair is an error and nothing else is tried") {
  ConfiguredProgram program;
  SECTION("in the environment") {
    program.environment["AWS_ACCESS_KEY_ID"] = "AKIDEXAMPLE";
  }
  SECTION("in a profile") {
    program.Write("[default]\naws_access_key_id = AKIDEXAMPLE\n");
  }
  program.environment["S3CONN_ENDPOINT_URL"] = program.server.url();
  const Json error = program.FailConfiguration({"list-buckets"});
  CHECK(error["Kind"] == "Credentials");
  CHECK(Contains(MessageOf(error), "half a key pair"));
}

TEST_CASE("An unknown profile is an error that lists those that are there") {
  ConfiguredProgram program;
  program.Write("[profile work]\nregion = us-east-1\n[profile home]\nregion = us-east-1\n");
  SECTION("named by the option") {
    const Json error = program.FailConfiguration({"list-buckets", "--profile=wrk"});
    CHECK(MessageOf(error) == "there is no profile 'wrk' (named by --profile)");
    CHECK(Contains(error["Hint"].get<std::string>(), "did you mean 'work'?"));
    CHECK(Contains(error["Hint"].get<std::string>(), "home"));
  }
  SECTION("named by the environment") {
    program.environment["AWS_PROFILE"] = "other";
    const Json error = program.FailConfiguration({"list-buckets"});
    CHECK(MessageOf(error) == "there is no profile 'other' (named by AWS_PROFILE)");
  }
}

TEST_CASE("A bad endpoint in a file is a configuration error") {
  const ConfiguredProgram program;
  program.Write("[default]\nendpoint_url = example.com:9000\n");
  const Json error = program.FailConfiguration({"list-buckets"});
  CHECK(error["Kind"] == "Config");
  CHECK(Contains(MessageOf(error), "'example.com:9000' is not an endpoint URL"));
  CHECK(Contains(MessageOf(error), ".config/s3conn/config"));
}

TEST_CASE("A bad value in the environment is a configuration error") {
  ConfiguredProgram program;
  program.environment["S3CONN_OUTPUT"] = "xml";
  CHECK(Contains(MessageOf(program.FailConfiguration({"list-buckets"})), "'xml' (from S3CONN_OUTPUT)"));
}

TEST_CASE("No credentials at all is an error that says where they were looked for") {
  ConfiguredProgram program;
  program.environment["S3CONN_ENDPOINT_URL"] = program.server.url();
  program.folder().Write("source", "");
  for (const Arguments& command : std::vector<Arguments>{{"list-buckets"},
                                                         {"create-bucket", "some-bucket"},
                                                         {"head-bucket", "some-bucket"},
                                                         {"delete-bucket", "some-bucket"},
                                                         {"put-object", "source", "s3://some-bucket/k"},
                                                         {"get-object", "s3://some-bucket/k", "target"},
                                                         {"get-object", "s3://some-bucket/k", "-"},
                                                         {"head-object", "s3://some-bucket/k"},
                                                         {"list-objects", "some-bucket"},
                                                         {"delete", "s3://some-bucket/k"}}) {
    const Json error = program.Fail(3, command);
    CHECK(error["Kind"] == "Credentials");
    CHECK(Contains(MessageOf(error), "no credentials found"));
    CHECK(Contains(error["Hint"].get<std::string>(), "AWS_ACCESS_KEY_ID"));
  }
  CHECK(program.requests().empty());
  CHECK(program.folder().Names() == Arguments{"source"});
}

TEST_CASE("A missing configuration file that was named is an error") {
  const ConfiguredProgram program;
  CHECK(MessageOf(program.FailConfiguration({"list-buckets", "--config=none"})) ==
        "--config: read 'none': No such file or directory");
}

TEST_CASE("A profile of a file is all that is needed") {
  const ConfiguredProgram program({NoBuckets(), NoBuckets()});
  const std::string profile = "[default]\nendpoint_url = " + program.server.url() +
                              "\nregion = eu-west-1\naws_access_key_id = AKIDFILE\n"
                              "aws_secret_access_key = secret-canary-1\n";
  program.Write(profile);
  CHECK(program.Succeed({"list-buckets"}) == Json({{"Buckets", Json::array()}}));
  const std::string authorization = program.requests().at(0).Header("Authorization").value_or("");
  CHECK(Contains(authorization, "Credential=AKIDFILE/"));
  CHECK(Contains(authorization, "/eu-west-1/s3/aws4_request"));

  program.Write(profile, 0644);
  const ProgramResult run = program.Run({"list-buckets"});
  RequireExit(run, 0);
  CHECK(run.err.starts_with("s3conn: warning: "));
  CHECK(Contains(run.err, "other users can read it (mode 0644)"));
}

TEST_CASE("A request without a signature needs no credentials") {
  ConfiguredProgram program({NoBuckets()});
  program.environment["S3CONN_ENDPOINT_URL"] = program.server.url();
  program.Succeed({"list-buckets", "--no-sign-request"});
  CHECK_FALSE(program.requests().at(0).Header("Authorization"));
}

TEST_CASE("The program works without any environment") {
  BareProgram program;
  program.environment.clear();
  program.Succeed({"version"});
  CHECK(program.Fail(3, {"list-buckets"})["Kind"] == "Credentials");
}

}  // namespace s3conn
