#include <fcntl.h>
#include <sys/stat.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "cli/cli_fixture.h"

namespace s3conn {
namespace {

Step Stored() {
  return Respond(200, {{"ETag", "\"e\""}});
}

// A file of the kernel that has bytes, no size, and the same bytes each time.
constexpr const char* kSizeless = "/proc/version";

std::string Sizeless() {
  std::ifstream stream(kSizeless);
  return {std::istreambuf_iterator<char>(stream), {}};
}

}  // namespace

TEST_CASE("A file of the kernel is uploaded with the bytes it has") {
  const ScriptedProgram program({Stored(), Stored()});
  REQUIRE_FALSE(Sizeless().empty());
  CHECK(program.Succeed({"put-object", kSizeless, "s3://b/k"})["Size"] == Sizeless().size());
  ProgramCall call = program.Call({"put-object", "-", "s3://b/k"});
  call.input_file = kSizeless;
  RequireExit(program.Run(call), 0);
  for (const ReceivedRequest& request : program.requests()) CHECK(request.body == Sizeless());
}

TEST_CASE("An empty file is uploaded as an empty object") {
  const ScriptedProgram program({Stored(), Stored()});
  const std::string path = program.folder().Write("empty", "");
  CHECK(program.Succeed({"put-object", "empty", "s3://b/k"})["Size"] == 0);
  ProgramCall call = program.Call({"put-object", "-", "s3://b/k"});
  call.input_file = path;
  RequireExit(program.Run(call), 0);
  REQUIRE(program.requests().size() == 2);
  for (const ReceivedRequest& request : program.requests()) {
    CHECK(request.Header("Content-Length") == "0");
    CHECK(request.body.empty());
  }
}

TEST_CASE("A source that is rewritten under way is told as changed and not sent again") {
  ScriptedProgram program;
  const std::string path = program.folder().Write("source", std::string(200'000, 'x'));
  // Older than the clock of the file system is coarse.
  std::filesystem::last_write_time(path,
                                   std::filesystem::file_time_type::clock::now() - std::chrono::hours(1));
  const ScriptedServer server([&program](const ReceivedRequest&) {
    program.folder().Write("source", std::string(200'000, 'y'));
    return RespondError(400, "XAmzContentSHA256Mismatch");
  });
  program.environment["S3CONN_ENDPOINT_URL"] = server.url();
  const Json error = program.Fail(8, {"put-object", "source", "s3://b/k"});
  CHECK(error["Kind"] == "Integrity");
  CHECK(Contains(error["Message"].get<std::string>(), "'source' changed while it was being read"));
  CHECK(server.requests().size() == 1);
}

TEST_CASE("A long standard input that cannot be kept is a local failure and sends nothing") {
  ScriptedProgram program;
  ProgramCall call = program.Call({"put-object", "-", "s3://b/k"});
  call.command.insert(call.command.begin(), {"/bin/sh", "-c", "head -c 17000000 /dev/zero | \"$@\"", "sh"});
  SECTION("the folder for temporary files is not there") {
    call.environment["TMPDIR"] = program.temporary().Path("nowhere");
  }
  SECTION("the disk is full") {
    call.largest_file = 100'000;  // as `ulimit -f`
  }
  const ProgramResult run = program.Run(call);
  RequireExit(run, 10);
  CHECK(ErrorOf(run)["Kind"] == "LocalIo");
  CHECK(Contains(ErrorOf(run)["Message"].get<std::string>(), "write a temporary file in "));
  CHECK(program.requests().empty());
  CHECK(program.temporary().Names().empty());
}

TEST_CASE("A key that is not UTF-8 is refused before standard input is read") {
  const ScriptedProgram program;
  ProgramCall call = program.Call({"put-object", "-", "s3://b/\xff"});
  call.input_stays_open = true;  // reading it would last for ever
  const ProgramResult run = program.Run(call);
  RequireExit(run, 2);
  CHECK(Contains(ErrorOf(run)["Message"].get<std::string>(), "is not valid UTF-8"));
  const Json named_by_file = program.Fail(2, {"put-object", "missing\xff", "s3://b/folder/"});
  CHECK(Contains(named_by_file["Message"].get<std::string>(), "is not valid UTF-8"));
  CHECK(program.requests().empty());
}

}  // namespace s3conn
