#ifndef S3CONN_TESTS_UNIT_OUTPUT_CAPTURED_OUTPUT_H_
#define S3CONN_TESTS_UNIT_OUTPUT_CAPTURED_OUTPUT_H_

#include <fcntl.h>

#include <string>

#include "base/file.h"
#include "output/output_stream.h"
#include "support/catch.h"
#include "support/temporary_folder.h"

namespace s3conn {

// An output stream into a file, and what has come out of it so far.
class CapturedOutput {
 public:
  CapturedOutput()
      : file_(open(folder_.Path("out").c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600)), stream(file_.get()) {
    REQUIRE(file_);
  }
  std::string text() const { return folder_.Read("out"); }

 private:
  TemporaryFolder folder_;
  Descriptor file_;

 public:
  OutputStream stream;
};

}  // namespace s3conn

#endif  // S3CONN_TESTS_UNIT_OUTPUT_CAPTURED_OUTPUT_H_
