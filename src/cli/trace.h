#ifndef S3CONN_CLI_TRACE_H_
#define S3CONN_CLI_TRACE_H_

#include <string>

#include "s3conn/base/error.h"
#include "s3conn/base/event.h"

namespace s3conn {

// How much is told on standard error: 0 warnings only, 1 retries, 2 a line per request, 3 headers and
// signatures.
enum class Verbosity { kQuiet = -1, kNormal = 0, kRetries = 1, kRequests = 2, kEverything = 3 };

// Prints what happens, secrets hidden, on standard error: each event by one write, so that threads don't mix.
EventSink MakeTrace(Verbosity verbosity);

// What to show beside a SignatureDoesNotMatch: the server's canonical request and string to sign, secrets
// hidden. Empty where the server did not tell.
std::string ExplainSignature(const Error& error);

}  // namespace s3conn

#endif  // S3CONN_CLI_TRACE_H_
