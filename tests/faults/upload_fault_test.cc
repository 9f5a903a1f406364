#include <chrono>

#include "faults/faulty_program.h"

// What the store does to a write, and what becomes of it.

namespace s3conn {

TEST_CASE("Upload: a store that is busy is asked again") {
  FaultyProgram program;
  program.endpoint.Add({.operation = "PutObject", .behaviour = SlowDown(), .times = 2});
  program.folder().Write("file", "content");
  program.Succeed({"put-object", "file", "s3://b-1/k"});
  CHECK(program.operations() == "PutObject PutObject PutObject");
  CHECK(program.Stored("k") == "content");
}

TEST_CASE("Upload: an answer that is lost after the write costs one more request and no object") {
  FaultyProgram program;
  program.endpoint.Add({.operation = "PutObject", .behaviour = CloseAfter()});
  program.folder().Write("file", "content");
  program.Succeed({"put-object", "file", "s3://b-1/k"});
  CHECK(program.operations() == "PutObject PutObject");
  CHECK(program.Stored("k") == "content");
}

TEST_CASE("Upload: a create-only write whose answer is lost is known to be ours") {
  FaultyProgram program;
  program.endpoint.Add({.operation = "PutObject", .behaviour = CloseAfter()});
  program.folder().Write("file", "content");
  const ProgramResult run = program.Run({"put-object", "file", "s3://b-1/k", "--if-none-match"});
  // What was written by the first attempt refuses the second: either is told as it is, never as a success of
  // someone else's object.
  CHECK((run.exit_status == 0 || run.exit_status == 6));
  CHECK(program.Stored("k") == "content");
}

TEST_CASE("Upload: a store that fails to the end is exit status 1 or 7 and leaves the older object") {
  FaultyProgram program;
  program.Store("k", "older");
  program.endpoint.Add({.operation = "PutObject", .behaviour = FailWith(500, "InternalError"), .times = 99});
  program.folder().Write("file", "content");
  const Json error = program.Fail(1, {"put-object", "file", "s3://b-1/k", "--max-attempts", "2"});
  CHECK(error["Code"] == "InternalError");
  CHECK(program.operations() == "PutObject PutObject");
  CHECK(program.Stored("k") == "older");
}

TEST_CASE("Upload: a region that the store corrects is signed anew") {
  FaultyProgram program;
  program.endpoint.Add({.operation = "PutObject", .behaviour = RedirectTo(301, "eu-west-1")});
  program.folder().Write("file", "content");
  program.Succeed({"put-object", "file", "s3://b-1/k"});
  REQUIRE(program.requests().size() == 2);
  CHECK(Contains(program.requests()[1].headers.Get("Authorization"), "/eu-west-1/s3/"));
  CHECK(program.Stored("k") == "content");
}

TEST_CASE("Copy: an error inside a 200 is an error") {
  FaultyProgram program;
  program.Store("k", "content");
  program.endpoint.Add({.operation = "CopyObject",
                        .behaviour = AnswerRaw(200, {}, "<Error><Code>SlowDown</Code></Error>"),
                        .times = 99});
  const ProgramResult run = program.Run({"copy", "s3://b-1/k", "s3://b-1/other", "--max-attempts", "2"});
  CHECK(run.exit_status == 7);
  CHECK(program.endpoint.Count("CopyObject") == 2);
  CHECK(program.Stored("other") == "(none)");
}

TEST_CASE("Move: whatever is lost on the way one of the two is there") {
  for (const Behaviour& lost :
       {CloseBefore(), CloseAfter(), FailWith(500, "InternalError"), ErrorInside("InternalError")}) {
    for (const char* const operation : {"CopyObject", "HeadObject", "DeleteObject"}) {
      FaultyProgram program;
      program.Store("from", "content");
      program.endpoint.Add({.operation = operation, .behaviour = lost, .times = 99});
      const ProgramResult run = program.Run({"move", "s3://b-1/from", "s3://b-1/to", "--max-attempts", "2"});
      INFO(operation << "\n" << run.Describe());
      const std::string from = program.Stored("from");
      const std::string to = program.Stored("to");
      CHECK((from == "content" || to == "content"));
      if (run.exit_status == 0) CHECK((from == "(none)" && to == "content"));
    }
  }
}

}  // namespace s3conn
