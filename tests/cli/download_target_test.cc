#include <sys/stat.h>
#include <unistd.h>

#include <string>

#include "cli/cli_fixture.h"

namespace s3conn {
namespace {

bool IsLink(const std::string& path) {
  struct stat info {};
  return lstat(path.c_str(), &info) == 0 && S_ISLNK(info.st_mode);
}

}  // namespace

TEST_CASE("A link that happens to have the key's name is replaced and what it points to stays") {
  const ScriptedProgram program({RespondObject("hello"), RespondObject("hello"), RespondObject("hello")});
  const TemporaryFolder& folder = program.folder();
  folder.Write("victim", "what was there");
  folder.Write("inner/kept", "");
  REQUIRE(symlink("../victim", folder.Path("inner/k").c_str()) == 0);
  REQUIRE(symlink("../new", folder.Path("inner/dangling").c_str()) == 0);
  REQUIRE(symlink("victim", folder.Path("here").c_str()) == 0);
  program.Succeed({"get-object", "s3://b/k", "inner"});
  program.Succeed({"get-object", "s3://b/dangling", "inner/"});
  program.Succeed({"get-object", "s3://b/folder/here"});
  for (const char* const name : {"inner/k", "inner/dangling", "here"}) {
    CHECK_FALSE(IsLink(folder.Path(name)));
    CHECK(folder.Read(name) == "hello");
  }
  CHECK(folder.Read("victim") == "what was there");
  CHECK(folder.Names() == Arguments{"here", "inner", "victim"});
}

TEST_CASE("A pipe that happens to have the key's name is refused") {
  const ScriptedProgram program;
  REQUIRE(mkfifo(program.folder().Path("k").c_str(), 0600) == 0);
  for (const char* const target : {".", "./"}) {
    CHECK(program.Fail(2, {"get-object", "s3://b/k", target})["Kind"] == "Usage");
  }
  program.Fail(2, {"get-object", "s3://b/k"});
  CHECK(program.requests().empty());
}

TEST_CASE("A link to nothing that the user names is refused") {
  const ScriptedProgram program;
  REQUIRE(symlink("nothing", program.folder().Path("link").c_str()) == 0);
  const Json error = program.Fail(10, {"get-object", "s3://b/k", "link"});
  CHECK(error["Message"] == "'link' is a link to nothing");
  CHECK(program.requests().empty());
  CHECK(program.folder().Names() == Arguments{"link"});
}

TEST_CASE("An empty target is refused") {
  const ScriptedProgram program;
  CHECK(program.Fail(2, {"get-object", "s3://b/k", ""})["Message"] == "the target is empty");
  CHECK(program.requests().empty());
}

}  // namespace s3conn
