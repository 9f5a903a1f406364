#include <signal.h>

#include <chrono>
#include <string>
#include <vector>

#include "cli/cli_fixture.h"

namespace s3conn {

TEST_CASE("A hang-up leaves nothing of a download behind") {
  const ScriptedProgram program({RespondStuck(std::string(300'000, 'x'), 1'000'000)});
  const FolderWatch watch(program.folder().path());
  RunningProgram running = program.Start({"get-object", "s3://b/k", "target"});
  REQUIRE(watch.WaitForWrite());
  running.Signal(SIGHUP);
  const ProgramResult run = program.Checked(running.Wait());
  RequireExit(run, 129);
  CHECK(ErrorOf(run)["Kind"] == "Cancelled");
  CHECK(program.folder().Names().empty());
}

TEST_CASE("A deletion that is interrupted has told what is gone already") {
  ScriptedProgram program({Respond(204), Respond(204), Held(Respond(204))});
  RunningProgram running =
      program.Start({"delete", "s3://b/1", "s3://b/2", "s3://b/3", "s3://b/4", "--output=ndjson"});
  REQUIRE(program.server.WaitForRequests(3));
  running.Signal(SIGINT);
  const ProgramResult run = program.Checked(running.Wait());
  RequireExit(run, 130);
  const std::vector<Json> lines = LinesOf(run);
  REQUIRE(lines.size() == 2);
  CHECK(lines[0]["Key"] == "1");
  CHECK(lines[1]["Key"] == "2");
  CHECK(program.requests().size() == 3);
}

// Takes the five seconds that a command has to clean up.
TEST_CASE("A signal ends a write that nobody reads when its time to clean up is over") {
  const ScriptedProgram program({RespondObject(std::string(1'000'000, 'x'))});
  ProgramCall call = program.Call({"get-object", "s3://b/k", "-"});
  call.narrow_output = true;
  call.limit = std::chrono::seconds(30);
  RunningProgram running(call);
  REQUIRE(running.WaitUntilOutputBlocks());
  running.Signal(SIGTERM);
  RequireExit(program.Checked(running.WaitWithoutReading()), 143);
}

}  // namespace s3conn
