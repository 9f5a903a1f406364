#include "s3conn/s3/object_properties.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "s3/xml_response.h"

namespace s3conn {
namespace {

constexpr std::string_view kMetadataPrefix = "x-amz-meta-";

struct ChecksumName {
  std::string_view header;
  std::string_view name;
};

// https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity.html
constexpr std::array<ChecksumName, 5> kChecksums = {{{"x-amz-checksum-crc64nvme", "ChecksumCRC64NVME"},
                                                     {"x-amz-checksum-crc32c", "ChecksumCRC32C"},
                                                     {"x-amz-checksum-crc32", "ChecksumCRC32"},
                                                     {"x-amz-checksum-sha256", "ChecksumSHA256"},
                                                     {"x-amz-checksum-sha1", "ChecksumSHA1"}}};

// The object's size: of a range, what stands behind the slash ("bytes 0-9/100").
std::string_view SizeText(const HttpResponse& response) {
  if (response.status != 206) return response.headers.Get("Content-Length");
  const std::string_view range = response.headers.Get("Content-Range");
  return range.substr(std::min(range.size(), range.rfind('/') + 1));
}

// What stands in quotes behind a name: ongoing-request="false", expiry-date="Fri, 23 Dec 2012 00:00:00 GMT".
std::string_view QuotedValue(std::string_view text, std::string_view name) {
  const std::size_t at = text.find(std::string(name) + "=\"");
  if (at == std::string_view::npos) return {};
  const std::string_view rest = text.substr(at + name.size() + 2);
  return rest.substr(0, rest.find('"'));
}

// https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadObject.html, x-amz-restore.
std::optional<RestoreStatus> ReadRestore(std::string_view header) {
  const std::string_view ongoing = QuotedValue(header, "ongoing-request");
  if (ongoing != "true" && ongoing != "false") return std::nullopt;
  return RestoreStatus{ongoing == "true", ParseHttpDate(QuotedValue(header, "expiry-date"))};
}

}  // namespace

std::string ReadEncryption(const Headers& headers) {
  if (headers.Find("x-amz-server-side-encryption-customer-algorithm") != nullptr) return "SSE-C";
  return std::string(headers.Get("x-amz-server-side-encryption"));
}

std::string UnquoteETag(std::string_view etag) {
  if (etag.size() >= 2 && etag.front() == '"' && etag.back() == '"') etag = etag.substr(1, etag.size() - 2);
  return std::string(etag);
}

std::vector<ObjectChecksum> ReadChecksums(const Headers& headers) {
  std::vector<ObjectChecksum> checksums;
  for (const ChecksumName& known : kChecksums) {
    if (const std::string* value = headers.Find(known.header))
      checksums.push_back({std::string(known.name), *value});
  }
  return checksums;
}

ObjectProperties ReadObjectProperties(const HttpResponse& response) {
  const Headers& headers = response.headers;
  ObjectProperties object;
  object.size = ByteCount(ParseUnsigned(SizeText(response)).value_or(0));
  object.etag = UnquoteETag(headers.Get("ETag"));
  object.last_modified = ParseHttpDate(headers.Get("Last-Modified"));
  object.content_type = headers.Get("Content-Type");
  object.content_encoding = headers.Get("Content-Encoding");
  object.content_disposition = headers.Get("Content-Disposition");
  object.content_language = headers.Get("Content-Language");
  object.cache_control = headers.Get("Cache-Control");
  object.expires = headers.Get("Expires");
  object.storage_class_name = headers.Get("x-amz-storage-class");
  object.archive_status = headers.Get("x-amz-archive-status");
  object.restore = ReadRestore(headers.Get("x-amz-restore"));
  object.version_id = headers.Get("x-amz-version-id");
  object.server_side_encryption = ReadEncryption(headers);
  object.kms_key_id = headers.Get("x-amz-server-side-encryption-aws-kms-key-id");
  object.tag_count = ParseUnsigned(headers.Get("x-amz-tagging-count")).value_or(0);
  object.checksums = ReadChecksums(headers);
  for (const Header& header : headers) {
    const std::string name = AsciiLower(header.name);
    if (name.starts_with(kMetadataPrefix))
      object.metadata.emplace_back(name.substr(kMetadataPrefix.size()), header.value);
  }
  return object;
}

Result<ObjectProperties> RequireObjectProperties(const HttpResponse& response) {
  ObjectProperties object = ReadObjectProperties(response);
  if (object.etag.empty()) return Failure(NotAnS3Answer("the answer has no ETag, which every object has"));
  if (!ParseUnsigned(SizeText(response))) {
    return Failure(NotAnS3Answer("the answer does not say how long the object is"));
  }
  return object;
}

}  // namespace s3conn
