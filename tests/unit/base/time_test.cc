#include "s3conn/base/time.h"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "support/catch.h"

namespace s3conn {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

// 2026-01-15T09:30:00Z.
constexpr Timestamp kTime{seconds(1'768'469'400)};

TEST_CASE("a time is written in the form of X-Amz-Date and read back") {
  CHECK(FormatAmzDate(kTime) == "20260115T093000Z");
  CHECK(FormatAmzDate(kTime + milliseconds(999)) == "20260115T093000Z");
  CHECK(ParseAmzDate("20260115T093000Z") == kTime);
}

TEST_CASE("a time is written by RFC 3339 with milliseconds where there are any") {
  CHECK(FormatRfc3339(kTime) == "2026-01-15T09:30:00Z");
  CHECK(FormatRfc3339(kTime + milliseconds(5)) == "2026-01-15T09:30:00.005Z");
  CHECK(FormatRfc3339(kTime + milliseconds(120)) == "2026-01-15T09:30:00.120Z");
  CHECK(FormatRfc3339(Timestamp(milliseconds(-1))) == "1969-12-31T23:59:59.999Z");
}

TEST_CASE("what is written is read back to the millisecond") {
  for (const long long ms : {0LL, 1LL, 951'827'199'123LL, 1'768'469'400'000LL, 4'102'444'799'999LL}) {
    CAPTURE(ms);
    const Timestamp time{milliseconds(ms)};
    CHECK(ParseRfc3339(FormatRfc3339(time)) == time);
    CHECK(ParseAmzDate(FormatAmzDate(time)) == std::chrono::floor<seconds>(time));
  }
}

TEST_CASE("fractions of a second are read at any length and cut to milliseconds") {
  CHECK(ParseRfc3339("2026-01-15T09:30:00.1Z") == kTime + milliseconds(100));
  CHECK(ParseRfc3339("2026-01-15T09:30:00.000Z") == kTime);
  CHECK(ParseRfc3339("2026-01-15T09:30:00.123456789Z") == kTime + milliseconds(123));
  CHECK(ParseRfc3339("2026-01-15T09:30:00.9999999999999999999999Z") == kTime + milliseconds(999));
}

TEST_CASE("offsets from UTC are taken off") {
  CHECK(ParseRfc3339("2026-01-15T10:30:00+01:00") == kTime);
  CHECK(ParseRfc3339("2026-01-15T04:00:00-05:30") == kTime);
  CHECK(ParseRfc3339("2026-01-16T00:15:00.250+14:45") == kTime + milliseconds(250));
  CHECK(ParseRfc3339("2026-01-15t09:30:00z") == kTime);
  CHECK(ParseRfc3339("2026-01-15 09:30:00Z") == kTime);
}

TEST_CASE("what is no RFC 3339 time has no value") {
  for (const std::string_view bad :
       {"", "2026-01-15", "2026-01-15T09:30:00", "2026-01-15T09:30Z", "2026-01-15T09:30:00.Z",
        "2026-01-15T09:30:00Zx", " 2026-01-15T09:30:00Z", "2026-1-15T09:30:00Z", "+026-01-15T09:30:00Z",
        "2026-01-15T-9:30:00Z", "2026-01-15T09:30:00+0100", "2026-01-15T09:30:00+24:00",
        "2026-01-15T09:30:00+01:60", "2026/01/15T09:30:00Z"}) {
    CAPTURE(bad);
    CHECK_FALSE(ParseRfc3339(bad));
  }
}

TEST_CASE("days and hours that do not exist have no value") {
  for (const std::string_view bad :
       {"2026-02-29T00:00:00Z", "2026-00-10T00:00:00Z", "2026-13-10T00:00:00Z", "2026-04-31T00:00:00Z",
        "2026-01-00T00:00:00Z", "2100-02-29T00:00:00Z", "2026-01-15T24:00:00Z", "2026-01-15T09:60:00Z",
        "2026-01-15T09:30:61Z"}) {
    CAPTURE(bad);
    CHECK_FALSE(ParseRfc3339(bad));
  }
  CHECK(ParseRfc3339("2028-02-29T00:00:00Z"));
  CHECK_FALSE(ParseAmzDate("20260229T000000Z"));
}

TEST_CASE("a leap second is the first second of the next minute") {
  CHECK(ParseRfc3339("2016-12-31T23:59:60Z") == ParseRfc3339("2017-01-01T00:00:00Z"));
  CHECK(ParseHttpDate("Sat, 31 Dec 2016 23:59:60 GMT") == ParseRfc3339("2017-01-01T00:00:00Z"));
}

TEST_CASE("an HTTP date is read in the form of RFC 9110") {
  CHECK(ParseHttpDate("Thu, 15 Jan 2026 09:30:00 GMT") == kTime);
  constexpr std::string_view kMonths[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                          "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  for (unsigned i = 0; i < 12; ++i) {
    const std::chrono::sys_days day = std::chrono::year{2026} / std::chrono::month(i + 1) / 1;
    CHECK(ParseHttpDate("Mon, 01 " + std::string(kMonths[i]) + " 2026 00:00:00 GMT") == Timestamp(day));
  }
}

TEST_CASE("a time is written as an HTTP date without its fraction of a second") {
  CHECK(FormatHttpDate(kTime) == "Thu, 15 Jan 2026 09:30:00 GMT");
  CHECK(FormatHttpDate(kTime + milliseconds(999)) == "Thu, 15 Jan 2026 09:30:00 GMT");
  CHECK(FormatHttpDate(Timestamp(seconds(784'111'777))) == "Sun, 06 Nov 1994 08:49:37 GMT");  // RFC 9110
  CHECK(FormatHttpDate(Timestamp()) == "Thu, 01 Jan 1970 00:00:00 GMT");
  CHECK(FormatHttpDate(Timestamp(milliseconds(-1))) == "Wed, 31 Dec 1969 23:59:59 GMT");
}

TEST_CASE("each weekday of an HTTP date has its name") {
  std::string names;
  for (int day = 0; day < 7; ++day) names += FormatHttpDate(kTime + std::chrono::days(day)).substr(0, 5);
  CHECK(names == "Thu, Fri, Sat, Sun, Mon, Tue, Wed, ");
}

TEST_CASE("an HTTP date that is written is read back to the second") {
  for (int day = 0; day < 800; ++day) {
    const Timestamp time = kTime + std::chrono::days(day) + seconds(day * 37);
    CAPTURE(day);
    CHECK(ParseHttpDate(FormatHttpDate(time + milliseconds(day))) == time);
  }
}

TEST_CASE("what is no HTTP date has no value") {
  for (const std::string_view bad :
       {"", "Thu", "15 Jan 2026 09:30:00 GMT", "Thu, 15 jan 2026 09:30:00 GMT",
        "Thu, 15 Foo 2026 09:30:00 GMT", "Thu, 15 Jan 2026 09:30:00", "Thu, 15 Jan 2026 09:30:00 CET",
        "Thu, 32 Jan 2026 09:30:00 GMT", "Thu, 15 Jan 26 09:30:00 GMT", "Thu, 15 Jan 2026 25:30:00 GMT",
        "Thu, 15 Jan 2026 09:30:00 GMT+1"}) {
    CAPTURE(bad);
    CHECK_FALSE(ParseHttpDate(bad));
  }
}

TEST_CASE("what is no X-Amz-Date has no value") {
  for (const std::string_view bad :
       {"", "20260115", "20260115T093000", "2026-01-15T09:30:00Z", "20260115t093000Z", "20260115T093000Z0",
        "20260115T240000Z", "2026011 T093000Z"}) {
    CAPTURE(bad);
    CHECK_FALSE(ParseAmzDate(bad));
  }
}

TEST_CASE("a duration is a number with its unit and a bare number is seconds") {
  CHECK(ParseDuration("500ms") == milliseconds(500));
  CHECK(ParseDuration("30s") == seconds(30));
  CHECK(ParseDuration("30") == seconds(30));
  CHECK(ParseDuration("15m") == std::chrono::minutes(15));
  CHECK(ParseDuration("1h") == std::chrono::hours(1));
  CHECK(ParseDuration("7d") == std::chrono::days(7));
  CHECK(ParseDuration("0") == milliseconds(0));
}

TEST_CASE("a duration of more than a hundred years has no value") {
  CHECK(ParseDuration("36525d") == std::chrono::days(36'525));
  CHECK(ParseDuration("3155760000") == std::chrono::days(36'525));
  for (const std::string_view bad :
       {"36526d", "3155760001", "18446744073709551615ms", "18446744073709551616", "99999999999999999999d"}) {
    CAPTURE(bad);
    CHECK_FALSE(ParseDuration(bad));
  }
}

TEST_CASE("what is no duration has no value") {
  for (const std::string_view bad :
       {"", "s", "d", "-1s", "+1s", "1.5h", "1 h", " 1h", "1h ", "1H", "1w", "1h30m", "1us"}) {
    CAPTURE(bad);
    CHECK_FALSE(ParseDuration(bad));
  }
}

TEST_CASE("a moment is a time or the begin of a day or a duration ago") {
  CHECK(ParseMoment("2026-01-15T09:30:00Z", Timestamp()) == kTime);
  CHECK(ParseMoment("2026-01-15T10:30:00+01:00", Timestamp()) == kTime);
  CHECK(ParseMoment("2026-01-15", Timestamp()) == ParseRfc3339("2026-01-15T00:00:00Z"));
  CHECK(ParseMoment("7d", kTime) == kTime - std::chrono::days(7));
  CHECK(ParseMoment("90m", kTime) == kTime - std::chrono::minutes(90));
  CHECK(ParseMoment("0s", kTime) == kTime);
}

TEST_CASE("what is no moment has no value") {
  for (const std::string_view bad :
       {"", "yesterday", "2026-02-30", "2026-01-15T", "2026-1-15", "15.01.2026", "-7d", "7 days"}) {
    CAPTURE(bad);
    CHECK_FALSE(ParseMoment(bad, kTime));
  }
}

// A year or the seconds since 1970 would be taken for so many seconds ago.
TEST_CASE("a bare number is no moment") {
  for (const std::string_view bad : {"0", "2026", "20260115", "1768469400", "01768469400"}) {
    CAPTURE(bad);
    CHECK_FALSE(ParseMoment(bad, kTime));
  }
}

TEST_CASE("the system clock is cut short in its sleep by a stop") {
  SystemClock clock;
  std::stop_source stop;
  stop.request_stop();
  const auto before = clock.SteadyNow();
  CHECK_FALSE(clock.Sleep(std::chrono::hours(1), stop.get_token()));
  CHECK(clock.SteadyNow() - before < std::chrono::minutes(1));
  CHECK(clock.Sleep(milliseconds(0), std::stop_token()));
}

}  // namespace
}  // namespace s3conn
