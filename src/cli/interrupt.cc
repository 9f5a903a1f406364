#include "cli/interrupt.h"

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <array>
#include <cstdint>
#include <cstdlib>

namespace s3conn {
namespace {

// How long a command may take to clean up after the first signal.
constexpr int kGraceMilliseconds = 5000;

bool IsIgnored(int signal_number) {
  struct sigaction action {};
  return sigaction(signal_number, nullptr, &action) == 0 && action.sa_handler == SIG_IGN;
}

}  // namespace

Interrupt::Interrupt() {
  ::signal(SIGPIPE, SIG_IGN);
  ::signal(SIGXFSZ, SIG_IGN);
  sigset_t watched;
  sigemptyset(&watched);
  for (const int signal_number : {SIGINT, SIGTERM, SIGHUP}) {
    if (!IsIgnored(signal_number)) sigaddset(&watched, signal_number);
  }
  signals_ = Descriptor(signalfd(-1, &watched, SFD_CLOEXEC));
  ended_ = Descriptor(eventfd(0, EFD_CLOEXEC));
  if (!signals_ || !ended_) return;
  // Blocked in every thread that is made from here on; only the watcher hears them.
  pthread_sigmask(SIG_BLOCK, &watched, nullptr);
  watcher_ = std::thread([this] { Watch(); });
}

Interrupt::~Interrupt() {
  const std::uint64_t one = 1;
  if (watcher_.joinable() && write(ended_.get(), &one, sizeof one) == sizeof one) watcher_.join();
}

void Interrupt::Watch() {
  std::array<struct pollfd, 2> waiting = {{{signals_.get(), POLLIN, 0}, {ended_.get(), POLLIN, 0}}};
  while (true) {
    const int ready = poll(waiting.data(), waiting.size(), signal_ == 0 ? -1 : kGraceMilliseconds);
    // Blocked where it can't be told to stop: in a write to a pipe that nobody empties, say.
    if (ready == 0) _exit(128 + signal_);
    if (ready < 0) continue;
    if (waiting[1].revents != 0) return;
    struct signalfd_siginfo info {};
    if (read(signals_.get(), &info, sizeof info) != sizeof info) continue;
    const int signal_number = static_cast<int>(info.ssi_signo);
    if (signal_ != 0) _exit(128 + signal_number);
    signal_ = signal_number;
    stop_.request_stop();
  }
}

}  // namespace s3conn
