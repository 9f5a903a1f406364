#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <string>

#include "cli/cli_fixture.h"

namespace s3conn {
namespace {

// The same call by a shell that does that to its descriptors first: "<&-" closes the input.
ProgramCall Redirected(ProgramCall call, const std::string& redirection) {
  call.command.insert(call.command.begin(), {"/bin/sh", "-c", "exec \"$@\" " + redirection, "sh"});
  return call;
}

}  // namespace

TEST_CASE("Closed standard descriptors put nothing else into the file that is fetched") {
  for (const std::string closed : {"<&-", ">&-", "2>&-", "<&- >&-", "<&- 2>&-", ">&- 2>&-", "<&- >&- 2>&-"}) {
    CAPTURE(closed);
    const ScriptedProgram program({RespondObject("hello")});
    const ProgramResult run =
        program.Run(Redirected(program.Call({"get-object", "s3://b/k", "target", "-vvv"}), closed));
    // Where standard output is closed the record can't be printed.
    RequireExit(run, Contains(closed, " >&-") || closed.starts_with(">&-") ? 10 : 0);
    CHECK(program.folder().Read("target") == "hello");
    CHECK(program.folder().Names() == Arguments{"target"});
  }
}

TEST_CASE("A download to a closed standard output fails") {
  const ScriptedProgram program({RespondObject("hello")});
  const ProgramResult run = program.Run(Redirected(program.Call({"get-object", "s3://b/k", "-"}), ">&-"));
  RequireExit(run, 10);
  CHECK(ErrorOf(run)["Kind"] == "LocalIo");
}

TEST_CASE("An upload from a closed standard input fails and sends nothing") {
  const ScriptedProgram program;
  for (const char* const closed : {"<&-", "<&- >&-", "<&- 2>&-", "<&- >&- 2>&-"}) {
    const ProgramResult run = program.Run(Redirected(program.Call({"put-object", "-", "s3://b/k"}), closed));
    RequireExit(run, 10);
  }
  CHECK(program.requests().empty());
}

TEST_CASE("A standard output that does not block gets every byte") {
  std::array<int, 2> ends{};
  REQUIRE(pipe(ends.data()) == 0);
  REQUIRE(ends[1] < 10);  // a shell knows no others
  REQUIRE(fcntl(ends[0], F_SETFD, FD_CLOEXEC) == 0);
  REQUIRE(fcntl(ends[1], F_SETFL, O_NONBLOCK) == 0);
  const std::string bytes(3'000'000, 'x');
  const ScriptedProgram program({RespondObject(bytes)});
  RunningProgram running(
      Redirected(program.Call({"get-object", "s3://b/k", "-"}), ">&" + std::to_string(ends[1])));
  close(ends[1]);
  std::string got;
  std::array<char, 65'536> buffer{};
  for (ssize_t count = 0; (count = read(ends[0], buffer.data(), buffer.size())) > 0;) {
    got.append(buffer.data(), static_cast<std::size_t>(count));
  }
  close(ends[0]);
  RequireExit(program.Checked(running.Wait()), 0);
  CHECK(got == bytes);
}

}  // namespace s3conn
