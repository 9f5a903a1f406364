#include "http/retry.h"

#include <memory>
#include <string>
#include <vector>

#include "support/catch.h"
#include "support/fake_clock.h"

namespace s3conn {
namespace {

using std::chrono::milliseconds;
using Sleeps = std::vector<milliseconds>;

Error Transient() {
  Error error;
  error.kind = ErrorKind::kNetwork;
  error.message = "connection reset";
  error.retryable = true;
  return error;
}

// An attempt that fails that many times before it succeeds, and counts.
struct Attempts {
  int failures = 0;
  Error error = Transient();
  std::vector<int> numbers{};

  Result<std::string> operator()(int number) {
    numbers.push_back(number);
    if (number <= failures) return Failure(error);
    return "done";
  }
};

struct Fixture {
  FakeClock clock;
  RetryQuota quota{500};
  RetryTools tools{.settings = {}, .random = [] { return 1.0; }, .quota = quota, .clock = clock};
};

TEST_CASE("a success needs one attempt and no wait") {
  Fixture fixture;
  Attempts attempts;
  const auto result = Retry(fixture.tools, {}, attempts);
  REQUIRE(result);
  CHECK(*result == "done");
  CHECK(attempts.numbers == std::vector<int>{1});
  CHECK(fixture.clock.sleeps().empty());
}

TEST_CASE("a transient failure is tried again after doubling delays") {
  Fixture fixture;
  Attempts attempts{.failures = 2};
  CHECK(Retry(fixture.tools, {}, attempts));
  CHECK(attempts.numbers == std::vector<int>{1, 2, 3});
  CHECK(fixture.clock.sleeps() == Sleeps{milliseconds(50), milliseconds(100)});
}

TEST_CASE("after the last attempt the error says how many there were") {
  Fixture fixture;
  fixture.tools.settings.max_attempts = 3;
  Attempts attempts{.failures = 99};
  const auto result = Retry(fixture.tools, {}, attempts);
  REQUIRE_FALSE(result);
  CHECK(attempts.numbers.size() == 3);
  CHECK(result.error().kind == ErrorKind::kNetwork);
  CHECK(result.error().message == "connection reset (3 attempts)");
}

TEST_CASE("an error that trying again won't mend ends the call as it is") {
  Fixture fixture;
  Attempts attempts{.failures = 99};
  attempts.error.retryable = false;
  const auto result = Retry(fixture.tools, {}, attempts);
  REQUIRE_FALSE(result);
  CHECK(attempts.numbers.size() == 1);
  CHECK(result.error().message == "connection reset");
  CHECK(fixture.clock.sleeps().empty());
}

TEST_CASE("throttling waits longer") {
  Fixture fixture;
  Attempts attempts{.failures = 1};
  attempts.error.kind = ErrorKind::kThrottled;
  attempts.error.retryable = false;
  CHECK(Retry(fixture.tools, {}, attempts));
  CHECK(fixture.clock.sleeps() == Sleeps{milliseconds(1'000)});
}

TEST_CASE("retries draw on the quota and a success gives the last one's tokens back") {
  Fixture fixture;
  Attempts attempts{.failures = 2};
  CHECK(Retry(fixture.tools, {}, attempts));
  CHECK(fixture.quota.available() == 500 - 2 * 14 + 14);
  Attempts easy;
  CHECK(Retry(fixture.tools, {}, easy));
  CHECK(fixture.quota.available() == 500 - 14 + 1);
}

TEST_CASE("an empty quota ends the call at once") {
  Fixture fixture;
  REQUIRE(fixture.quota.Take(500 - 14));
  Attempts attempts{.failures = 99};
  const auto result = Retry(fixture.tools, {}, attempts);
  REQUIRE_FALSE(result);
  CHECK(attempts.numbers.size() == 2);
  CHECK(result.error().message == "connection reset (too many failures to try again) (2 attempts)");
  CHECK(fixture.quota.available() == 0);
}

TEST_CASE("a wait that is cut short is a cancellation") {
  Fixture fixture;
  std::stop_source stop;
  fixture.clock.OnSleep([&stop] { stop.request_stop(); });
  Attempts attempts{.failures = 99};
  const auto result = Retry(fixture.tools, {.stop = stop.get_token()}, attempts);
  REQUIRE_FALSE(result);
  CHECK(result.error().kind == ErrorKind::kCancelled);
  CHECK_FALSE(result.error().retryable);
  CHECK(attempts.numbers.size() == 1);
}

TEST_CASE("no attempt begins after the deadline") {
  Fixture fixture;
  fixture.tools.settings.max_attempts = 10;
  Attempts attempts{.failures = 99};
  // 50 + 100 ms fit, 200 more do not.
  const CallContext context{.deadline = fixture.clock.SteadyNow() + milliseconds(300)};
  const auto result = Retry(fixture.tools, context, attempts);
  REQUIRE_FALSE(result);
  CHECK(result.error().message == "connection reset (3 attempts)");
  CHECK(fixture.clock.sleeps() == Sleeps{milliseconds(50), milliseconds(100)});
}

TEST_CASE("every retry is told to whoever watches") {
  Fixture fixture;
  std::vector<std::string> seen;
  const EventSink events = [&seen](const Event& event) {
    const auto& retry = std::get<RetryScheduled>(event);
    seen.push_back(std::to_string(retry.failed_attempt) + "/" + std::to_string(retry.max_attempts) + " " +
                   std::to_string(retry.delay.count()) + " " + retry.reason.message);
  };
  Attempts attempts{.failures = 2};
  CHECK(Retry(fixture.tools, {.events = &events}, attempts));
  CHECK(seen == std::vector<std::string>{"1/3 50 connection reset", "2/3 100 connection reset"});
}

TEST_CASE("a result need not be copyable nor hold a value") {
  Fixture fixture;
  const auto pointer =
      Retry(fixture.tools, {}, [](int) -> Result<std::unique_ptr<int>> { return std::make_unique<int>(7); });
  REQUIRE(pointer);
  CHECK(**pointer == 7);
  int calls = 0;
  const Status status = Retry(fixture.tools, {}, [&calls](int) -> Status {
    if (++calls < 2) return Failure(Transient());
    return {};
  });
  CHECK(status);
  CHECK(calls == 2);
}

}  // namespace
}  // namespace s3conn
