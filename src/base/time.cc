#include "s3conn/base/time.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <condition_variable>
#include <mutex>

#include "base/text.h"

namespace s3conn {
namespace {

using std::chrono::days;
using std::chrono::floor;
using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr std::array<std::string_view, 12> kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                      "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

struct Fields {
  int year = 0;
  unsigned month = 0;
  unsigned day = 0;
  unsigned hour = 0;
  unsigned minute = 0;
  unsigned second = 0;
};

std::optional<Timestamp> FromFields(const Fields& f) {
  const std::chrono::year_month_day date{std::chrono::year(f.year), std::chrono::month(f.month),
                                         std::chrono::day(f.day)};
  // A leap second (60) becomes the first second of the next minute.
  if (!date.ok() || f.hour > 23 || f.minute > 59 || f.second > 60) return std::nullopt;
  return std::chrono::sys_days(date) + hours(f.hour) + minutes(f.minute) + seconds(f.second) +
         milliseconds(0);
}

Fields ToFields(Timestamp time) {
  const auto day = floor<days>(time);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss clock(floor<seconds>(time - day));
  return {int(date.year()),
          unsigned(date.month()),
          unsigned(date.day()),
          static_cast<unsigned>(clock.hours().count()),
          static_cast<unsigned>(clock.minutes().count()),
          static_cast<unsigned>(clock.seconds().count())};
}

// By hand: a listing formats a date for every key, and {fmt} takes ten times as long.
void AppendDigits(std::string& text, unsigned value, int width) {
  unsigned divisor = 1;
  for (int i = 1; i < width; ++i) divisor *= 10;
  for (; divisor > 0; divisor /= 10) text += static_cast<char>('0' + value / divisor % 10);
}

// Reads fixed-width numbers and literals off the front of a text; any mismatch makes it fail for good.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : rest_(text) {}

  unsigned Number(std::size_t digits) {
    const auto value = rest_.size() < digits ? std::nullopt : ParseUnsigned(rest_.substr(0, digits));
    if (!value) {
      failed_ = true;
      return 0;
    }
    rest_.remove_prefix(digits);
    return static_cast<unsigned>(*value);
  }
  void Expect(std::string_view literal) {
    if (!Take(literal)) failed_ = true;
  }
  bool Take(std::string_view literal) {
    if (!rest_.starts_with(literal)) return false;
    rest_.remove_prefix(literal.size());
    return true;
  }
  // ".123456" cut to milliseconds; nothing where there is no fraction.
  milliseconds Fraction() {
    if (!Take(".")) return {};
    std::size_t digits = 0;
    int value = 0;
    while (digits < rest_.size() && rest_[digits] >= '0' && rest_[digits] <= '9') {
      if (digits < 3) value = value * 10 + (rest_[digits] - '0');
      ++digits;
    }
    if (digits == 0) failed_ = true;
    for (std::size_t i = digits; i < 3; ++i) value *= 10;
    rest_.remove_prefix(digits);
    return milliseconds(value);
  }
  bool complete() const { return !failed_ && rest_.empty(); }
  std::string_view rest() const { return rest_; }

 private:
  std::string_view rest_;
  bool failed_ = false;
};

}  // namespace

Timestamp SystemClock::Now() const {
  return floor<milliseconds>(std::chrono::system_clock::now());
}

std::chrono::steady_clock::time_point SystemClock::SteadyNow() const {
  return std::chrono::steady_clock::now();
}

bool SystemClock::Sleep(milliseconds duration, std::stop_token stop) {
  std::mutex mutex;
  std::condition_variable_any stopped;
  std::unique_lock lock(mutex);
  stopped.wait_for(lock, stop, duration, [] { return false; });
  return !stop.stop_requested();
}

std::string FormatAmzDate(Timestamp time) {
  const Fields f = ToFields(time);
  return fmt::format("{:04}{:02}{:02}T{:02}{:02}{:02}Z", f.year, f.month, f.day, f.hour, f.minute, f.second);
}

std::string FormatRfc3339(Timestamp time) {
  const Fields f = ToFields(time);
  const auto fraction = static_cast<unsigned>((time - floor<seconds>(time)).count());
  std::string text;
  text.reserve(24);
  AppendDigits(text, static_cast<unsigned>(f.year), 4);
  AppendDigits(text += '-', f.month, 2);
  AppendDigits(text += '-', f.day, 2);
  AppendDigits(text += 'T', f.hour, 2);
  AppendDigits(text += ':', f.minute, 2);
  AppendDigits(text += ':', f.second, 2);
  if (fraction != 0) AppendDigits(text += '.', fraction, 3);
  text += 'Z';
  return text;
}

