#ifndef S3CONN_TESTS_SUPPORT_RESPONSE_BODY_H_
#define S3CONN_TESTS_SUPPORT_RESPONSE_BODY_H_

#include <string>
#include <string_view>

#include "local/exchange.h"
#include "local/read_content.h"

namespace s3conn {

// All bytes of an answer, from memory and files: those of a test are few. What fails stands in brackets.
inline std::string ReadBody(local::Response& response) {
  if (!response.content) return response.body;
  std::string bytes;
  const local::Answer<void> read =
      local::ReadContent(*response.content, [&](std::string_view piece) { bytes += piece; });
  return read ? bytes : "(" + read.error().cause + ")";
}

}  // namespace s3conn

#endif  // S3CONN_TESTS_SUPPORT_RESPONSE_BODY_H_
