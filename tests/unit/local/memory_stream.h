#ifndef S3CONN_TESTS_UNIT_LOCAL_MEMORY_STREAM_H_
#define S3CONN_TESTS_UNIT_LOCAL_MEMORY_STREAM_H_

#include <algorithm>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "local/exchange.h"

namespace s3conn::local {

// A body in memory, given out in pieces of at most that size.
class MemoryStream final : public ByteStream {
 public:
  explicit MemoryStream(std::string bytes, std::size_t piece = std::size_t{1} << 20)
      : bytes_(std::move(bytes)), piece_(piece) {}

  Answer<std::size_t> Read(std::span<char> into) override {
    const std::size_t size = std::min({into.size(), piece_, bytes_.size() - at_});
    std::copy_n(bytes_.data() + at_, size, into.data());
    at_ += size;
    return size;
  }

 private:
  std::string bytes_;
  std::size_t piece_;
  std::size_t at_ = 0;
};

// All of a stream, read in pieces of that size.
inline Answer<std::string> ReadAll(ByteStream& stream, std::size_t piece = 64 * 1024) {
  std::string all;
  std::vector<char> buffer(piece);
  while (true) {
    const Answer<std::size_t> read = stream.Read(buffer);
    if (!read) return Refuse(read.error());
    if (*read == 0) return all;
    all.append(buffer.data(), *read);
  }
}

}  // namespace s3conn::local

#endif  // S3CONN_TESTS_UNIT_LOCAL_MEMORY_STREAM_H_
