#include <fmt/format.h>

#include "base/text.h"
#include "s3conn/s3/read_options.h"

namespace s3conn {

std::string ByteRange::Header() const {
  const auto number = [](const std::optional<std::uint64_t>& value) {
    return value ? fmt::format("{}", *value) : std::string();
  };
  return fmt::format("bytes={}-{}", number(first), number(last));
}

std::optional<ByteRange> ParseByteRange(std::string_view text) {
  constexpr std::string_view kUnit = "bytes=";
  if (text.starts_with(kUnit)) text.remove_prefix(kUnit.size());
  const std::size_t dash = text.find('-');
  if (dash == std::string_view::npos) return std::nullopt;
  const std::string_view before = text.substr(0, dash);
  const std::string_view after = text.substr(dash + 1);
  ByteRange range{ParseUnsigned(before), ParseUnsigned(after)};
  const bool readable = range.first.has_value() != before.empty() && range.last.has_value() != after.empty();
  if (!readable || (!range.first && !range.last)) return std::nullopt;
  if (range.first && range.last && *range.last < *range.first) return std::nullopt;
  if (!range.first && *range.last == 0) return std::nullopt;
  return range;
}

}  // namespace s3conn
