#include <fmt/format.h>

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "cli/cli_fixture.h"
#include "support/unused_port.h"

namespace s3conn {
namespace {

// The failures that people meet, each as it comes about, and what the hint must say of it.
struct Failing {
  std::string name;
  std::optional<Step> answer;  // of the store, to every request
  std::map<std::string, std::string> environment;
  Arguments arguments;
  int exit_status = 0;
  std::string hint;  // a part of it
};

std::vector<Failing> Failures(int closed_port) {
  const Arguments get = {"get-object", "s3://some-bucket/k", "target"};
  const std::string nobody = fmt::format("127.0.0.1:{}", closed_port);
  const auto told = [&](std::string name, int status, const char* code, int exit_status, std::string hint) {
    return Failing{std::move(name), RespondError(status, code), {}, get, exit_status, std::move(hint)};
  };
  return {
      {"no credentials",
       std::nullopt,
       {{"AWS_ACCESS_KEY_ID", ""}, {"AWS_SECRET_ACCESS_KEY", ""}, {"AWS_SESSION_TOKEN", ""}},
       get,
       3,
       "AWS_ACCESS_KEY_ID"},
      {"expired session", RespondError(400, "ExpiredToken"), {}, get, 3, "get fresh credentials"},
      {"wrong region",
       RespondError(301, "PermanentRedirect", {{"x-amz-bucket-region", "us-east-1"}}),
       {},
       get,
       3,
       "--region us-east-1"},
      told("clock off", 403, "RequestTimeTooSkewed", 5, "clock is off"),
      told("wrong secret", 403, "SignatureDoesNotMatch", 5, "the secret key is most likely wrong"),
      {"wrong secret at a HEAD",
       Respond(403),
       {},
       {"head-object", "s3://some-bucket/k"},
       5,
       "the secret key may be wrong"},
      told("value not taken", 400, "InvalidArgument", 1, "a value that was sent"),
      told("wrong key", 403, "InvalidAccessKeyId", 5, "check the key and that the endpoint is the right one"),
      told("access denied", 403, "AccessDenied", 5, "check the policies"),
      told("no such bucket", 404, "NoSuchBucket", 4, "list-buckets shows your buckets"),
      told("no such key", 404, "NoSuchKey", 4, "list the prefix"),
      told("archived", 403, "InvalidObjectState", 6, "s3conn restore"),
      told("not known to the store", 501, "NotImplemented", 1, "this store does not know"),
      {"bucket not empty",
       RespondError(409, "BucketNotEmpty"),
       {},
       {"delete-bucket", "some-bucket"},
       6,
       "delete-bucket --force"},
      {"connection refused",
       std::nullopt,
       {{"S3CONN_ENDPOINT_URL", "http://" + nobody}},
       get,
       7,
       "is the server running"},
      {"path style needed",
       std::nullopt,
       {{"S3CONN_ENDPOINT_URL", fmt::format("http://localhost:{}", closed_port)},
        {"S3CONN_ADDRESSING", "virtual"}},
       get,
       7,
       "--addressing path"},
      {"no such host",
       std::nullopt,
       {{"S3CONN_ENDPOINT_URL", "http://no-such-host.invalid"}},
       get,
       7,
       "check the endpoint's spelling"},
      {"proxy down", std::nullopt, {{"http_proxy", "http://" + nobody}}, get, 7, "is the proxy running"},
      {"disk full",
       RespondObject("bytes"),
       {},
       {"get-object", "s3://some-bucket/k", "/dev/full"},
       10,
       "free some space"},
  };
}

}  // namespace

TEST_CASE("A failure that people meet has a hint that says what to do") {
  const UnusedPort closed;
  for (const Failing& failing : Failures(closed.number())) {
    CAPTURE(failing.name);
    ScriptedProgram program;
    if (failing.answer) {
      for (int i = 0; i < 4; ++i) program.server.Add(*failing.answer);
    }
    for (const auto& [name, value] : failing.environment) program.environment[name] = value;
    Arguments arguments = failing.arguments;
    arguments.emplace_back("--max-attempts=1");
    const Json error = program.Fail(failing.exit_status, arguments);
    INFO(error.dump());
    CHECK(Contains(error.value("Hint", ""), failing.hint));

    arguments.emplace_back("--output=text");
    const ProgramResult text = program.Run(arguments);
    RequireExit(text, failing.exit_status);
    const std::vector<std::string> lines = SplitLines(text.err);
    REQUIRE(lines.size() >= 2);
    CHECK(lines[lines.size() - 2].starts_with("s3conn: "));
    CHECK(lines.back().starts_with("  hint: "));
  }
}

}  // namespace s3conn
