#include "http/retry.h"

#include <fmt/format.h>

#include <chrono>

#include "s3conn/base/event.h"

namespace s3conn {

void RetrySession::Succeeded() {
  tools_.quota.GiveBack(last_cost_);
}

Status RetrySession::Failed(Error error) {
  const RetryReason reason = ReasonToRetry(error);
  if (reason == RetryReason::kNone || attempt_ >= tools_.settings.max_attempts) {
    return Failure(Final(std::move(error)));
  }
  const std::chrono::milliseconds delay =
      RetryDelay(tools_.settings, error, attempt_, tools_.random ? tools_.random() : 1.0);
  if (tools_.clock.SteadyNow() >= context_.deadline - delay) return Failure(Final(std::move(error)));
  const int cost = RetryQuota::Cost(reason);
  if (!tools_.quota.Take(cost)) {
    error.message += " (too many failures to try again)";
    return Failure(Final(std::move(error)));
  }
  last_cost_ = cost;
  context_.Emit(RetryScheduled{.failed_attempt = attempt_,
                               .max_attempts = tools_.settings.max_attempts,
                               .delay = delay,
                               .reason = error});
  if (!tools_.clock.Sleep(delay, context_.stop)) {
    return Failure(ErrorKind::kCancelled, "cancelled while waiting to try again after: " + error.message);
  }
  ++attempt_;
  return {};
}

Error RetrySession::Final(Error error) const {
  if (attempt_ > 1) error.message += fmt::format(" ({} attempts)", attempt_);
  return error;
}

}  // namespace s3conn
