#include "local/stored_columns.h"

#include <chrono>
#include <utility>

#include "base/text.h"

namespace s3conn::local {
namespace {

// Calls `use` with each of the texts that `separator` ends or stands between, but for an empty last one.
template <typename Use>
void Split(std::string_view text, char separator, Use use) {
  while (!text.empty()) {
    const std::size_t end = text.find(separator);
    use(text.substr(0, end));
    if (end == std::string_view::npos) return;
    text.remove_prefix(end + 1);
  }
}

std::string Decoded(std::string_view encoded) {
  return PercentDecode(encoded).value_or(std::string(encoded));
}

}  // namespace

std::int64_t TimeColumn(Timestamp time) {
  return time.time_since_epoch().count();
}

Timestamp ReadTime(std::int64_t column) {
  return Timestamp(std::chrono::milliseconds(column));
}

std::string HeadersColumn(const Headers& headers) {
  std::string column;
  for (const Header& header : headers) {
    column += header.name;
    column += ':';
    column += header.value;
    column += '\n';
  }
  return column;
}

Headers ReadHeaders(std::string_view column) {
  Headers headers;
  Split(column, '\n', [&headers](std::string_view line) {
    const std::size_t colon = line.find(':');
    if (colon != std::string_view::npos)
      headers.Add(std::string(line.substr(0, colon)), std::string(line.substr(colon + 1)));
  });
  return headers;
}

std::string TagsColumn(const Tags& tags) {
  std::string column;
  for (const auto& [name, value] : tags) {
    if (!column.empty()) column += '&';
    column += PercentEncode(name, Slash::kEncode);
    column += '=';
    column += PercentEncode(value, Slash::kEncode);
  }
  return column;
}

Tags ReadTags(std::string_view column) {
  Tags tags;
  Split(column, '&', [&tags](std::string_view tag) {
    const std::size_t equals = tag.find('=');
    if (equals != std::string_view::npos)
      tags.emplace_back(Decoded(tag.substr(0, equals)), Decoded(tag.substr(equals + 1)));
  });
  return tags;
}

// The numbers of the enumerators are in the stores that exist: new ones come last.
ChecksumColumns ColumnsOf(const std::optional<Checksum>& checksum) {
  if (!checksum) return {};
  return {.algorithm = static_cast<std::int64_t>(checksum->algorithm),
          .type = static_cast<std::int64_t>(checksum->type),
          .value = std::string_view(checksum->value)};
}

std::optional<Checksum> ReadChecksum(const Statement& row, int first) {
  if (row.IsNull(first)) return std::nullopt;
  return Checksum{.algorithm = static_cast<ChecksumAlgorithm>(row.Integer(first)),
                  .type = static_cast<ChecksumType>(row.Integer(first + 1)),
                  .value = std::string(row.Text(first + 2))};
}

}  // namespace s3conn::local
