#include "config/setting_values.h"

#include <algorithm>

#include "base/text.h"
#include "base/url.h"

namespace s3conn {

std::optional<Addressing> ParseAddressing(std::string_view text) {
  const std::string word = AsciiLower(text);
  if (word == "auto") return Addressing::kAuto;
  if (word == "path") return Addressing::kPath;
  if (word == "virtual") return Addressing::kVirtual;
  return std::nullopt;
}

std::optional<RequestChecksum> ParseRequestChecksum(std::string_view text) {
  const std::string word = AsciiLower(text);
  if (word == "when_supported") return RequestChecksum::kWhenSupported;
  if (word == "when_required") return RequestChecksum::kWhenRequired;
  return std::nullopt;
}

std::optional<OutputFormat> ParseOutputFormat(std::string_view text) {
  const std::string word = AsciiLower(text);
  if (word == "auto") return OutputFormat::kAuto;
  if (word == "json") return OutputFormat::kJson;
  if (word == "ndjson") return OutputFormat::kNdjson;
  if (word == "text") return OutputFormat::kText;
  return std::nullopt;
}

std::optional<bool> ParseBoolean(std::string_view text) {
  const std::string word = AsciiLower(text);
  if (word == "true") return true;
  if (word == "false") return false;
  return std::nullopt;
}

std::optional<std::string> ParseRegion(std::string_view text) {
  std::string region(text);
  std::replace(region.begin(), region.end(), '_', '-');
  if (!IsHostLabel(region)) return std::nullopt;
  return region;
}

std::optional<int> ParseMaxAttempts(std::string_view text) {
  const auto attempts = ParseUnsigned(text);
  if (!attempts || *attempts < 1 || *attempts > 100) return std::nullopt;
  return static_cast<int>(*attempts);
}

std::optional<std::chrono::milliseconds> ParseTimeout(std::string_view text) {
  constexpr std::chrono::milliseconds kLongest = std::chrono::hours(24);
  const std::size_t digits = std::min(text.find_first_not_of("0123456789"), text.size());
  const std::string_view unit = text.substr(digits);
  std::chrono::milliseconds one = std::chrono::seconds(1);
  if (unit == "ms") {
    one = std::chrono::milliseconds(1);
  } else if (unit == "m") {
    one = std::chrono::minutes(1);
  } else if (unit == "h") {
    one = std::chrono::hours(1);
  } else if (!unit.empty() && unit != "s") {
    return std::nullopt;
  }
  const auto count = ParseUnsigned(text.substr(0, digits));
  if (!count || *count < 1 || *count > static_cast<unsigned long long>(kLongest / one)) return std::nullopt;
  return one * static_cast<std::chrono::milliseconds::rep>(*count);
}

}  // namespace s3conn
