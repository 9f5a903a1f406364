#include "s3conn/s3/names.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/text.h"
#include "s3/access_point.h"
#include "s3conn/base/url.h"

namespace s3conn {
namespace {

constexpr std::string_view kScheme = "s3://";
constexpr std::size_t kMaxKey = 1024;
constexpr std::size_t kLongestShown = 250;  // bytes of a key in a message

bool IsLowerOrDigit(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

// The rule that a new bucket's name breaks, or "".
std::string BrokenRule(std::string_view bucket) {
  constexpr std::array<std::string_view, 3> kReservedPrefixes = {"xn--", "sthree-", "amzn-s3-demo-"};
  constexpr std::array<std::string_view, 5> kReservedSuffixes = {"-s3alias", "--ol-s3", ".mrap", "--x-s3",
                                                                 "--table-s3"};
  if (IsArn(bucket)) return "it is an ARN, the name of something that is there already";
  for (const char c : bucket) {
    if (c >= 'A' && c <= 'Z') return "it must be lower-case";
    if (!IsLowerOrDigit(c) && c != '.' && c != '-') return "it may hold only a-z, 0-9, '.' and '-'";
  }
  if (bucket.size() < 3 || bucket.size() > 63) {
    return fmt::format("it must have 3 to 63 characters, and this has {}", bucket.size());
  }
  if (!IsLowerOrDigit(bucket.front()) || !IsLowerOrDigit(bucket.back())) {
    return "it must begin and end with a letter or a digit";
  }
  if (bucket.find("..") != std::string_view::npos) return "it must not have two dots in a row";
  if (IsIpAddress(bucket)) return "it must not look like an IP address";
  for (const std::string_view prefix : kReservedPrefixes) {
    if (bucket.starts_with(prefix)) return fmt::format("names that begin with '{}' are reserved", prefix);
  }
  for (const std::string_view suffix : kReservedSuffixes) {
    if (bucket.ends_with(suffix)) return fmt::format("names that end with '{}' are reserved", suffix);
  }
  return "";
}

}  // namespace

bool IsS3Uri(std::string_view text) {
  return text.starts_with(kScheme);
}

Result<ObjectUri> ParseObjectUri(std::string_view text) {
  if (!IsS3Uri(text)) {
    return Failure(ErrorKind::kUsage, fmt::format("'{}' is not an s3:// address", EscapeForTerminal(text)),
                   "write s3://BUCKET/KEY");
  }
  const std::string_view rest = text.substr(kScheme.size());
  const std::size_t slash = IsArn(rest) ? ArnLength(rest) : std::min(rest.find('/'), rest.size());
  ObjectUri uri;
  uri.bucket = rest.substr(0, slash);
  if (slash < rest.size()) uri.key = rest.substr(slash + 1);
  if (Status valid = CheckBucketName(uri.bucket); !valid) {
    return Failure(std::move(valid.error()).Within(fmt::format("'{}'", EscapeForTerminal(text))));
  }
  return uri;
}

std::string FormatObjectUri(std::string_view bucket, std::string_view key) {
  return fmt::format("{}{}/{}", kScheme, bucket, key);
}

std::string ShowObjectUri(std::string_view bucket, std::string_view key) {
  return Abbreviate(FormatObjectUri(bucket, key), kLongestShown);
}

Status CheckNewBucketName(std::string_view bucket) {
  const std::string rule = BrokenRule(bucket);
  if (rule.empty()) return {};
  return Failure(ErrorKind::kUsage,
                 fmt::format("'{}' can't be the name of a bucket: {}", EscapeForTerminal(bucket), rule));
}

Status CheckBucketName(std::string_view bucket) {
  if (bucket.empty())
    return Failure(ErrorKind::kUsage, "the bucket's name is missing", "write s3://BUCKET/KEY");
  if (IsArn(bucket)) {
    const Result<AccessPoint> access_point = ParseAccessPointArn(bucket);
    return access_point ? Status() : Status(Failure(access_point.error()));
  }
  if (bucket.find('/') != std::string_view::npos || HasControlCharacter(bucket) || bucket == "." ||
      bucket == "..") {
    return Failure(ErrorKind::kUsage,
                   fmt::format("'{}' can't be the name of a bucket", EscapeForTerminal(bucket)));
  }
  return {};
}

Status CheckNewKey(std::string_view key) {
  if (!IsValidUtf8(key)) {
    return Failure(ErrorKind::kUsage,
                   fmt::format("the key '{}' is not valid UTF-8", Abbreviate(key, kLongestShown)),
                   "S3 keys are UTF-8; give the object another name");
  }
  return CheckKey(key);
}

Status CheckKey(std::string_view key) {
  if (key.empty()) return Failure(ErrorKind::kUsage, "the key is empty", "write s3://BUCKET/KEY");
  if (key.size() > kMaxKey) {
    return Failure(ErrorKind::kUsage,
                   fmt::format("the key has {} bytes; S3 takes at most {}", key.size(), kMaxKey));
  }
  return {};
}

}  // namespace s3conn
