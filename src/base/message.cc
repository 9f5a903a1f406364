#include "s3conn/base/message.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"

namespace s3conn {

void Headers::Set(std::string_view name, std::string value) {
  const auto same = [name](const Header& field) { return EqualsIgnoringCase(field.name, name); };
  const auto first = std::find_if(fields_.begin(), fields_.end(), same);
  if (first == fields_.end()) {
    fields_.push_back({std::string(name), std::move(value)});
    return;
  }
  first->value = std::move(value);
  fields_.erase(std::remove_if(first + 1, fields_.end(), same), fields_.end());
}

const std::string* Headers::Find(std::string_view name) const {
  for (const Header& field : fields_) {
    if (EqualsIgnoringCase(field.name, name)) return &field.value;
  }
  return nullptr;
}

std::string_view Headers::Get(std::string_view name) const {
  const std::string* value = Find(name);
  return value != nullptr ? std::string_view(*value) : std::string_view();
}

std::string HostHeader(const Origin& origin) {
  const bool ipv6 = origin.host.find(':') != std::string::npos;
  std::string text = ipv6 ? "[" + origin.host + "]" : origin.host;
  const std::uint16_t default_port = origin.scheme == Scheme::kHttps ? 443 : 80;
  if (origin.port != default_port) text += fmt::format(":{}", origin.port);
  return text;
}

std::string WireQuery(const std::vector<QueryParameter>& query) {
  std::string text;
  for (const QueryParameter& parameter : query) {
    if (!text.empty()) text += '&';
    text += PercentEncode(parameter.name, Slash::kEncode);
    if (parameter.value) {
      text += '=';
      text += PercentEncode(*parameter.value, Slash::kEncode);
    }
  }
  return text;
}

std::string Url(const HttpRequest& request) {
  std::string url = request.origin.scheme == Scheme::kHttps ? "https://" : "http://";
  url += HostHeader(request.origin);
  url += request.path;
  if (!request.query.empty()) {
    url += '?';
    url += WireQuery(request.query);
  }
  return url;
}

}  // namespace s3conn
