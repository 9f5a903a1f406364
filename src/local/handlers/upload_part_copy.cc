#include <memory>
#include <optional>
#include <utility>

#include "base/hash.h"
#include "base/text.h"
#include "local/call.h"
#include "local/document.h"
#include "local/find_and_use.h"
#include "local/multipart.h"
#include "local/object_request.h"
#include "local/read_content.h"

// https://docs.aws.amazon.com/AmazonS3/latest/API/API_UploadPartCopy.html

namespace s3conn::local {
namespace {

constexpr std::string_view kRangeHeader = "x-amz-copy-source-range";

// "bytes=0-9": both ends, and nothing else.
std::optional<ByteSpan> ParseStrictRange(std::string_view header) {
  constexpr std::string_view kUnit = "bytes=";
  if (!header.starts_with(kUnit)) return std::nullopt;
  header.remove_prefix(kUnit.size());
  const std::size_t dash = header.find('-');
  if (dash == std::string_view::npos) return std::nullopt;
  const std::optional<std::uint64_t> first = ParseUnsigned(header.substr(0, dash));
  const std::optional<std::uint64_t> last = ParseUnsigned(header.substr(dash + 1));
  if (!first || !last || *last < *first || *last == UINT64_MAX) return std::nullopt;
  return ByteSpan{.offset = *first, .length = *last - *first + 1};
}

tl::unexpected<Refusal> RefuseRange(std::string_view header, std::string message) {
  return Refuse(Code::kInvalidArgument, std::move(message),
                {{"ArgumentName", std::string(kRangeHeader)}, {"ArgumentValue", std::string(header)}});
}

// The stretch of the source that becomes the part: all of it without a range.
Answer<ByteSpan> ReadSpan(const Call& call, const StoredVersion& source) {
  const std::string_view header = call.header(kRangeHeader);
  ByteSpan span{.offset = 0, .length = source.size};
  if (!header.empty()) {
    const std::optional<ByteSpan> range = ParseStrictRange(header);
    if (!range) {
      return RefuseRange(header,
                         "The x-amz-copy-source-range value must be of the form bytes=first-last where first "
                         "and last are the zero-based offsets of the first and last bytes to copy");
    }
    if (range->offset >= source.size || range->length > source.size - range->offset) {
      return RefuseRange(
          header, "Range specified is not valid for source object of size: " + std::to_string(source.size));
    }
    span = *range;
  }
  if (span.length <= kLargestPut) return span;
  return Refuse(Code::kInvalidRequest,
                "The specified copy source is larger than the maximum allowable size for a copy source: " +
                    std::to_string(kLargestPut));
}

// The MD5 and the checksum of bytes that are in the store.
Answer<void> Digest(Store& store, const StoredVersion& source, ByteSpan span, ChecksumAlgorithm algorithm,
                    StoredPart& part) {
  const Answer<std::unique_ptr<Content>> content = store.OpenContent(source, span.offset, span.length);
  if (!content) return Refuse(content.error());
  Hasher md5(Hasher::Algorithm::kMd5);
  ChecksumHasher checksum(algorithm);
  const Answer<void> read = ReadContent(**content, [&](std::string_view bytes) {
    md5.Update(bytes);
    checksum.Update(bytes);
  });
  if (!read) return Refuse(read.error());
  part.etag = md5.FinishHex();
  part.checksum = Checksum{.algorithm = algorithm, .value = checksum.FinishBase64()};
  return {};
}

// Whether the source's own ETag and checksum are those of the part, and nothing has to be read.
bool IsKnown(const StoredVersion& source, ByteSpan span, ChecksumAlgorithm algorithm) {
  return source.parts == 0 && span.length == source.size && source.checksum &&
         source.checksum->algorithm == algorithm && source.checksum->type == ChecksumType::kFullObject &&
         source.etag.size() == 2 * Md5Digest{}.size();
}

// The part and its bytes; it has no number yet.
struct CopiedPart {
  StoredPart part;
  NewBlob blob;
};

Answer<CopiedPart> CopyPart(const Call& call, const StoredUpload& upload, const StoredVersion& source,
                            ByteSpan span) {
  const ChecksumAlgorithm algorithm = upload.checksum_algorithm.value_or(kDefaultChecksum);
  StoredPart part{
      .size = span.length, .etag = source.etag, .modified = call.clock.Now(), .checksum = source.checksum};
  Answer<NewBlob> blob = call.store.DuplicateRange(source, span.offset, span.length);
  if (!blob) return Refuse(std::move(blob.error()));
  if (!IsKnown(source, span, algorithm)) {
    const Answer<void> digested = Digest(call.store, source, span, algorithm, part);
    if (!digested) return Refuse(digested.error());
  }
  return CopiedPart{std::move(part), std::move(*blob)};
}

Response DescribeCopy(const Call& call, const CopySource& source, const StoredPart& part) {
  XmlWriter xml("CopyPartResult");
  xml.Text("LastModified", DocumentTime(part.modified));
  xml.Text("ETag", Quoted(part.etag));
  WritePartChecksum(part, xml);
  Response response = XmlResponse(xml);
  const Answer<StoredBucket> bucket = call.store.FindBucket(source.bucket);
  if (bucket && bucket->versioning != Versioning::kNever) {
    response.headers.Add("x-amz-copy-source-version-id", source.version.version_id);
  }
  return response;
}

Answer<Response> Copy(const Call& call, const CopySource& source, const StoredUpload& upload,
                      std::uint32_t number) {
  const Answer<ByteSpan> span = ReadSpan(call, source.version);
  if (!span) return Refuse(span.error());
  Answer<CopiedPart> copied = CopyPart(call, upload, source.version, *span);
  if (!copied) return Refuse(std::move(copied.error()));
  copied->part.number = number;
  const Answer<void> stored = call.store.PutPart(call.resource.bucket, call.resource.key, upload.id,
                                                 copied->part, std::move(copied->blob));
  if (!stored) return Refuse(stored.error());
  return DescribeCopy(call, source, copied->part);
}

}  // namespace

Answer<Response> UploadPartCopy(const Call& call) {
  const Answer<std::uint32_t> number = ReadPartNumber(call);
  if (!number) return Refuse(number.error());
  const Answer<StoredUpload> upload = FindUpload(call);
  if (!upload) return Refuse(upload.error());
  return FindAndUse([&] { return FindCopySource(call); },
                    [&](const CopySource& source) { return Copy(call, source, *upload, *number); });
}

}  // namespace s3conn::local
