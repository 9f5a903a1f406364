#include <string>
#include <string_view>
#include <vector>

#include "cli/cli_fixture.h"

namespace s3conn {
namespace {

// What bash offers for the last of these words, which may be unfinished.
std::vector<std::string> BashOffers(const Arguments& words) {
  const BareProgram program;
  const std::string script =
      "eval \"$1\"; shift; COMP_WORDS=(\"$@\") COMP_CWORD=$(($# - 1)); _s3conn\n"
      "[ ${#COMPREPLY[@]} -eq 0 ] || printf '%s\\n' \"${COMPREPLY[@]}\"\n";
  ProgramCall complete;
  complete.command = {"/bin/bash", "-c", script, "bash", program.Run({"completion", "bash"}).out};
  complete.command.insert(complete.command.end(), words.begin(), words.end());
  const ProgramResult run = RunProgram(complete);
  RequireExit(run, 0);
  RequireSilence(run);
  return SplitLines(run.out);
}

std::string Script(const std::string& shell) {
  const BareProgram program;
  const ProgramResult run = program.Run({"completion", shell});
  RequireExit(run, 0);
  return run.out;
}

}  // namespace

TEST_CASE("bash completes the values of an option of every command") {
  CHECK(BashOffers({"s3conn", "ls", "--addressing", ""}) == Arguments{"auto", "path", "virtual"});
  CHECK(BashOffers({"s3conn", "--output", "n"}) == Arguments{"ndjson"});
  CHECK(BashOffers({"s3conn", "ls", "s3://b", "--region", "eu-c"}) == Arguments{"eu-central-1"});
  CHECK(BashOffers({"s3conn", "ls", "--region", ""}).size() == 22);
  CHECK(BashOffers({"s3conn", "ls", "--output", "yaml"}).empty());
}

TEST_CASE("bash completes the values of an option of one command only there") {
  CHECK(BashOffers({"s3conn", "help", "--as", "ma"}) == Arguments{"markdown", "man"});
  CHECK(BashOffers({"s3conn", "ls", "--as", "ma"}).empty());
}

TEST_CASE("bash completes the methods of a URL") {
  CHECK(BashOffers({"s3conn", "presign", "--method", ""}) == Arguments{"GET", "PUT", "DELETE", "HEAD"});
}

TEST_CASE("bash completes a value behind an equals sign") {
  CHECK(BashOffers({"s3conn", "ls", "--addressing", "="}) == Arguments{"auto", "path", "virtual"});
  CHECK(BashOffers({"s3conn", "ls", "--addressing", "=", "v"}) == Arguments{"virtual"});
  CHECK(BashOffers({"s3conn", "--output", "=", "json", "list-b"}) == Arguments{"list-buckets"});
  CHECK(BashOffers({"s3conn", "--output", "=", "json", "help", "--as", "t"}) == Arguments{"text"});
}

TEST_CASE("zsh and fish are told values and captions") {
  const std::string zsh = Script("zsh");
  CHECK(Contains(zsh, ":STYLE:((auto path virtual))'\n"));
  CHECK(Contains(zsh, "]:REGION:((us-east-2\\:\"US East (Ohio)\" us-east-1\\:\"US East (N. Virginia)\" "));
  CHECK(Contains(zsh, "]:FORM:((text markdown man))' \\\n"));
  CHECK(Contains(zsh, "]:FILE:_files'"));
  const std::string fish = Script("fish");
  CHECK(Contains(fish, "-l addressing -x -a 'auto path virtual' -d "));
  CHECK(Contains(fish,
                 "-l region -x -a 'us-east-2\\t\"US East (Ohio)\" us-east-1\\t\"US East (N. Virginia)\" "));
  CHECK(Contains(fish, " -l as -x -a 'text markdown man' -d "));
  CHECK(Contains(fish, "-l config -r -d "));
}

TEST_CASE("what completion offers restricts nothing") {
  const ScriptedProgram program({Respond(200)});
  program.Succeed({"head-bucket", "b", "--region=garage"});
  CHECK(Contains(program.requests().at(0).Header("Authorization").value_or(""), "/garage/s3/aws4_request"));
}

}  // namespace s3conn
