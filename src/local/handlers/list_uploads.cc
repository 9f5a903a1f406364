#include "local/call.h"
#include "local/document.h"
#include "local/listing_request.h"
#include "local/object_request.h"

// https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListMultipartUploads.html

namespace s3conn::local {
namespace {

void WriteUpload(const StoredUpload& upload, NameEncoding encoding, XmlWriter& xml) {
  xml.Open("Upload");
  xml.Text("Key", EncodeName(encoding, upload.attributes.key));
  xml.Text("UploadId", upload.id);
  WriteOwner("Initiator", xml);
  WriteOwner("Owner", xml);
  xml.Text("StorageClass", upload.attributes.storage_class);
  xml.Text("Initiated", DocumentTime(upload.initiated));
  if (upload.checksum_algorithm) {
    xml.Text("ChecksumAlgorithm", ChecksumName(*upload.checksum_algorithm));
    xml.Text("ChecksumType", ChecksumTypeName(upload.checksum_type));
  }
  xml.Close();
}

}  // namespace

Answer<Response> ListMultipartUploads(const Call& call) {
  const Answer<ListingRequest> request = ReadListingRequest(call, "max-uploads");
  if (!request) return Refuse(request.error());
  const std::string key_marker(call.resource.Parameter("key-marker").value_or(""));
  const std::string upload_marker(call.resource.Parameter("upload-id-marker").value_or(""));
  UploadQuery query{.prefix = request->prefix,
                    .delimiter = request->delimiter,
                    .key_marker = key_marker,
                    .limit = request->limit};
  // Without a key it has no meaning, and S3 does not look at it.
  if (!key_marker.empty()) query.upload_marker = upload_marker;
  const Answer<UploadPage> page = call.store.ListUploads(call.resource.bucket, query);
  if (!page) return Refuse(page.error());
  XmlWriter xml("ListMultipartUploadsResult");
  xml.Text("Bucket", call.resource.bucket);
  xml.Text("KeyMarker", EncodeName(request->encoding, key_marker));
  xml.Text("UploadIdMarker", upload_marker);
  if (page->truncated) {
    xml.Text("NextKeyMarker", EncodeName(request->encoding, page->last_key));
    xml.Text("NextUploadIdMarker", page->last_upload);
  }
  xml.Number("MaxUploads", request->limit);
  WriteListingHead(*request, page->truncated, xml);
  for (const StoredUpload& upload : page->uploads) WriteUpload(upload, request->encoding, xml);
  WriteCommonPrefixes(page->prefixes, request->encoding, xml);
  return XmlResponse(xml);
}

}  // namespace s3conn::local
