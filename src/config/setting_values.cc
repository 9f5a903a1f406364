#include "config/setting_values.h"

#include <algorithm>

#include "base/text.h"
#include "base/url.h"
#include "s3conn/base/time.h"

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
  const auto duration = ParseDuration(text);
  if (!duration || duration->count() < 1 || *duration > kLongest) return std::nullopt;
  return duration;
}

}  // namespace s3conn
