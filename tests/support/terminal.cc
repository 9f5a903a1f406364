#include "support/terminal.h"

#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <unistd.h>

#include <array>
#include <stdexcept>

namespace s3conn {

Terminal::Terminal() {
  std::array<char, 256> name{};
  if (openpty(&near_end_, &far_end_, nullptr, nullptr, nullptr) != 0 ||
      ttyname_r(far_end_, name.data(), name.size()) != 0) {
    throw std::runtime_error("no terminal to be had");
  }
  for (const int fd : {near_end_, far_end_}) fcntl(fd, F_SETFD, FD_CLOEXEC);
  path_ = name.data();
}

Terminal::~Terminal() {
  close(near_end_);
  close(far_end_);
}

bool Terminal::WaitFor(std::string_view text) {
  constexpr int kHalfAMinute = 30'000;
  while (shown_.find(text) == std::string::npos) {
    struct pollfd waiting = {near_end_, POLLIN, 0};
    if (poll(&waiting, 1, kHalfAMinute) != 1) return false;
    std::array<char, 4096> buffer{};
    const ssize_t count = read(near_end_, buffer.data(), buffer.size());
    if (count <= 0) return false;
    shown_.append(buffer.data(), static_cast<std::size_t>(count));
  }
  return true;
}

void Terminal::Type(std::string_view text) const {
  if (write(near_end_, text.data(), text.size()) != static_cast<ssize_t>(text.size())) {
    throw std::runtime_error("nobody reads what is typed");
  }
}

}  // namespace s3conn
