#include "output/output_stream.h"

#include "base/file.h"
#include "s3conn/base/units.h"

namespace s3conn {
namespace {

constexpr ByteCount kBuffer = 64_KiB;

}  // namespace

Status OutputStream::Write(std::string_view text) {
  buffer_ += text;
  return ByteCount(buffer_.size()) >= kBuffer ? Flush() : Status();
}

Status OutputStream::Flush() {
  Status written = WriteAll(fd_, buffer_, "write to standard output");
  buffer_.clear();
  if (!written && written.error().kind == ErrorKind::kCancelled) closed_ = true;
  return written;
}

}  // namespace s3conn
