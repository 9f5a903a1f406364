#include <utility>

#include "local/call.h"
#include "local/document.h"
#include "local/listing_request.h"

// https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectVersions.html

namespace s3conn::local {
namespace {

Answer<VersionPage> FindPage(const Call& call, const ListingRequest& request) {
  VersionQuery query{.prefix = request.prefix,
                     .delimiter = request.delimiter,
                     .key_marker = std::string(call.resource.Parameter("key-marker").value_or("")),
                     .version_marker = std::string(call.resource.Parameter("version-id-marker").value_or("")),
                     .limit = request.limit};
  if (query.key_marker.empty() && !query.version_marker.empty()) {
    return RefuseParameter(call, "version-id-marker",
                           "A version-id marker cannot be specified without a key marker.");
  }
  return call.store.ListVersions(call.resource.bucket, query);
}

void WriteMarkers(const Call& call, const ListingRequest& request, const VersionPage& page, XmlWriter& xml) {
  xml.Text("KeyMarker", EncodeName(request.encoding, call.resource.Parameter("key-marker").value_or("")));
  xml.Text("VersionIdMarker", call.resource.Parameter("version-id-marker").value_or(""));
  if (!page.truncated) return;
  xml.Text("NextKeyMarker", EncodeName(request.encoding, page.last_key));
  // None after a common prefix, of which all versions have been passed.
  if (!page.last_version.empty()) xml.Text("NextVersionIdMarker", page.last_version);
}

}  // namespace

Answer<Response> ListObjectVersions(const Call& call) {
  const Answer<ListingRequest> request = ReadListingRequest(call, "max-keys");
  if (!request) return Refuse(request.error());
  const Answer<ShowRestored> restored = ReadShowRestored(call);
  if (!restored) return Refuse(restored.error());
  const Answer<VersionPage> page = FindPage(call, *request);
  if (!page) return Refuse(page.error());
  XmlWriter xml("ListVersionsResult");
  xml.Text("Name", call.resource.bucket);
  WriteMarkers(call, *request, *page, xml);
  xml.Number("MaxKeys", request->limit);
  WriteListingHead(*request, page->truncated, xml);
  for (const StoredVersion& version : page->versions) {
    xml.Open(version.is_delete_marker ? "DeleteMarker" : "Version");
    xml.Text("Key", EncodeName(request->encoding, version.attributes.key));
    xml.Text("VersionId", version.version_id);
    xml.Truth("IsLatest", version.is_latest);
    WriteEntry(call, version, {.restored = *restored, .owner = true}, xml);
    xml.Close();
  }
  WriteCommonPrefixes(page->prefixes, request->encoding, xml);
  return XmlResponse(xml);
}

}  // namespace s3conn::local
