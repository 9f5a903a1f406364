#include <string>
#include <vector>

#include "cli/cli_fixture.h"

namespace s3conn {
namespace {

constexpr std::string_view kPage =
    "<ListBucketResult><IsTruncated>true</IsTruncated><NextContinuationToken>t1</NextContinuationToken>"
    "<Contents><Key>first</Key><Size>1</Size></Contents></ListBucketResult>";

}  // namespace

TEST_CASE("An error of the service is told in full") {
  const ScriptedProgram program({RespondError(409, "BucketNotEmpty", {{"x-amz-request-id", "from-header"}})});
  CHECK(program.Fail(6, {"delete-bucket", "b"}) ==
        Json({{"Kind", "Conflict"},
              {"Code", "BucketNotEmpty"},
              {"Message", "delete bucket 'b': This is BucketNotEmpty. (BucketNotEmpty)"},
              {"HttpStatus", 409},
              {"RequestId", "from-header"},
              {"Resource", "/b/k"},
              {"Retryable", false},
              {"Hint", "delete its objects first, or all at once with delete-bucket --force"}}));
}

TEST_CASE("Errors of the service have their exit status") {
  struct Expected {
    int status;
    std::string_view code;
    int exit_status;
  };
  const std::vector<Expected> table = {
      {404, "NoSuchKey", 4},
      {404, "NoSuchBucket", 4},
      {403, "AccessDenied", 5},
      {403, "InvalidAccessKeyId", 5},
      {403, "SignatureDoesNotMatch", 5},
      {403, "RequestTimeTooSkewed", 5},
      {412, "PreconditionFailed", 6},
      {409, "BucketAlreadyExists", 6},
      {400, "ExpiredToken", 3},
      {400, "AuthorizationHeaderMalformed", 3},
      {400, "SomethingNew", 1},
      {501, "NotImplemented", 1},
      {500, "InternalError", 1},
      {503, "SlowDown", 7},
      {400, "RequestTimeout", 7},
  };
  for (const Expected& expected : table) {
    const ScriptedProgram program({RespondError(expected.status, expected.code)});
    const Json error =
        program.Fail(expected.exit_status, {"get-object", "s3://b/k", "-", "--max-attempts=1"});
    CHECK(error["Code"] == std::string(expected.code));
    CHECK(error["HttpStatus"] == expected.status);
  }
}

TEST_CASE("A web page in place of an answer is told as what it is") {
  const ScriptedProgram program(
      {Respond(404, {{"Content-Type", "text/html"}}, "<html><title>Not here</title>\x1b[31m</html>")});
  const Json error = program.Fail(4, {"get-object", "s3://b/k", "target"});
  CHECK(Contains(error["Message"].get<std::string>(),
                 "not found (HTTP 404): <html><title>Not here</title>\\x1b[31m"));
  CHECK(Contains(error["Hint"].get<std::string>(), "a proxy or another server"));
  CHECK(program.folder().Names().empty());
}

TEST_CASE("A busy service is asked again as often as allowed") {
  const Step busy = RespondError(503, "ServiceUnavailable");
  SECTION("it answers at last") {
    const ScriptedProgram program({busy, busy, busy, RespondHead("hello")});
    CHECK(program.Succeed({"head-object", "s3://b/k", "--max-attempts=4"})["Size"] == 5);
    CHECK(program.requests().size() == 4);
  }
  SECTION("it does not") {
    const ScriptedProgram program({busy, busy, busy});
    const Json error = program.Fail(1, {"list-buckets", "--max-attempts=2"});
    CHECK(error["Retryable"] == true);
    CHECK(Contains(error["Message"].get<std::string>(), "(2 attempts)"));
    CHECK(program.requests().size() == 2);
  }
  SECTION("an upload sends the same bytes again") {
    const ScriptedProgram program({busy, Respond(200, {{"ETag", "\"e\""}})});
    ProgramCall call = program.Call({"put-object", "-", "s3://b/k"});
    call.input = std::string(100'000, 'x');
    RequireExit(program.Run(call), 0);
    CHECK(program.requests().at(0).body == call.input);
    CHECK(program.requests().at(1).body == call.input);
  }
  SECTION("each retry is told on request") {
    const ScriptedProgram program({busy, RespondHead("hello")});
    const ProgramResult run = program.Run({"head-object", "s3://b/k", "-v"});
    RequireExit(run, 0);
    CHECK(run.err.starts_with("s3conn: attempt 1 of 3 failed: "));
    CHECK(SplitLines(run.err).size() == 1);
  }
}

TEST_CASE("A bucket in another region is asked there and the setting that saves it told at -v") {
  const Step elsewhere = RespondError(301, "PermanentRedirect", {{"x-amz-bucket-region", "eu-west-1"}});
  const ScriptedProgram program({elsewhere, Respond(204), elsewhere, Respond(204)});
  RequireSilence(program.Run({"delete", "s3://b/k"}));
  const ProgramResult talkative = program.Run({"delete", "s3://b/k", "-v"});
  RequireExit(talkative, 0);
  CHECK(Contains(talkative.err, "bucket 'b' is in region eu-west-1, not us-east-1"));
  CHECK(Contains(talkative.err, "'--region eu-west-1'"));
  CHECK(Contains(program.requests().at(1).Header("Authorization").value_or(""), "/eu-west-1/s3/"));
}

TEST_CASE("A bucket that is in two other regions is a configuration error that names the last") {
  const ScriptedProgram program(
      {RespondError(301, "PermanentRedirect", {{"x-amz-bucket-region", "eu-west-1"}}),
       RespondError(301, "PermanentRedirect", {{"x-amz-bucket-region", "eu-west-2"}})});
  const Json error = program.Fail(3, {"list-objects", "b"});
  CHECK(error["Code"] == "PermanentRedirect");
  CHECK(error["Hint"] == "the service names the region: --region eu-west-2");
  CHECK(program.requests().size() == 2);
}

TEST_CASE("A redirect is not followed") {
  const ScriptedServer elsewhere;
  const Step redirect = Respond(307, {{"Location", elsewhere.url() + "/b/k"}});
  const ScriptedProgram program({redirect, redirect});  // the second to the question which region it is
  program.Fail(3, {"get-object", "s3://b/k", "target"});
  CHECK(elsewhere.requests().empty());
}

TEST_CASE("An answer that is no HTTP is a network failure") {
  const ScriptedProgram program(
      {ThenClose(RespondRaw("SSH-2.0-OpenSSH_9.2\r\n")), ThenClose(RespondRaw("SSH-2.0-OpenSSH_9.2\r\n"))});
  CHECK(program.Fail(7, {"list-buckets", "--max-attempts=2"})["Kind"] == "Network");
}

TEST_CASE("A connection that closes without an answer is a network failure") {
  const ScriptedProgram program({CloseWithoutAnswer(), CloseWithoutAnswer()});
  CHECK(program.Fail(7, {"head-object", "s3://b/k", "--max-attempts=2"})["Kind"] == "Network");
}

TEST_CASE("A 200 that is not what S3 sends is no success") {
  for (const std::string_view body : {"", "<html>Welcome</html>", "<ListBucketResult><Contents><Key>a",
                                      "<Error><Code>InternalError</Code></Error>"}) {
    CAPTURE(body);
    const ScriptedProgram program({Respond(200, {}, body)});
    const ProgramResult run = program.Run({"list-objects", "b", "--max-attempts=1"});
    RequireExit(run, 1);
    CHECK(run.out.empty());
  }
}

TEST_CASE("A listing that fails after its first page leaves a document that does not parse") {
  for (const Step& second : {Respond(200, {}, "<ListBucketResult><Contents><Key>second"),
                             CloseWithoutAnswer(), RespondError(403, "AccessDenied")}) {
    const ScriptedProgram program({Respond(200, {}, kPage), second});
    const ProgramResult run = program.Run({"list-objects", "b", "--max-attempts=1"});
    INFO(run.Describe());
    CHECK(run.exit_status != 0);
    CHECK(Contains(run.out, "\"first\""));
    CHECK(Json::parse(run.out, nullptr, false).is_discarded());
    ErrorOf(run);
  }
}

TEST_CASE("A listing that fails after its first page has no summary line") {
  const ScriptedProgram program({Respond(200, {}, kPage), RespondError(403, "AccessDenied")});
  const ProgramResult run = program.Run({"list-objects", "b", "--output=ndjson"});
  RequireExit(run, 5);
  REQUIRE(LinesOf(run).size() == 1);
  CHECK(LinesOf(run)[0]["Key"] == "first");
}

TEST_CASE("A store that repeats its token is not asked for ever") {
  const Step page = Respond(200, {}, kPage);
  const ScriptedProgram program({page, page, page});
  RequireExit(program.Run({"list-objects", "b"}), 1);
  CHECK(program.requests().size() == 2);
}

TEST_CASE("A server that answers too slowly is a time-out") {
  ScriptedProgram program({Held(RespondHead("hello"))});
  const Json error = program.Fail(7, {"head-object", "s3://b/k", "--read-timeout=300ms", "--max-attempts=1"});
  CHECK(error["Kind"] == "Timeout");
}

TEST_CASE("A full disk as standard output is a local failure") {
  const ScriptedProgram program({RespondHead("hello"), RespondObject("hello")});
  for (const Arguments& arguments :
       std::vector<Arguments>{{"version"}, {"head-object", "s3://b/k"}, {"get-object", "s3://b/k", "-"}}) {
    ProgramCall call = program.Call(arguments);
    call.output_file = "/dev/full";
    const ProgramResult run = program.Run(call);
    RequireExit(run, 10);
    CHECK(ErrorOf(run)["Message"].get<std::string>().ends_with("No space left on device"));
  }
}

TEST_CASE("Standard error that cannot be written does not change the exit status") {
  const BareProgram program;
  ProgramCall call = program.Call({"nonsense"});
  call.error_file = "/dev/full";
  RequireExit(program.Run(call), 2);
}

}  // namespace s3conn
