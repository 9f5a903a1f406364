#include <optional>

#include "local/call.h"
#include "local/document.h"

// https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketVersioning.html
// https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketVersioning.html

namespace s3conn::local {
namespace {

std::optional<Versioning> ParseStatus(std::string_view status) {
  if (status == "Enabled") return Versioning::kEnabled;
  if (status == "Suspended") return Versioning::kSuspended;
  return std::nullopt;
}

}  // namespace

Answer<Response> GetBucketVersioning(const Call& call) {
  const Answer<StoredBucket> bucket = call.store.FindBucket(call.resource.bucket);
  if (!bucket) return Refuse(bucket.error());
  XmlWriter xml("VersioningConfiguration");
  if (bucket->versioning == Versioning::kEnabled) xml.Text("Status", "Enabled");
  if (bucket->versioning == Versioning::kSuspended) xml.Text("Status", "Suspended");
  return XmlResponse(xml);
}

Answer<Response> PutBucketVersioning(const Call& call) {
  const Answer<XmlDocument> document = ReadXml(call, "VersioningConfiguration");
  if (!document) return Refuse(document.error());
  const std::string_view mfa_delete = document->root().ChildText("MfaDelete");
  if (mfa_delete == "Enabled") return RefuseElement("MfaDelete");
  const std::optional<Versioning> status = ParseStatus(document->root().ChildText("Status"));
  if (!status || (!mfa_delete.empty() && mfa_delete != "Disabled")) return Refuse(Code::kMalformedXml);
  const Answer<void> set = call.store.SetVersioning(call.resource.bucket, *status);
  if (!set) return Refuse(set.error());
  return Response{};
}

}  // namespace s3conn::local
