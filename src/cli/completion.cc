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

// The case labels that set `choices` to what an option may be: "help:--as) choices='text markdown man' ;;". A
// command is given with its aliases; all of them where it is "*".
std::string BashChoices(const std::vector<OptionInfo>& options, const std::vector<std::string>& commands) {
  std::string cases;
  for (const OptionInfo& option : options) {
    if (option.choices.empty()) continue;
    std::string pattern;
    for (const std::string& command : commands) {
      for (const std::string& name : option.names)
        pattern += fmt::format("{}{}:{}", pattern.empty() ? "" : "|", command, name);
    }
    std::string values;
    for (const Choice& choice : option.choices) values += (values.empty() ? "" : " ") + choice.value;
    cases += fmt::format("    {}) choices='{}' ;;\n", pattern, values);
  }
  return cases;
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

// Within double quotes of every shell here.
std::string DoubleQuoted(std::string_view text) {
  std::string quoted;
  for (const char c : text) {
    if (std::string_view("\"\\$`").find(c) != std::string_view::npos) quoted += '\\';
    quoted += c;
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

// What zsh completes for the value of an option: files where nothing better is known.
std::string ZshAction(const std::vector<Choice>& choices) {
  if (choices.empty()) return "_files";
  std::string words;
  for (const Choice& choice : choices) {
    words += (words.empty() ? "" : " ") + choice.value;
    if (!choice.caption.empty()) words += fmt::format(":\"{}\"", DoubleQuoted(choice.caption));
  }
  // The colons are for the inner list, not for the parts of the option around it.
  std::string escaped;
  for (const char c : Quoted(words)) {
    if (c == ':') escaped += '\\';
    escaped += c;
  }
  return fmt::format("(({}))", escaped);
}

// A line each, with `end` at its end. The '=' lets a value stand behind one as well as in the next word.
std::string ZshOptions(const std::vector<OptionInfo>& options, std::string_view end) {
  std::string text;
  for (const OptionInfo& option : options) {
    std::string value;
    if (!option.value.empty()) value = fmt::format(":{}:{}", option.value, ZshAction(option.choices));
    for (const std::string& name : option.names) {
      text +=
          fmt::format("        '{}{}[{}]{}'{}\n", name, !value.empty() && name.starts_with("--") ? "=" : "",
                      ZshDescription(option.description), value, end);
    }
  }
  return text;
}

// The values behind -a, which fish reads like a command line when it needs them.
std::string FishChoices(const std::vector<Choice>& choices) {
  std::string words;
  for (const Choice& choice : choices) {
    words += (words.empty() ? "" : " ") + choice.value;
    if (!choice.caption.empty()) words += fmt::format("\\t\"{}\"", DoubleQuoted(choice.caption));
  }
  return Quoted(words);
}

std::string FishOptions(const std::vector<OptionInfo>& options, std::string_view condition) {
  std::string text;
  for (const OptionInfo& option : options) {
    text += fmt::format("complete -c s3conn{}", condition);
    for (const std::string& name : option.names) {
      text += name.starts_with("--") ? " -l " + name.substr(2) : " -s " + name.substr(1);
    }
    if (!option.choices.empty()) {
      text += fmt::format(" -x -a '{}'", FishChoices(option.choices));
    } else if (!option.value.empty()) {
      text += " -r";
    }
    text += fmt::format(" -d '{}'\n", Quoted(option.description));
  }
  return text;
}

}  // namespace

std::string BashCompletion(const CommandLine& line) {
  std::string cases;
  std::string choices;
  for (const CommandInfo& info : line.Describe()) {
    cases += fmt::format("    {}) options='{}' ;;\n", CasePattern(*info.command), OptionNames(info.options));
    std::vector<std::string> names = info.command->aliases;
    names.insert(names.begin(), info.command->name);
    choices += BashChoices(info.options, names);
  }
  choices += BashChoices(line.DescribeGlobals(), {"*"});
  // bash takes "--option=value" for three words.
  return fmt::format(
      "# bash completion for s3conn, made by 's3conn completion bash'\n"
      "_s3conn() {{\n"
      "  local current=${{COMP_WORDS[COMP_CWORD]}} previous=${{COMP_WORDS[COMP_CWORD-1]}}\n"
      "  local command='' options='' choices='' word value=''\n"
      "  if [ \"$current\" = = ]; then current=''\n"
      "  elif [ \"$previous\" = = ]; then previous=${{COMP_WORDS[COMP_CWORD-2]}}; fi\n"
      "  for word in \"${{COMP_WORDS[@]:1:COMP_CWORD-1}}\"; do\n"
      "    if [ -n \"$value\" ]; then [ \"$word\" = = ] || value=''; continue; fi\n"
      "    case $word in {}) value=next ;; -*) ;; *) command=$word; break ;; esac\n"
      "  done\n"
      "  case $command in\n"
      "    '') options='{}' ;;\n"
      "{}"
      "  esac\n"
      "  case $command:$previous in\n"
      "{}"
      "  esac\n"
      "  case $choices:$current in\n"
      "    ?*:*) COMPREPLY=($(compgen -W \"$choices\" -- \"$current\")) ;;\n"
      "    :-*) COMPREPLY=($(compgen -W \"$options {}\" -- \"$current\")) ;;\n"
      "    *) if [ -z \"$command\" ]; then COMPREPLY=($(compgen -W \"$options\" -- \"$current\"))\n"
      "       else COMPREPLY=($(compgen -f -- \"$current\")); fi ;;\n"
      "  esac\n"
      "}}\n"
      "complete -o filenames -F _s3conn s3conn\n",
      WithValues(line.DescribeGlobals()), CommandNames(line), cases, choices,
      OptionNames(line.DescribeGlobals()));
}

std::string ZshCompletion(const CommandLine& line) {
  std::string commands;
  std::string cases;
  for (const CommandInfo& info : line.Describe()) {
    commands += fmt::format("    '{}:{}'\n", info.command->name, ZshDescription(info.command->summary));
    cases += fmt::format("      {}) _arguments \\\n{}        $globals '*:argument:_files' ;;\n",
                         CasePattern(*info.command), ZshOptions(info.options, " \\"));
  }
  return fmt::format(
      "#compdef s3conn\n"
      "# zsh completion for s3conn, made by 's3conn completion zsh'\n"
      "_s3conn() {{\n"
      "  local -a commands globals\n"
      "  commands=(\n{}  )\n"
      "  globals=(\n{}  )\n"
      "  local line state\n"
      "  _arguments -C $globals '1:command:->command' '*::argument:->argument'\n"
      "  case $state in\n"
      "    command) _describe 'command' commands ;;\n"
      "    argument) case $line[1] in\n{}"
      "    esac ;;\n"
      "  esac\n"
      "}}\n"
      "_s3conn \"$@\"\n",
      commands, ZshOptions(line.DescribeGlobals(), ""), cases);
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
