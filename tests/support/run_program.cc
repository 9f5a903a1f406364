#include "support/run_program.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <stdexcept>
#include <utility>

namespace s3conn {
namespace {

[[noreturn]] void GiveUp(std::string_view doing) {
  throw std::runtime_error(fmt::format("{}: {}", doing, std::strerror(errno)));
}

struct Pipe {
  int read_end = -1;
  int write_end = -1;
};

Pipe MakePipe() {
  std::array<int, 2> ends{};
  if (pipe2(ends.data(), O_CLOEXEC) != 0) GiveUp("pipe");
  return {ends[0], ends[1]};
}

void CloseOne(int& fd) {
  if (fd >= 0) close(fd);
  fd = -1;
}

int OpenOr(const std::string& path, int flags, int otherwise) {
  if (path.empty()) return otherwise;
  const int fd = open(path.c_str(), flags | O_CLOEXEC | O_NOCTTY, 0600);
  if (fd < 0) GiveUp("open " + path);
  return fd;
}

// Everything that the child needs, made before the fork: after it only system calls are safe.
struct Prepared {
  std::vector<char*> arguments;
  std::vector<std::string> variables;
  std::vector<char*> environment;
  std::array<int, 3> standard{};
  const char* folder = nullptr;
  std::optional<std::uint64_t> largest_file;
};

[[noreturn]] void BecomeProgram(const Prepared& prepared) {
  for (int fd = 0; fd < 3; ++fd) {
    if (dup2(prepared.standard[static_cast<std::size_t>(fd)], fd) < 0) _exit(126);
  }
  for (const int signal_number : {SIGINT, SIGTERM, SIGQUIT, SIGHUP, SIGPIPE, SIGXFSZ})
    signal(signal_number, SIG_DFL);
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, nullptr);
  if (prepared.largest_file) {
    const struct rlimit limit = {*prepared.largest_file, *prepared.largest_file};
    if (setrlimit(RLIMIT_FSIZE, &limit) != 0) _exit(126);
  }
  if (prepared.folder != nullptr && chdir(prepared.folder) != 0) _exit(126);
  execve(prepared.arguments[0], prepared.arguments.data(), prepared.environment.data());
  _exit(127);
}

Prepared Prepare(const ProgramCall& call) {
  Prepared prepared;
  for (const std::string& argument : call.command) {
    prepared.arguments.push_back(const_cast<char*>(argument.c_str()));
  }
  prepared.arguments.push_back(nullptr);
  const char* const path = std::getenv("PATH");
  prepared.variables.push_back(std::string("PATH=") + (path != nullptr ? path : "/usr/bin:/bin"));
  for (const auto& [name, value] : call.environment) {
    prepared.variables.push_back(fmt::format("{}={}", name, value));
  }
  for (std::string& variable : prepared.variables) prepared.environment.push_back(variable.data());
  prepared.environment.push_back(nullptr);
  if (!call.folder.empty()) prepared.folder = call.folder.c_str();
  prepared.largest_file = call.largest_file;
  return prepared;
}

std::string CommandLineOf(const ProgramCall& call) {
  std::string line;
  for (const std::string& argument : call.command)
    line += fmt::format("{}{}", line.empty() ? "" : " ", argument.substr(0, 300));
  return line;
}

}  // namespace

std::string ProgramResult::Describe() const {
  const std::string ending =
      signal != 0 ? fmt::format("ended by signal {}", signal) : fmt::format("exit status {}", exit_status);
  const auto cut = [](const std::string& text) { return text.substr(0, 4000); };
  return fmt::format("$ {}\n{}\nstdout: {}\nstderr: {}", command, ending, cut(out), cut(err));
}

RunningProgram::RunningProgram(const ProgramCall& call)
    : to_write_(call.input),
      input_stays_open_(call.input_stays_open),
      deadline_(std::chrono::steady_clock::now() + call.limit) {
  // A program that ends without reading its input must not end the test.
  ::signal(SIGPIPE, SIG_IGN);
  result_.command = CommandLineOf(call);
  Pipe input = MakePipe();
  Pipe output = MakePipe();
  Pipe error = MakePipe();
  if (call.narrow_output) fcntl(output.write_end, F_SETPIPE_SZ, 4096);
  Prepared prepared = Prepare(call);
  const int write_flags = O_WRONLY | O_CREAT | O_TRUNC;
  prepared.standard = {OpenOr(call.input_file, O_RDONLY, input.read_end),
                       OpenOr(call.output_file, write_flags, output.write_end),
                       OpenOr(call.error_file, write_flags, error.write_end)};
  pid_ = fork();
  if (pid_ < 0) GiveUp("fork");
  if (pid_ == 0) BecomeProgram(prepared);
  process_ = static_cast<int>(syscall(SYS_pidfd_open, pid_, 0));
  if (process_ < 0) GiveUp("pidfd_open");

  if (!call.input_file.empty()) close(prepared.standard[0]);
  if (!call.output_file.empty()) close(prepared.standard[1]);
  if (!call.error_file.empty()) close(prepared.standard[2]);
  close(input.read_end);
  close(output.write_end);
  close(error.write_end);
  input_ = input.write_end;
  output_ = output.read_end;
  error_ = error.read_end;
  fcntl(input_, F_SETFL, O_NONBLOCK);
  Give();
}

