#include "http/retry_policy.h"

#include <algorithm>
#include <cmath>
#include <memory>
#include <random>

namespace s3conn {

using std::chrono::milliseconds;

RetryReason ReasonToRetry(const Error& error) {
  if (error.kind == ErrorKind::kThrottled) return RetryReason::kThrottling;
  return error.retryable ? RetryReason::kTransient : RetryReason::kNone;
}

RandomSource SystemRandom() {
  struct Generator {
    std::mutex mutex;
    std::mt19937_64 engine{std::random_device{}()};
  };
  return [generator = std::make_shared<Generator>()] {
    const std::lock_guard lock(generator->mutex);
    return std::uniform_real_distribution<double>(0.0, 1.0)(generator->engine);
  };
}

milliseconds RetryDelay(const RetrySettings& settings, const Error& error, int failed_attempt,
                        double random) {
  const bool throttled = ReasonToRetry(error) == RetryReason::kThrottling;
  const auto base =
      static_cast<double>((throttled ? settings.throttling_base : settings.transient_base).count());
  const double grown =
      std::min(std::ldexp(base, failed_attempt - 1), static_cast<double>(settings.longest_delay.count()));
  const milliseconds delay(static_cast<milliseconds::rep>(random * grown));
  if (!error.service || !error.service->retry_after) return delay;
  return std::max(delay, std::min(*error.service->retry_after, delay + milliseconds(5'000)));
}

int RetryQuota::Cost(RetryReason reason) {
  switch (reason) {
    case RetryReason::kNone:
      return 0;
    case RetryReason::kTransient:
      return 14;
    case RetryReason::kThrottling:
      return 5;
  }
  return 0;
}

bool RetryQuota::Take(int tokens) {
  const std::lock_guard lock(mutex_);
  if (tokens > available_) return false;
  available_ -= tokens;
  return true;
}

void RetryQuota::GiveBack(int tokens) {
  const std::lock_guard lock(mutex_);
  available_ = std::min(capacity_, available_ + tokens);
}

int RetryQuota::available() const {
  const std::lock_guard lock(mutex_);
  return available_;
}

}  // namespace s3conn
