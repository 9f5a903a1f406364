#include "http/retry_policy.h"

#include <thread>
#include <vector>

#include "support/catch.h"

namespace s3conn {
namespace {

using std::chrono::milliseconds;

Error Transient() {
  Error error;
  error.kind = ErrorKind::kNetwork;
  error.retryable = true;
  return error;
}

Error Throttled() {
  Error error;
  error.kind = ErrorKind::kThrottled;
  return error;
}

TEST_CASE("an error is retried for what it is") {
  CHECK(ReasonToRetry(Transient()) == RetryReason::kTransient);
  CHECK(ReasonToRetry(Throttled()) == RetryReason::kThrottling);
  Error final = Transient();
  final.retryable = false;
  CHECK(ReasonToRetry(final) == RetryReason::kNone);
}

TEST_CASE("delays double up to the longest one and are spread by the random number") {
  const RetrySettings settings;
  CHECK(RetryDelay(settings, Transient(), 1, 1.0) == milliseconds(50));
  CHECK(RetryDelay(settings, Transient(), 2, 1.0) == milliseconds(100));
  CHECK(RetryDelay(settings, Transient(), 9, 1.0) == milliseconds(12'800));
  CHECK(RetryDelay(settings, Transient(), 10, 1.0) == milliseconds(20'000));
  CHECK(RetryDelay(settings, Transient(), 1'000, 1.0) == milliseconds(20'000));
  CHECK(RetryDelay(settings, Transient(), 3, 0.5) == milliseconds(100));
  CHECK(RetryDelay(settings, Transient(), 3, 0.0) == milliseconds(0));
  CHECK(RetryDelay(settings, Throttled(), 1, 1.0) == milliseconds(1'000));
  CHECK(RetryDelay(settings, Throttled(), 4, 0.25) == milliseconds(2'000));
}

TEST_CASE("a server's retry-after prolongs a delay by five seconds at most and never shortens it") {
  const RetrySettings settings;
  Error error = Throttled();
  error.service = ServiceDetail{};
  CHECK(RetryDelay(settings, error, 1, 0.5) == milliseconds(500));
  error.service->retry_after = milliseconds(1'500);
  CHECK(RetryDelay(settings, error, 1, 0.5) == milliseconds(1'500));
  error.service->retry_after = milliseconds(60'000);
  CHECK(RetryDelay(settings, error, 1, 0.5) == milliseconds(5'500));
  error.service->retry_after = milliseconds(10);
  CHECK(RetryDelay(settings, error, 1, 0.5) == milliseconds(500));
}

TEST_CASE("the quota gives no more than it has and takes no more than it holds") {
  RetryQuota quota(20);
  CHECK(quota.Take(RetryQuota::Cost(RetryReason::kTransient)));
  CHECK(quota.available() == 6);
  CHECK_FALSE(quota.Take(RetryQuota::Cost(RetryReason::kTransient)));
  CHECK(quota.available() == 6);
  CHECK(quota.Take(RetryQuota::Cost(RetryReason::kThrottling)));
  CHECK(quota.available() == 1);
  quota.GiveBack(100);
  CHECK(quota.available() == 20);
}

TEST_CASE("the quota is right from many threads") {
  RetryQuota quota(10'000);
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&quota] {
      for (int i = 0; i < 500; ++i) quota.Take(5);
    });
  }
  for (std::thread& thread : threads) thread.join();
  CHECK(quota.available() == 0);
}

TEST_CASE("the system's random numbers lie in the unit interval and differ") {
  const RandomSource random = SystemRandom();
  double smallest = 1;
  double largest = 0;
  for (int i = 0; i < 1'000; ++i) {
    const double number = random();
    smallest = std::min(smallest, number);
    largest = std::max(largest, number);
  }
  CHECK(smallest >= 0);
  CHECK(largest < 1);
  CHECK(largest - smallest > 0.5);
}

}  // namespace
}  // namespace s3conn
