#include "local/object_request.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "local/tagging.h"

namespace s3conn::local {
namespace {

constexpr std::size_t kMostMetadata = 2048;
constexpr std::string_view kMetadataPrefix = "x-amz-meta-";
constexpr std::string_view kRedirect = "x-amz-website-redirect-location";

constexpr auto kStorageClasses =
    std::to_array<std::string_view>({"STANDARD", "REDUCED_REDUNDANCY", "STANDARD_IA", "ONEZONE_IA",
                                     "INTELLIGENT_TIERING", "GLACIER", "DEEP_ARCHIVE", "GLACIER_IR"});

constexpr auto kContentHeaders =
    std::to_array<std::string_view>({"Cache-Control", "Content-Disposition", "Content-Language", "Expires"});

// What this endpoint has no idea of. By their beginnings: each is a family.
constexpr auto kUnsupported = std::to_array<std::string_view>(
    {"x-amz-server-side-encryption", "x-amz-copy-source-server-side-encryption", "x-amz-grant-",
     "x-amz-object-lock-", "x-amz-bypass-governance-retention", "x-amz-write-offset-bytes",
     "x-amz-if-match-last-modified-time", "x-amz-if-match-size"});

// What asks for nothing beyond what is done anyway, where it has the value beside it.
struct Harmless {
  std::string_view name;
  std::string_view value;
};
constexpr auto kHarmless = std::to_array<Harmless>({{"x-amz-acl", "private"},
                                                    {"x-amz-acl", "bucket-owner-full-control"},
                                                    {"x-amz-object-ownership", "BucketOwnerEnforced"},
                                                    {"x-amz-bucket-object-lock-enabled", "false"}});

bool IsUnsupported(const std::string& name, std::string_view value) {
  const auto begins = [&](std::string_view prefix) { return name.starts_with(prefix); };
  if (std::any_of(kUnsupported.begin(), kUnsupported.end(), begins)) return true;
  const auto named = [&](const Harmless& harmless) { return harmless.name == name; };
  const auto asks_nothing = [&](const Harmless& harmless) {
    return harmless.name == name && harmless.value == value;
  };
  return std::any_of(kHarmless.begin(), kHarmless.end(), named) &&
         std::none_of(kHarmless.begin(), kHarmless.end(), asks_nothing);
}

// aws-chunked is how the bytes came, not what they are.
std::string ContentEncoding(std::string_view header) {
  std::string encoding;
  while (!header.empty()) {
    const std::string_view token = header.substr(0, header.find(','));
    header.remove_prefix(std::min(token.size() + 1, header.size()));
    if (EqualsIgnoringCase(Trim(token), "aws-chunked") || Trim(token).empty()) continue;
    if (!encoding.empty()) encoding += ',';
    encoding += Trim(token);
  }
  return encoding;
}

void CopyContentHeaders(const Call& call, Headers& headers) {
  const std::string_view type = call.header("Content-Type");
  headers.Add("Content-Type", std::string(type.empty() ? "binary/octet-stream" : type));
  for (const std::string_view name : kContentHeaders) {
    if (const std::string_view value = call.header(name); !value.empty()) {
      headers.Add(std::string(name), std::string(value));
    }
  }
  std::string encoding = ContentEncoding(call.header("Content-Encoding"));
  if (!encoding.empty()) headers.Add("Content-Encoding", std::move(encoding));
}

// Names in lower case; of one that comes twice, the values in one, as S3 joins them.
Answer<void> CopyMetadata(const Call& call, Headers& headers) {
  std::size_t size = 0;
  for (const Header& field : call.request.headers) {
    std::string name = AsciiLower(field.name);
    if (!name.starts_with(kMetadataPrefix)) continue;
    const std::string* earlier = headers.Find(name);
    size += field.value.size() + (earlier == nullptr ? name.size() - kMetadataPrefix.size() : 1);
    headers.Set(name, earlier == nullptr ? field.value : *earlier + "," + field.value);
  }
  if (size <= kMostMetadata) return {};
  return Refuse(Code::kMetadataTooLarge, {},
                {{"Size", std::to_string(size)}, {"MaxSizeAllowed", std::to_string(kMostMetadata)}});
}

Answer<void> CopyRedirect(const Call& call, Headers& headers) {
  const std::string_view location = call.header(kRedirect);
  if (location.empty()) return {};
  if (!location.starts_with('/') && !location.starts_with("http://") && !location.starts_with("https://")) {
    return Refuse(Code::kInvalidRedirectLocation);
  }
  headers.Add(std::string(kRedirect), std::string(location));
  return {};
}

}  // namespace

Answer<ObjectAttributes> ReadAttributes(const Call& call) {
  ObjectAttributes attributes;
  attributes.key = call.resource.key;
  if (attributes.key.size() > kLongestObjectKey) {
    return Refuse(Code::kKeyTooLong, {},
                  {{"Size", std::to_string(attributes.key.size())},
                   {"MaxSizeAllowed", std::to_string(kLongestObjectKey)}});
  }
  CopyContentHeaders(call, attributes.headers);
  Answer<void> copied = CopyMetadata(call, attributes.headers);
  if (copied) copied = CopyRedirect(call, attributes.headers);
  if (!copied) return Refuse(std::move(copied.error()));
  Answer<Tags> tags = ParseTagHeader(call.header("x-amz-tagging"));
  if (!tags) return Refuse(std::move(tags.error()));
  attributes.tags = std::move(*tags);
  const std::string_view storage_class = call.header("x-amz-storage-class");
  if (storage_class.empty()) return attributes;
  if (std::find(kStorageClasses.begin(), kStorageClasses.end(), storage_class) == kStorageClasses.end()) {
    return Refuse(Code::kInvalidStorageClass, {}, {{"StorageClassRequested", std::string(storage_class)}});
  }
  attributes.storage_class = storage_class;
  return attributes;
}

Answer<void> RefuseUnsupportedHeaders(const Call& call) {
  for (const Header& field : call.request.headers) {
    if (IsUnsupported(AsciiLower(field.name), field.value)) {
      return Refuse(Code::kNotImplemented,
                    "A header you provided implies functionality that is not implemented",
                    {{"Header", field.name}});
    }
  }
  for (const std::string_view name : {"x-amz-expected-bucket-owner", "x-amz-source-expected-bucket-owner"}) {
    const std::string_view owner = call.header(name);
    if (!owner.empty() && owner != kOwnerId) return Refuse(Code::kAccessDenied);
  }
  return {};
}

Answer<std::optional<std::string_view>> ReadVersionId(const Call& call) {
  const std::optional<std::string_view> version_id = call.resource.Parameter("versionId");
  if (!version_id || !version_id->empty()) return version_id;
  return Refuse(Code::kInvalidArgument, "Version id cannot be the empty string",
                {{"ArgumentName", "versionId"}, {"ArgumentValue", ""}});
}

Answer<std::vector<StoredPart>> ReadParts(const Call& call, const StoredVersion& version) {
  Answer<std::vector<StoredPart>> parts = call.store.PartsOf(version);
  if (parts && parts->size() != version.parts) {
    return Refuse({.code = Code::kInternalError, .cause = "a version was removed while it was looked at"});
  }
  return parts;
}

}  // namespace s3conn::local
