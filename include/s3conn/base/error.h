#ifndef S3CONN_BASE_ERROR_H_
#define S3CONN_BASE_ERROR_H_

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

#include "s3conn/base/time.h"

namespace s3conn {

// What went wrong, as far as a caller can act on it. The command line maps each kind to one exit status.
enum class ErrorKind {
  kUsage,         // a bad argument, or a request refused before anything was sent
  kConfig,        // a configuration file or setting
  kCredentials,   // none found, half a pair, expired
  kDenied,        // the service refused: wrong secret, no permission
  kNotFound,      // no such bucket, key or local file
  kConflict,      // exists already, not empty, in progress
  kPrecondition,  // a condition of the request did not hold
  kThrottled,     // told to slow down, to the end
  kService,       // any other answer that is not a success
  kNetwork,       // no complete answer: refused, reset, TLS, name resolution
  kTimeout,
  kIntegrity,  // the bytes are not what they should be
  kLocalIo,    // reading or writing here failed
  kCancelled,  // stopped by a signal or by the caller
};

// The name scripts see in JSON: "NotFound" for kNotFound.
std::string_view ErrorKindName(ErrorKind kind);

// What the service said about a failed request. Fields it left out are empty.
struct ServiceDetail {
  int http_status = 0;
  std::string code;  // "NoSuchKey"
  std::string request_id;
  std::string host_id;
  std::string resource;
  std::string region;             // the region the service says the request belongs to
  std::string canonical_request;  // what it computed, where a SignatureDoesNotMatch tells
  std::string string_to_sign;
  std::optional<std::chrono::milliseconds> retry_after;
  std::optional<Timestamp> server_time;  // by its clock, when it answered
};

// A failure as a value: what was attempted, on what, and what the user can do about it.
// Nobody matches on the texts. Neither text ever holds a secret, and both are fit for a terminal: whoever
// makes one escapes what came from outside.
struct Error {
  ErrorKind kind = ErrorKind::kService;
  std::string message;
  std::string hint;
  bool retryable = false;  // the same request may well succeed when sent again
  bool unsent = false;     // the request certainly never reached the service
  bool repeated = false;   // an attempt (the last one too) may have been carried out: its answer was lost
  std::optional<ServiceDetail> service;

  // The same error with what was being done in front: "put s3://b/k: access denied".
  Error Within(std::string_view doing) &&;
};

template <typename T>
using Result = tl::expected<T, Error>;
using Status = Result<void>;

// For `return Failure(ErrorKind::kUsage, "…")` in a function that returns a Result.
tl::unexpected<Error> Failure(ErrorKind kind, std::string message, std::string hint = {});
tl::unexpected<Error> Failure(Error error);

// An Error from errno, as "<doing>: <what the system says>". ENOENT is kNotFound, everything else kLocalIo.
Error SystemError(std::string_view doing, int error_number);

}  // namespace s3conn

#endif  // S3CONN_BASE_ERROR_H_
