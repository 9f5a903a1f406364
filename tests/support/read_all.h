#ifndef S3CONN_TESTS_SUPPORT_READ_ALL_H_
#define S3CONN_TESTS_SUPPORT_READ_ALL_H_

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "s3conn/base/body.h"

namespace s3conn {

// What a source has left, read in pieces of that size.
inline Result<std::string> ReadAll(BodySource& source, std::size_t piece = 4096) {
  std::string bytes;
  std::vector<char> buffer(piece);
  while (true) {
    const Result<std::size_t> count = source.Read(buffer);
    if (!count) return Failure(count.error());
    if (*count == 0) return bytes;
    bytes.append(buffer.data(), *count);
  }
}

}  // namespace s3conn

#endif  // S3CONN_TESTS_SUPPORT_READ_ALL_H_
