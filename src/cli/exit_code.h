#ifndef S3CONN_CLI_EXIT_CODE_H_
#define S3CONN_CLI_EXIT_CODE_H_

#include "s3conn/base/error.h"

namespace s3conn {

// The contract with scripts; docs/cli.md lists it.
inline constexpr int kExitDone = 0;
inline constexpr int kExitSomeFailed = 9;
inline constexpr int kExitInterrupted = 130;   // 128 + SIGINT
inline constexpr int kExitOutputClosed = 141;  // 128 + SIGPIPE

int ExitCodeFor(ErrorKind kind);

}  // namespace s3conn

#endif  // S3CONN_CLI_EXIT_CODE_H_
