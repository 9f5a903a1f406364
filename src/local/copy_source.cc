#include <algorithm>
#include <utility>

#include "base/text.h"
#include "local/object_request.h"

namespace s3conn::local {
namespace {

constexpr std::string_view kHeader = "x-amz-copy-source";

struct SourceName {
  std::string bucket{};
  std::string key{};
  std::optional<std::string> version_id{};
};

// S3 takes a plus for a space here.
std::optional<std::string> Decode(std::string_view encoded) {
  std::string spaced(encoded);
  std::replace(spaced.begin(), spaced.end(), '+', ' ');
  std::optional<std::string> text = PercentDecode(spaced);
  if (!text || !IsValidUtf8(*text) || text->find('\0') != std::string::npos) return std::nullopt;
  return text;
}

std::optional<SourceName> ParseName(std::string_view header) {
  constexpr std::string_view kVersion = "?versionId=";
  SourceName name;
  const std::size_t question = std::min(header.rfind(kVersion), header.size());
  if (question < header.size()) {
    name.version_id = Decode(header.substr(question + kVersion.size()));
    if (!name.version_id || name.version_id->empty()) return std::nullopt;
  }
  // Decoded first: there are clients that encode the slash as well.
  const std::optional<std::string> path = Decode(header.substr(0, question));
  if (!path) return std::nullopt;
  const std::size_t start = path->starts_with('/') ? 1 : 0;
  const std::size_t slash = path->find('/', start);
  if (slash == std::string::npos || slash == start || slash + 1 == path->size()) return std::nullopt;
  name.bucket = path->substr(start, slash - start);
  name.key = path->substr(slash + 1);
  return name;
}

}  // namespace

Answer<CopySource> FindCopySource(const Call& call) {
  const std::optional<SourceName> name = ParseName(call.header(kHeader));
  if (!name) {
    return Refuse(
        Code::kInvalidArgument, "Copy Source must mention the source bucket and key: sourcebucket/sourcekey",
        {{"ArgumentName", std::string(kHeader)}, {"ArgumentValue", std::string(call.header(kHeader))}});
  }
  Answer<StoredVersion> version = call.store.FindObject(name->bucket, name->key, name->version_id);
  if (!version) {
    // Its headers are about another object than the one that the answer is about.
    version.error().headers = {};
    return Refuse(std::move(version.error()));
  }
  if (version->is_delete_marker) {
    return Refuse(
        Code::kInvalidRequest,
        "The source of a copy request may not specifically refer to a delete marker by version id.");
  }
  const Answer<void> holds = CheckReadConditions(call, ConditionsOf::kCopySource, *version);
  if (!holds) return Refuse(holds.error());
  if (IsArchived(*version, call.clock.Now())) return RefuseArchived(*version);
  return CopySource{name->bucket, std::move(*version)};
}

}  // namespace s3conn::local
