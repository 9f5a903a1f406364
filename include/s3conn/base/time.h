#ifndef S3CONN_BASE_TIME_H_
#define S3CONN_BASE_TIME_H_

#include <chrono>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>

namespace s3conn {

// A point in UTC. S3's times have milliseconds at most.
using Timestamp = std::chrono::sys_time<std::chrono::milliseconds>;

// Time comes in as an argument; tests bring their own. Safe from many threads.
class Clock {
 public:
  virtual ~Clock() = default;
  virtual Timestamp Now() const = 0;
  virtual std::chrono::steady_clock::time_point SteadyNow() const = 0;
  // Waits that long; false as soon as `stop` is requested.
  virtual bool Sleep(std::chrono::milliseconds duration, std::stop_token stop) = 0;
};

class SystemClock final : public Clock {
 public:
  Timestamp Now() const override;
  std::chrono::steady_clock::time_point SteadyNow() const override;
  bool Sleep(std::chrono::milliseconds duration, std::stop_token stop) override;
};

// "20260115T093000Z", the form of X-Amz-Date.
std::string FormatAmzDate(Timestamp time);
// RFC 3339 in UTC: "2026-01-15T09:30:00Z", with milliseconds where there are any.
std::string FormatRfc3339(Timestamp time);
// "Thu, 15 Jan 2026 09:30:00 GMT".
std::string FormatHttpDate(Timestamp time);

// "2026-01-15T09:30:00.000Z", any number of fractional digits (cut to milliseconds), 'Z' or an offset.
std::optional<Timestamp> ParseRfc3339(std::string_view text);
// "Thu, 15 Jan 2026 09:30:00 GMT" (RFC 9110's preferred form, the one every S3 server sends).
std::optional<Timestamp> ParseHttpDate(std::string_view text);
// "20260115T093000Z".
std::optional<Timestamp> ParseAmzDate(std::string_view text);

// "500ms", "30s", "15m", "1h", "7d"; a bare number is seconds. At most a hundred years.
std::optional<std::chrono::milliseconds> ParseDuration(std::string_view text);
// RFC 3339, a day of it ("2026-07-01", its begin in UTC), or a duration before `now` ("7d"), with its unit.
std::optional<Timestamp> ParseMoment(std::string_view text, Timestamp now);

}  // namespace s3conn

#endif  // S3CONN_BASE_TIME_H_
