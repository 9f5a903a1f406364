#ifndef S3CONN_TESTS_SUPPORT_RUN_PROGRAM_H_
#define S3CONN_TESTS_SUPPORT_RUN_PROGRAM_H_

#include <sys/types.h>

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace s3conn {

struct ProgramCall {
  std::vector<std::string> command;                // [0] is the path of the program
  std::map<std::string, std::string> environment;  // all of it but PATH, which is ours
  std::string folder;                              // to run in; empty: ours
  std::string input;                               // what it reads from its standard input, a pipe
  std::string input_file;                          // in place of that: its standard input is this file
  bool input_stays_open = false;                   // the pipe does not end after `input`
  bool narrow_output = false;                      // its standard output is a pipe that holds one page
  std::string output_file;                         // its standard output goes there and is not captured
  std::string error_file;                          // the same for standard error
  std::optional<std::uint64_t> largest_file;       // RLIMIT_FSIZE, as `ulimit -f`
  std::chrono::seconds limit{60};
};

struct ProgramResult {
  std::string command;   // for messages
  std::string out;       // standard output
  std::string err;       // standard error
  int exit_status = -1;  // -1 where a signal ended it
  int signal = 0;

  std::string Describe() const;
};

// A program while it runs. It starts with no signal blocked or ignored. What it prints is read while one of
// the functions waits. At its time limit it is killed and std::runtime_error thrown, which fails a test.
class RunningProgram {
 public:
  explicit RunningProgram(const ProgramCall& call);
  RunningProgram(RunningProgram&& other) noexcept;
  RunningProgram& operator=(RunningProgram&&) = delete;
  ~RunningProgram();  // kills it if it still runs

  pid_t pid() const { return pid_; }
  void Signal(int signal_number) const;
  // Until that much, or that text, came out; false where the program ends before.
  bool WaitForOutput(std::size_t bytes);
  bool WaitForError(std::string_view text);
  // The first line on its standard output; what there is where the program ends before.
  std::string WaitForLine();
  // Until it has read all of its input but what the pipe holds.
  bool WaitUntilInputIsTaken();
  // With narrow_output, and a program that writes more than a page at once: until it stands in that write.
  bool WaitUntilOutputBlocks() const;
  // Nobody reads its standard output any more, as after `| head`.
  void CloseOutput();
  ProgramResult Wait();
  // The same, while its standard output stays open and unread.
  ProgramResult WaitWithoutReading();

 private:
  // Moves bytes until something happens; false once the program has ended and all was read.
  bool Pump();
  void Reap();
  [[noreturn]] void KillAtLimit() const;
  int MillisecondsLeft() const;
  void Take(int& fd, std::string& into) const;
  void Give();

  ProgramResult result_;
  pid_t pid_ = -1;
  int process_ = -1;  // a descriptor that tells when the program ends
  int input_ = -1;
  int output_ = -1;
  int error_ = -1;
  std::string to_write_;
  bool input_stays_open_ = false;
  bool reads_output_ = true;
  std::chrono::steady_clock::time_point deadline_;
};

// Runs it to its end.
ProgramResult RunProgram(const ProgramCall& call);

}  // namespace s3conn

#endif  // S3CONN_TESTS_SUPPORT_RUN_PROGRAM_H_
