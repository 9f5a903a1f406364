#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <string>
#include <vector>

#include "cli/cli_fixture.h"
#include "support/letters.h"

namespace s3conn {
namespace {

std::string EtagOf(const std::string& bytes) {
  return fmt::format("\"{}\"", Md5Of(bytes));
}

Step RespondRest(const std::string& bytes, std::size_t from) {
  const std::string range = fmt::format("bytes {}-{}/{}", from, bytes.size() - 1, bytes.size());
  return Respond(206, {{"ETag", EtagOf(bytes)}, {"Content-Range", range}}, bytes.substr(from));
}

// The answer is cut off after so many bytes of the object.
Step CutObject(const std::string& bytes, std::size_t after) {
  const Step whole = RespondObject(bytes);
  return CutAfter(whole.response.size() - bytes.size() + after, whole);
}

}  // namespace

TEST_CASE("A cut connection is gone on with at the same byte") {
  const std::string bytes = Letters(300'000);
  const ScriptedProgram program(
      {CutObject(bytes, 100'000), RespondRest(bytes, 100'000), CutObject(bytes, 7), RespondRest(bytes, 7)});
  CHECK(program.Succeed({"get-object", "s3://b/k", "target"})["Verified"] == "md5");
  CHECK(program.folder().Read("target") == bytes);
  const ReceivedRequest rest = program.requests().at(1);
  CHECK(rest.Header("Range") == "bytes=100000-");
  CHECK(rest.Header("If-Match") == EtagOf(bytes));

  const ProgramResult streamed = program.Run({"get-object", "s3://b/k", "-"});
  RequireExit(streamed, 0);
  CHECK(streamed.out == bytes);
}

TEST_CASE("An object that was replaced in the middle is got whole from the start") {
  const std::string older = Letters(100'000);
  const std::string newer = Letters(50'000) + "new";
  const ScriptedProgram program(
      {CutObject(older, 5'000), RespondError(412, "PreconditionFailed"), RespondObject(newer)});
  const ProgramResult run = program.Run({"get-object", "s3://b/k", "target"});
  RequireExit(run, 0);
  CHECK(program.folder().Read("target") == newer);
  CHECK(run.err.starts_with("s3conn: warning: "));
}

TEST_CASE("Bytes that do not match are an integrity failure and no file") {
  const Headers wrong = {{"ETag", EtagOf("other bytes")}};
  const Step answer = RespondObject("these bytes", wrong);
  const ScriptedProgram program({answer, answer, answer, answer});
  program.folder().Write("older", "what was there");
  for (const char* const target : {"new", "older"}) {
    const ScriptedProgram one({answer, answer, answer});
    one.folder().Write("older", "what was there");
    const ProgramResult run = one.Run({"get-object", "s3://b/k", target});
    RequireExit(run, 8);
    CHECK(ErrorOf(run)["Kind"] == "Integrity");
    CHECK(one.folder().Names() == Arguments{"older"});
    CHECK(one.folder().Read("older") == "what was there");
  }
  const ProgramResult streamed = program.Run({"get-object", "s3://b/k", "-"});
  RequireExit(streamed, 8);
  CHECK(streamed.out == "these bytes");  // what was passed on can't be taken back; the status tells
}

TEST_CASE("A checksum of the store is checked before the ETag is") {
  const Step good =
      RespondObject("123456789", {{"x-amz-checksum-crc32c", "4waSgw=="}, {"ETag", "\"opaque\""}});
  const Step bad = RespondObject("123456780", {{"x-amz-checksum-crc32c", "4waSgw=="}});
  const ScriptedProgram program({good, bad, bad, bad});
  CHECK(program.Succeed({"get-object", "s3://b/k", "target"})["Verified"] == "crc32c");
  RequireExit(program.Run({"get-object", "s3://b/k", "target"}), 8);
  CHECK(program.folder().Read("target") == "123456789");
}

TEST_CASE("An answer that is shorter than it says is no success") {
  const ScriptedProgram program({CutObject("hello", 2), CutObject("hello", 2)});
  RequireExit(program.Run({"get-object", "s3://b/k", "target", "--max-attempts=1"}), 7);
  CHECK(program.folder().Names().empty());
}

TEST_CASE("A full disk is a local failure and leaves the older file") {
  const std::string bytes = Letters(200'000);
  const ScriptedProgram program({RespondObject(bytes), RespondObject(bytes)});
  program.folder().Write("older", "what was there");
  for (const char* const target : {"new", "older"}) {
    ProgramCall call = program.Call({"get-object", "s3://b/k", target});
    call.largest_file = 100'000;  // as `ulimit -f`: the kernel sends SIGXFSZ, or the write fails
    const ProgramResult run = program.Run(call);
    RequireExit(run, 10);
    CHECK(ErrorOf(run)["Kind"] == "LocalIo");
    CHECK(Contains(ErrorOf(run)["Message"].get<std::string>(), "File too large"));
  }
  CHECK(program.folder().Names() == Arguments{"older"});
  CHECK(program.folder().Read("older") == "what was there");
}

TEST_CASE("Devices are written to and stay devices") {
  const ScriptedProgram program({RespondObject("hello"), RespondObject("hello")});
  CHECK(program.Succeed({"get-object", "s3://b/k", "/dev/null"})["Path"] == "/dev/null");
  struct stat info {};
  REQUIRE(stat("/dev/null", &info) == 0);
  CHECK(S_ISCHR(info.st_mode));
  const Json error = program.Fail(10, {"get-object", "s3://b/k", "/dev/full"});
  CHECK(Contains(error["Message"].get<std::string>(), "No space left on device"));
  REQUIRE(stat("/dev/full", &info) == 0);
  CHECK(S_ISCHR(info.st_mode));
}

TEST_CASE("A key that climbs stays in the target folder") {
  const ScriptedProgram program({RespondObject("hello"), RespondObject("hello"), RespondObject("hello")});
  program.folder().Write("inner/kept", "");
  for (const char* const key : {"../x", "/etc/x", "a/../../x"}) {
    CHECK(program.Succeed({"get-object", std::string("s3://b/") + key, "inner"})["Path"] == "inner/x");
    CHECK(program.folder().Read("inner/x") == "hello");
    CHECK(program.folder().Names() == Arguments{"inner"});
    REQUIRE(unlink(program.folder().Path("inner/x").c_str()) == 0);
  }
  // What is asked for is the key, not what a path would make of it.
  CHECK(program.request_lines() == Arguments{"GET /b/../x", "GET /b//etc/x", "GET /b/a/../../x"});
}

TEST_CASE("A symbolic link as the target keeps pointing to the file that is replaced") {
  const ScriptedProgram program({RespondObject("hello")});
  program.folder().Write("file", "what was there");
  REQUIRE(symlink("file", program.folder().Path("link").c_str()) == 0);
  program.Succeed({"get-object", "s3://b/k", "link"});
  CHECK(program.folder().Read("file") == "hello");
  struct stat info {};
  REQUIRE(lstat(program.folder().Path("link").c_str(), &info) == 0);
  CHECK(S_ISLNK(info.st_mode));
  CHECK(program.folder().Names() == Arguments{"file", "link"});
}

TEST_CASE("An upload whose standard input ends is whole and one that fails sends nothing") {
  const ScriptedProgram program({Respond(200, {{"ETag", "\"e\""}})});
  ProgramCall call = program.Call({"put-object", "-", "s3://b/k"});
  call.input = Letters(200'000);
  RequireExit(program.Run(call), 0);
  CHECK(program.requests().at(0).body == call.input);
  call.input.clear();
  call.input_file = program.folder().path();  // reading a folder fails
  RequireExit(program.Run(call), 10);
  CHECK(program.requests().size() == 1);
}

}  // namespace s3conn
