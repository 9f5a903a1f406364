#include <algorithm>

#include "local/call.h"
#include "local/document.h"
#include "local/listing_request.h"
#include "local/multipart.h"
#include "local/object_request.h"

// https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListParts.html

namespace s3conn::local {
namespace {

void WritePart(const StoredPart& part, XmlWriter& xml) {
  xml.Open("Part");
  xml.Number("PartNumber", part.number);
  xml.Text("LastModified", DocumentTime(part.modified));
  xml.Text("ETag", Quoted(part.etag));
  xml.Number("Size", part.size);
  WritePartChecksum(part, xml);
  xml.Close();
}

void WriteUpload(const Call& call, const StoredUpload& upload, NameEncoding encoding, XmlWriter& xml) {
  xml.Text("Bucket", call.resource.bucket);
  xml.Text("Key", EncodeName(encoding, upload.attributes.key));
  xml.Text("UploadId", upload.id);
  if (encoding == NameEncoding::kUrl) xml.Text("EncodingType", "url");
  WriteOwner("Initiator", xml);
  WriteOwner("Owner", xml);
  xml.Text("StorageClass", upload.attributes.storage_class);
  if (upload.checksum_algorithm) {
    xml.Text("ChecksumAlgorithm", ChecksumName(*upload.checksum_algorithm));
    xml.Text("ChecksumType", ChecksumTypeName(upload.checksum_type));
  }
}

}  // namespace

Answer<Response> ListParts(const Call& call) {
  const Answer<std::size_t> limit = ReadPageSize(call, "max-parts");
  if (!limit) return Refuse(limit.error());
  const Answer<std::uint64_t> marker = ReadNumber(call, "part-number-marker", 0);
  if (!marker) return Refuse(marker.error());
  const Answer<NameEncoding> encoding = ReadNameEncoding(call);
  if (!encoding) return Refuse(encoding.error());
  const Answer<StoredUpload> upload = FindUpload(call);
  if (!upload) return Refuse(upload.error());
  const auto after = static_cast<std::uint32_t>(std::min(*marker, kLastPartNumber));
  const Answer<PartPage> page =
      call.store.ListParts(call.resource.bucket, call.resource.key, upload->id, after, *limit);
  if (!page) return Refuse(page.error());
  XmlWriter xml("ListPartsResult");
  WriteUpload(call, *upload, *encoding, xml);
  xml.Number("PartNumberMarker", *marker);
  // S3 says it on the last page, too.
  xml.Number("NextPartNumberMarker", page->parts.empty() ? 0 : page->parts.back().number);
  xml.Number("MaxParts", *limit);
  xml.Truth("IsTruncated", page->truncated);
  for (const StoredPart& part : page->parts) WritePart(part, xml);
  return XmlResponse(xml);
}

}  // namespace s3conn::local
