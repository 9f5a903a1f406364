#include "transfer/copy.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "s3conn/s3/head_object.h"
#include "s3conn/s3/object_tagging.h"
#include "transfer/verification.h"
#include "transfer/write_condition.h"

namespace s3conn {
namespace {

// The source's own description with the changes in it: S3 keeps all of it or replaces all of it.
ObjectSettings Describe(const ObjectProperties& source, const CopyChanges& changes) {
  ObjectSettings settings;
  settings.content_type = changes.content_type.value_or(source.content_type);
  settings.content_encoding = changes.content_encoding.value_or(source.content_encoding);
  settings.content_disposition = changes.content_disposition.value_or(source.content_disposition);
  settings.content_language = changes.content_language.value_or(source.content_language);
  settings.cache_control = changes.cache_control.value_or(source.cache_control);
  settings.expires = source.expires;
  settings.metadata = changes.metadata.value_or(source.metadata);
  return settings;
}

bool IsOntoItself(const CopyOrder& order) {
  return order.source.bucket == order.destination.bucket && order.source.key == order.destination.key;
}

// The source's storage class, unless it belongs to the place where the source is.
std::string InheritedClass(const ObjectProperties& source) {
  switch (source.storage_class()) {
    case StorageClass::kOutposts:
    case StorageClass::kSnow:
    case StorageClass::kExpressOnezone:
    case StorageClass::kFsxOpenzfs:
      return "";
    default:
      return source.storage_class_name;
  }
}

CopyObjectRequest MakeRequest(const CopyOrder& order, const ObjectProperties& source) {
  using From = CopyObjectRequest::From;
  const CopyChanges& changes = order.changes;
  CopyObjectRequest request;
  request.source_bucket = order.source.bucket;
  request.source_key = order.source.key;
  request.bucket = order.destination.bucket;
  request.key = order.destination.key;
  request.source = SourceItself(order);
  request.source.if_match = source.etag;
  // S3 refuses a copy onto itself that changes only tags or ACL, but not one that replaces the description.
  if (changes.describes() || IsOntoItself(order)) {
    request.description_from = From::kSettings;
    request.settings = Describe(source, changes);
  }
  if (changes.tags) {
    request.tags_from = From::kSettings;
    request.settings.tags = *changes.tags;
  }
  request.settings.storage_class =
      changes.storage_class.empty() ? InheritedClass(source) : changes.storage_class;
  request.settings.acl = changes.acl;
  request.settings.encryption = changes.encryption;
  return request;
}

// Some stores compare the condition with another ETag than they show, of objects that came in parts.
bool MayMisjudgeETag(const Client& client, const ObjectProperties& source) {
  return !client.is_aws() && source.etag.find('-') != std::string::npos;
}

struct Copied {
  CopyObjectResponse object;
  bool guarded = true;
};

Result<Copied> CopyGuarded(Client& client, const CopyOrder& order, CopyObjectRequest request,
                           const ObjectProperties& source, const CallContext& context) {
  Result<CopyObjectResponse> object = client.Call<CopyObject>(request, context);
  if (object) return Copied{std::move(*object), true};
  const bool refused = object.error().kind == ErrorKind::kPrecondition && MayMisjudgeETag(client, source);
  // Where it is the destination's condition that did not hold, it will not hold again.
  if (!refused || !LookAtSourceAgain(client, order, source, context))
    return Failure(std::move(object.error()));
  request.source.if_match.clear();
  object = client.Call<CopyObject>(request, context);
  if (!object) return Failure(std::move(object.error()));
  if (Status same = LookAtSourceAgain(client, order, source, context); !same) {
    return Failure(std::move(same.error()).Within("copied, perhaps in part"));
  }
  return Copied{std::move(*object), false};
}

// A conditional copy whose answer was lost finds, when it is sent again, what it has made itself. It is ours
// if it is what the source is.
std::optional<Copied> FindOwnCopy(Client& client, const CopyOrder& order, const ObjectProperties& source,
                                  const Error& error, const CallContext& context) {
  if (error.kind != ErrorKind::kPrecondition || !error.repeated) return std::nullopt;
  Result<ObjectProperties> copy = LookAtCopy(client, order, context);
  if (!copy || copy->size != source.size || copy->etag != source.etag) return std::nullopt;
  CopyObjectResponse object;
  object.etag = std::move(copy->etag);
  object.last_modified = copy->last_modified;
  object.version_id = std::move(copy->version_id);
  object.checksums = std::move(copy->checksums);
  object.server_side_encryption = std::move(copy->server_side_encryption);
  return Copied{std::move(object), true};
}

Result<Copied> MakeCopy(Client& client, const CopyOrder& order, CopyObjectRequest request,
                        const ObjectProperties& source, const CallContext& context) {
  const auto copy = [&](const WriteConditions& conditions) -> Result<Copied> {
    request.conditions = conditions;
    Result<Copied> attempt = CopyGuarded(client, order, request, source, context);
    if (attempt) return attempt;
    std::optional<Copied> ours = FindOwnCopy(client, order, source, attempt.error(), context);
    return ours ? std::move(*ours) : std::move(attempt);
  };
  return WriteConditionally(client, order.conditions, copy);
}

// The tags to give to the copy apart, nullopt for none. AWS does as the request says. Ceph (16) takes no new
// tags, and loses those of the source where the description is replaced.
Result<std::optional<NamedValues>> TagsToSet(Client& client, const CopyOrder& order,
                                             const CopyObjectRequest& request, const ObjectProperties& source,
                                             const CallContext& context) {
  if (client.is_aws()) return std::nullopt;
  if (order.changes.tags) return order.changes.tags;
  const bool stay = request.description_from == CopyObjectRequest::From::kSource || source.tag_count == 0;
  if (stay) return std::nullopt;
  Result<GetObjectTaggingResponse> tagging = client.Call<GetObjectTagging>(
      {order.source.bucket, order.source.key, order.source_options.version_id}, context);
  if (!tagging) return Failure(std::move(tagging.error()).Within("read the tags of the source"));
  return std::move(tagging->tags);
}

Status SetTags(Client& client, const CopyOrder& order, const CopyObjectResponse& copy, NamedValues tags,
               const CallContext& context) {
  Result<PutObjectTaggingResponse> set = client.Call<PutObjectTagging>(
      {order.destination.bucket, order.destination.key, copy.version_id, std::move(tags)}, context);
  if (set) return {};
  Error error = std::move(set.error()).Within("copied, but its tags could not be set");
  // Whatever it is, the copy is made: it must not be taken for one that could not be.
  if (error.kind == ErrorKind::kConflict || error.kind == ErrorKind::kPrecondition)
    error.kind = ErrorKind::kService;
  return Failure(std::move(error));
}

enum class Comparison { kNothing, kSame, kOther };

struct Compared {
  Comparison outcome = Comparison::kNothing;
  std::string name = "size";
};

// "ChecksumCRC64NVME" as "crc64nvme".
std::string ChecksumLabel(std::string_view field) {
  return AsciiLower(field.substr(std::string_view("Checksum").size()));
}

Compared CompareChecksums(const std::vector<ObjectChecksum>& ours,
                          const std::vector<ObjectChecksum>& theirs) {
  for (const ObjectChecksum& one : ours) {
    for (const ObjectChecksum& other : theirs) {
      if (one.name != other.name) continue;
      if (one.value == other.value) return {Comparison::kSame, ChecksumLabel(one.name)};
      // A checksum of parts tells nothing when the parts are others.
      const bool whole =
          one.value.find('-') == std::string::npos && other.value.find('-') == std::string::npos;
      if (whole) return {Comparison::kOther, ChecksumLabel(one.name)};
    }
  }
  return {};
}

Compared Compare(const ObjectProperties& source, const CopyObjectResponse& copy) {
  Compared checksums = CompareChecksums(source.checksums, copy.checksums);
  if (checksums.outcome != Comparison::kNothing) return checksums;
  if (copy.etag.empty() || copy.etag != source.etag) return {};
  return {Comparison::kSame, copy.etag.find('-') == std::string::npos ? "md5" : "etag"};
}

// For a copy whose answer proves nothing.
Status CompareSizes(Client& client, const CopyOrder& order, const ObjectProperties& source,
                    const CallContext& context) {
  const Result<ObjectProperties> copy = LookAtCopy(client, order, context);
  if (!copy) return Failure(copy.error());
  if (copy->size == source.size) return {};
  return Failure(ErrorKind::kIntegrity, fmt::format("the copy has {} bytes, its source {}",
                                                    copy->size.bytes(), source.size.bytes()));
}

// What shows that the copy has the source's bytes, as in CopyResult.
Result<std::string> Verify(Client& client, const CopyOrder& order, const ObjectProperties& source,
                           const CopyObjectResponse& copy, const CallContext& context) {
  Compared compared = Compare(source, copy);
  if (compared.outcome == Comparison::kOther) {
    return Failure(ErrorKind::kIntegrity,
                   fmt::format("the copy has other bytes than its source: their {} differ", compared.name),
                   "the copy is there; look at it, and copy again");
  }
  if (compared.outcome == Comparison::kNothing) {
    if (Status same = CompareSizes(client, order, source, context); !same)
      return Failure(std::move(same.error()));
  }
  return std::move(compared.name);
}

}  // namespace

bool CopyChanges::describes() const {
  return content_type || content_encoding || content_disposition || content_language || cache_control ||
         metadata;
}

bool CopyChanges::any() const {
  return describes() || tags || !storage_class.empty() || !acl.empty() || !encryption.algorithm.empty() ||
         !encryption.customer_key.empty();
}

Status CheckCopy(const CopyOrder& order) {
  if (Status valid = CheckNewKey(order.destination.key); !valid) return valid;
  if (!IsOntoItself(order) || order.changes.any() || !order.source_options.version_id.empty()) return {};
  return Failure(ErrorKind::kUsage,
                 fmt::format("{} would be copied onto itself, with nothing changed",
                             ShowObjectUri(order.source.bucket, order.source.key)),
                 "name another destination, or what shall change: --storage-class, --metadata, …");
}

Result<ObjectProperties> LookAtSource(Client& client, const CopyOrder& order, const CallContext& context) {
  return client.Call<HeadObject>({order.source.bucket, order.source.key, order.source_options}, context);
}

ReadOptions CopyItself(const CopyOrder& order) {
  ReadOptions options;
  options.customer_key = order.changes.encryption.customer_key;
  return options;
}

Result<ObjectProperties> LookAtCopy(Client& client, const CopyOrder& order, const CallContext& context) {
  Result<ObjectProperties> copy =
      client.Call<HeadObject>({order.destination.bucket, order.destination.key, CopyItself(order)}, context);
  if (copy) return copy;
  return Failure(std::move(copy.error()).Within("look at the copy"));
}

Status CheckCopySize(ByteCount size) {
  if (size <= kMaxSingleCopy) return {};
  return Failure(ErrorKind::kUsage, fmt::format("the source has {}; one request copies at most {}",
                                                HumanBytes(size), HumanBytes(kMaxSingleCopy)));
}

ReadOptions SourceItself(const CopyOrder& order) {
  ReadOptions options;
  options.version_id = order.source_options.version_id;
  options.customer_key = order.source_options.customer_key;
  return options;
}

Status LookAtSourceAgain(Client& client, const CopyOrder& order, const ObjectProperties& source,
                         const CallContext& context) {
  const Result<ObjectProperties> now =
      client.Call<HeadObject>({order.source.bucket, order.source.key, SourceItself(order)}, context);
  if (!now) return Failure(Error(now.error()).Within("look at the source again"));
  if (*now == source) return {};
  return Failure(ErrorKind::kPrecondition, "the source was written to meanwhile",
                 "try again when nothing writes to it");
}

Result<CopyResult> Copy(Client& client, const CopyOrder& order, const ObjectProperties& source,
                        const CallContext& context) {
  if (Status fits = CheckCopySize(source.size); !fits) return Failure(std::move(fits.error()));
  const WriteTarget target{order.destination.bucket, order.destination.key, order.conditions,
                           order.changes.encryption.customer_key};
  if (Status holds = CheckConditions(client, target, context); !holds)
    return Failure(std::move(holds.error()));
  CopyObjectRequest request = MakeRequest(order, source);
  Result<std::optional<NamedValues>> tags = TagsToSet(client, order, request, source, context);
  if (!tags) return Failure(std::move(tags.error()));
  Result<Copied> copied = MakeCopy(client, order, request, source, context);
  if (!copied) return Failure(std::move(copied.error()));
  const Status encrypted =
      CheckEncrypted(request.settings.encryption, copied->object.server_side_encryption, context);
  if (!encrypted) return Failure(encrypted.error());
  if (*tags) {
    Status set = SetTags(client, order, copied->object, std::move(**tags), context);
    if (!set) return Failure(std::move(set.error()));
  }
  Result<std::string> verified = Verify(client, order, source, copied->object, context);
  if (!verified) return Failure(std::move(verified.error()));
  return CopyResult{source, std::move(copied->object), request.settings.storage_class, std::move(*verified),
                    copied->guarded};
}

Result<std::optional<CopyResult>> CopyUnlessExists(Client& client, CopyOrder order,
                                                   const ObjectProperties& source,
                                                   const CallContext& context) {
  return MakeUnlessExists(client, {order.destination.bucket, order.destination.key}, context,
                          [&](const WriteConditions& conditions) {
                            order.conditions = conditions;
                            return Copy(client, order, source, context);
                          });
}

}  // namespace s3conn
