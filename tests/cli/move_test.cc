#include <fmt/format.h>

#include <string>
#include <utility>
#include <vector>

#include "cli/cli_fixture.h"

namespace s3conn {
namespace {

Step Copied(std::string_view bytes) {
  return Respond(
      200, {}, fmt::format("<CopyObjectResult><ETag>&quot;{}&quot;</ETag></CopyObjectResult>", Md5Of(bytes)));
}

// What a move of "hello" is answered, up to the deletion.
std::vector<Step> UpToDeletion() {
  return {RespondHead("hello"), Copied("hello"), RespondHead("hello"), RespondHead("hello")};
}

std::vector<Step> Moved(Step deletion) {
  std::vector<Step> steps = UpToDeletion();
  steps.push_back(std::move(deletion));
  return steps;
}

std::size_t Deletions(const ScriptedProgram& program) {
  std::size_t count = 0;
  for (const std::string& line : program.request_lines()) count += line.starts_with("DELETE ") ? 1 : 0;
  return count;
}

}  // namespace

TEST_CASE("move prints what was moved in each format") {
  const std::string record =
      "{\"Source\":\"s3://b/k\",\"Destination\":\"s3://c/new/k\","
      "\"ETag\":\"5d41402abc4b2a76b9719d911017c592\",\"Size\":5,\"Verified\":\"md5\","
      "\"SourceDeleted\":true}\n";
  for (const auto& [arguments, printed] : std::vector<std::pair<Arguments, std::string>>{
           {{"move", "s3://b/k", "s3://c/new/"}, record},
           {{"mv", "s3://b/k", "s3://c/new/", "--output=ndjson"}, record},
           {{"move-object", "s3://b/k", "s3://c/new/", "--output=text"},
            "moved s3://b/k to s3://c/new/k (5 B)\n"},
           {{"move", "s3://b/k", "s3://c/new/", "--output=text", "--quiet"}, ""}}) {
    const ScriptedProgram program(Moved(Respond(204)));
    const ProgramResult run = program.Run(arguments);
    RequireExit(run, 0);
    RequireSilence(run);
    CHECK(run.out == printed);
    CHECK(program.request_lines() ==
          Arguments{"HEAD /b/k", "PUT /c/new/k", "HEAD /c/new/k", "HEAD /b/k", "DELETE /b/k"});
    CHECK(program.requests().at(4).Header("If-Match") == "\"5d41402abc4b2a76b9719d911017c592\"");
  }
}

TEST_CASE("move tells of the marker that hides the source") {
  const ScriptedProgram program(Moved(Respond(204, {{"x-amz-delete-marker", "true"}})));
  const Json record = program.Succeed({"move", "s3://b/k", "s3://c/l"});
  CHECK(record["SourceDeleted"] == true);
  CHECK(record["DeleteMarker"] == true);
}

TEST_CASE("move with a version deletes that version") {
  const ScriptedProgram program(Moved(Respond(204)));
  program.Succeed({"move", "s3://b/k", "s3://c/l", "--version-id=v1"});
  CHECK(program.request_lines() == Arguments{"HEAD /b/k?versionId=v1", "PUT /c/l", "HEAD /c/l",
                                             "HEAD /b/k?versionId=v1", "DELETE /b/k?versionId=v1"});
  CHECK(program.requests().at(1).Header("x-amz-copy-source") == "/b/k?versionId=v1");
}

TEST_CASE("move of a source that changed leaves it and exits with 6") {
  std::vector<Step> steps = UpToDeletion();
  steps.back() = RespondHead("newer");
  const ScriptedProgram program(std::move(steps));
  const Json error = program.Fail(6, {"move", "s3://b/k", "s3://c/l"});
  CHECK(error["Message"] ==
        "move s3://b/k to s3://c/l: the source was written to meanwhile, so it was not deleted");
  CHECK(error["Hint"] == "the copy is what the source was before; move again for what it is now");
  CHECK(Deletions(program) == 0);
}

TEST_CASE("move with no-clobber of a source that changed after the copy is no skip") {
  const ScriptedProgram program({RespondHead("hello"), Respond(404), Respond(404), Copied("hello"),
                                 RespondHead("hello"), RespondHead("newer"), RespondHead("hello")});
  const Json error = program.Fail(6, {"move", "s3://b/k", "s3://c/l", "--no-clobber"});
  CHECK(Contains(error["Message"].get<std::string>(), "the source was written to meanwhile"));
  CHECK(Deletions(program) == 0);
}

TEST_CASE("move with no-clobber leaves both where the destination exists") {
  const ScriptedProgram program({RespondHead("hello"), RespondHead("other")});
  CHECK(program.Succeed({"move", "s3://b/k", "s3://c/l", "--no-clobber"}) ==
        Json({{"Source", "s3://b/k"}, {"Destination", "s3://c/l"}, {"Skipped", true}}));
  CHECK(program.request_lines() == Arguments{"HEAD /b/k", "HEAD /c/l"});
}

TEST_CASE("move whose copy has another size leaves the source and exits with 8") {
  const ScriptedProgram program({RespondHead("hello"), Copied("hello"), RespondHead("hell")});
  const Json error = program.Fail(8, {"move", "s3://b/k", "s3://c/l"});
  CHECK(error["Kind"] == "Integrity");
  CHECK(Contains(error["Message"].get<std::string>(), "copied, but the source was not deleted"));
  CHECK(Deletions(program) == 0);
}

TEST_CASE("move whose deletion is refused says that there is a copy") {
  const ScriptedProgram program(Moved(RespondError(403, "AccessDenied")));
  const Json error = program.Fail(5, {"move", "s3://b/k", "s3://c/l"});
  CHECK(Contains(error["Message"].get<std::string>(), "copied, but the source could not be deleted"));
}

TEST_CASE("move reads both where the ETags of the store say nothing") {
  const Headers opaque = {{"ETag", "\"copy\""}};
  const Step copied = Respond(200, {}, "<CopyObjectResult><ETag>\"copy\"</ETag></CopyObjectResult>");
  const Step copy = RespondHead("hello", opaque);
  const Step source = RespondHead("hello");
  const ScriptedProgram same({source, copied, copy, copy, RespondObject("hello"),
                              RespondObject("hello", opaque), source, Respond(204)});
  CHECK(same.Succeed({"move", "s3://b/k", "s3://c/l"})["Verified"] == "sha256");
  const ScriptedProgram other(
      {source, copied, copy, copy, RespondObject("hello"), RespondObject("hellO", opaque)});
  other.Fail(8, {"move", "s3://b/k", "s3://c/l"});
  CHECK(Deletions(other) == 0);
}

TEST_CASE("move by an access point to the same key is refused before any request") {
  const ScriptedProgram program;
  const Json error = program.Fail(2, {"move", "s3://b/k", "s3://mine-abc-s3alias/"});
  CHECK(Contains(error["Message"].get<std::string>(), "might be moved onto itself"));
  CHECK(program.requests().empty());
}

}  // namespace s3conn
