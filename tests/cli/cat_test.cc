#include <sys/stat.h>

#include <string>

#include "cli/cli_fixture.h"

namespace s3conn {
namespace {

Step RespondPart(std::string_view whole, std::string_view range, std::string_view part) {
  return Respond(206, {{"ETag", "\"" + Md5Of(whole) + "\""}, {"Content-Range", std::string(range)}}, part);
}

}  // namespace

TEST_CASE("cat writes one object after the other and nothing else in each format") {
  for (const char* const format : {"--output=json", "--output=ndjson", "--output=text"}) {
    const ScriptedProgram program({RespondObject("one\n"), RespondObject(""), RespondObject("two")});
    const ProgramResult run = program.Run({"cat", "s3://b/1", "s3://b/2", "s3://c/3", format});
    RequireExit(run, 0);
    RequireSilence(run);
    CHECK(run.out == "one\ntwo");
    CHECK(program.request_lines() == Arguments{"GET /b/1", "GET /b/2", "GET /c/3"});
  }
}

TEST_CASE("cat stops at the first that fails and keeps what it wrote") {
  const ScriptedProgram program({RespondObject("one"), RespondError(404, "NoSuchKey")});
  const ProgramResult run = program.Run({"cat", "s3://b/1", "s3://b/2", "s3://b/3"});
  RequireExit(run, 4);
  CHECK(run.out == "one");
  CHECK(Contains(ErrorOf(run)["Message"].get<std::string>(), "get s3://b/2: "));
  CHECK(program.requests().size() == 2);
}

TEST_CASE("cat whose bytes are not the object's exits with 8") {
  const ScriptedProgram program({RespondObject("hellO", {{"ETag", "\"" + Md5Of("hello") + "\""}})});
  const ProgramResult run = program.Run({"cat", "s3://b/k"});
  RequireExit(run, 8);
  CHECK(run.out == "hellO");
}

TEST_CASE("cat takes a range of each") {
  const ScriptedProgram program(
      {RespondPart("hello", "bytes 1-2/5", "el"), RespondPart("HELLO", "bytes 1-2/5", "EL")});
  const ProgramResult run = program.Run({"cat", "s3://b/1", "s3://b/2", "--range", "1-2"});
  RequireExit(run, 0);
  CHECK(run.out == "elEL");
  for (const ReceivedRequest& request : program.requests()) CHECK(request.Header("Range") == "bytes=1-2");
}

TEST_CASE("cat reads a version under a condition and with a key") {
  const Headers told = {{"x-amz-server-side-encryption-customer-algorithm", "AES256"}};
  ScriptedProgram program({RespondObject("hello", told)});
  const std::string key = "ZGRkZGRkZGRkZGRkZGRkZGRkZGRkZGRkZGRkZGRkZGQ=";
  program.secrets.push_back(key);
  REQUIRE(chmod(program.folder().Write("key", std::string(32, 'd')).c_str(), 0600) == 0);
  const ProgramResult run =
      program.Run({"cat", "s3://b/k", "--version-id=v1", "--if-match=e", "--sse-c-key=key", "-vvv"});
  RequireExit(run, 0);
  CHECK(run.out == "hello");
  CHECK(program.request_lines() == Arguments{"GET /b/k?versionId=v1"});
  CHECK(program.requests().at(0).Header("If-Match") == "\"e\"");
  CHECK(program.requests().at(0).Header("x-amz-server-side-encryption-customer-key") == key);
}

TEST_CASE("cat of an object that does not fit the condition exits with 6 and writes nothing") {
  const ScriptedProgram program({RespondError(412, "PreconditionFailed")});
  const ProgramResult run = program.Run({"cat", "s3://b/k", "--if-match=e"});
  RequireExit(run, 6);
  CHECK(run.out.empty());
}

TEST_CASE("cat refuses a version or a condition for several before any request") {
  const ScriptedProgram program;
  for (const char* const option : {"--version-id=v", "--if-match=e"}) {
    const Json error = program.Fail(2, {"cat", "s3://b/1", "s3://b/2", option});
    CHECK(Contains(error["Message"].get<std::string>(), "are about one object"));
  }
  program.Fail(2, {"cat", "s3://b/1", "not-an-address"});
  program.Fail(2, {"cat", "-"});
  CHECK(program.requests().empty());
}

TEST_CASE("cat ends when nobody reads its output any more") {
  const std::string bytes(300'000, 'x');
  const ScriptedProgram program({RespondObject(bytes), RespondObject(bytes)});
  ProgramCall call = program.Call({"cat", "s3://b/1", "s3://b/2"});
  call.narrow_output = true;
  RunningProgram running(call);
  REQUIRE(running.WaitForOutput(1));
  running.CloseOutput();
  const ProgramResult run = program.Checked(running.Wait());
  CHECK(run.exit_status == 141);
  CHECK(run.err.empty());
}

}  // namespace s3conn
