#include "s3conn/s3/list_multipart_uploads.h"

#include <utility>

#include "base/text.h"
#include "base/xml.h"
#include "s3/listing.h"
#include "s3/object_request.h"
#include "s3/xml_response.h"

namespace s3conn {
namespace {

// For a listing that does not say how it writes keys. A plus sign is one: whoever encodes silently writes %20
// for a space.
void ReadUnexplainedKey(std::string_view text, MultipartUpload& upload) {
  const std::optional<std::string> decoded =
      text.find('+') == std::string_view::npos ? PercentDecode(text) : std::nullopt;
  upload.key = decoded.value_or(std::string(text));
  if (upload.key != text) upload.undecoded_key = text;
}

Result<MultipartUpload> ReadUpload(XmlElement element, bool url_encoded) {
  MultipartUpload upload;
  if (url_encoded) {
    Result<std::string> key = DecodeName(element.ChildText("Key"), url_encoded);
    if (!key) return Failure(std::move(key.error()));
    upload.key = std::move(*key);
  } else {
    ReadUnexplainedKey(element.ChildText("Key"), upload);
  }
  upload.upload_id = element.ChildText("UploadId");
  if (upload.key.empty() || upload.upload_id.empty()) {
    return BadListing("an upload in the listing has no key or no id");
  }
  upload.initiated = ParseRfc3339(element.ChildText("Initiated"));
  upload.storage_class = element.ChildText("StorageClass");
  return upload;
}

}  // namespace

Result<OperationRequest> ListMultipartUploads::Build(const Request& request) {
  Result<OperationRequest> operation = OnBucket("GET", request.bucket);
  if (!operation) return operation;
  operation->query = {{"uploads", std::nullopt}, {"encoding-type", "url"}};
  const auto add = [&operation](std::string name, const std::string& value) {
    if (!value.empty()) operation->query.push_back({std::move(name), value});
  };
  add("prefix", request.prefix);
  add("key-marker", request.key_marker);
  add("upload-id-marker", request.upload_id_marker);
  if (request.max_uploads) add("max-uploads", std::to_string(*request.max_uploads));
  return operation;
}

Result<ListMultipartUploadsResponse> ListMultipartUploads::Parse(const HttpResponse& response) {
  const Result<XmlDocument> document = ParseXmlResponse(response, "ListMultipartUploadsResult");
  if (!document) return Failure(document.error());
  const XmlElement root = document->root();
  const bool url_encoded = IsUrlEncoded(root);
  const Result<bool> truncated = ReadIsTruncated(root);
  if (!truncated) return Failure(truncated.error());
  ListMultipartUploadsResponse page;
  page.is_truncated = *truncated;
  for (XmlElement element = root.FirstChild(); element; element = element.Next()) {
    if (element.name() != "Upload") continue;
    Result<MultipartUpload> upload = ReadUpload(element, url_encoded);
    if (!upload) return Failure(std::move(upload.error()));
    page.uploads.push_back(std::move(*upload));
  }
  const std::string_view last = page.uploads.empty() ? "" : std::string_view(page.uploads.back().key);
  Result<std::string> marker = DecodeMarker(root.ChildText("NextKeyMarker"), url_encoded, last);
  if (!marker) return Failure(std::move(marker.error()));
  page.next_key_marker = std::move(*marker);
  page.next_upload_id_marker = root.ChildText("NextUploadIdMarker");
  return page;
}

Status ListAllMultipartUploads(Client& client, ListMultipartUploadsRequest request,
                               const CallContext& context,
                               const std::function<Status(const ListMultipartUploadsResponse&)>& on_page) {
  MarkerWalk walk(request.key_marker, request.upload_id_marker);
  while (true) {
    const Result<ListMultipartUploadsResponse> page = client.Call<ListMultipartUploads>(request, context);
    if (!page) return Failure(page.error());
    if (request.max_uploads && page->uploads.size() > *request.max_uploads) {
      return BadListing("the store sent more uploads than it was asked for");
    }
    if (page->is_truncated) {
      Status leads_on = walk.Advance(page->next_key_marker, page->next_upload_id_marker);
      if (!leads_on) return leads_on;
    }
    if (Status handled = on_page(*page); !handled) return handled;
    if (!page->is_truncated) return {};
    request.key_marker = page->next_key_marker;
    request.upload_id_marker = page->next_upload_id_marker;
  }
}

}  // namespace s3conn
