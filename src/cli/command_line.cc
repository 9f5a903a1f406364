#include "cli/command_line.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <string_view>
#include <utility>

#include "base/partition.h"
#include "base/text.h"

namespace s3conn {
namespace {

std::vector<Choice> RegionChoices() {
  std::vector<Choice> choices;
  for (const Region& region : KnownRegions()) {
    choices.push_back({std::string(region.name), std::string(region.caption)});
  }
  return choices;
}

void DeclareGlobals(CLI::App& root, GlobalOptions& globals) {
  SettingsOptions& settings = globals.settings;
  root.add_option("--profile", settings.profile, "take settings and keys from this profile")
      ->type_name("NAME");
  OfferChoices(root.add_option("--region", settings.region,
                               "the region to work in and to sign for; `s3conn regions` lists AWS's")
                   ->type_name("REGION"),
               RegionChoices());
  root.add_option(
          "--endpoint-url", settings.endpoint_url,
          "the store to talk to; local: or local:DIR is a folder of this machine; without one it is AWS")
      ->type_name("URL");
  OfferChoices(root.add_option("--addressing", settings.addressing,
                               "how buckets are named in requests: auto, path or virtual")
                   ->type_name("STYLE"),
               {{"auto"}, {"path"}, {"virtual"}});
  root.add_flag("--no-sign-request", settings.no_sign_request, "send requests without credentials");
  root.add_flag("--request-payer", globals.request_payer,
                "agree to pay for requests on buckets whose owner does not");
  root.add_option("--config", settings.config_file, "read this file in place of ~/.config/s3conn/config")
      ->type_name("FILE");
  root.add_option("--ca-bundle", settings.ca_bundle, "trust the certificates in this PEM file or folder")
      ->type_name("PATH");
  OfferChoices(root.add_option("--output", settings.output,
                               "auto (text on a terminal, else json), json, ndjson or text")
                   ->type_name("FORMAT"),
               {{"auto"}, {"json"}, {"ndjson"}, {"text"}});
  root.add_option("--max-attempts", settings.max_attempts,
                  "how often a request is tried; default 3, and 10 for transfers")
      ->type_name("N");
  root.add_option("--connect-timeout", settings.connect_timeout, "how long connecting may take; default 5s")
      ->type_name("TIME");
  root.add_option("--read-timeout", settings.read_timeout,
                  "how long a connection may stand still; default 60s")
      ->type_name("TIME");
  root.add_flag("-v,--verbose", globals.verbose,
                "tell of retries; -vv also a line per request; -vvv headers and signatures, secrets hidden");
  root.add_flag("-q,--quiet", globals.quiet, "no warnings and no sentences that only confirm");
}

OptionInfo Describe(CLI::Option& option) {
  OptionInfo info;
  for (const std::string& name : option.get_snames()) info.names.push_back("-" + name);
  for (const std::string& name : option.get_lnames()) info.names.push_back("--" + name);
  const bool takes_value = option.get_items_expected_max() > 0;
  if (option.get_positional()) info.names = {option.get_type_name()};
  if (takes_value && !option.get_positional()) info.value = option.get_type_name();
  info.description = option.get_description();
  info.required = option.get_required();
  info.repeats = option.get_items_expected_max() > 1;
  info.choices = ChoicesOf(option);
  return info;
}

enum class Which { kArguments, kOptions };

// A command's help option is left out: it is the root's, and told of there.
std::vector<OptionInfo> DescribeOptions(CLI::App& app, Which which) {
  std::vector<OptionInfo> infos;
  for (CLI::Option* option : app.get_options()) {
    const bool repeated_help = app.get_parent() != nullptr && option == app.get_help_ptr();
    if (option->get_positional() == (which == Which::kArguments) && !repeated_help)
      infos.push_back(Describe(*option));
  }
  return infos;
}

std::vector<std::string> OptionNames(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::Option* option : app.get_options()) {
    for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
  }
  return names;
}

// The placeholder of the first argument that is required and was not given.
std::string FirstMissing(const CLI::App& app) {
  for (const CLI::Option* option : app.get_options()) {
    if (option->get_required() && option->count() == 0) return option->get_type_name();
  }
  return "an argument";
}

// The first "--option=" that nothing follows: CLI11 would take the next argument for its value.
std::string_view FirstWithoutValue(int argc, const char* const* argv) {
  for (int i = 1; i < argc; ++i) {
    const std::string_view word = argv[i];
    if (word == "--") break;
    if (word.starts_with("--") && word.find('=') == word.size() - 1) return word.substr(0, word.size() - 1);
  }
  return "";
}

std::string Suggest(std::string_view word, const std::vector<std::string>& candidates) {
  const std::vector<std::string_view> views(candidates.begin(), candidates.end());
  const auto nearest = Nearest(word, views);
  return nearest ? fmt::format("did you mean '{}'?", *nearest) : "";
}

}  // namespace

struct CommandLine::Parser {
  CLI::App root{"s3conn", "s3conn"};
  GlobalOptions globals;
  bool version = false;
  struct Declared {
    const Command* command;
    CLI::App* app;
    RunCommand run;
  };
  std::vector<Declared> commands;

  const Declared* Selected() const;
  Error Explain(const CLI::ParseError& failure) const;
  Error ExplainUnexpected() const;
  std::string ExplainCount(const CLI::ParseError& failure) const;
};

