#include <fmt/format.h>

#include <string>
#include <vector>

#include "cli/cli_fixture.h"

namespace s3conn {
namespace {

const std::vector<std::string>& Commands() {
  static const std::vector<std::string> kCommands = {
      "create-bucket", "list-buckets", "head-bucket",  "delete-bucket", "put-object",
      "get-object",    "head-object",  "list-objects", "delete",        "regions",
      "version",       "completion",   "help"};
  return kCommands;
}

std::string TextOf(const BareProgram& program, const Arguments& arguments) {
  const ProgramResult run = program.Run(arguments);
  RequireExit(run, 0);
  RequireSilence(run);
  return run.out;
}

}  // namespace

TEST_CASE("Without a command it shows one screen with three examples") {
  const BareProgram program;
  const std::string overview = TextOf(program, {});
  const std::vector<std::string> lines = SplitLines(overview);
  CHECK(lines.size() <= 40);
  std::size_t examples = 0;
  for (const std::string& line : lines) {
    CHECK(line.size() <= 100);
    if (line.starts_with("  s3conn ")) ++examples;
  }
  CHECK(examples == 3);
  for (const std::string& command : Commands()) CHECK(Contains(overview, fmt::format("\n  {}", command)));
  CHECK(TextOf(program, {"help"}) == overview);
  CHECK(TextOf(program, {"--help"}) == overview);
  CHECK(TextOf(program, {"-h"}) == overview);
}

TEST_CASE("Every command explains itself in three ways") {
  const BareProgram program;
  for (const std::string& command : Commands()) {
    CAPTURE(command);
    const std::string text = TextOf(program, {"help", command});
    CHECK(text.starts_with("s3conn " + command + ": "));
    CHECK(Contains(text, "\nUsage: s3conn " + command));
    CHECK(Contains(text, "\nExamples:\n  s3conn " + command));
    CHECK(TextOf(program, {command, "--help"}) == text);
    CHECK(TextOf(program, {command, "-h"}) == text);
  }
  CHECK(TextOf(program, {"help", "ls"}) == TextOf(program, {"help", "list-objects"}));
}

TEST_CASE("The options of every command are explained once") {
  const BareProgram program;
  const std::string text = TextOf(program, {"help", "--globals"});
  for (const char* const option : {"--profile", "--region", "--endpoint-url", "--output", "-v", "-q"}) {
    CHECK(Contains(text, option));
  }
}

TEST_CASE("The reference comes as text and Markdown and a manual page") {
  const BareProgram program;
  for (const char* const form : {"text", "markdown", "man"}) {
    const std::string text = TextOf(program, {"help", "--all", fmt::format("--as={}", form)});
    for (const std::string& command : Commands()) {
      CAPTURE(form, command);
      // A manual page writes a hyphen as "\-".
      std::string name = command;
      if (std::string(form) == "man" && !Contains(text, name)) name.replace(name.find('-'), 1, "\\-");
      CHECK(Contains(text, name));
    }
  }
}

TEST_CASE("The version is told") {
  const BareProgram program;
  const Json version = program.Succeed({"version"});
  CHECK(FieldNames(version) == std::vector<std::string>{"Version", "Libraries"});
  CHECK(program.Succeed({"--version"}) == version);
  CHECK(TextOf(program, {"version", "--output=text"})
            .starts_with("s3conn " + version["Version"].get<std::string>()));
}

TEST_CASE("The completion scripts are valid and know every command") {
  const BareProgram program;
  for (const char* const shell : {"bash", "zsh", "fish"}) {
    const std::string script = TextOf(program, {"completion", shell});
    for (const std::string& command : Commands()) {
      CAPTURE(shell, command);
      CHECK(Contains(script, command));
    }
  }
  ProgramCall parse;
  parse.command = {"/bin/bash", "-n"};
  parse.input = TextOf(program, {"completion", "bash"});
  const ProgramResult parsed = RunProgram(parse);
  RequireExit(parsed, 0);
  RequireSilence(parsed);
}

TEST_CASE("The completion for bash completes commands and options") {
  const BareProgram program;
  const std::string script =
      "eval \"$1\"\n"
      "COMP_WORDS=(s3conn list-) COMP_CWORD=1; _s3conn; echo \"${COMPREPLY[@]}\"\n"
      "COMP_WORDS=(s3conn ls --del) COMP_CWORD=2; _s3conn; echo \"${COMPREPLY[@]}\"\n"
      "COMP_WORDS=(s3conn ls --reg) COMP_CWORD=2; _s3conn; echo \"${COMPREPLY[@]}\"\n";
  ProgramCall complete;
  complete.command = {"/bin/bash", "-c", script, "bash", TextOf(program, {"completion", "bash"})};
  const ProgramResult run = RunProgram(complete);
  RequireExit(run, 0);
  INFO(run.Describe());
  const std::vector<std::string> lines = SplitLines(run.out);
  CHECK(lines == Arguments{"list-buckets list-objects", "--delimiter", "--region"});
}

}  // namespace s3conn
