#include "cli/help.h"

#include <fmt/format.h>

#include <algorithm>

namespace s3conn {
namespace {

constexpr std::size_t kLineWidth = 80;

// `text` in lines of at most kLineWidth, the first one after `indent` characters that are there already.
std::string Wrap(std::string_view text, std::size_t indent) {
  std::string wrapped;
  std::size_t column = indent;
  while (!text.empty()) {
    const std::string_view word = text.substr(0, text.find(' '));
    if (column > indent && column + 1 + word.size() > kLineWidth) {
      wrapped += '\n' + std::string(indent, ' ');
      column = indent;
    } else if (column > indent) {
      wrapped += ' ';
      ++column;
    }
    wrapped += word;
    column += word.size();
    text.remove_prefix(std::min(text.size(), word.size() + 1));
  }
  return wrapped;
}

struct Row {
  std::string left;
  std::string right;
};

std::string Table(const std::vector<Row>& rows) {
  std::size_t width = 0;
  for (const Row& row : rows) width = std::max(width, row.left.size());
  std::string text;
  for (const Row& row : rows)
    text += fmt::format("  {:<{}}  {}\n", row.left, width, Wrap(row.right, width + 4));
  return text;
}

std::string OptionTable(const std::vector<OptionInfo>& options) {
  std::vector<Row> rows;
  rows.reserve(options.size());
  for (const OptionInfo& option : options) rows.push_back({OptionLabel(option), option.description});
  return Table(rows);
}

}  // namespace

std::string OptionLabel(const OptionInfo& option) {
  std::string label;
  for (const std::string& name : option.names) label += (label.empty() ? "" : ", ") + name;
  return option.value.empty() ? label : label + " " + option.value;
}

std::string Synopsis(const CommandInfo& info) {
  std::string text = "s3conn " + info.command->name;
  if (!info.options.empty()) text += " [OPTIONS]";
  for (const OptionInfo& argument : info.arguments) {
    const std::string name = argument.names.front() + (argument.repeats ? "..." : "");
    text += argument.required ? " " + name : " [" + name + "]";
  }
  return text;
}

std::string Overview(const CommandLine& line) {
  std::string text =
      "s3conn: an S3 client for the shell, for scripts and for jq\n\n"
      "Usage: s3conn COMMAND [OPTIONS] [ARGUMENTS]\n";
  std::string group;
  std::vector<Row> rows;
  for (const CommandInfo& info : line.Describe()) {
    if (info.command->group != group) {
      text += Table(rows);
      rows.clear();
      group = info.command->group;
      text += fmt::format("\n{}:\n", group);
    }
    std::string name = info.command->name;
    for (const std::string& alias : info.command->aliases) name += ", " + alias;
    rows.push_back({name, info.command->summary});
  }
  text += Table(rows);
  text +=
      "\nExamples:\n"
      "  s3conn put-object report.pdf s3://my-data/2026/\n"
      "  s3conn list-objects s3://my-data/2026/ | jq -r '.Contents[].Key'\n"
      "  s3conn get-object s3://my-data/2026/report.pdf -  > report.pdf\n"
      "\n's3conn help COMMAND' tells more of one, 's3conn help --globals' of the options that all take.\n";
  return text;
}

std::string CommandHelp(const CommandLine& line, const CommandInfo* info) {
  if (info == nullptr) return "Options of every command:\n" + OptionTable(line.DescribeGlobals());
  const Command& command = *info->command;
  std::string text =
      fmt::format("s3conn {}: {}\n\nUsage: {}\n", command.name, command.summary, Synopsis(*info));
  if (!command.aliases.empty()) {
    text += "Aliases:";
    for (const std::string& alias : command.aliases) text += " " + alias;
    text += '\n';
  }
  text += fmt::format("\n{}\n", Wrap(command.details, 0));
  if (!info->arguments.empty()) text += "\nArguments:\n" + OptionTable(info->arguments);
  if (!info->options.empty()) text += "\nOptions:\n" + OptionTable(info->options);
  if (!command.examples.empty()) text += "\nExamples:\n";
  for (const Example& example : command.examples)
    text += fmt::format("  {}\n      {}\n", example.command, example.explanation);
  text += "\nOptions of every command: s3conn help --globals\n";
  return text;
}

}  // namespace s3conn
