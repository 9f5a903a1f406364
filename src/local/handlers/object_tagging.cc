#include <utility>

#include "local/call.h"
#include "local/document.h"
#include "local/object_request.h"
#include "local/tagging.h"

// https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObjectTagging.html
// https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObjectTagging.html
// https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjectTagging.html

namespace s3conn::local {
namespace {

Answer<StoredVersion> FindTagged(const Call& call) {
  const Answer<std::optional<std::string_view>> version_id = ReadVersionId(call);
  if (!version_id) return Refuse(version_id.error());
  Answer<StoredVersion> version = call.store.FindObject(call.resource.bucket, call.resource.key, *version_id);
  if (version && version->is_delete_marker) return RefuseDeleteMarker(call, *version);
  return version;
}

Answer<Response> SetTags(const Call& call, const Tags& tags, int status) {
  if (const Answer<StoredVersion> found = FindTagged(call); !found) return Refuse(found.error());
  const Answer<StoredVersion> version =
      call.store.SetTags(call.resource.bucket, call.resource.key, call.resource.Parameter("versionId"), tags);
  if (!version) return Refuse(version.error());
  Response response{.status = status};
  AddVersionId(call, version->version_id, response.headers);
  return response;
}

}  // namespace

Answer<Response> GetObjectTagging(const Call& call) {
  const Answer<StoredVersion> version = FindTagged(call);
  if (!version) return Refuse(version.error());
  XmlWriter xml("Tagging");
  WriteTagSet(version->attributes.tags, xml);
  Response response = XmlResponse(xml);
  AddVersionId(call, version->version_id, response.headers);
  return response;
}

Answer<Response> PutObjectTagging(const Call& call) {
  const Answer<XmlDocument> document = ReadXml(call, "Tagging");
  if (!document) return Refuse(document.error());
  const Answer<Tags> tags = ReadTagDocument(document->root());
  if (!tags) return Refuse(tags.error());
  return SetTags(call, *tags, 200);
}

Answer<Response> DeleteObjectTagging(const Call& call) {
  return SetTags(call, {}, 204);
}

}  // namespace s3conn::local
