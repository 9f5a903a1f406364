#include "cli/completion.h"

#include <fmt/format.h>

#include <vector>

namespace s3conn {
namespace {

// Every name under which a command or option can be typed, in a row.
std::string CommandNames(const CommandLine& line) {
  std::string names;
  for (const CommandInfo& info : line.Describe()) {
    names += (names.empty() ? "" : " ") + info.command->name;
    for (const std::string& alias : info.command->aliases) names += " " + alias;
  }
  return names;
}

std::string OptionNames(const std::vector<OptionInfo>& options) {
  std::string names;
  for (const OptionInfo& option : options) {
    for (const std::string& name : option.names) names += (names.empty() ? "" : " ") + name;
  }
  return names;
}

// "--profile|--region": those after which a word is a value.
std::string WithValues(const std::vector<OptionInfo>& options) {
  std::string pattern;
  for (const OptionInfo& option : options) {
    if (option.value.empty()) continue;
    for (const std::string& name : option.names) pattern += (pattern.empty() ? "" : "|") + name;
  }
  return pattern;
}

// "put-object|put": the patterns of a case label.
std::string CasePattern(const Command& command) {
  std::string pattern = command.name;
  for (const std::string& alias : command.aliases) pattern += "|" + alias;
  return pattern;
}

// Within single quotes of every shell here.
std::string Quoted(std::string_view text) {
  std::string quoted;
  for (const char c : text) {
    if (c == '\'') {
      quoted += "'\\''";
    } else {
      quoted += c;
    }
  }
  return quoted;
}

// zsh takes brackets and colons in a description for its own.
std::string ZshDescription(std::string_view text) {
  std::string escaped;
  for (const char c : Quoted(text)) {
    if (c == '[' || c == ']' || c == ':') escaped += '\\';
    escaped += c;
  }
  return escaped;
}

std::string ZshOptions(const std::vector<OptionInfo>& options, std::string_view indent) {
  std::string text;
  for (const OptionInfo& option : options) {
    for (const std::string& name : option.names) {
      text += fmt::format("{}'{}[{}]{}' \\\n", indent, name, ZshDescription(option.description),
                          option.value.empty() ? "" : ":" + option.value + ":_files");
    }
  }
  return text;
}

std::string FishOptions(const std::vector<OptionInfo>& options, std::string_view condition) {
  std::string text;
  for (const OptionInfo& option : options) {
    text += fmt::format("complete -c s3conn{}", condition);
    for (const std::string& name : option.names) {
      text += name.starts_with("--") ? " -l " + name.substr(2) : " -s " + name.substr(1);
    }
    if (!option.value.empty()) text += " -r";
    text += fmt::format(" -d '{}'\n", Quoted(option.description));
  }
  return text;
}

}  // namespace

std::string BashCompletion(const CommandLine& line) {
  std::string cases;
  for (const CommandInfo& info : line.Describe()) {
    cases += fmt::format("    {}) options='{}' ;;\n", CasePattern(*info.command), OptionNames(info.options));
  }
  return fmt::format(
      "# bash completion for s3conn, made by 's3conn completion bash'\n"
      "_s3conn() {{\n"
      "  local current=${{COMP_WORDS[COMP_CWORD]}} command='' options='' word value=''\n"
      "  for word in \"${{COMP_WORDS[@]:1:COMP_CWORD-1}}\"; do\n"
      "    if [ -n \"$value\" ]; then value=''; continue; fi\n"
      "    case $word in {}) value=next ;; -*) ;; *) command=$word; break ;; esac\n"
      "  done\n"
      "  case $command in\n"
      "    '') options='{}' ;;\n"
      "{}"
      "  esac\n"
      "  case $current in\n"
      "    -*) COMPREPLY=($(compgen -W \"$options {}\" -- \"$current\")) ;;\n"
      "    *) if [ -z \"$command\" ]; then COMPREPLY=($(compgen -W \"$options\" -- \"$current\"))\n"
      "       else COMPREPLY=($(compgen -f -- \"$current\")); fi ;;\n"
      "  esac\n"
      "}}\n"
      "complete -o filenames -F _s3conn s3conn\n",
      WithValues(line.DescribeGlobals()), CommandNames(line), cases, OptionNames(line.DescribeGlobals()));
}

std::string ZshCompletion(const CommandLine& line) {
  std::string commands;
  std::string cases;
  for (const CommandInfo& info : line.Describe()) {
    commands += fmt::format("    '{}:{}'\n", info.command->name, ZshDescription(info.command->summary));
    cases += fmt::format("      {}) _arguments \\\n{}{}        '*:argument:_files' ;;\n",
                         CasePattern(*info.command), ZshOptions(info.options, "        "),
                         ZshOptions(line.DescribeGlobals(), "        "));
  }
  return fmt::format(
      "#compdef s3conn\n"
      "# zsh completion for s3conn, made by 's3conn completion zsh'\n"
      "_s3conn() {{\n"
      "  local -a commands\n"
      "  commands=(\n{}  )\n"
      "  local line state\n"
      "  _arguments -C '1:command:->command' '*::argument:->argument'\n"
      "  case $state in\n"
      "    command) _describe 'command' commands ;;\n"
      "    argument) case $line[1] in\n{}"
      "    esac ;;\n"
      "  esac\n"
      "}}\n"
      "_s3conn \"$@\"\n",
      commands, cases);
}

std::string FishCompletion(const CommandLine& line) {
  std::string text = "# fish completion for s3conn, made by 's3conn completion fish'\n";
  for (const CommandInfo& info : line.Describe()) {
    text += fmt::format("complete -c s3conn -n __fish_use_subcommand -a {} -d '{}'\n", info.command->name,
                        Quoted(info.command->summary));
    std::string names = info.command->name;
    for (const std::string& alias : info.command->aliases) names += " " + alias;
    text += FishOptions(info.options, fmt::format(" -n '__fish_seen_subcommand_from {}'", names));
  }
  return text + FishOptions(line.DescribeGlobals(), "");
}

}  // namespace s3conn
