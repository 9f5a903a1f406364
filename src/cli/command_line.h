#ifndef S3CONN_CLI_COMMAND_LINE_H_
#define S3CONN_CLI_COMMAND_LINE_H_

#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "cli/choices.h"
#include "cli/command.h"
#include "cli/session.h"
#include "s3conn/base/error.h"

namespace s3conn {

// One option or argument, as it was declared.
struct OptionInfo {
  std::vector<std::string> names;  // "-v", "--verbose"; for an argument its placeholder, "SOURCE"
  std::string value;               // the placeholder of its value; empty for a switch
  std::string description;
  bool required = false;
  bool repeats = false;
  std::vector<Choice> choices = {};  // values that completion offers for it
};

// A command with what it declared.
struct CommandInfo {
  const Command* command = nullptr;
  std::vector<OptionInfo> arguments;
  std::vector<OptionInfo> options;
};

// What the arguments ask for.
struct ParsedCommand {
  RunCommand run;
};
struct HelpWanted {
  const Command* command = nullptr;  // nullptr: the overview
};
struct VersionWanted {};

// The parser of the whole command line, and the source of what is told about it.
class CommandLine {
 public:
  CommandLine();
  ~CommandLine();

  // kUsage with the nearest thing that exists, where there is one.
  Result<std::variant<ParsedCommand, HelpWanted, VersionWanted>> Parse(int argc, const char* const* argv);
  // Valid after Parse, also after a failed one as far as it got.
  const GlobalOptions& globals() const;

  std::vector<CommandInfo> Describe() const;
  std::vector<OptionInfo> DescribeGlobals() const;

 private:
  struct Parser;
  std::unique_ptr<Parser> parser_;
};

}  // namespace s3conn

#endif  // S3CONN_CLI_COMMAND_LINE_H_
