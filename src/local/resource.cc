#include <algorithm>
#include <utility>

#include "base/text.h"
#include "local/call.h"

namespace s3conn::local {
namespace {

constexpr std::string_view kVirtualHosts = ".localhost";

// "photos" of "photos.localhost:9000"; "" in every other case.
std::string BucketOfHost(std::string_view host) {
  const std::string name = AsciiLower(host.substr(0, host.find(':')));
  if (!name.ends_with(kVirtualHosts)) return {};
  return name.substr(0, name.size() - kVirtualHosts.size());
}

Answer<std::string> Decode(std::string_view encoded) {
  std::optional<std::string> text = PercentDecode(encoded);
  if (!text || !IsValidUtf8(*text) || text->find('\0') != std::string::npos) {
    return Refuse(Code::kInvalidUri);
  }
  return std::move(*text);
}

// In a query, and only there, "+" is a space, as forms send it.
Answer<std::string> DecodeQuery(std::string_view encoded) {
  std::string spaced(encoded);
  std::replace(spaced.begin(), spaced.end(), '+', ' ');
  return Decode(spaced);
}

Answer<QueryParameter> ParseParameter(std::string_view text) {
  const std::size_t equals = text.find('=');
  Answer<std::string> name = DecodeQuery(text.substr(0, equals));
  if (!name) return Refuse(std::move(name.error()));
  if (equals == std::string_view::npos) return QueryParameter{std::move(*name), std::nullopt};
  Answer<std::string> value = DecodeQuery(text.substr(equals + 1));
  if (!value) return Refuse(std::move(value.error()));
  return QueryParameter{std::move(*name), std::move(*value)};
}

Answer<std::vector<QueryParameter>> ParseQuery(std::string_view text) {
  std::vector<QueryParameter> query;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('&'), text.size());
    if (end > 0) {
      Answer<QueryParameter> parameter = ParseParameter(text.substr(0, end));
      if (!parameter) return Refuse(std::move(parameter.error()));
      query.push_back(std::move(*parameter));
    }
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return query;
}

}  // namespace

std::optional<std::string_view> Resource::Parameter(std::string_view name) const {
  for (const QueryParameter& parameter : query) {
    if (parameter.name != name) continue;
    return parameter.value ? std::string_view(*parameter.value) : std::string_view();
  }
  return std::nullopt;
}

Answer<Resource> ParseResource(const Request& request) {
  const std::string_view target = request.target;
  if (!target.starts_with('/')) {
    return Refuse(Code::kBadRequest, "The request's target has to begin with a slash.");
  }
  const std::size_t question = std::min(target.find('?'), target.size());
  std::string_view path = target.substr(1, question - 1);
  Resource resource;
  resource.bucket = BucketOfHost(request.headers.Get("Host"));
  if (resource.bucket.empty()) {
    // Split before decoding: an encoded slash is no end of the bucket's name.
    const std::size_t slash = std::min(path.find('/'), path.size());
    Answer<std::string> bucket = Decode(path.substr(0, slash));
    if (!bucket) return Refuse(std::move(bucket.error()));
    resource.bucket = std::move(*bucket);
    if (resource.bucket.empty() && !path.empty()) return Refuse(Code::kInvalidBucketName);
    path.remove_prefix(std::min(slash + 1, path.size()));
  }
  Answer<std::string> key = Decode(path);
  if (!key) return Refuse(std::move(key.error()));
  resource.key = std::move(*key);
  Answer<std::vector<QueryParameter>> query =
      ParseQuery(target.substr(std::min(question + 1, target.size())));
  if (!query) return Refuse(std::move(query.error()));
  resource.query = std::move(*query);
  return resource;
}

}  // namespace s3conn::local
