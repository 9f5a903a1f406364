#ifndef S3CONN_CLI_INTERRUPT_H_
#define S3CONN_CLI_INTERRUPT_H_

#include <signal.h>

#include <atomic>
#include <stop_token>
#include <thread>

#include "base/file.h"

namespace s3conn {

// Turns Ctrl-C, SIGTERM and SIGHUP into a stop request: the first lets the command clean up and end by itself
// within 5 seconds, the second ends the process at once. A signal that the parent chose to ignore (nohup)
// stays ignored. SIGPIPE is ignored for good: a closed pipe is an error of the write. One per process, made
// before any other thread.
class Interrupt {
 public:
  Interrupt();
  ~Interrupt();
  Interrupt(const Interrupt&) = delete;
  Interrupt& operator=(const Interrupt&) = delete;

  std::stop_token token() const { return stop_.get_token(); }
  // The signal that came, or 0.
  int signal() const { return signal_; }

 private:
  void Watch();

  std::stop_source stop_;
  std::atomic<int> signal_ = 0;
  Descriptor signals_;
  Descriptor ended_;
  std::thread watcher_;
};

}  // namespace s3conn

#endif  // S3CONN_CLI_INTERRUPT_H_
