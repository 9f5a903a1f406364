#include <fmt/format.h>

#include <array>
#include <memory>
#include <optional>
#include <utility>

#include "base/text.h"
#include "local/call.h"
#include "local/find_and_use.h"
#include "local/object_request.h"

// https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html
// https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadObject.html

namespace s3conn::local {
namespace {

// Parameters that replace a header of the answer.
struct Override {
  std::string_view parameter;
  std::string_view header;
};
constexpr auto kOverrides = std::to_array<Override>({{"response-cache-control", "Cache-Control"},
                                                     {"response-content-disposition", "Content-Disposition"},
                                                     {"response-content-encoding", "Content-Encoding"},
                                                     {"response-content-language", "Content-Language"},
                                                     {"response-content-type", "Content-Type"},
                                                     {"response-expires", "Expires"}});

// What of a version was asked for.
struct Selection {
  ByteSpan span{};
  bool partial = false;
  std::optional<Checksum> checksum{};  // of just these bytes
};

Answer<StoredVersion> FindReadable(const Call& call) {
  const Answer<std::optional<std::string_view>> version_id = ReadVersionId(call);
  if (!version_id) return Refuse(version_id.error());
  Answer<StoredVersion> version = call.store.FindObject(call.resource.bucket, call.resource.key, *version_id);
  if (!version) return version;
  if (version->is_delete_marker) return RefuseDeleteMarker(call, *version);
  const Answer<void> holds = CheckReadConditions(call, ConditionsOf::kRead, *version);
  if (!holds) return Refuse(holds.error());
  return version;
}

Answer<Selection> RefusePart(std::string_view number, std::size_t count) {
  return Refuse(Code::kInvalidPartNumber, {},
                {{"PartNumberRequested", std::string(number)}, {"ActualPartCount", std::to_string(count)}});
}

// Parts are counted by their places: number 2 is the second one, whatever it was uploaded as. An object that
// came in one piece is its own first part.
Answer<Selection> SelectPart(const Call& call, const StoredVersion& version, std::string_view text) {
  const std::optional<std::uint64_t> number = ParseUnsigned(text);
  if (!number || *number < 1 || *number > kLastPartNumber) {
    return Refuse(Code::kInvalidArgument, "Part number must be an integer between 1 and 10000, inclusive",
                  {{"ArgumentName", "partNumber"}, {"ArgumentValue", std::string(text)}});
  }
  if (version.parts == 0) {
    if (*number > 1) return RefusePart(text, 1);
    return Selection{{0, version.size}, version.size > 0, version.checksum};
  }
  const Answer<std::vector<StoredPart>> parts = ReadParts(call, version);
  if (!parts) return Refuse(parts.error());
  if (*number > parts->size()) return RefusePart(text, parts->size());
  const StoredPart& part = (*parts)[*number - 1];
  Selection selection{{0, part.size}, part.size > 0, part.checksum};
  for (std::size_t i = 0; i + 1 < *number; ++i) selection.span.offset += (*parts)[i].size;
  return selection;
}

Answer<Selection> Select(const Call& call, const StoredVersion& version) {
  const std::optional<std::string_view> part = call.resource.Parameter("partNumber");
  const std::string_view range = call.header("Range");
  if (part && !range.empty()) {
    return Refuse(Code::kInvalidRequest, "Cannot specify both Range header and partNumber query parameter");
  }
  if (part) return SelectPart(call, version, *part);
  const Answer<std::optional<ByteSpan>> span = ParseRange(range, version.size);
  if (!span) return Refuse(span.error());
  if (*span) return Selection{**span, true, std::nullopt};
  return Selection{{0, version.size}, false, version.checksum};
}

Answer<void> ApplyOverrides(const Call& call, Headers& headers) {
  for (const auto& [parameter, header] : kOverrides) {
    const std::optional<std::string_view> value = call.resource.Parameter(parameter);
    if (!value) continue;
    if (HasControlCharacter(*value)) {
      return Refuse(Code::kInvalidArgument, "Header value cannot have control characters",
                    {{"ArgumentName", std::string(parameter)}});
    }
    headers.Set(header, std::string(*value));
  }
  return {};
}

Answer<Response> Describe(const Call& call, const StoredVersion& version, const Selection& selection) {
  Response response;
  response.headers.Add("Accept-Ranges", "bytes");
  AddObjectHeaders(call, version, response.headers);
  if (selection.checksum && EqualsIgnoringCase(call.header("x-amz-checksum-mode"), "ENABLED")) {
    AddChecksumHeaders(*selection.checksum, response.headers);
  }
  if (version.parts > 0 && call.resource.Parameter("partNumber")) {
    response.headers.Add("x-amz-mp-parts-count", std::to_string(version.parts));
  }
  if (selection.partial) {
    response.status = 206;
    const ByteSpan& span = selection.span;
    response.headers.Add("Content-Range", fmt::format("bytes {}-{}/{}", span.offset,
                                                      span.offset + span.length - 1, version.size));
  }
  if (const Answer<void> applied = ApplyOverrides(call, response.headers); !applied) {
    return Refuse(applied.error());
  }
  return response;
}

Answer<Response> Open(const Call& call, const StoredVersion& version) {
  if (IsArchived(version, call.clock.Now())) return RefuseArchived(version);
  const Answer<Selection> selection = Select(call, version);
  if (!selection) return Refuse(selection.error());
  Answer<Response> response = Describe(call, version, *selection);
  if (!response) return response;
  Answer<std::unique_ptr<Content>> content =
      call.store.OpenContent(version, selection->span.offset, selection->span.length);
  if (!content) return Refuse(std::move(content.error()));
  response->content = std::move(*content);
  return response;
}

// How long a body would be, without one.
class OnlySize final : public Content {
 public:
  explicit OnlySize(std::uint64_t size) : size_(size) {}
  std::uint64_t size() const override { return size_; }
  Result<std::optional<Stretch>> Next() override { return std::nullopt; }

 private:
  std::uint64_t size_;
};

Answer<Response> DescribeOnly(const Call& call, const StoredVersion& version) {
  const Answer<Selection> selection = Select(call, version);
  if (!selection) return Refuse(selection.error());
  Answer<Response> response = Describe(call, version, *selection);
  if (response) response->content = std::make_unique<OnlySize>(selection->span.length);
  return response;
}

}  // namespace

Answer<Response> GetObject(const Call& call) {
  return FindAndUse([&] { return FindReadable(call); },
                    [&](const StoredVersion& version) { return Open(call, version); });
}

Answer<Response> HeadObject(const Call& call) {
  return FindAndUse([&] { return FindReadable(call); },
                    [&](const StoredVersion& version) { return DescribeOnly(call, version); });
}

}  // namespace s3conn::local
