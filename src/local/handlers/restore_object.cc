#include <algorithm>
#include <array>
#include <chrono>

#include "base/text.h"
#include "local/call.h"
#include "local/document.h"
#include "local/object_request.h"

// https://docs.aws.amazon.com/AmazonS3/latest/API/API_RestoreObject.html

namespace s3conn::local {
namespace {

constexpr std::uint64_t kMostDays = 36'500;

// Any tier will do: the bytes were here all the time.
bool IsTier(std::string_view tier) {
  constexpr auto kTiers = std::to_array<std::string_view>({"", "Standard", "Bulk", "Expedited"});
  return std::find(kTiers.begin(), kTiers.end(), tier) != kTiers.end();
}

Answer<std::chrono::days> ReadDays(const Call& call) {
  const Answer<XmlDocument> document = ReadXml(call, "RestoreRequest");
  if (!document) return Refuse(document.error());
  const XmlElement root = document->root();
  for (const std::string_view name : {"Type", "SelectParameters", "OutputLocation"}) {
    if (root.Child(name)) return RefuseElement(name);
  }
  const bool known_tiers =
      IsTier(root.ChildText("Tier")) && IsTier(root.Child("GlacierJobParameters").ChildText("Tier"));
  const std::optional<std::uint64_t> days = ParseUnsigned(root.ChildText("Days"));
  if (!known_tiers || !days || *days < 1) return Refuse(Code::kMalformedXml);
  if (*days > kMostDays) {
    return Refuse(Code::kInvalidArgument, "The number of days is too large",
                  {{"ArgumentName", "Days"}, {"ArgumentValue", std::to_string(*days)}});
  }
  return std::chrono::days(static_cast<int>(*days));
}

// Until the midnight that follows, as S3 counts.
Timestamp EndOfRestore(Timestamp now, std::chrono::days days) {
  return std::chrono::ceil<std::chrono::days>(now + days);
}

}  // namespace

Answer<Response> RestoreObject(const Call& call) {
  const Answer<std::chrono::days> days = ReadDays(call);
  if (!days) return Refuse(days.error());
  const Answer<std::optional<std::string_view>> version_id = ReadVersionId(call);
  if (!version_id) return Refuse(version_id.error());
  const Answer<StoredVersion> version =
      call.store.FindObject(call.resource.bucket, call.resource.key, *version_id);
  if (!version) return Refuse(version.error());
  if (version->is_delete_marker) return RefuseDeleteMarker(call, *version);
  if (!IsArchiveClass(version->attributes.storage_class)) {
    return Refuse(Code::kInvalidObjectState, "Restore is not allowed for the object's current storage class",
                  {{"StorageClass", version->attributes.storage_class}});
  }
  const Timestamp now = call.clock.Now();
  const Answer<void> set = call.store.SetRestored(*version, EndOfRestore(now, *days));
  if (!set) return Refuse(set.error());
  // 202 begins a restore; 200 gives one that is there another end.
  Response response{.status = IsArchived(*version, now) ? 202 : 200};
  AddVersionId(call, version->version_id, response.headers);
  return response;
}

}  // namespace s3conn::local
