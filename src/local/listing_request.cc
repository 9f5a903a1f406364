#include "local/listing_request.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "base/text.h"
#include "local/object_request.h"

namespace s3conn::local {

tl::unexpected<Refusal> RefuseParameter(const Call& call, std::string_view name, std::string message) {
  return Refuse(Code::kInvalidArgument, std::move(message),
                {{"ArgumentName", std::string(name)},
                 {"ArgumentValue", std::string(call.resource.Parameter(name).value_or(""))}});
}

Answer<std::uint64_t> ReadNumber(const Call& call, std::string_view name, std::uint64_t missing) {
  constexpr std::uint64_t kGreatest = 2'147'483'647;
  const std::optional<std::string_view> text = call.resource.Parameter(name);
  if (!text) return missing;
  const std::optional<std::uint64_t> number = ParseUnsigned(*text);
  if (number && *number <= kGreatest) return *number;
  return RefuseParameter(call, name,
                         fmt::format("Argument {} must be an integer between 0 and {}", name, kGreatest));
}

Answer<std::size_t> ReadPageSize(const Call& call, std::string_view name) {
  constexpr std::uint64_t kLargestPage = 1000;
  const Answer<std::uint64_t> size = ReadNumber(call, name, kLargestPage);
  if (!size) return Refuse(size.error());
  return static_cast<std::size_t>(std::min(*size, kLargestPage));
}

Answer<NameEncoding> ReadNameEncoding(const Call& call) {
  const std::optional<std::string_view> encoding = call.resource.Parameter("encoding-type");
  if (!encoding) return NameEncoding::kPlain;
  if (*encoding == "url") return NameEncoding::kUrl;
  return RefuseParameter(call, "encoding-type", "Invalid Encoding Method specified in Request");
}

// S3 writes a space as "+"; "%20" is read by those who know that and by those who do not.
std::string EncodeName(NameEncoding encoding, std::string_view name) {
  return encoding == NameEncoding::kUrl ? PercentEncode(name, Slash::kKeep) : std::string(name);
}

Answer<ListingRequest> ReadListingRequest(const Call& call, std::string_view limit_parameter) {
  const Answer<std::size_t> limit = ReadPageSize(call, limit_parameter);
  if (!limit) return Refuse(limit.error());
  const Answer<NameEncoding> encoding = ReadNameEncoding(call);
  if (!encoding) return Refuse(encoding.error());
  return ListingRequest{.prefix = std::string(call.resource.Parameter("prefix").value_or("")),
                        .delimiter = std::string(call.resource.Parameter("delimiter").value_or("")),
                        .limit = *limit,
                        .encoding = *encoding};
}

void WriteListingHead(const ListingRequest& request, bool truncated, XmlWriter& xml) {
  xml.Text("Prefix", EncodeName(request.encoding, request.prefix));
  if (!request.delimiter.empty()) xml.Text("Delimiter", EncodeName(request.encoding, request.delimiter));
  if (request.encoding == NameEncoding::kUrl) xml.Text("EncodingType", "url");
  xml.Truth("IsTruncated", truncated);
}

void WriteCommonPrefixes(const std::vector<std::string>& prefixes, NameEncoding encoding, XmlWriter& xml) {
  for (const std::string& prefix : prefixes) {
    xml.Open("CommonPrefixes");
    xml.Text("Prefix", EncodeName(encoding, prefix));
    xml.Close();
  }
}

void WriteOwner(std::string_view element, XmlWriter& xml) {
  xml.Open(element);
  xml.Text("ID", kOwnerId);
  xml.Close();
}

Answer<ShowRestored> ReadShowRestored(const Call& call) {
  constexpr std::string_view kHeader = "x-amz-optional-object-attributes";
  const std::string_view wanted = call.header(kHeader);
  if (wanted.empty()) return ShowRestored::kNo;
  if (wanted == "RestoreStatus") return ShowRestored::kYes;
  return Refuse(Code::kInvalidArgument, "Invalid attribute name specified",
                {{"ArgumentName", std::string(kHeader)}, {"ArgumentValue", std::string(wanted)}});
}

void WriteEntry(const Call& call, const StoredVersion& version, const EntryStyle& style, XmlWriter& xml) {
  xml.Text("LastModified", DocumentTime(version.modified));
  if (!version.is_delete_marker) {
    xml.Text("ETag", Quoted(version.etag));
    if (version.checksum) {
      xml.Text("ChecksumAlgorithm", ChecksumName(version.checksum->algorithm));
      xml.Text("ChecksumType", ChecksumTypeName(version.checksum->type));
    }
    xml.Number("Size", version.size);
    xml.Text("StorageClass", version.attributes.storage_class);
  }
  if (style.restored == ShowRestored::kYes && version.restored_until &&
      !IsArchived(version, call.clock.Now())) {
    xml.Open("RestoreStatus");
    xml.Truth("IsRestoreInProgress", false);
    xml.Text("RestoreExpiryDate", DocumentTime(*version.restored_until));
    xml.Close();
  }
  if (style.owner) WriteOwner("Owner", xml);
}

}  // namespace s3conn::local
