#include <chrono>

#include "faults/faulty_program.h"

// The harness itself: a fault happens to the requests that it is for, and to no other.

namespace s3conn {

TEST_CASE("FaultyEndpoint: a fault is for its operation and its numbers alone") {
  FaultyProgram program;
  program.Store("k", "content");
  program.endpoint.Add(
      {.operation = "HeadObject", .behaviour = FailWith(403, "AccessDenied"), .first = 2, .times = 2});
  const std::vector<std::string> head = {"head-object", "s3://b-1/k"};
  RequireExit(program.Run(head), 0);
  RequireExit(program.Run(head), 5);
  RequireExit(program.Run({"get-object", "s3://b-1/k", "-"}), 0);
  RequireExit(program.Run(head), 5);
  RequireExit(program.Run(head), 0);
  CHECK(program.operations() == "HeadObject HeadObject GetObject HeadObject HeadObject");
  CHECK(program.requests()[1].status == 403);
  CHECK(program.requests()[1].target == "/b-1/k");
}

TEST_CASE("FaultyEndpoint: a clock that is an hour ahead is found out and signed for") {
  FaultyProgram program(std::chrono::hours(1));
  program.Store("k", "content");
  const ProgramResult run = program.Run({"head-object", "s3://b-1/k"});
  RequireExit(run, 0);
  CHECK(Contains(run.err, "clock"));
  CHECK(program.operations() == "HeadObject HeadObject");
}

TEST_CASE("FaultyEndpoint: an answer without its bytes names the bytes it should have") {
  FaultyProgram program;
  program.Store("k", "content");
  program.endpoint.Add({.operation = "GetObject", .behaviour = CutAfter(0), .times = 99});
  RequireExit(program.Run({"get-object", "s3://b-1/k", "target", "--max-attempts", "1"}), 7);
  CHECK(!program.folder().Has("target"));
}

}  // namespace s3conn
