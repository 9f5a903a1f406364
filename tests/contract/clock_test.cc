
#include <chrono>
#include <string>

#include "contract/contract_fixture.h"
#include "contract/shifted_clock.h"

namespace s3conn {

TEST_CASE("A clock that is off by 20 minutes is told and does not stop anything") {
  struct Shift {
    std::chrono::minutes by;
    std::string told;
  };
  const TestBucket bucket;
  for (const Shift& shift : {Shift{std::chrono::minutes(-20), "20 minutes behind the store's"},
                             Shift{std::chrono::minutes(20), "20 minutes ahead of the store's"}}) {
    CAPTURE(shift.told);
    ContractProgram program;
    ShiftClock(program, shift.by);
    program.folder().Write("source", "bytes");
    const auto succeed = [&](const Arguments& arguments) {
      ProgramResult run = program.Run(arguments);
      RequireExit(run, 0);
      INFO(run.Describe());
      CHECK(SplitLines(run.err).size() == 1);
      CHECK(run.err.starts_with("s3conn: warning: this machine's clock is "));
      CHECK(Contains(run.err, shift.told));
      return run;
    };
    CHECK(DocumentOf(succeed({"put-object", "source", bucket.Uri("o")}))["Verified"] == "sha256");
    CHECK(DocumentOf(succeed({"head-object", bucket.Uri("o")}))["Size"] == 5);
    CHECK(succeed({"cat", bucket.Uri("o")}).out == "bytes");
    succeed({"copy", bucket.Uri("o"), bucket.Uri("copy")});
    succeed({"delete", bucket.Uri("o")});
  }
}

TEST_CASE("A clock that is off by 10 minutes is nobody's business") {
  ContractProgram program;
  const TestBucket bucket;
  ShiftClock(program, std::chrono::minutes(-10));
  program.folder().Write("source", "bytes");
  program.Succeed({"put-object", "source", bucket.Uri("o")});
}

}  // namespace s3conn
