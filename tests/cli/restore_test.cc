#include <string>
#include <vector>

#include "cli/cli_fixture.h"

namespace s3conn {
namespace {

const Arguments kRestore = {"restore", "s3://b/a b"};

Arguments With(Arguments command, const Arguments& more) {
  command.insert(command.end(), more.begin(), more.end());
  return command;
}

std::string BodyOf(const ScriptedProgram& program) {
  return program.requests().at(0).body;
}

}  // namespace

TEST_CASE("An archived object is asked for by a week and the standard tier") {
  const ScriptedProgram program({Respond(202)});
  CHECK(program.Succeed(kRestore) == Json({{"BucketName", "b"},
                                           {"Key", "a b"},
                                           {"RestoreStatus", "Started"},
                                           {"Days", 7},
                                           {"Tier", "Standard"}}));
  CHECK(program.request_lines() == Arguments{"POST /b/a%20b?restore"});
  CHECK(Contains(BodyOf(program), "<Days>7</Days>"));
  CHECK(Contains(BodyOf(program), "<Tier>Standard</Tier>"));
}

TEST_CASE("A copy that is there already stays longer") {
  const ScriptedProgram program({Respond(200)});
  const Json record =
      program.Succeed(With(kRestore, {"--days", "30", "--tier", "bULK", "--version-id", "v+1"}));
  CHECK(record == Json({{"BucketName", "b"},
                        {"Key", "a b"},
                        {"VersionId", "v+1"},
                        {"RestoreStatus", "Extended"},
                        {"Days", 30},
                        {"Tier", "Bulk"}}));
  CHECK(program.request_lines() == Arguments{"POST /b/a%20b?restore&versionId=v%2B1"});
  CHECK(Contains(BodyOf(program), "<Days>30</Days>"));
  CHECK(Contains(BodyOf(program), "<Tier>Bulk</Tier>"));
}

TEST_CASE("An object that comes back for good is asked for without days") {
  const ScriptedProgram program({Respond(202)});
  const Json record = program.Succeed(With(kRestore, {"--days", "none", "--tier", "expedited"}));
  CHECK_FALSE(record.contains("Days"));
  CHECK(record["Tier"] == "Expedited");
  CHECK_FALSE(Contains(BodyOf(program), "Days"));
}

TEST_CASE("A restore is told for people and line by line") {
  const ScriptedProgram started({Respond(202)});
  CHECK(started.Run(With(kRestore, {"--output=text"})).out ==
        "asked for a copy of s3://b/a b; head-object says when it is there\n");
  const ScriptedProgram extended({Respond(200)});
  CHECK(extended.Run(With(kRestore, {"--output=text"})).out == "the copy of s3://b/a b stays longer\n");
  const ScriptedProgram lines({Respond(202)});
  CHECK(LinesOf(lines.Run(With(kRestore, {"--output=ndjson"}))).at(0)["RestoreStatus"] == "Started");
}

TEST_CASE("Days and tiers that do not exist are refused before any request") {
  const ScriptedProgram program;
  for (const std::string value : {"0", "-1", "7d", "2147483648", "1.5"}) {
    CAPTURE(value);
    const Json error = program.Fail(2, With(kRestore, {"--days=" + value}));
    CHECK(Contains(error["Message"].get<std::string>(), "--days '" + value + "'"));
    CHECK(Contains(error["Hint"].get<std::string>(), "a whole number from 1"));
  }
  const Json tier = program.Fail(2, With(kRestore, {"--tier=fast\x1b"}));
  CHECK(tier["Message"] == "--tier 'fast\\x1b' is no tier");
  CHECK(Contains(tier["Hint"].get<std::string>(), "Bulk"));
  program.Fail(2, {"restore", "s3://b"});
  CHECK(program.requests().empty());
}

TEST_CASE("A restore that the store refuses for its state is a conflict with a hint of its own") {
  const ScriptedProgram busy({RespondError(409, "RestoreAlreadyInProgress")});
  const Json error = busy.Fail(6, kRestore);
  CHECK(error["Kind"] == "Conflict");
  CHECK(error["Message"] ==
        "restore s3://b/a b: This is RestoreAlreadyInProgress. (RestoreAlreadyInProgress)");
  const ScriptedProgram standard({RespondError(403, "InvalidObjectState")});
  CHECK(Contains(standard.Fail(6, kRestore)["Hint"].get<std::string>(), "only archived objects"));
}

TEST_CASE("Reading an archived object is a conflict that names restore") {
  const ScriptedProgram program({RespondError(403, "InvalidObjectState")});
  const Json error = program.Fail(6, {"get-object", "s3://b/k", "-"});
  CHECK(error["Kind"] == "Conflict");
  CHECK(Contains(error["Hint"].get<std::string>(), "s3conn restore s3://"));
}

TEST_CASE("A dry run of a restore only looks at the object") {
  const ScriptedProgram program({RespondHead("hello", {{"x-amz-storage-class", "GLACIER"}})});
  CHECK(program.Succeed(With(kRestore, {"--dry-run", "--version-id=v1"})) ==
        Json({{"BucketName", "b"},
              {"Key", "a b"},
              {"VersionId", "v1"},
              {"StorageClass", "GLACIER"},
              {"Days", 7},
              {"Tier", "Standard"},
              {"DryRun", true}}));
  CHECK(program.request_lines() == Arguments{"HEAD /b/a%20b?versionId=v1"});
  const ScriptedProgram missing({Respond(404)});
  CHECK(missing.Fail(4, With(kRestore, {"--dry-run"}))["Message"] ==
        "look at s3://b/a b: not found (HTTP 404)");
}

TEST_CASE("The state of a restore is shown with the object") {
  const ScriptedProgram under_way({RespondHead(
      "hello", {{"x-amz-storage-class", "DEEP_ARCHIVE"}, {"x-amz-restore", "ongoing-request=\"true\""}})});
  const Json waiting = under_way.Succeed({"head-object", "s3://b/k"});
  CHECK(waiting["RestoreStatus"] == Json({{"IsRestoreInProgress", true}}));
  const ScriptedProgram there({RespondHead(
      "hello",
      {{"x-amz-archive-status", "ARCHIVE_ACCESS"},
       {"x-amz-restore", "ongoing-request=\"false\", expiry-date=\"Wed, 23 Dec 2026 00:00:00 GMT\""}})});
  const Json restored = there.Succeed({"head-object", "s3://b/k"});
  CHECK(restored["ArchiveStatus"] == "ARCHIVE_ACCESS");
  CHECK(restored["RestoreStatus"] ==
        Json({{"IsRestoreInProgress", false}, {"RestoreExpiryDate", "2026-12-23T00:00:00Z"}}));
}

}  // namespace s3conn
