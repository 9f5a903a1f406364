#include "s3conn/s3/list_object_versions.h"

#include <utility>

#include "base/xml.h"
#include "s3/listing.h"
#include "s3/object_request.h"
#include "s3/xml_response.h"
#include "s3conn/s3/object_properties.h"

namespace s3conn {
namespace {

Result<ObjectVersion> ReadVersion(XmlElement element, bool url_encoded) {
  ObjectVersion version;
  version.is_delete_marker = element.name() == "DeleteMarker";
  Result<std::string> key = DecodeName(element.ChildText("Key"), url_encoded);
  if (!key) return Failure(std::move(key.error()));
  if (key->empty()) return BadListing("an entry of the listing has no key");
  version.key = std::move(*key);
  version.version_id = element.ChildText("VersionId");
  version.is_latest = element.ChildText("IsLatest") == "true";
  version.etag = UnquoteETag(element.ChildText("ETag"));
  version.last_modified = ParseRfc3339(element.ChildText("LastModified"));
  version.storage_class = element.ChildText("StorageClass");
  if (const XmlElement size = element.Child("Size")) {
    const Result<ByteCount> bytes = ReadSize(size.text());
    if (!bytes) return Failure(bytes.error());
    version.size = *bytes;
  }
  return version;
}

}  // namespace

Result<OperationRequest> ListObjectVersions::Build(const Request& request) {
  Result<OperationRequest> operation = OnBucket("GET", request.bucket);
  if (!operation) return operation;
  operation->query = {{"versions", std::nullopt}, {"encoding-type", "url"}};
  const auto add = [&operation](std::string name, const std::string& value) {
    if (!value.empty()) operation->query.push_back({std::move(name), value});
  };
  add("prefix", request.prefix);
  add("key-marker", request.key_marker);
  add("version-id-marker", request.version_id_marker);
  if (request.max_keys) add("max-keys", std::to_string(*request.max_keys));
  return operation;
}

Result<ListObjectVersionsResponse> ListObjectVersions::Parse(const HttpResponse& response) {
  const Result<XmlDocument> document = ParseXmlResponse(response, "ListVersionsResult");
  if (!document) return Failure(document.error());
  const XmlElement root = document->root();
  const bool url_encoded = IsUrlEncoded(root);
  const Result<bool> truncated = ReadIsTruncated(root);
  if (!truncated) return Failure(truncated.error());
  ListObjectVersionsResponse page;
  page.is_truncated = *truncated;
  for (XmlElement element = root.FirstChild(); element; element = element.Next()) {
    if (element.name() != "Version" && element.name() != "DeleteMarker") continue;
    Result<ObjectVersion> version = ReadVersion(element, url_encoded);
    if (!version) return Failure(std::move(version.error()));
    page.versions.push_back(std::move(*version));
  }
  const std::string_view last = page.versions.empty() ? "" : std::string_view(page.versions.back().key);
  Result<std::string> marker = DecodeMarker(root.ChildText("NextKeyMarker"), url_encoded, last);
  if (!marker) return Failure(std::move(marker.error()));
  page.next_key_marker = std::move(*marker);
  page.next_version_id_marker = root.ChildText("NextVersionIdMarker");
  // Swift says "null" whatever the last version is, and would go on from there with nothing.
  if (page.next_version_id_marker == "null" && !page.versions.empty() && page.next_key_marker == last) {
    page.next_version_id_marker = page.versions.back().version_id;
  }
  return page;
}

Status ListAllObjectVersions(Client& client, ListObjectVersionsRequest request, const CallContext& context,
                             const std::function<Status(const ListObjectVersionsResponse&)>& on_page) {
  MarkerWalk walk(request.key_marker, request.version_id_marker);
  while (true) {
    const Result<ListObjectVersionsResponse> page = client.Call<ListObjectVersions>(request, context);
    if (!page) return Failure(page.error());
    if (request.max_keys && page->versions.size() > *request.max_keys) {
      return BadListing("the store sent more versions than it was asked for");
    }
    if (page->is_truncated) {
      Status leads_on = walk.Advance(page->next_key_marker, page->next_version_id_marker);
      if (!leads_on) return leads_on;
    }
    if (Status handled = on_page(*page); !handled) return handled;
    if (!page->is_truncated) return {};
    request.key_marker = page->next_key_marker;
    request.version_id_marker = page->next_version_id_marker;
  }
}

}  // namespace s3conn
