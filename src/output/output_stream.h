#ifndef S3CONN_OUTPUT_OUTPUT_STREAM_H_
#define S3CONN_OUTPUT_OUTPUT_STREAM_H_

#include <string>
#include <string_view>

#include "s3conn/base/error.h"

namespace s3conn {

// Standard output, buffered. A reader that goes away (`| head`) is kCancelled, and closed() then says so. Not
// for several threads. Nothing is written by the destructor: whoever prints flushes, and hears of a full
// disk.
class OutputStream {
 public:
  explicit OutputStream(int fd) : fd_(fd) {}

  Status Write(std::string_view text);
  Status Flush();
  bool closed() const { return closed_; }

 private:
  int fd_;
  std::string buffer_;
  bool closed_ = false;
};

}  // namespace s3conn

#endif  // S3CONN_OUTPUT_OUTPUT_STREAM_H_
