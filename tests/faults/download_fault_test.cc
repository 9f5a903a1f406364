#include <string>

#include "faults/faulty_program.h"
#include "support/letters.h"

// What happens to the bytes on their way here, and what becomes of the file.

namespace s3conn {

TEST_CASE("Download: a body that is cut off is gone on with where it ended") {
  FaultyProgram program;
  const std::string bytes = Letters(300'000);
  program.Store("k", bytes);
  program.endpoint.Add({.operation = "GetObject", .behaviour = CutAfter(100'000)});
  CHECK(program.Succeed({"get-object", "s3://b-1/k", "target"})["Verified"] != "size");
  CHECK(program.folder().Read("target") == bytes);
  REQUIRE(program.operations() == "GetObject GetObject");
  CHECK(program.requests()[1].headers.Get("Range") == "bytes=100000-");
  CHECK(!program.requests()[1].headers.Get("If-Match").empty());
}

TEST_CASE("Download: one wrong byte is an integrity failure and no file") {
  FaultyProgram program;
  program.Store("k", Letters(100'000));
  program.endpoint.Add({.operation = "GetObject", .behaviour = Corrupt(70'000), .times = 99});
  const ProgramResult run = program.Run({"get-object", "s3://b-1/k", "target", "--max-attempts", "2"});
  RequireExit(run, 8);
  CHECK(ErrorOf(run)["Kind"] == "Integrity");
  CHECK(!program.folder().Has("target"));
}

TEST_CASE("Download: a body that is too short by its own account is an integrity failure and no file") {
  FaultyProgram program;
  program.Store("k", Letters(100'000));
  program.endpoint.Add({.operation = "GetObject", .behaviour = Truncate(50'000), .times = 99});
  RequireExit(program.Run({"get-object", "s3://b-1/k", "target", "--max-attempts", "2"}), 8);
  CHECK(!program.folder().Has("target"));
}

TEST_CASE("Download: a range that is not the one that was asked for is not taken") {
  FaultyProgram program;
  const std::string bytes = Letters(100'000);
  program.Store("k", bytes);
  program.endpoint.Add({.operation = "GetObject", .behaviour = CutAfter(10'000)});
  program.endpoint.Add({.operation = "GetObject",
                        .behaviour = SetHeader("Content-Range", "bytes 20000-99999/100000"),
                        .first = 2});
  const ProgramResult run = program.Run({"get-object", "s3://b-1/k", "target"});
  if (run.exit_status == 0) {
    CHECK(program.folder().Read("target") == bytes);
  } else {
    CHECK(!program.folder().Has("target"));
  }
}

TEST_CASE("Download: an object that is replaced in the middle is got whole") {
  FaultyProgram program;
  const std::string newer = Letters(50'000) + "new";
  program.Store("k", Letters(100'000));
  const std::string stored = program.folder().Write("newer", newer);
  program.endpoint.Add({.operation = "GetObject", .behaviour = CutAfter(10'000)});
  program.endpoint.Add({.operation = "GetObject",
                        .behaviour = HoldUntil(
                            [&] {
                              RequireExit(program.Run({"put-object", stored, "s3://b-1/k"}), 0);
                            },
                            CarryOut()),
                        .first = 2});
  RequireExit(program.Run({"get-object", "s3://b-1/k", "target"}), 0);
  CHECK(program.folder().Read("target") == newer);
}

TEST_CASE("Listing: a token that comes twice ends it with an error") {
  FaultyProgram program;
  program.Store("k", "");
  program.endpoint.Add({.operation = "ListObjectsV2", .behaviour = RepeatToken(), .times = 99});
  const ProgramResult run = program.Run({"list-objects", "s3://b-1"});
  CHECK(run.exit_status == 1);
  CHECK(program.endpoint.Count("ListObjectsV2") < 5);
}

TEST_CASE("Listing: a page that fails leaves the document unclosed") {
  FaultyProgram program;
  program.Store("k", "");
  program.endpoint.Add({.operation = "ListObjectsV2", .behaviour = Truncate(200), .times = 99});
  const ProgramResult run = program.Run({"list-objects", "s3://b-1", "--max-attempts", "1"});
  CHECK(run.exit_status != 0);
  CHECK(!Json::accept(run.out));
}

}  // namespace s3conn
