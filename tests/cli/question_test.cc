#include <signal.h>

#include <string>
#include <string_view>
#include <vector>

#include "cli/cli_fixture.h"
#include "support/terminal.h"

namespace s3conn {
namespace {

constexpr std::string_view kQuestion = "to go on: ";

Step RespondEmpty(const std::string& root) {
  return Respond(200, {}, "<" + root + "><IsTruncated>false</IsTruncated></" + root + ">");
}

// A forced deletion of an empty bucket at a terminal, up to the question.
struct Asked {
  Asked()
      : program({RespondEmpty("ListMultipartUploadsResult"), RespondEmpty("ListVersionsResult"),
                 RespondEmpty("ListBucketResult"), Respond(204)}),
        running(Call()) {
    REQUIRE(terminal.WaitFor(kQuestion));
  }

  ProgramCall Call() const {
    ProgramCall call = program.Call({"delete-bucket", "my-bucket", "--force", "--output=json"});
    call.input_file = terminal.path();
    call.error_file = terminal.path();
    return call;
  }

  ProgramResult Answer(std::string_view text) {
    terminal.Type(text);
    return program.Checked(running.Wait());
  }

  ScriptedProgram program;
  Terminal terminal;
  RunningProgram running;
};

}  // namespace

TEST_CASE("A terminal is asked for the name of the bucket before anything is sent") {
  Asked asked;
  CHECK(Contains(asked.terminal.shown(), "This deletes bucket 'my-bucket' and everything in it"));
  CHECK(asked.program.requests().empty());
  const ProgramResult run = asked.Answer("my-bucket\n");
  RequireExit(run, 0);
  CHECK(DocumentOf(run)["Results"] == Json({{{"BucketName", "my-bucket"}, {"Deleted", true}}}));
  CHECK(asked.program.requests().size() == 4);
}

TEST_CASE("Any other answer refuses and nothing is done") {
  for (const std::string_view answer : {"\n", "yes\n", "my-bucke\n", "my-bucket2\n", "\x04"}) {
    CAPTURE(answer);
    Asked asked;
    const ProgramResult run = asked.Answer(answer);
    RequireExit(run, 2);
    CHECK(run.out.empty());
    REQUIRE(asked.terminal.WaitFor("nothing was deleted"));
    CHECK(asked.program.requests().empty());
  }
}

TEST_CASE("Ctrl-C at the question ends it and nothing is done") {
  Asked asked;
  asked.running.Signal(SIGINT);
  RequireExit(asked.program.Checked(asked.running.Wait()), 130);
  CHECK(asked.program.requests().empty());
}

TEST_CASE("With yes a terminal is not asked") {
  const ScriptedProgram program({RespondError(404, "NoSuchBucket")});
  const Terminal terminal;
  ProgramCall call = program.Call({"delete-bucket", "b", "--force", "--yes"});
  call.input_file = terminal.path();
  call.error_file = terminal.path();
  RequireExit(program.Run(call), 4);
}

TEST_CASE("A terminal for the answers alone is not asked") {
  const ScriptedProgram program;
  const Terminal terminal;
  ProgramCall call = program.Call({"delete-bucket", "b", "--force"});
  call.input_file = terminal.path();
  RequireExit(program.Run(call), 2);
  CHECK(program.requests().empty());
}

}  // namespace s3conn
