#include "s3conn/base/body.h"

#include <algorithm>

namespace s3conn {

Result<std::size_t> MemorySource::Read(std::span<char> into) {
  const std::size_t count = std::min(into.size(), bytes_.size() - position_);
  std::copy_n(bytes_.data() + position_, count, into.data());
  position_ += count;
  return count;
}

Status MemorySource::Rewind() {
  position_ = 0;
  return {};
}

}  // namespace s3conn
