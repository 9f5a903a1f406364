#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cli/cli_fixture.h"
#include "s3conn/base/time.h"

namespace s3conn {
namespace {

// Long-lived keys and a store that nobody asks: signing needs no network.
class PresigningProgram : public BareProgram {
 public:
  PresigningProgram() {
    secrets = {"secret-canary-1"};
    environment["S3CONN_ENDPOINT_URL"] = "http://store.test:9000";
    environment["AWS_REGION"] = "eu-west-1";
    environment["AWS_ACCESS_KEY_ID"] = "AKIDEXAMPLE";
    environment["AWS_SECRET_ACCESS_KEY"] = secrets[0];
  }
};

// The value of one parameter of the URL, as it is on the wire.
std::string Parameter(const std::string& url, const std::string& name) {
  const std::size_t at = url.find(name + "=");
  if (at == std::string::npos) return "";
  const std::size_t begin = at + name.size() + 1;
  return url.substr(begin, url.find('&', begin) - begin);
}

}  // namespace

TEST_CASE("presign prints the URL and what it is good for") {
  const PresigningProgram program;
  const Json record = program.Succeed({"presign", "s3://b/a b/\xc3\xa4"});
  CHECK(FieldNames(record) == Arguments{"BucketName", "Key", "Method", "Url", "Expires"});
  CHECK(record["BucketName"] == "b");
  CHECK(record["Key"] == "a b/\xc3\xa4");
  CHECK(record["Method"] == "GET");
  const std::string url = record["Url"].get<std::string>();
  CHECK(url.starts_with("http://store.test:9000/b/a%20b/%C3%A4?"));
  CHECK(Parameter(url, "X-Amz-Algorithm") == "AWS4-HMAC-SHA256");
  CHECK(Parameter(url, "X-Amz-Credential").starts_with("AKIDEXAMPLE%2F"));
  CHECK(Parameter(url, "X-Amz-Credential").ends_with("%2Feu-west-1%2Fs3%2Faws4_request"));
  CHECK(Parameter(url, "X-Amz-Expires") == "3600");
  CHECK(Parameter(url, "X-Amz-SignedHeaders") == "host");
  CHECK(Parameter(url, "X-Amz-Signature").size() == 64);
  CHECK_FALSE(Contains(url, "X-Amz-Security-Token"));
}

TEST_CASE("presign tells when the URL ends to the second") {
  const PresigningProgram program;
  for (const auto& [expires_in, seconds] :
       std::vector<std::pair<std::string, std::string>>{{"90", "90"}, {"30m", "1800"}, {"7d", "604800"}}) {
    const Json record = program.Succeed({"presign", "s3://b/k", "--expires-in", expires_in});
    const std::string url = record["Url"].get<std::string>();
    CHECK(Parameter(url, "X-Amz-Expires") == seconds);
    const auto signed_at = ParseAmzDate(Parameter(url, "X-Amz-Date"));
    const auto ends = ParseRfc3339(record["Expires"].get<std::string>());
    REQUIRE((signed_at && ends));
    CHECK(*ends - *signed_at == std::chrono::seconds(std::stol(seconds)));
  }
}

TEST_CASE("presign as text is the URL alone with or without quiet") {
  const PresigningProgram program;
  for (const char* const quiet : {"--quiet", "-v"}) {
    const ProgramResult run = program.Run({"presign", "s3://b/k", "--output=text", quiet});
    RequireExit(run, 0);
    RequireSilence(run);
    const std::vector<std::string> lines = SplitLines(run.out);
    REQUIRE(lines.size() == 1);
    CHECK(lines[0].starts_with("http://store.test:9000/b/k?X-Amz-Algorithm="));
  }
}

TEST_CASE("presign as ndjson is one line") {
  const PresigningProgram program;
  const std::vector<Json> lines = LinesOf(program.Run({"presign", "s3://b/k", "--output=ndjson"}));
  REQUIRE(lines.size() == 1);
  CHECK(lines[0]["Url"].get<std::string>().starts_with("http://store.test:9000/b/k?"));
}

TEST_CASE("presign signs the method and the version and the headers that must be sent") {
  const PresigningProgram program;
  for (const char* const method : {"DELETE", "head"}) {
    const Json record = program.Succeed({"presign", "s3://b/k", "--method", method, "--version-id=v&1"});
    CHECK(record["Method"] == (std::string(method) == "head" ? "HEAD" : "DELETE"));
    CHECK(Contains(record["Url"].get<std::string>(), "/b/k?versionId=v%261&X-Amz-"));
    CHECK_FALSE(record.contains("Headers"));
  }
  const Json upload = program.Succeed(
      {"presign", "s3://b/k", "--method=PUT", "--content-type", "text/csv", "--request-payer"});
  CHECK(upload["Headers"] == Json({{"Content-Type", "text/csv"}}));
  CHECK(Parameter(upload["Url"].get<std::string>(), "X-Amz-SignedHeaders") == "content-type%3Bhost");
  CHECK(Contains(upload["Url"].get<std::string>(), "x-amz-request-payer=requester&"));
}

TEST_CASE("presign prints no secret but what the URL holds") {
  const PresigningProgram program;
  const ProgramResult run = program.Run({"presign", "s3://b/k", "-vvv"});
  RequireExit(run, 0);
  const std::string signature = Parameter(DocumentOf(run)["Url"].get<std::string>(), "X-Amz-Signature");
  CHECK_FALSE(Contains(run.err, signature));
}

TEST_CASE("presign warns when the session ends before the URL does and tells the earlier end") {
  PresigningProgram program;
  program.environment["AWS_SESSION_TOKEN"] = "token/canary";
  const std::string soon =
      FormatRfc3339(std::chrono::floor<std::chrono::seconds>(SystemClock().Now() + std::chrono::hours(1)));
  program.environment["AWS_CREDENTIAL_EXPIRATION"] = soon;
  const ProgramResult shorter = program.Run({"presign", "s3://b/k", "--expires-in=7d"});
  RequireExit(shorter, 0);
  CHECK(shorter.err == "s3conn: warning: the URL ends with the session that signed it, at " + soon + "\n");
  CHECK(DocumentOf(shorter)["Expires"] == soon);

  program.environment["AWS_CREDENTIAL_EXPIRATION"] = "2999-01-01T00:00:00+00:00";
  const ProgramResult lasting = program.Run({"presign", "s3://b/k"});
  RequireExit(lasting, 0);
  RequireSilence(lasting);
}

TEST_CASE("presign with the keys of a session that has ended is a failure of credentials") {
  PresigningProgram program;
  program.environment["AWS_SESSION_TOKEN"] = "token/canary";
  program.environment["AWS_CREDENTIAL_EXPIRATION"] = "2026-01-01T00:00:00Z";
  const Json error = program.Fail(3, {"presign", "s3://b/k"});
  CHECK(error["Message"] == "presign a URL: the session has ended");
  CHECK(error["Hint"] == "get fresh credentials");
}

TEST_CASE("presign warns of a path that clients resolve") {
  const PresigningProgram program;
  for (const char* const key : {".", "..", "a/../b", "./a", "a/."}) {
    CAPTURE(key);
    const ProgramResult run = program.Run({"presign", std::string("s3://b/") + key});
    RequireExit(run, 0);
    CHECK(Contains(run.err, "s3conn: warning: the key has a '.' or '..' between its slashes"));
    CHECK(Contains(run.err, "curl --path-as-is"));
  }
  for (const char* const key : {"a.b/c..d", "...", "a/.hidden", "a//b", "a/"}) {
    CAPTURE(key);
    RequireSilence(program.Run({"presign", std::string("s3://b/") + key}));
  }
}

TEST_CASE("presign with the keys of a session warns that the URL ends with it") {
  PresigningProgram program;
  program.environment["AWS_SESSION_TOKEN"] = "token/canary";
  const ProgramResult run = program.Run({"presign", "s3://b/k", "-vvv"});
  RequireExit(run, 0);
  CHECK(Parameter(DocumentOf(run)["Url"].get<std::string>(), "X-Amz-Security-Token") == "token%2Fcanary");
  CHECK(Contains(run.err, "s3conn: warning: the URL was signed with session credentials"));
  CHECK_FALSE(Contains(run.err, "canary"));
  const ProgramResult quiet = program.Run({"presign", "s3://b/k", "--quiet"});
  RequireExit(quiet, 0);
  RequireSilence(quiet);
}

TEST_CASE("presign refuses what no URL can do") {
  const PresigningProgram program;
  struct Refusal {
    Arguments arguments;
    std::string message;
  };
  for (const Refusal& refusal : std::vector<Refusal>{
           {{"presign", "s3://b/"}, "the key is empty"},
           {{"presign", "s3://b/k", "--expires-in=8d"}, "--expires-in '8d' is not valid"},
           {{"presign", "s3://b/k", "--expires-in=0"}, "--expires-in '0' is not valid"},
           {{"presign", "s3://b/k", "--expires-in=999ms"}, "--expires-in '999ms' is not valid"},
           {{"presign", "s3://b/k", "--expires-in=soon"}, "--expires-in 'soon' is not valid"},
           {{"presign", "s3://b/k", "--method=POST"}, "--method 'POST' is not known"},
           {{"presign", "s3://b/k", "--content-type=a/b"}, "--content-type is of what is uploaded"},
           {{"presign", "s3://b/k", "--method=PUT", "--content-type=a/b\r\nx: y"}, "a control character"},
           {{"presign", "s3://b/k", "--method=PUT", "--version-id=v"}, "--version-id is of an object"},
           {{"presign", "s3://b/\xff", "--method=PUT"}, "is not valid UTF-8"},
           {{"presign", "s3://b/k", "--version-id", ""}, "--version-id"},
           {{"presign", "s3://b/k", "--no-sign-request"}, "can't be presigned"}}) {
    const Json error = program.Fail(2, refusal.arguments);
    INFO(error.dump());
    CHECK(Contains(error["Message"].get<std::string>(), refusal.message));
  }
}

TEST_CASE("presign without keys is a failure of credentials") {
  PresigningProgram program;
  program.environment.erase("AWS_ACCESS_KEY_ID");
  program.environment.erase("AWS_SECRET_ACCESS_KEY");
  CHECK(program.Fail(3, {"presign", "s3://b/k"})["Kind"] == "Credentials");
}

}  // namespace s3conn
