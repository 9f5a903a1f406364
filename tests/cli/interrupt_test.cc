#include <signal.h>

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "cli/cli_fixture.h"

namespace s3conn {
namespace {

constexpr std::size_t kBegun = 300'000;
constexpr std::size_t kWhole = 1'000'000;

Step Stuck() {
  return RespondStuck(std::string(kBegun, 'x'), kWhole);
}

// A download over an older file that has written some bytes and gets no more.
struct StuckDownload {
  StuckDownload() : program({Stuck()}) {
    program.folder().Write("target", "what was there");
    const FolderWatch watch(program.folder().path());
    running.emplace(program.Start({"get-object", "s3://b/k", "target"}));
    REQUIRE(watch.WaitForWrite());
  }

  ScriptedProgram program;
  std::optional<RunningProgram> running;
};

}  // namespace

TEST_CASE("An interrupted download leaves the older file and nothing else") {
  StuckDownload download;
  int exit_status = 0;
  SECTION("SIGINT") {
    download.running->Signal(SIGINT);
    exit_status = 130;
  }
  SECTION("SIGTERM") {
    download.running->Signal(SIGTERM);
    exit_status = 143;
  }
  const ProgramResult run = download.program.Checked(download.running->Wait());
  RequireExit(run, exit_status);
  CHECK(ErrorOf(run)["Kind"] == "Cancelled");
  CHECK(download.program.folder().Names() == Arguments{"target"});
  CHECK(download.program.folder().Read("target") == "what was there");
}

TEST_CASE("A killed download leaves the older file as it was") {
  StuckDownload download;
  download.running->Signal(SIGKILL);
  const ProgramResult run = download.running->Wait();
  CHECK(run.signal == SIGKILL);
  CHECK(download.program.folder().Read("target") == "what was there");
}

TEST_CASE("An interrupt ends a request that nobody answers") {
  ScriptedProgram program({Held(Respond(200))});
  const std::vector<Arguments> commands = {
      {"list-buckets"}, {"delete", "s3://b/1", "s3://b/2"}, {"head-object", "s3://b/k"}};
  std::size_t requests = 0;
  for (const Arguments& command : commands) {
    program.server.Add(Held(Respond(200)));
    RunningProgram running = program.Start(command);
    REQUIRE(program.server.WaitForRequests(++requests));
    running.Signal(SIGINT);
    RequireExit(program.Checked(running.Wait()), 130);
  }
  CHECK(program.requests().size() == requests);  // the second object was not deleted
}

TEST_CASE("An interrupt ends the wait for standard input and sends nothing") {
  const ScriptedProgram program;
  ProgramCall call = program.Call({"put-object", "-", "s3://b/k"});
  call.input = std::string(1'000'000, 'x');
  call.input_stays_open = true;
  RunningProgram running(call);
  REQUIRE(running.WaitUntilInputIsTaken());
  running.Signal(SIGINT);
  RequireExit(program.Checked(running.Wait()), 130);
  CHECK(program.requests().empty());
}

TEST_CASE("A second signal ends at once what the first one could not") {
  ScriptedProgram program({Respond(200, {{"ETag", "\"opaque\""}}, std::string(kWhole, 'x'))});
  ProgramCall call = program.Call({"get-object", "s3://b/k", "-"});
  call.narrow_output = true;
  RunningProgram running(call);
  // It stands in a write that goes on only when somebody reads.
  REQUIRE(running.WaitUntilOutputBlocks());
  const auto begun = std::chrono::steady_clock::now();
  running.Signal(SIGINT);
  running.Signal(SIGTERM);
  RequireExit(program.Checked(running.WaitWithoutReading()), 143);
  // Long before the grace that the first one gave has run out, which is 5 s.
  CHECK(std::chrono::steady_clock::now() - begun < std::chrono::seconds(4));
}

TEST_CASE("A signal that the parent ignores stays ignored") {
  ScriptedProgram program({Held(RespondHead("hello"))});
  ProgramCall call = program.Call({"head-object", "s3://b/k"});
  call.command.insert(call.command.begin(), {"/bin/sh", "-c", "trap '' INT; exec \"$@\"", "sh"});
  RunningProgram running(call);
  REQUIRE(program.server.WaitForRequests(1));
  running.Signal(SIGINT);
  program.server.Release();
  RequireExit(program.Checked(running.Wait()), 0);
}

TEST_CASE("Standard output that closes ends a download quietly with 141") {
  const ScriptedProgram program({Respond(200, {{"ETag", "\"opaque\""}}, std::string(5'000'000, 'x'))});
  RunningProgram running = program.Start({"get-object", "s3://b/k", "-"});
  REQUIRE(running.WaitForOutput(1));
  running.CloseOutput();
  const ProgramResult run = program.Checked(running.Wait());
  RequireExit(run, 141);
  RequireSilence(run);
}

TEST_CASE("Standard output that nobody reads ends a listing quietly with 141") {
  ScriptedProgram program({Held(Respond(200, {},
                                        "<ListBucketResult><IsTruncated>false</IsTruncated><Contents><Key>k</"
                                        "Key><Size>1</Size></Contents></ListBucketResult>"))});
  RunningProgram running = program.Start({"list-objects", "b"});
  REQUIRE(program.server.WaitForRequests(1));
  running.CloseOutput();
  program.server.Release();
  const ProgramResult run = program.Checked(running.Wait());
  RequireExit(run, 141);
  RequireSilence(run);
}

}  // namespace s3conn
