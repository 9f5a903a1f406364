#ifndef S3CONN_HTTP_RETRY_POLICY_H_
#define S3CONN_HTTP_RETRY_POLICY_H_

#include <chrono>
#include <functional>
#include <mutex>

#include "s3conn/base/error.h"

namespace s3conn {

// The standard retry mode of AWS's SDKs: full jitter, and a quota that all calls share, so that a service
// that is down isn't stormed (https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html).
enum class RetryReason {
  kNone,        // trying again won't help
  kTransient,   // a broken connection, a time-out, a 5xx
  kThrottling,  // told to slow down
};

RetryReason ReasonToRetry(const Error& error);

inline constexpr int kControlAttempts = 3;    // a single call: someone waits for it
inline constexpr int kTransferAttempts = 10;  // a request inside a transfer: giving up wastes the others

struct RetrySettings {
  int max_attempts = kControlAttempts;  // the first one included
  std::chrono::milliseconds transient_base{50};
  std::chrono::milliseconds throttling_base{1'000};
  std::chrono::milliseconds longest_delay{20'000};
};

// Uniform in [0, 1). Called from the thread of the call, so it must be safe from many threads.
using RandomSource = std::function<double()>;

// A generator seeded by the system, behind a mutex.
RandomSource SystemRandom();

// How long to wait after attempt number `failed_attempt` (from 1): `random` times the base doubled for each
// attempt before, up to the longest delay. A server's Retry-After prolongs it, by 5 seconds at most.
std::chrono::milliseconds RetryDelay(const RetrySettings& settings, const Error& error, int failed_attempt,
                                     double random);

// Tokens for retries, shared by all calls to one endpoint: each retry takes some and a success gives them
// back. Safe from many threads.
class RetryQuota {
 public:
  static constexpr int kDefaultCapacity = 500;

  explicit RetryQuota(int capacity = kDefaultCapacity) : capacity_(capacity), available_(capacity) {}

  static int Cost(RetryReason reason);
  // Takes `tokens`, or nothing and says false when there are fewer.
  bool Take(int tokens);
  void GiveBack(int tokens);
  int available() const;

 private:
  const int capacity_;
  mutable std::mutex mutex_;
  int available_;
};

}  // namespace s3conn

#endif  // S3CONN_HTTP_RETRY_POLICY_H_
