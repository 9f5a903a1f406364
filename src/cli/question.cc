#include "cli/question.h"

#include <poll.h>
#include <unistd.h>

#include <array>
#include <cerrno>

#include "base/file.h"

namespace s3conn {
namespace {

// How often a wait for an answer looks for Ctrl-C.
constexpr int kPollMilliseconds = 100;

}  // namespace

bool CanAsk() {
  return isatty(STDIN_FILENO) != 0 && isatty(STDERR_FILENO) != 0;
}

Result<std::string> Ask(std::string_view question, const std::stop_token& stop) {
  Status asked = WriteAll(STDERR_FILENO, question, "write to standard error");
  if (!asked) return Failure(std::move(asked.error()));
  std::string answer;
  std::array<char, 256> buffer{};
  while (true) {
    if (stop.stop_requested()) {
      static_cast<void>(WriteAll(STDERR_FILENO, "\n", "write to standard error"));
      return Failure(ErrorKind::kCancelled, "interrupted before the answer; nothing was done");
    }
    struct pollfd waiting = {STDIN_FILENO, POLLIN, 0};
    if (poll(&waiting, 1, kPollMilliseconds) == 0) continue;
    const ssize_t count = read(STDIN_FILENO, buffer.data(), buffer.size());
    if (count < 0 && (errno == EINTR || errno == EAGAIN)) continue;
    if (count < 0) return Failure(SystemError("read the answer", errno));
    answer.append(buffer.data(), static_cast<std::size_t>(count));
    const std::size_t end = answer.find('\n');
    if (count == 0 || end != std::string::npos) return answer.substr(0, end);
  }
}

}  // namespace s3conn
