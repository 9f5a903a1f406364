#ifndef S3CONN_BASE_CALL_CONTEXT_H_
#define S3CONN_BASE_CALL_CONTEXT_H_

#include <chrono>
#include <stop_token>

#include "s3conn/base/event.h"

namespace s3conn {

// What travels with a call: when to give up, and who watches. Copied freely; the sink outlives the call.
struct CallContext {
  std::stop_token stop{};
  std::chrono::steady_clock::time_point deadline = std::chrono::steady_clock::time_point::max();
  const EventSink* events = nullptr;

  bool observed() const { return events != nullptr && *events; }
  void Emit(const Event& event) const {
    if (observed()) (*events)(event);
  }
};

}  // namespace s3conn

#endif  // S3CONN_BASE_CALL_CONTEXT_H_