std::string FormatHttpDate(Timestamp time) {
  constexpr std::array<std::string_view, 7> kDays = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  const Fields f = ToFields(time);
  const std::chrono::weekday weekday(floor<days>(time));
  return fmt::format("{}, {:02} {} {:04} {:02}:{:02}:{:02} GMT", kDays[weekday.c_encoding()], f.day,
                     kMonths[f.month - 1], f.year, f.hour, f.minute, f.second);
}

std::optional<Timestamp> ParseRfc3339(std::string_view text) {
  Scanner scan(text);
  Fields f;
  f.year = static_cast<int>(scan.Number(4));
  scan.Expect("-");
  f.month = scan.Number(2);
  scan.Expect("-");
  f.day = scan.Number(2);
  if (!scan.Take("T") && !scan.Take("t")) scan.Expect(" ");
  f.hour = scan.Number(2);
  scan.Expect(":");
  f.minute = scan.Number(2);
  scan.Expect(":");
  f.second = scan.Number(2);
  const milliseconds fraction = scan.Fraction();
  minutes offset{};
  if (!scan.Take("Z") && !scan.Take("z")) {
    const bool east = scan.Take("+");
    if (!east) scan.Expect("-");
    const unsigned hour = scan.Number(2);
    scan.Expect(":");
    const unsigned minute = scan.Number(2);
    if (hour > 23 || minute > 59) return std::nullopt;
    offset = hours(hour) + minutes(minute);
    if (!east) offset = -offset;
  }
  const auto time = FromFields(f);
  if (!scan.complete() || !time) return std::nullopt;
  return *time + fraction - offset;
}

std::optional<Timestamp> ParseHttpDate(std::string_view text) {
  const std::size_t comma = text.find(", ");
  if (comma == std::string_view::npos) return std::nullopt;
  Scanner scan(text.substr(comma + 2));
  Fields f;
  f.day = scan.Number(2);
  scan.Expect(" ");
  for (unsigned i = 0; i < kMonths.size() && f.month == 0; ++i) {
    if (scan.Take(kMonths[i])) f.month = i + 1;
  }
  scan.Expect(" ");
  f.year = static_cast<int>(scan.Number(4));
  scan.Expect(" ");
  f.hour = scan.Number(2);
  scan.Expect(":");
  f.minute = scan.Number(2);
  scan.Expect(":");
  f.second = scan.Number(2);
  scan.Expect(" GMT");
  if (!scan.complete()) return std::nullopt;
  return FromFields(f);
}

std::optional<Timestamp> ParseAmzDate(std::string_view text) {
  Scanner scan(text);
  Fields f;
  f.year = static_cast<int>(scan.Number(4));
  f.month = scan.Number(2);
  f.day = scan.Number(2);
  scan.Expect("T");
  f.hour = scan.Number(2);
  f.minute = scan.Number(2);
  f.second = scan.Number(2);
  scan.Expect("Z");
  if (!scan.complete()) return std::nullopt;
  return FromFields(f);
}

std::optional<milliseconds> ParseDuration(std::string_view text) {
  struct Unit {
    std::string_view name;
    milliseconds length;
  };
  constexpr std::array<Unit, 6> kUnits = {{{"", seconds(1)},
                                           {"ms", milliseconds(1)},
                                           {"s", seconds(1)},
                                           {"m", minutes(1)},
                                           {"h", hours(1)},
                                           {"d", days(1)}}};
  constexpr milliseconds kLongest = days(36'525);
  const std::size_t digits = std::min(text.find_first_not_of("0123456789"), text.size());
  const auto count = ParseUnsigned(text.substr(0, digits));
  if (!count) return std::nullopt;
  for (const Unit& unit : kUnits) {
    if (unit.name != text.substr(digits)) continue;
    if (*count > static_cast<std::uint64_t>(kLongest / unit.length)) return std::nullopt;
    return unit.length * static_cast<milliseconds::rep>(*count);
  }
  return std::nullopt;
}

std::optional<Timestamp> ParseMoment(std::string_view text, Timestamp now) {
  constexpr std::size_t kDay = 10;  // "2026-07-01"
  if (text.size() == kDay) return ParseRfc3339(std::string(text) + "T00:00:00Z");
  if (const auto time = ParseRfc3339(text)) return time;
  // A year, or the seconds since 1970, would be so many seconds ago.
  if (ParseUnsigned(text)) return std::nullopt;
  const auto ago = ParseDuration(text);
  if (!ago) return std::nullopt;
  return now - *ago;
}

}  // namespace s3conn
