#include "local/completed_parts.h"

#include <fmt/format.h>

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "base/text.h"
#include "base/xml.h"
#include "local/document.h"
#include "local/object_request.h"
#include "local/payload.h"
#include "s3conn/base/units.h"

namespace s3conn::local {
namespace {

constexpr ByteCount kSmallestPart = 5_MiB;

// A part as the document has it.
struct NamedPart {
  std::uint64_t number = 0;
  std::string etag{};  // without quotes
  std::vector<Checksum> checksums{};
};

constexpr std::string_view kChecksumElement = "Checksum";

Answer<NamedPart> ReadPart(XmlElement element) {
  NamedPart part;
  const std::optional<std::uint64_t> number = ParseUnsigned(Trim(element.ChildText("PartNumber")));
  std::string_view etag = Trim(element.ChildText("ETag"));
  if (etag.size() >= 2 && etag.starts_with('"') && etag.ends_with('"'))
    etag = etag.substr(1, etag.size() - 2);
  if (!number || etag.empty()) return Refuse(Code::kMalformedXml);
  part.number = *number;
  part.etag = etag;
  for (XmlElement field = element.FirstChild(); field; field = field.Next()) {
    if (!field.name().starts_with(kChecksumElement)) continue;
    const auto algorithm = ParseChecksumName(field.name().substr(kChecksumElement.size()));
    if (algorithm) part.checksums.push_back({.algorithm = *algorithm, .value = std::string(field.text())});
  }
  return part;
}

Answer<std::vector<NamedPart>> ReadParts(const Call& call) {
  // The x-amz-checksum-* headers are the object's.
  const Answer<std::string> text = ReadDocument(call.request, call.payload, call.body,
                                                kLongestDocument.bytes(), ChecksumHeaders::kOfObject);
  if (!text) return Refuse(text.error());
  const Result<XmlDocument> document = XmlDocument::Parse(*text);
  if (!document || document->root().name() != "CompleteMultipartUpload") return Refuse(Code::kMalformedXml);
  std::vector<NamedPart> parts;
  for (XmlElement element = document->root().FirstChild(); element; element = element.Next()) {
    if (element.name() != "Part") continue;
    if (parts.size() == kLastPartNumber) return Refuse(Code::kMalformedXml);
    Answer<NamedPart> part = ReadPart(element);
    if (!part) return Refuse(std::move(part.error()));
    if (!parts.empty() && part->number <= parts.back().number) return Refuse(Code::kInvalidPartOrder);
    parts.push_back(std::move(*part));
  }
  if (parts.empty()) return Refuse(Code::kMalformedXml);
  return parts;
}

bool Matches(const NamedPart& named, const StoredPart& part) {
  if (AsciiLower(named.etag) != part.etag) return false;
  for (const Checksum& checksum : named.checksums) {
    if (checksum != part.checksum) return false;
  }
  return true;
}

tl::unexpected<Refusal> RefuseTooSmall(const StoredPart& part) {
  return Refuse(Code::kEntityTooSmall, {},
                {{"ProposedSize", std::to_string(part.size)},
                 {"MinSizeAllowed", std::to_string(kSmallestPart.bytes())},
                 {"PartNumber", std::to_string(part.number)},
                 {"ETag", part.etag}});
}

}  // namespace

Answer<std::vector<StoredPart>> ReadCompletedParts(const Call& call, const StoredUpload& upload) {
  const Answer<std::vector<NamedPart>> named = ReadParts(call);
  if (!named) return Refuse(named.error());
  Answer<PartPage> page =
      call.store.ListParts(call.resource.bucket, call.resource.key, upload.id, 0, kLastPartNumber);
  if (!page) return Refuse(std::move(page.error()));
  std::unordered_map<std::uint64_t, StoredPart> there;
  for (StoredPart& part : page->parts) there.emplace(part.number, std::move(part));
  std::vector<StoredPart> parts;
  for (const NamedPart& name : *named) {
    const auto found = there.find(name.number);
    if (found == there.end() || !Matches(name, found->second)) {
      return Refuse(
          Code::kInvalidPart, {},
          {{"UploadId", upload.id}, {"PartNumber", std::to_string(name.number)}, {"ETag", name.etag}});
    }
    parts.push_back(std::move(found->second));
  }
  for (std::size_t i = 0; i + 1 < parts.size(); ++i) {
    if (ByteCount(parts[i].size) < kSmallestPart) return RefuseTooSmall(parts[i]);
  }
  return parts;
}

}  // namespace s3conn::local