CommandLine::CommandLine() : parser_(std::make_unique<Parser>()) {
  CLI::App& root = parser_->root;
  root.set_help_flag("-h,--help", "show help; `s3conn help COMMAND` does too");
  root.add_flag("--version", parser_->version, "show the version");
  DeclareGlobals(root, parser_->globals);
  root.require_subcommand(0, 1);
  for (const Command& command : AllCommands()) {
    CLI::App* app = root.add_subcommand(command.name, command.summary);
    for (const std::string& alias : command.aliases) app->alias(alias);
    app->fallthrough();  // global options may stand behind the command
    parser_->commands.push_back({&command, app, command.declare(*app)});
  }
}

CommandLine::~CommandLine() = default;

const GlobalOptions& CommandLine::globals() const {
  return parser_->globals;
}

const CommandLine::Parser::Declared* CommandLine::Parser::Selected() const {
  for (const Declared& declared : commands) {
    if (declared.app->parsed()) return &declared;
  }
  return nullptr;
}

Result<std::variant<ParsedCommand, HelpWanted, VersionWanted>> CommandLine::Parse(int argc,
                                                                                  const char* const* argv) {
  using Wanted = std::variant<ParsedCommand, HelpWanted, VersionWanted>;
  if (const std::string_view option = FirstWithoutValue(argc, argv); !option.empty()) {
    const std::string shown = EscapeForTerminal(option);
    return Failure(ErrorKind::kUsage, fmt::format("{} needs a value", shown),
                   fmt::format("for an empty one: {} ''", shown));
  }
  try {
    parser_->root.parse(argc, argv);
  } catch (const CLI::CallForHelp&) {
    const Parser::Declared* selected = parser_->Selected();
    return Wanted(HelpWanted{selected != nullptr ? selected->command : nullptr});
  } catch (const CLI::ParseError& failure) {
    return Failure(parser_->Explain(failure));
  }
  if (parser_->version) return Wanted(VersionWanted{});
  const Parser::Declared* selected = parser_->Selected();
  if (selected == nullptr) return Wanted(HelpWanted{});
  return Wanted(ParsedCommand{selected->run});
}

Error CommandLine::Parser::Explain(const CLI::ParseError& failure) const {
  if (dynamic_cast<const CLI::ExtrasError*>(&failure) != nullptr) return ExplainUnexpected();
  const Declared* selected = Selected();
  Error error;
  error.kind = ErrorKind::kUsage;
  error.message = EscapeForTerminal(failure.what());
  if (dynamic_cast<const CLI::ArgumentMismatch*>(&failure) != nullptr) error.message = ExplainCount(failure);
  if (selected != nullptr && dynamic_cast<const CLI::RequiredError*>(&failure) != nullptr) {
    error.message = fmt::format("{}: {} is missing", selected->command->name, FirstMissing(*selected->app));
  }
  while (error.message.ends_with('\n')) error.message.pop_back();
  error.hint = selected != nullptr ? fmt::format("see 's3conn help {}'", selected->command->name)
                                   : "see 's3conn help'";
  return error;
}

// An option has too many values or none; CLI11 says which only in its text: "--region: At Most 1 required but
// …".
std::string CommandLine::Parser::ExplainCount(const CLI::ParseError& failure) const {
  const std::string text = EscapeForTerminal(failure.what());
  const std::string name = text.substr(0, text.find(':'));
  const Declared* selected = Selected();
  for (const CLI::App* app :
       {&root, static_cast<const CLI::App*>(selected != nullptr ? selected->app : &root)}) {
    const CLI::Option* option = app->get_option_no_throw(name);
    if (option != nullptr && option->count() > 1) return fmt::format("{} is given more than once", name);
  }
  return fmt::format("{} needs a value", name);
}

Error CommandLine::Parser::ExplainUnexpected() const {
  const std::vector<std::string> extras = root.remaining(true);
  const std::string word = extras.empty() ? "" : extras.front();
  const std::string shown = EscapeForTerminal(word);
  const Declared* selected = Selected();
  Error error;
  error.kind = ErrorKind::kUsage;
  if (word.starts_with('-') && word.size() > 1) {
    std::vector<std::string> names = OptionNames(root);
    if (selected != nullptr) {
      const std::vector<std::string> own = OptionNames(*selected->app);
      names.insert(names.end(), own.begin(), own.end());
    }
    error.message = selected != nullptr ? fmt::format("{} has no option '{}'", selected->command->name, shown)
                                        : fmt::format("there is no option '{}'", shown);
    error.hint = Suggest(word.substr(0, word.find('=')), names);
  } else if (selected == nullptr) {
    std::vector<std::string> names;
    for (const Declared& declared : commands) {
      names.push_back(declared.command->name);
      names.insert(names.end(), declared.command->aliases.begin(), declared.command->aliases.end());
    }
    error.message = fmt::format("there is no command '{}'", shown);
    error.hint = Suggest(word, names);
  } else {
    error.message = fmt::format("{}: unexpected argument '{}'", selected->command->name, shown);
  }
  if (error.hint.empty()) {
    error.hint = selected != nullptr ? fmt::format("see 's3conn help {}'", selected->command->name)
                                     : "see 's3conn help'";
  }
  return error;
}

std::vector<CommandInfo> CommandLine::Describe() const {
  std::vector<CommandInfo> infos;
  for (const Parser::Declared& declared : parser_->commands) {
    infos.push_back({declared.command, DescribeOptions(*declared.app, Which::kArguments),
                     DescribeOptions(*declared.app, Which::kOptions)});
  }
  return infos;
}

std::vector<OptionInfo> CommandLine::DescribeGlobals() const {
  return DescribeOptions(parser_->root, Which::kOptions);
}

}  // namespace s3conn
