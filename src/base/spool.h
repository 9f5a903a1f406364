#ifndef S3CONN_BASE_SPOOL_H_
#define S3CONN_BASE_SPOOL_H_

#include <memory>
#include <string>
#include <string_view>

#include "base/file.h"
#include "s3conn/base/body.h"
#include "s3conn/base/error.h"
#include "s3conn/base/units.h"

namespace s3conn {

// Bytes of unknown number, kept until they are all there: in memory up to a limit, then in a temporary file
// that has no name, so that nothing is left behind however the process ends.
class Spool {
 public:
  // `folder` is where the file goes; it is not touched before the limit is reached.
  Spool(ByteCount memory_limit, std::string folder)
      : memory_limit_(memory_limit), folder_(std::move(folder)) {}

  Status Append(std::string_view bytes);
  ByteCount size() const { return size_; }
  // What was appended, from the start. The spool is empty afterwards.
  Result<std::unique_ptr<BodySource>> TakeSource();

 private:
  Status MoveToFile();

  ByteCount memory_limit_;
  std::string folder_;
  std::string memory_;
  Descriptor file_;
  ByteCount size_;
};

}  // namespace s3conn

#endif  // S3CONN_BASE_SPOOL_H_
