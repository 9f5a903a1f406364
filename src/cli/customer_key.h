#ifndef S3CONN_CLI_CUSTOMER_KEY_H_
#define S3CONN_CLI_CUSTOMER_KEY_H_

#include <string>
#include <string_view>

#include "s3conn/base/error.h"
#include "s3conn/base/secret.h"

namespace s3conn {

class Session;

// The key of SSE-C out of a file: 32 bytes as they are, or in base64 on a line. An empty path is no key.
// kUsage for anything else in the file, never showing it; kNotFound, kLocalIo. Warns where others can read
// the file.
Result<Secret> ReadCustomerKey(const Session& session, std::string_view option, const std::string& path);

}  // namespace s3conn

#endif  // S3CONN_CLI_CUSTOMER_KEY_H_
