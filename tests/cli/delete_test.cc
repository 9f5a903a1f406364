#include <string>
#include <vector>

#include "cli/cli_fixture.h"

namespace s3conn {
namespace {

// On a store that may not look at conditions: what is there now.
Step Now() {
  return RespondHead("bytes");
}

}  // namespace

TEST_CASE("delete --version-id deletes that version") {
  const ScriptedProgram program({Respond(204, {{"x-amz-version-id", "v1"}})});
  CHECK(program.Succeed({"delete", "s3://b/k", "--version-id=v1"}) ==
        Json({{"BucketName", "b"}, {"Key", "k"}, {"Deleted", true}, {"VersionId", "v1"}}));
  CHECK(program.request_lines() == Arguments{"DELETE /b/k?versionId=v1"});
}

TEST_CASE("delete --if-match deletes only what has that ETag") {
  SECTION("it has") {
    const ScriptedProgram program({Now(), Respond(204)});
    program.Succeed({"rm", "s3://b/k", "--if-match", "\"" + Md5Of("bytes") + "\""});
    CHECK(program.request_lines() == Arguments{"HEAD /b/k", "DELETE /b/k"});
    CHECK(program.requests().at(1).Header("If-Match") == "\"" + Md5Of("bytes") + "\"");
  }
  SECTION("it has another") {
    const ScriptedProgram program({Now()});
    const Json error = program.Fail(6, {"rm", "s3://b/k", "--if-match=other"});
    CHECK(error["Kind"] == "Precondition");
    CHECK(
        Contains(error["Message"].get<std::string>(), "has the ETag '" + Md5Of("bytes") + "', not 'other'"));
    CHECK(program.request_lines() == Arguments{"HEAD /b/k"});
  }
  SECTION("nothing is there") {
    const ScriptedProgram program({Respond(404)});
    CHECK(Contains(program.Fail(6, {"rm", "s3://b/k", "--if-match=e"})["Message"].get<std::string>(),
                   "the object does not exist"));
  }
}

TEST_CASE("delete --dry-run sends nothing and says what would go") {
  const ScriptedProgram program;
  CHECK(program.Succeed({"delete", "s3://b/k", "--dry-run", "--version-id=v"}) ==
        Json({{"BucketName", "b"}, {"Key", "k"}, {"VersionId", "v"}, {"DryRun", true}}));
  Json several = program.Succeed({"delete", "s3://b/1", "s3://b/2", "--dry-run"});
  several["Summary"].erase("Seconds");
  CHECK(several == Json({{"Results",
                          {{{"BucketName", "b"}, {"Key", "1"}, {"DryRun", true}},
                           {{"BucketName", "b"}, {"Key", "2"}, {"DryRun", true}}}},
                         {"Summary", {{"Deleted", 0}, {"WouldDelete", 2}, {"Failed", 0}}}}));
  const ProgramResult text = program.Run({"delete", "s3://b/1", "s3://b/2", "--dry-run", "--output=text"});
  CHECK(text.out ==
        "would delete s3://b/1\nwould delete s3://b/2\n2 would be deleted; nothing was changed\n");
  CHECK(program.requests().empty());
}

TEST_CASE("delete --dry-run tries the condition and deletes nothing") {
  SECTION("it holds") {
    const ScriptedProgram program({Now()});
    CHECK(program.Succeed({"delete", "s3://b/k", "--dry-run", "--if-match=" + Md5Of("bytes")})["DryRun"] ==
          true);
    CHECK(program.request_lines() == Arguments{"HEAD /b/k"});
  }
  SECTION("it does not") {
    const ScriptedProgram program({Now()});
    const Json error = program.Fail(6, {"delete", "s3://b/k", "--dry-run", "--if-match=other"});
    CHECK(error["Message"].get<std::string>().starts_with("delete s3://b/k: the object has the ETag"));
    CHECK(program.request_lines() == Arguments{"HEAD /b/k"});
  }
}

TEST_CASE("delete refuses a version or a condition for several objects") {
  const ScriptedProgram program;
  for (const char* const option : {"--version-id=v", "--if-match=e"}) {
    const Json error = program.Fail(2, {"delete", "s3://b/1", "s3://b/2", option});
    CHECK(Contains(error["Message"].get<std::string>(), "several are named"));
  }
  CHECK(Contains(program.Fail(2, {"delete", "s3://b/1", "--if-match=a b"})["Message"].get<std::string>(),
                 "--if-match 'a b' can't be an ETag"));
  CHECK(program.requests().empty());
}

}  // namespace s3conn
