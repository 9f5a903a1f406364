#ifndef S3CONN_CLI_COMMAND_H_
#define S3CONN_CLI_COMMAND_H_

#include <functional>
#include <string>
#include <vector>

#include "cli/session.h"
#include "s3conn/base/error.h"

namespace CLI {
class App;
}

namespace s3conn {

// How a command that works on several things ended: an Error is for what ends all of it.
enum class Outcome { kDone, kSomeFailed };

// Done, unless what was printed last could not be.
Result<Outcome> Done(Status printed);

using RunCommand = std::function<Result<Outcome>(Session&)>;

struct Example {
  std::string command;
  std::string explanation;
};

// A subcommand. Its texts and what it declares are the one source of help, manual, reference and completions.
struct Command {
  std::string name;
  std::vector<std::string> aliases;
  std::string group;
  std::string summary;  // a line, without a full stop
  std::string details;
  std::vector<Example> examples;
  // Adds its options to the parser; gives what runs once they are parsed.
  std::function<RunCommand(CLI::App&)> declare;
};

// Each in commands/<name>.cc.
Command CreateBucketCommand();
Command ListBucketsCommand();
Command HeadBucketCommand();
Command DeleteBucketCommand();
Command PutObjectCommand();
Command GetObjectCommand();
Command HeadObjectCommand();
Command ListObjectsCommand();
Command CopyCommand();
Command MoveCommand();
Command DeleteCommand();
Command CatCommand();
Command PresignCommand();
Command RestoreCommand();
Command RegionsCommand();
Command ServeCommand();
Command VersionCommand();
RunCommand VersionRun();  // what --version runs too
Command CompletionCommand();
Command HelpCommand();

// All of them, in the order of the overview.
const std::vector<Command>& AllCommands();

}  // namespace s3conn

#endif  // S3CONN_CLI_COMMAND_H_
