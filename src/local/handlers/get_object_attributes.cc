#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include "base/text.h"
#include "local/call.h"
#include "local/document.h"
#include "local/find_and_use.h"
#include "local/object_request.h"

// https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObjectAttributes.html

namespace s3conn::local {
namespace {

constexpr std::string_view kHeader = "x-amz-object-attributes";
constexpr auto kAttributes =
    std::to_array<std::string_view>({"ETag", "Checksum", "ObjectParts", "StorageClass", "ObjectSize"});
constexpr std::uint64_t kLargestPage = 1000;

tl::unexpected<Refusal> RefuseArgument(std::string_view name, std::string_view value, std::string message) {
  return Refuse(Code::kInvalidArgument, std::move(message),
                {{"ArgumentName", std::string(name)}, {"ArgumentValue", std::string(value)}});
}

// A list in one header, or a header for each.
Answer<std::set<std::string_view>> ReadWanted(const Call& call) {
  std::set<std::string_view> wanted;
  for (const Header& field : call.request.headers) {
    if (!EqualsIgnoringCase(field.name, kHeader)) continue;
    for (std::string_view rest = field.value; !rest.empty();) {
      const std::string_view item = rest.substr(0, rest.find(','));
      rest.remove_prefix(std::min(item.size() + 1, rest.size()));
      const auto known = std::find(kAttributes.begin(), kAttributes.end(), Trim(item));
      if (known == kAttributes.end()) {
        return RefuseArgument(kHeader, field.value, "Invalid attribute name specified.");
      }
      wanted.insert(*known);
    }
  }
  if (wanted.empty()) return RefuseArgument(kHeader, {}, "Invalid attribute name specified.");
  return wanted;
}

struct Page {
  std::uint64_t after = 0;
  std::uint64_t limit = kLargestPage;
};

Answer<std::uint64_t> ReadNumber(const Call& call, std::string_view name, std::uint64_t otherwise) {
  const std::string_view text = call.header(name);
  if (text.empty()) return otherwise;
  const std::optional<std::uint64_t> number = ParseUnsigned(text);
  if (!number || *number > INT32_MAX) {
    return RefuseArgument(name, text, "Provided value is not an integer or not within integer range");
  }
  return *number;
}

Answer<Page> ReadPage(const Call& call) {
  const Answer<std::uint64_t> after = ReadNumber(call, "x-amz-part-number-marker", 0);
  if (!after) return Refuse(after.error());
  const Answer<std::uint64_t> limit = ReadNumber(call, "x-amz-max-parts", kLargestPage);
  if (!limit) return Refuse(limit.error());
  return Page{*after, std::min(*limit, kLargestPage)};
}

void WritePart(const StoredPart& part, XmlWriter& xml) {
  xml.Open("Part");
  xml.Number("PartNumber", part.number);
  xml.Number("Size", part.size);
  if (part.checksum) xml.Text(ChecksumElement(part.checksum->algorithm), part.checksum->value);
  xml.Close();
}

void WriteParts(const std::vector<StoredPart>& parts, const Page& page, XmlWriter& xml) {
  xml.Open("ObjectParts");
  xml.Number("PartsCount", parts.size());
  xml.Number("PartNumberMarker", page.after);
  xml.Number("MaxParts", page.limit);
  std::uint64_t last = page.after;
  std::uint64_t count = 0;
  bool truncated = false;
  for (const StoredPart& part : parts) {
    if (part.number <= page.after) continue;
    truncated = count == page.limit;
    if (truncated) break;
    WritePart(part, xml);
    last = part.number;
    ++count;
  }
  xml.Number("NextPartNumberMarker", last);
  xml.Truth("IsTruncated", truncated);
  xml.Close();
}

void WriteChecksum(const Checksum& checksum, XmlWriter& xml) {
  xml.Open("Checksum");
  AddChecksumElements(checksum, xml);
  xml.Close();
}

Answer<StoredVersion> FindDescribed(const Call& call) {
  const Answer<std::optional<std::string_view>> version_id = ReadVersionId(call);
  if (!version_id) return Refuse(version_id.error());
  Answer<StoredVersion> version = call.store.FindObject(call.resource.bucket, call.resource.key, *version_id);
  if (version && version->is_delete_marker) return RefuseDeleteMarker(call, *version);
  return version;
}

Answer<Response> Describe(const Call& call, const std::set<std::string_view>& wanted, const Page& page,
                          const StoredVersion& version) {
  XmlWriter xml("GetObjectAttributesResponse");
  if (wanted.contains("ETag")) xml.Text("ETag", version.etag);
  if (wanted.contains("Checksum") && version.checksum) WriteChecksum(*version.checksum, xml);
  if (wanted.contains("ObjectParts") && version.parts > 0) {
    const Answer<std::vector<StoredPart>> parts = ReadParts(call, version);
    if (!parts) return Refuse(parts.error());
    WriteParts(*parts, page, xml);
  }
  if (wanted.contains("StorageClass")) xml.Text("StorageClass", version.attributes.storage_class);
  if (wanted.contains("ObjectSize")) xml.Number("ObjectSize", version.size);
  Response response = XmlResponse(xml);
  response.headers.Add("Last-Modified", FormatHttpDate(version.modified));
  AddVersionId(call, version.version_id, response.headers);
  return response;
}

}  // namespace

Answer<Response> GetObjectAttributes(const Call& call) {
  const Answer<std::set<std::string_view>> wanted = ReadWanted(call);
  if (!wanted) return Refuse(wanted.error());
  const Answer<Page> page = ReadPage(call);
  if (!page) return Refuse(page.error());
  return FindAndUse([&] { return FindDescribed(call); },
                    [&](const StoredVersion& version) { return Describe(call, *wanted, *page, version); });
}

}  // namespace s3conn::local
