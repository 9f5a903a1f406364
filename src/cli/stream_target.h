#ifndef S3CONN_CLI_STREAM_TARGET_H_
#define S3CONN_CLI_STREAM_TARGET_H_

#include "cli/session.h"
#include "s3conn/base/error.h"
#include "s3conn/s3/get_object.h"

namespace s3conn {

// Downloads an object to standard output. What arrived before a failure is passed on too: the exit status
// says that it is not the whole.
Status DownloadToOutput(Session& session, const GetObjectRequest& request);

}  // namespace s3conn

#endif  // S3CONN_CLI_STREAM_TARGET_H_
