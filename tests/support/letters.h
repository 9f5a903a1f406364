#ifndef S3CONN_TESTS_SUPPORT_LETTERS_H_
#define S3CONN_TESTS_SUPPORT_LETTERS_H_

#include <cstddef>
#include <string>

namespace s3conn {

// So many bytes that are not all the same, and the same each time.
inline std::string Letters(std::size_t count) {
  std::string bytes(count, '\0');
  for (std::size_t i = 0; i < count; ++i) bytes[i] = static_cast<char>('a' + i * 7 % 26);
  return bytes;
}

}  // namespace s3conn

#endif  // S3CONN_TESTS_SUPPORT_LETTERS_H_
