#ifndef S3CONN_CONFIG_SETTING_VALUES_H_
#define S3CONN_CONFIG_SETTING_VALUES_H_

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "s3conn/base/addressing.h"

namespace s3conn {

// How a bucket gets into the URL: as the first part of the path, or in front of the host name.

// Whether uploads get a checksum where the operation does not demand one.
enum class RequestChecksum { kWhenSupported, kWhenRequired };

enum class OutputFormat { kAuto, kJson, kNdjson, kText };

// From the text of an option, a variable or a property; nullopt for what is not valid. Letter case does not
// count.
std::optional<Addressing> ParseAddressing(std::string_view text);
std::optional<RequestChecksum> ParseRequestChecksum(std::string_view text);
std::optional<OutputFormat> ParseOutputFormat(std::string_view text);
std::optional<bool> ParseBoolean(std::string_view text);

// "eu_central_1" becomes "eu-central-1". Regions that nobody has heard of are fine: stores make up their own.
std::optional<std::string> ParseRegion(std::string_view text);

// 1 to 100.
std::optional<int> ParseMaxAttempts(std::string_view text);

// "500ms", "30s", "15m", "1h"; a bare number is seconds. More than nothing, at most 24 hours.
std::optional<std::chrono::milliseconds> ParseTimeout(std::string_view text);

}  // namespace s3conn

#endif  // S3CONN_CONFIG_SETTING_VALUES_H_
