#ifndef S3CONN_TESTS_SUPPORT_TERMINAL_H_
#define S3CONN_TESTS_SUPPORT_TERMINAL_H_

#include <string>
#include <string_view>

namespace s3conn {

// A terminal with nobody at it but the test: path() is opened by the program, as its standard input and
// error.
class Terminal {
 public:
  Terminal();
  Terminal(const Terminal&) = delete;
  Terminal& operator=(const Terminal&) = delete;
  ~Terminal();

  const std::string& path() const { return path_; }
  // Until that was shown; false if it is not within half a minute.
  bool WaitFor(std::string_view text);
  void Type(std::string_view text) const;
  // Everything that was shown so far, what was typed included: a terminal echoes.
  const std::string& shown() const { return shown_; }

 private:
  int near_end_ = -1;
  int far_end_ = -1;  // held open, so that the terminal stays while no program has it
  std::string path_;
  std::string shown_;
};

}  // namespace s3conn

#endif  // S3CONN_TESTS_SUPPORT_TERMINAL_H_
