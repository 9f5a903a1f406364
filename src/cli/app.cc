#include "cli/app.h"

#include <algorithm>
#include <utility>
#include <variant>

#include "cli/command.h"
#include "cli/command_line.h"
#include "cli/exit_code.h"
#include "cli/help.h"
#include "cli/interrupt.h"
#include "cli/session.h"

namespace s3conn {
namespace {

RunCommand ShowHelp(const CommandLine& line, const Command* command) {
  return [&line, command](Session& session) -> Result<Outcome> {
    const std::vector<CommandInfo> infos = line.Describe();
    const auto info = std::find_if(infos.begin(), infos.end(), [command](const CommandInfo& candidate) {
      return candidate.command == command;
    });
    Status printed = session.out().Write(info == infos.end() ? Overview(line) : CommandHelp(line, &*info));
    if (!printed) return Failure(std::move(printed.error()));
    return Done(session.out().Flush());
  };
}

Result<RunCommand> Choose(CommandLine& line, int argc, const char* const* argv) {
  auto wanted = line.Parse(argc, argv);
  if (!wanted) return Failure(std::move(wanted.error()));
  if (ParsedCommand* parsed = std::get_if<ParsedCommand>(&*wanted)) return std::move(parsed->run);
  if (const HelpWanted* help = std::get_if<HelpWanted>(&*wanted)) return ShowHelp(line, help->command);
  return VersionRun();
}

int ExitCodeOf(const Error& error, const Interrupt& interrupt, OutputStream& out) {
  if (out.closed()) return kExitOutputClosed;
  if (error.kind == ErrorKind::kCancelled && interrupt.signal() != 0) return 128 + interrupt.signal();
  return ExitCodeFor(error.kind);
}

}  // namespace

Result<Outcome> Done(Status printed) {
  if (!printed) return Failure(std::move(printed.error()));
  return Outcome::kDone;
}

const std::vector<Command>& AllCommands() {
  static const std::vector<Command> kCommands = {
      CreateBucketCommand(), ListBucketsCommand(), HeadBucketCommand(), DeleteBucketCommand(),
      PutObjectCommand(),    GetObjectCommand(),   HeadObjectCommand(), ListObjectsCommand(),
      CopyCommand(),         MoveCommand(),        DeleteCommand(),     CatCommand(),
      RestoreCommand(),      PresignCommand(),     ServeCommand(),      RegionsCommand(),
      VersionCommand(),      CompletionCommand(),  HelpCommand()};
  return kCommands;
}

int RunApp(int argc, const char* const* argv, const Environment& environment) {
  const Interrupt interrupt;
  CommandLine line;
  const Result<RunCommand> run = Choose(line, argc, argv);
  Session session(line.globals(), environment, interrupt.token());
  Result<Outcome> outcome = run ? (*run)(session) : Result<Outcome>(Failure(run.error()));
  if (outcome) return *outcome == Outcome::kDone ? kExitDone : kExitSomeFailed;
  const int code = ExitCodeOf(outcome.error(), interrupt, session.out());
  // A reader that has had enough (`| head`) is no error to tell anyone of.
  if (code != kExitOutputClosed) session.Report(outcome.error());
  return code;
}

}  // namespace s3conn
