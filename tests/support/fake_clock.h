#ifndef S3CONN_TESTS_SUPPORT_FAKE_CLOCK_H_
#define S3CONN_TESTS_SUPPORT_FAKE_CLOCK_H_

#include <chrono>
#include <functional>
#include <mutex>
#include <stop_token>
#include <utility>
#include <vector>

#include "s3conn/base/time.h"

namespace s3conn {

// A clock that stands still but for the sleeps, which it takes no time for and writes down. Safe from many
// threads.
class FakeClock final : public Clock {
 public:
  explicit FakeClock(Timestamp now = Timestamp(std::chrono::sys_days(std::chrono::year{2026} / 1 / 15)))
      : now_(now) {}

  Timestamp Now() const override {
    const std::lock_guard lock(mutex_);
    return now_;
  }

  std::chrono::steady_clock::time_point SteadyNow() const override {
    const std::lock_guard lock(mutex_);
    return steady_;
  }

  bool Sleep(std::chrono::milliseconds duration, std::stop_token stop) override {
    std::function<void()> during_sleep;
    {
      const std::lock_guard lock(mutex_);
      sleeps_.push_back(duration);
      during_sleep = during_sleep_;
    }
    if (during_sleep) during_sleep();
    if (stop.stop_requested()) return false;
    Advance(duration);
    return true;
  }

  void Advance(std::chrono::milliseconds duration) {
    const std::lock_guard lock(mutex_);
    now_ += duration;
    steady_ += duration;
  }

  // What happens while someone sleeps: a cancellation, say.
  void OnSleep(std::function<void()> action) {
    const std::lock_guard lock(mutex_);
    during_sleep_ = std::move(action);
  }

  std::vector<std::chrono::milliseconds> sleeps() const {
    const std::lock_guard lock(mutex_);
    return sleeps_;
  }

 private:
  mutable std::mutex mutex_;
  Timestamp now_;
  std::chrono::steady_clock::time_point steady_{std::chrono::hours(1)};
  std::function<void()> during_sleep_;
  std::vector<std::chrono::milliseconds> sleeps_;
};

}  // namespace s3conn

#endif  // S3CONN_TESTS_SUPPORT_FAKE_CLOCK_H_
