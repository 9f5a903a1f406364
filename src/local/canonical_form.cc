#include "local/canonical_form.h"

#include <algorithm>
#include <utility>

#include "base/text.h"

namespace s3conn::local {
namespace {

bool IsSpace(char c) {
  return c == ' ' || (c >= '\t' && c <= '\r');
}

void AppendCollapsed(std::string& out, std::string_view value) {
  bool started = false;
  bool space = false;
  for (const char c : value) {
    if (IsSpace(c)) {
      space = started;
      continue;
    }
    if (space) out += ' ';
    out += c;
    started = true;
    space = false;
  }
}

std::optional<std::string> DecodeQueryText(std::string_view encoded) {
  std::string text(encoded);
  std::replace(text.begin(), text.end(), '+', ' ');
  return PercentDecode(text);
}

std::string CanonicalQuery(const std::vector<QueryParameter>& query) {
  std::vector<std::pair<std::string, std::string>> sorted;
  sorted.reserve(query.size());
  for (const QueryParameter& parameter : query) {
    if (parameter.name == "X-Amz-Signature") continue;
    sorted.emplace_back(PercentEncode(parameter.name, Slash::kEncode),
                        PercentEncode(parameter.value.value_or(""), Slash::kEncode));
  }
  std::sort(sorted.begin(), sorted.end());
  std::string text;
  for (const auto& [name, value] : sorted) {
    if (!text.empty()) text += '&';
    text += name;
    text += '=';
    text += value;
  }
  return text;
}

// The fields in the order of their names in lower case, those of one name in the order they came in: a
// request may have thousands of fields and of signed names, and so isn't searched for each.
class SortedFields {
 public:
  explicit SortedFields(const Headers& headers) {
    fields_.reserve(headers.size());
    for (const Header& header : headers) fields_.emplace_back(AsciiLower(header.name), header.value);
    std::stable_sort(fields_.begin(), fields_.end(),
                     [](const Field& a, const Field& b) { return a.first < b.first; });
  }

  void AppendValue(std::string& out, std::string_view name) const {
    auto field = std::lower_bound(fields_.begin(), fields_.end(), name,
                                  [](const Field& f, std::string_view n) { return f.first < n; });
    for (bool first = true; field != fields_.end() && field->first == name; ++field, first = false) {
      if (!first) out += ',';
      AppendCollapsed(out, field->second);
    }
  }

 private:
  using Field = std::pair<std::string, std::string_view>;
  std::vector<Field> fields_;
};

}  // namespace

Target SplitTarget(std::string_view target) {
  const std::size_t mark = target.find('?');
  if (mark == std::string_view::npos) return {target, {}};
  return {target.substr(0, mark), target.substr(mark + 1)};
}

std::optional<std::vector<QueryParameter>> ParseQuery(std::string_view query) {
  std::vector<QueryParameter> parameters;
  while (!query.empty()) {
    const std::string_view piece = query.substr(0, query.find('&'));
    query.remove_prefix(std::min(piece.size() + 1, query.size()));
    if (piece.empty()) continue;
    const std::size_t equals = piece.find('=');
    std::optional<std::string> name = DecodeQueryText(piece.substr(0, equals));
    if (!name) return std::nullopt;
    std::optional<std::string> value;
    if (equals != std::string_view::npos) {
      value = DecodeQueryText(piece.substr(equals + 1));
      if (!value) return std::nullopt;
    }
    parameters.push_back({std::move(*name), std::move(value)});
  }
  return parameters;
}

std::string CanonicalFieldValue(const Headers& headers, std::string_view name) {
  std::string value;
  bool first = true;
  for (const Header& header : headers) {
    if (!EqualsIgnoringCase(header.name, name)) continue;
    if (!first) value += ',';
    AppendCollapsed(value, header.value);
    first = false;
  }
  return value;
}

std::optional<std::string> CanonicalRequest(const Request& request,
                                            const std::vector<std::string>& signed_headers,
                                            std::string_view payload_hash) {
  const Target target = SplitTarget(request.target);
  const std::optional<std::string> path = PercentDecode(target.path);
  const auto query = ParseQuery(target.query);
  if (!path || !query) return std::nullopt;

  std::string text = request.method;
  text += '\n';
  text += path->empty() ? "/" : PercentEncode(*path, Slash::kKeep);
  text += '\n';
  text += CanonicalQuery(*query);
  text += '\n';
  const SortedFields fields(request.headers);
  std::string names;
  for (const std::string& name : signed_headers) {
    text += name;
    text += ':';
    fields.AppendValue(text, name);
    text += '\n';
    if (!names.empty()) names += ';';
    names += name;
  }
  text += '\n';
  text += names;
  text += '\n';
  text += payload_hash;
  return text;
}

}  // namespace s3conn::local
