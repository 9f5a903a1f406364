#ifndef S3CONN_LOCAL_READ_CONTENT_H_
#define S3CONN_LOCAL_READ_CONTENT_H_

#include <functional>
#include <string_view>

#include "local/exchange.h"
#include "local/refusal.h"

namespace s3conn::local {

// Calls `use` with all its bytes, in pieces, in their order. kInternalError.
Answer<void> ReadContent(Content& content, const std::function<void(std::string_view)>& use);

}  // namespace s3conn::local

#endif  // S3CONN_LOCAL_READ_CONTENT_H_
