#include "cli/completion.h"

#include <CLI/CLI.hpp>
#include <memory>

#include "base/text.h"
#include "cli/command.h"

namespace s3conn {
namespace {

Result<Outcome> Run(Session& session, const std::string& shell) {
  const CommandLine line;
  std::string script;
  if (shell == "bash") script = BashCompletion(line);
  if (shell == "zsh") script = ZshCompletion(line);
  if (shell == "fish") script = FishCompletion(line);
  if (script.empty()) {
    return Failure(ErrorKind::kUsage, "there is no completion for '" + EscapeForTerminal(shell) + "'",
                   "bash, zsh or fish");
  }
  if (Status printed = session.out().Write(script); !printed) return Failure(std::move(printed.error()));
  return Done(session.out().Flush());
}

}  // namespace

Command CompletionCommand() {
  return {"completion",
          {},
          "About s3conn",
          "print the completion script for a shell",
          "Prints a script that completes commands and options in bash, zsh or fish.",
          {{"s3conn completion bash > ~/.local/share/bash-completion/completions/s3conn", "for bash"}},
          [](CLI::App& app) -> RunCommand {
            const auto shell = std::make_shared<std::string>();
            app.add_option("shell", *shell, "bash, zsh or fish")->type_name("SHELL")->required();
            return [shell](Session& session) { return Run(session, *shell); };
          }};
}

}  // namespace s3conn
