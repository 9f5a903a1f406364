#include <fmt/format.h>

#include <string>
#include <utility>

#include "local/object_request.h"

namespace s3conn::local {

bool IsArchiveClass(std::string_view storage_class) {
  return storage_class == "GLACIER" || storage_class == "DEEP_ARCHIVE";
}

bool IsArchived(const StoredVersion& version, Timestamp now) {
  if (!IsArchiveClass(version.attributes.storage_class)) return false;
  return !version.restored_until || *version.restored_until <= now;
}

tl::unexpected<Refusal> RefuseArchived(const StoredVersion& version) {
  return Refuse(Code::kInvalidObjectState, {}, {{"StorageClass", version.attributes.storage_class}});
}

tl::unexpected<Refusal> RefuseDeleteMarker(const Call& call, const StoredVersion& version) {
  Refusal refusal{.code = Code::kMethodNotAllowed};
  refusal.details = {{"Method", call.request.method}, {"ResourceType", "DeleteMarker"}};
  refusal.headers = {{"x-amz-delete-marker", "true"},
                     {"x-amz-version-id", version.version_id},
                     {"Allow", "DELETE"},
                     {"Last-Modified", FormatHttpDate(version.modified)}};
  return Refuse(std::move(refusal));
}

void AddObjectHeaders(const Call& call, const StoredVersion& version, Headers& headers) {
  headers.Add("ETag", Quoted(version.etag));
  headers.Add("Last-Modified", FormatHttpDate(version.modified));
  for (const Header& field : version.attributes.headers) headers.Add(field.name, field.value);
  AddVersionId(call, version.version_id, headers);
  const std::string& storage_class = version.attributes.storage_class;
  // S3 leaves it out for the usual one.
  if (storage_class != "STANDARD") headers.Add("x-amz-storage-class", storage_class);
  if (version.restored_until && !IsArchived(version, call.clock.Now())) {
    headers.Add("x-amz-restore", fmt::format("ongoing-request=\"false\", expiry-date=\"{}\"",
                                             FormatHttpDate(*version.restored_until)));
  }
  const std::size_t tags = version.attributes.tags.size();
  if (tags > 0) headers.Add("x-amz-tagging-count", std::to_string(tags));
}

void AddChecksumHeaders(const Checksum& checksum, Headers& headers) {
  headers.Add(ChecksumHeader(checksum.algorithm), checksum.value);
  headers.Add("x-amz-checksum-type", std::string(ChecksumTypeName(checksum.type)));
}

std::string ChecksumElement(ChecksumAlgorithm algorithm) {
  return fmt::format("Checksum{}", ChecksumName(algorithm));
}

void AddChecksumElements(const Checksum& checksum, XmlWriter& xml) {
  xml.Text(ChecksumElement(checksum.algorithm), checksum.value);
  xml.Text("ChecksumType", ChecksumTypeName(checksum.type));
}

void AddVersionId(const StoredBucket& bucket, std::string_view version_id, Headers& headers) {
  if (bucket.versioning == Versioning::kNever || version_id.empty()) return;
  headers.Add("x-amz-version-id", std::string(version_id));
}

void AddVersionId(const Call& call, std::string_view version_id, Headers& headers) {
  if (version_id.empty()) return;
  if (version_id == "null") {
    const Answer<StoredBucket> bucket = call.store.FindBucket(call.resource.bucket);
    if (!bucket || bucket->versioning == Versioning::kNever) return;
  }
  headers.Add("x-amz-version-id", std::string(version_id));
}

std::string DocumentTime(Timestamp time) {
  std::string text = FormatRfc3339(time);
  if (text.find('.') == std::string::npos) text.replace(text.size() - 1, 1, ".000Z");
  return text;
}

std::string Quoted(std::string_view etag) {
  return fmt::format("\"{}\"", etag);
}

}  // namespace s3conn::local
