#ifndef S3CONN_BASE_EVENT_H_
#define S3CONN_BASE_EVENT_H_

#include <chrono>
#include <functional>
#include <string>
#include <string_view>
#include <variant>

#include "s3conn/base/error.h"
#include "s3conn/base/message.h"

namespace s3conn {

// What happens while a call is under way, for whoever wants to watch it. The values point into the call and
// are valid only while the sink runs. They are raw: whoever prints them redacts (base/redaction.h).

struct SignatureComputed {
  std::string_view canonical_request;
  std::string_view string_to_sign;
};

// One exchange ended: `response` or `error`, never both.
struct ExchangeEnded {
  const HttpRequest& request;
  const HttpResponse* response = nullptr;
  const Error* error = nullptr;
  std::chrono::microseconds elapsed{};
};

struct RetryScheduled {
  int failed_attempt = 1;  // counted from 1
  int max_attempts = 1;
  std::chrono::milliseconds delay{};
  const Error& reason;
};

// A service named another region for a bucket than the settings do; the request was signed again for that
// one.
struct RegionCorrected {
  std::string_view bucket;
  std::string_view used;
  std::string_view named;
};

// Something the user should know although the call goes on.
struct Warning {
  std::string text;  // fit for a terminal
};

using Event = std::variant<SignatureComputed, ExchangeEnded, RetryScheduled, RegionCorrected, Warning>;

// Called on the thread of the call, so possibly on several at once.
using EventSink = std::function<void(const Event&)>;

}  // namespace s3conn

#endif  // S3CONN_BASE_EVENT_H_
