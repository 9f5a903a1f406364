#include "s3conn/base/error.h"

#include <cerrno>
#include <system_error>
#include <utility>

namespace s3conn {

std::string_view ErrorKindName(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::kUsage:
      return "Usage";
    case ErrorKind::kConfig:
      return "Config";
    case ErrorKind::kCredentials:
      return "Credentials";
    case ErrorKind::kDenied:
      return "Denied";
    case ErrorKind::kNotFound:
      return "NotFound";
    case ErrorKind::kConflict:
      return "Conflict";
    case ErrorKind::kPrecondition:
      return "Precondition";
    case ErrorKind::kThrottled:
      return "Throttled";
    case ErrorKind::kService:
      return "Service";
    case ErrorKind::kNetwork:
      return "Network";
    case ErrorKind::kTimeout:
      return "Timeout";
    case ErrorKind::kIntegrity:
      return "Integrity";
    case ErrorKind::kLocalIo:
      return "LocalIo";
    case ErrorKind::kCancelled:
      return "Cancelled";
  }
  return "Service";
}

Error Error::Within(std::string_view doing) && {
  std::string text(doing);
  text += ": ";
  text += message;
  message = std::move(text);
  return std::move(*this);
}

tl::unexpected<Error> Failure(ErrorKind kind, std::string message, std::string hint) {
  Error error;
  error.kind = kind;
  error.message = std::move(message);
  error.hint = std::move(hint);
  return tl::unexpected<Error>(std::move(error));
}

tl::unexpected<Error> Failure(Error error) {
  return tl::unexpected<Error>(std::move(error));
}

Error SystemError(std::string_view doing, int error_number) {
  Error error;
  error.kind = error_number == ENOENT ? ErrorKind::kNotFound : ErrorKind::kLocalIo;
  error.message = std::error_code(error_number, std::generic_category()).message();
  return std::move(error).Within(doing);
}

}  // namespace s3conn
