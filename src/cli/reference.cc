#include "cli/reference.h"

#include <fmt/format.h>

#include "cli/help.h"

namespace s3conn {
namespace {

std::string MarkdownOptions(std::string_view title, const std::vector<OptionInfo>& options) {
  if (options.empty()) return "";
  std::string text = fmt::format("\n| {} | |\n|---|---|\n", title);
  for (const OptionInfo& option : options)
    text += fmt::format("| `{}` | {} |\n", OptionLabel(option), option.description);
  return text;
}

// '-' and '\' mean something to the man macros, and so does a '.' or ''' at the start of a line.
std::string Roff(std::string_view plain) {
  std::string text;
  for (const char c : plain) {
    if (c == '\\') {
      text += "\\e";
    } else if (c == '-') {
      text += "\\-";
    } else {
      text += c;
    }
  }
  return text.starts_with('.') || text.starts_with('\'') ? "\\&" + text : text;
}

std::string RoffOptions(const std::vector<OptionInfo>& options) {
  std::string text;
  for (const OptionInfo& option : options) {
    text += fmt::format(".TP\n.B {}\n{}\n", Roff(OptionLabel(option)), Roff(option.description));
  }
  return text;
}

}  // namespace

std::string MarkdownReference(const CommandLine& line) {
  std::string text =
      "# Commands\n\nMade from the program's own declarations by `s3conn help --all --as markdown`; not "
      "edited by hand.\n";
  std::string group;
  for (const CommandInfo& info : line.Describe()) {
    const Command& command = *info.command;
    if (command.group != group) text += fmt::format("\n## {}\n", command.group);
    group = command.group;
    text += fmt::format("\n### {}\n\n", command.name);
    text += fmt::format("`{}`", Synopsis(info));
    for (const std::string& alias : command.aliases) text += fmt::format(", also `{}`", alias);
    text += fmt::format("\n\n{}\n", command.details);
    text += MarkdownOptions("argument", info.arguments);
    text += MarkdownOptions("option", info.options);
    for (const Example& example : command.examples) {
      text += fmt::format("\n```sh\n{}   # {}\n```\n", example.command, example.explanation);
    }
  }
  text += "\n## Options of every command\n" + MarkdownOptions("option", line.DescribeGlobals());
  return text;
}

std::string ManualPage(const CommandLine& line) {
  std::string text = fmt::format(
      ".TH S3CONN 1 \"\" \"s3conn {}\" \"User Commands\"\n.SH NAME\ns3conn \\- an S3 client for the shell, "
      "for scripts and for "
      "jq\n.SH SYNOPSIS\n.B s3conn\n.I COMMAND\n[OPTIONS] [ARGUMENTS]\n.SH COMMANDS\n",
      S3CONN_VERSION);
  for (const CommandInfo& info : line.Describe()) {
    text += fmt::format(".SS {}\n.B {}\n.PP\n{}\n", Roff(info.command->name), Roff(Synopsis(info)),
                        Roff(info.command->details));
    text += RoffOptions(info.arguments) + RoffOptions(info.options);
    for (const Example& example : info.command->examples) {
      text +=
          fmt::format(".PP\n{}:\n.PP\n.nf\n    {}\n.fi\n", Roff(example.explanation), Roff(example.command));
    }
  }
  text += ".SH OPTIONS OF EVERY COMMAND\n" + RoffOptions(line.DescribeGlobals());
  return text;
}

}  // namespace s3conn
