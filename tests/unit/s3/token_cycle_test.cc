#include "s3/token_cycle.h"

#include <string>

#include "support/catch.h"

namespace s3conn {
namespace {

// How many tokens are looked at before one is told to repeat: `lead` different ones, then a circle of
// `length`.
int StepsUntilNoticed(int lead, int length, int limit) {
  TokenCycle cycle("");
  for (int step = 1; step <= limit; ++step) {
    const int position = step <= lead ? step : lead + 1 + (step - lead - 1) % length;
    if (cycle.Repeats("t" + std::to_string(position))) return step;
  }
  return 0;
}

TEST_CASE("the token a listing began with is noticed when it comes again") {
  TokenCycle cycle("from here");
  CHECK(cycle.Repeats("from here"));
}

TEST_CASE("a token that comes twice in a row is noticed at once") {
  TokenCycle cycle("");
  CHECK_FALSE(cycle.Repeats("a"));
  CHECK(cycle.Repeats("a"));
}

TEST_CASE("tokens that alternate are noticed at the third") {
  TokenCycle cycle("");
  CHECK_FALSE(cycle.Repeats("a"));
  CHECK_FALSE(cycle.Repeats("b"));
  CHECK(cycle.Repeats("a"));
}

TEST_CASE("a circle of any length is noticed within four times its way") {
  for (const int lead : {0, 1, 2, 7, 100}) {
    for (const int length : {1, 2, 3, 4, 5, 16, 17, 100}) {
      CAPTURE(lead, length);
      const int noticed = StepsUntilNoticed(lead, length, 4 * (lead + length));
      CHECK(noticed > lead + length - 1);
      CHECK(noticed <= 4 * (lead + length));
    }
  }
}

TEST_CASE("tokens that never repeat are never taken for a circle") {
  CHECK(StepsUntilNoticed(5000, 1, 5000) == 0);
}

}  // namespace
}  // namespace s3conn
