#ifndef S3CONN_TRANSFER_UPLOAD_SOURCE_H_
#define S3CONN_TRANSFER_UPLOAD_SOURCE_H_

#include <memory>
#include <string>

#include "s3conn/base/body.h"
#include "s3conn/base/call_context.h"
#include "s3conn/base/error.h"

namespace s3conn {

// The bytes of a file. A small one is read at once, so that what is hashed is what is sent. kNotFound,
// kLocalIo, and kUsage for what is no regular file.
Result<std::unique_ptr<BodySource>> OpenUploadFile(const std::string& path);

// The bytes of a descriptor such as standard input: a redirected file is used as it is, a pipe is read to its
// end first, in memory up to 16 MiB and then in an unnamed file in `folder`. A read error is never taken for
// the end.
Result<std::unique_ptr<BodySource>> ReadUploadStream(int fd, const std::string& folder,
                                                     const CallContext& context);

}  // namespace s3conn

#endif  // S3CONN_TRANSFER_UPLOAD_SOURCE_H_