RunningProgram::RunningProgram(RunningProgram&& other) noexcept
    : result_(std::move(other.result_)),
      pid_(std::exchange(other.pid_, -1)),
      process_(std::exchange(other.process_, -1)),
      input_(std::exchange(other.input_, -1)),
      output_(std::exchange(other.output_, -1)),
      error_(std::exchange(other.error_, -1)),
      to_write_(std::move(other.to_write_)),
      input_stays_open_(other.input_stays_open_),
      reads_output_(other.reads_output_),
      deadline_(other.deadline_) {}

RunningProgram::~RunningProgram() {
  if (process_ >= 0) {
    kill(pid_, SIGKILL);
    waitpid(pid_, nullptr, 0);
  }
  for (int* const fd : {&process_, &input_, &output_, &error_}) CloseOne(*fd);
}

void RunningProgram::Signal(int signal_number) const {
  if (process_ >= 0) kill(pid_, signal_number);
}

bool RunningProgram::WaitForOutput(std::size_t bytes) {
  while (result_.out.size() < bytes) {
    if (!Pump()) return result_.out.size() >= bytes;
  }
  return true;
}

std::string RunningProgram::WaitForLine() {
  while (result_.out.find('\n') == std::string::npos && Pump()) {
  }
  return result_.out.substr(0, result_.out.find('\n'));
}

bool RunningProgram::WaitForError(std::string_view text) {
  while (result_.err.find(text) == std::string::npos) {
    if (!Pump()) return result_.err.find(text) != std::string::npos;
  }
  return true;
}

bool RunningProgram::WaitUntilInputIsTaken() {
  while (!to_write_.empty()) {
    if (!Pump()) return false;
  }
  return true;
}

bool RunningProgram::WaitUntilOutputBlocks() const {
  struct pollfd waiting = {output_, POLLIN, 0};
  if (poll(&waiting, 1, MillisecondsLeft()) <= 0) KillAtLimit();
  return (waiting.revents & POLLIN) != 0;
}

void RunningProgram::CloseOutput() {
  CloseOne(output_);
}

ProgramResult RunningProgram::Wait() {
  while (Pump()) {
  }
  return std::move(result_);
}

ProgramResult RunningProgram::WaitWithoutReading() {
  reads_output_ = false;
  return Wait();
}

bool RunningProgram::Pump() {
  if (process_ < 0 && (output_ < 0 || !reads_output_) && error_ < 0) return false;
  std::array<struct pollfd, 4> waiting = {
      {{input_, POLLOUT, 0}, {output_, POLLIN, 0}, {error_, POLLIN, 0}, {process_, POLLIN, 0}}};
  if (to_write_.empty()) waiting[0].fd = -1;  // an idle pipe that is kept open would always be ready
  if (!reads_output_) waiting[1].fd = -1;
  const int ready = poll(waiting.data(), waiting.size(), MillisecondsLeft());
  if (ready < 0 && errno == EINTR) return true;
  if (ready <= 0) KillAtLimit();
  if (waiting[0].revents != 0) Give();
  if (waiting[1].revents != 0) Take(output_, result_.out);
  if (waiting[2].revents != 0) Take(error_, result_.err);
  if (waiting[3].revents != 0) Reap();
  return true;
}

int RunningProgram::MillisecondsLeft() const {
  const auto left = deadline_ - std::chrono::steady_clock::now();
  return static_cast<int>(std::max<long long>(0, left / std::chrono::milliseconds(1)));
}

void RunningProgram::KillAtLimit() const {
  kill(pid_, SIGKILL);
  throw std::runtime_error("killed at its time limit: " + result_.Describe());
}

void RunningProgram::Reap() {
  int status = 0;
  if (waitpid(pid_, &status, 0) != pid_) GiveUp("waitpid");
  CloseOne(process_);
  if (WIFEXITED(status)) result_.exit_status = WEXITSTATUS(status);
  if (WIFSIGNALED(status)) result_.signal = WTERMSIG(status);
}

void RunningProgram::Take(int& fd, std::string& into) const {
  std::array<char, 64 << 10> buffer{};
  const ssize_t count = read(fd, buffer.data(), buffer.size());
  if (count > 0) {
    into.append(buffer.data(), static_cast<std::size_t>(count));
  } else if (count == 0 || errno != EINTR) {
    CloseOne(fd);
  }
}

// As much of the input as the pipe takes now.
void RunningProgram::Give() {
  while (!to_write_.empty()) {
    const ssize_t count = write(input_, to_write_.data(), to_write_.size());
    if (count < 0 && errno == EAGAIN) return;
    if (count < 0) {
      to_write_.clear();  // the program does not want it
      break;
    }
    to_write_.erase(0, static_cast<std::size_t>(count));
  }
  if (!input_stays_open_) CloseOne(input_);
}

ProgramResult RunProgram(const ProgramCall& call) {
  return RunningProgram(call).Wait();
}

}  // namespace s3conn
