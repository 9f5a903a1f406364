#ifndef S3CONN_TESTS_SUPPORT_MEMORY_CONNECTION_H_
#define S3CONN_TESTS_SUPPORT_MEMORY_CONNECTION_H_

#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "local/connection.h"

namespace s3conn {

// A client that has said all that it will say. What it is answered is kept.
class MemoryConnection final : public local::Connection {
 public:
  // Its words come in pieces of that size.
  explicit MemoryConnection(std::string said, std::size_t piece = 1 << 20)
      : said_(std::move(said)), piece_(piece) {}

  Result<std::size_t> Read(std::span<char> into) override {
    const std::size_t count = std::min({into.size(), piece_, said_.size() - position_});
    std::copy_n(said_.begin() + static_cast<std::ptrdiff_t>(position_), count, into.begin());
    position_ += count;
    return count;
  }
  Status Write(std::string_view bytes, Then) override {
    answered += bytes;
    return {};
  }
  Status WriteFile(int fd, std::uint64_t offset, std::uint64_t length) override {
    std::string bytes(length, '\0');
    const ssize_t count = pread(fd, bytes.data(), bytes.size(), static_cast<off_t>(offset));
    if (count < 0 || static_cast<std::size_t>(count) != bytes.size()) std::abort();
    answered += bytes;
    return {};
  }
  void EndWriting() override { ended = true; }

  std::size_t unread() const { return said_.size() - position_; }

  std::string answered;
  bool ended = false;

 private:
  std::string said_;
  std::size_t piece_;
  std::size_t position_ = 0;
};

}  // namespace s3conn

#endif  // S3CONN_TESTS_SUPPORT_MEMORY_CONNECTION_H_
