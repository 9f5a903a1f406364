#include "cli/exit_code.h"

namespace s3conn {

int ExitCodeFor(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::kService:
      return 1;
    case ErrorKind::kUsage:
      return 2;
    case ErrorKind::kConfig:
    case ErrorKind::kCredentials:
      return 3;
    case ErrorKind::kNotFound:
      return 4;
    case ErrorKind::kDenied:
      return 5;
    case ErrorKind::kConflict:
    case ErrorKind::kPrecondition:
      return 6;
    case ErrorKind::kNetwork:
    case ErrorKind::kTimeout:
    case ErrorKind::kThrottled:
      return 7;
    case ErrorKind::kIntegrity:
      return 8;
    case ErrorKind::kLocalIo:
      return 10;
    case ErrorKind::kCancelled:
      return kExitInterrupted;
  }
  return 1;
}

}  // namespace s3conn
