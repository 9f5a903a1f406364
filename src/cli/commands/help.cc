#include "cli/help.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>

#include "base/text.h"
#include "cli/choices.h"
#include "cli/command.h"
#include "cli/reference.h"

namespace s3conn {
namespace {

struct Arguments {
  std::string command;
  bool globals = false;
  bool all = false;
  std::string form = "text";
};

Result<std::string> HelpOn(const CommandLine& line, const std::string& name) {
  const std::vector<CommandInfo> infos = line.Describe();
  std::vector<std::string_view> names;
  for (const CommandInfo& info : infos) {
    const std::vector<std::string>& aliases = info.command->aliases;
    if (info.command->name == name || std::find(aliases.begin(), aliases.end(), name) != aliases.end()) {
      return CommandHelp(line, &info);
    }
    names.emplace_back(info.command->name);
    names.insert(names.end(), aliases.begin(), aliases.end());
  }
  const auto nearest = Nearest(name, names);
  return Failure(ErrorKind::kUsage, "there is no command '" + EscapeForTerminal(name) + "'",
                 nearest ? "did you mean '" + std::string(*nearest) + "'?" : "'s3conn help' lists them");
}

Result<std::string> Text(const Arguments& arguments) {
  const CommandLine line;
  if (arguments.form == "markdown") return MarkdownReference(line);
  if (arguments.form == "man") return ManualPage(line);
  if (arguments.form != "text") {
    return Failure(ErrorKind::kUsage, "--as '" + EscapeForTerminal(arguments.form) + "' is not known",
                   "text, markdown or man");
  }
  if (!arguments.command.empty()) return HelpOn(line, arguments.command);
  if (arguments.globals) return CommandHelp(line, nullptr);
  std::string text = Overview(line);
  if (!arguments.all) return text;
  for (const CommandInfo& info : line.Describe()) text += "\n" + CommandHelp(line, &info);
  return text + "\n" + CommandHelp(line, nullptr);
}

Result<Outcome> Run(Session& session, const Arguments& arguments) {
  const Result<std::string> text = Text(arguments);
  if (!text) return Failure(text.error());
  if (Status printed = session.out().Write(*text); !printed) return Failure(std::move(printed.error()));
  return Done(session.out().Flush());
}

}  // namespace

Command HelpCommand() {
  return {
      "help",
      {},
      "About s3conn",
      "explain a command",
      "Without an argument it shows the overview. The whole reference comes as text, as Markdown or as a "
      "manual page.",
      {{"s3conn help put-object", "one command"}, {"s3conn help --all --as man | man -l -", "everything"}},
      [](CLI::App& app) -> RunCommand {
        const auto arguments = std::make_shared<Arguments>();
        app.add_option("command", arguments->command, "the command to explain")->type_name("COMMAND");
        app.add_flag("--globals", arguments->globals, "the options that every command takes");
        app.add_flag("--all", arguments->all, "everything");
        OfferChoices(app.add_option("--as", arguments->form,
                                    "text, markdown or man; the last two with everything in it")
                         ->type_name("FORM"),
                     {{"text"}, {"markdown"}, {"man"}});
        return [arguments](Session& session) { return Run(session, *arguments); };
      }};
}

}  // namespace s3conn
