#include <algorithm>
#include <chrono>

#include "base/text.h"
#include "local/object_request.h"

namespace s3conn::local {
namespace {

std::string_view UnquoteTag(std::string_view text) {
  text = Trim(text);
  if (text.starts_with("W/")) text.remove_prefix(2);
  if (text.size() >= 2 && text.front() == '"' && text.back() == '"') return text.substr(1, text.size() - 2);
  return text;
}

// Whether a list of ETags, quoted or not, or "*", has that one.
bool Names(std::string_view list, std::string_view etag) {
  while (!list.empty()) {
    const std::string_view item = list.substr(0, list.find(','));
    list.remove_prefix(std::min(item.size() + 1, list.size()));
    const std::string_view tag = UnquoteTag(item);
    if (tag == "*" || tag == etag) return true;
  }
  return false;
}

// The conditions of a read, each judged; nullopt where the header is not there, or no date.
struct Judgement {
  std::optional<bool> match{};
  std::optional<bool> none_match{};
  std::optional<bool> modified_since{};
  std::optional<bool> unmodified_since{};
};

std::optional<bool> IsLaterThan(const StoredVersion& version, std::string_view date) {
  const std::optional<Timestamp> limit = ParseHttpDate(date);
  if (!limit) return std::nullopt;
  return std::chrono::floor<std::chrono::seconds>(version.modified) > *limit;
}

Judgement Judge(const Call& call, std::string_view prefix, const StoredVersion& version) {
  const auto header = [&](std::string_view name) { return call.header(std::string(prefix).append(name)); };
  Judgement judged;
  if (const auto list = header("If-Match"); !list.empty()) judged.match = Names(list, version.etag);
  if (const auto list = header("If-None-Match"); !list.empty()) {
    judged.none_match = !Names(list, version.etag);
  }
  judged.modified_since = IsLaterThan(version, header("If-Modified-Since"));
  if (const auto later = IsLaterThan(version, header("If-Unmodified-Since"))) {
    judged.unmodified_since = !*later;
  }
  return judged;
}

tl::unexpected<Refusal> RefuseUnmet(std::string_view prefix, std::string_view condition) {
  return Refuse(Code::kPreconditionFailed, {}, {{"Condition", std::string(prefix).append(condition)}});
}

tl::unexpected<Refusal> RefuseNotModified(const Call& call, const StoredVersion& version) {
  Refusal refusal{.code = Code::kNotModified};
  refusal.headers.Add("ETag", Quoted(version.etag));
  refusal.headers.Add("Last-Modified", FormatHttpDate(version.modified));
  AddVersionId(call, version.version_id, refusal.headers);
  return Refuse(std::move(refusal));
}

// Digits only; what is beyond any size is the greatest number.
std::optional<std::uint64_t> ParsePosition(std::string_view digits) {
  if (digits.empty() || digits.find_first_not_of("0123456789") != std::string_view::npos) return std::nullopt;
  return ParseUnsigned(digits).value_or(UINT64_MAX);
}

struct Positions {
  std::optional<std::uint64_t> first{};
  std::optional<std::uint64_t> last{};  // without a first one: how many from the end
};

std::optional<Positions> ParsePositions(std::string_view header) {
  constexpr std::string_view kUnit = "bytes=";
  if (!header.starts_with(kUnit)) return std::nullopt;
  const std::string_view text = Trim(header.substr(kUnit.size()));
  const std::size_t dash = text.find('-');
  if (dash == std::string_view::npos) return std::nullopt;
  const std::string_view before = text.substr(0, dash);
  const std::string_view after = text.substr(dash + 1);
  const Positions positions{ParsePosition(before), ParsePosition(after)};
  const bool readable =
      positions.first.has_value() != before.empty() && positions.last.has_value() != after.empty();
  if (!readable || (!positions.first && !positions.last)) return std::nullopt;
  if (positions.first && positions.last && *positions.last < *positions.first) return std::nullopt;
  return positions;
}

tl::unexpected<Refusal> RefuseRange(std::string_view header, std::uint64_t size) {
  Refusal refusal{.code = Code::kInvalidRange};
  refusal.details = {{"RangeRequested", std::string(header)}, {"ActualObjectSize", std::to_string(size)}};
  refusal.headers.Add("Content-Range", "bytes */" + std::to_string(size));
  return Refuse(std::move(refusal));
}

}  // namespace

Answer<WriteCondition> ReadWriteCondition(const Call& call) {
  WriteCondition condition;
  if (const std::string_view etag = call.header("If-Match"); !etag.empty()) {
    condition.if_match = UnquoteTag(etag);
  }
  const std::string_view none_match = Trim(call.header("If-None-Match"));
  if (!none_match.empty() && none_match != "*") {
    return Refuse(Code::kNotImplemented,
                  "A header you provided implies functionality that is not implemented",
                  {{"Header", "If-None-Match"}});
  }
  condition.if_none_match = !none_match.empty();
  return condition;
}

// In S3's order, which is RFC 9110's (section 13.2.2).
// https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html
Answer<void> CheckReadConditions(const Call& call, ConditionsOf conditions, const StoredVersion& version) {
  const bool is_copy = conditions == ConditionsOf::kCopySource;
  const std::string_view prefix = is_copy ? "x-amz-copy-source-" : "";
  const Judgement judged = Judge(call, prefix, version);
  if (judged.match == false) return RefuseUnmet(prefix, "If-Match");
  if (!judged.match && judged.unmodified_since == false) return RefuseUnmet(prefix, "If-Unmodified-Since");
  const bool unchanged =
      judged.none_match ? !*judged.none_match : judged.modified_since.has_value() && !*judged.modified_since;
  if (!unchanged) return {};
  if (!is_copy) return RefuseNotModified(call, version);
  return RefuseUnmet(prefix, judged.none_match ? "If-None-Match" : "If-Modified-Since");
}

Answer<std::optional<ByteSpan>> ParseRange(std::string_view header, std::uint64_t size) {
  const std::optional<Positions> positions = ParsePositions(header);
  if (!positions) return std::nullopt;
  if (!positions->first) {
    const std::uint64_t length = std::min(*positions->last, size);
    if (length == 0) return RefuseRange(header, size);
    return ByteSpan{size - length, length};
  }
  if (*positions->first >= size) return RefuseRange(header, size);
  const std::uint64_t last = std::min(positions->last.value_or(size - 1), size - 1);
  return ByteSpan{*positions->first, last - *positions->first + 1};
}

}  // namespace s3conn::local
