#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <optional>
#include <utility>
#include <vector>

#include "base/hash.h"
#include "base/text.h"
#include "local/call.h"
#include "local/document.h"
#include "local/multipart.h"
#include "local/object_request.h"
#include "s3conn/base/units.h"

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

// Calls `use` with all bytes of a stretch of a file.
template <typename Use>
Status ReadStretch(const Stretch& stretch, std::vector<char>& buffer, Use use) {
  if (stretch.fd < 0) {
    use(stretch.bytes);
    return {};
  }
  for (std::uint64_t done = 0; done < stretch.length;) {
    const std::size_t most =
        static_cast<std::size_t>(std::min<std::uint64_t>(buffer.size(), stretch.length - done));
    const ssize_t count = pread(stretch.fd, buffer.data(), most, static_cast<off_t>(stretch.offset + done));
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return Failure(SystemError("read an object", errno));
    if (count == 0) return Failure(ErrorKind::kIntegrity, "an object ends before its size");
    use(std::string_view(buffer.data(), static_cast<std::size_t>(count)));
    done += static_cast<std::uint64_t>(count);
  }
  return {};
}

// The MD5 and the checksum of bytes that are in the store.
Answer<void> Digest(Store& store, const StoredVersion& source, ByteSpan span, ChecksumAlgorithm algorithm,
                    StoredPart& part) {
  constexpr ByteCount kBuffer = 256_KiB;
  const Answer<std::unique_ptr<Content>> content = store.OpenContent(source, span.offset, span.length);
  if (!content) return Refuse(content.error());
  Hasher md5(Hasher::Algorithm::kMd5);
  ChecksumHasher checksum(algorithm);
  std::vector<char> buffer(kBuffer.bytes());
  while (true) {
    const Result<std::optional<Stretch>> stretch = (*content)->Next();
    if (!stretch) return RefuseInternal(stretch.error());
    if (!*stretch) break;
    const Status read = ReadStretch(**stretch, buffer, [&](std::string_view bytes) {
      md5.Update(bytes);
      checksum.Update(bytes);
    });
    if (!read) return RefuseInternal(read.error());
  }
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
  const ChecksumAlgorithm algorithm = upload.checksum_algorithm.value_or(ChecksumAlgorithm::kCrc64Nvme);
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

}  // namespace

Answer<Response> UploadPartCopy(const Call& call) {
  const Answer<std::uint32_t> number = ReadPartNumber(call);
  if (!number) return Refuse(number.error());
  const Answer<StoredUpload> upload = FindUpload(call);
  if (!upload) return Refuse(upload.error());
  const Answer<CopySource> source = FindCopySource(call);
  if (!source) return Refuse(source.error());
  const Answer<ByteSpan> span = ReadSpan(call, source->version);
  if (!span) return Refuse(span.error());
  Answer<CopiedPart> copied = CopyPart(call, *upload, source->version, *span);
  if (!copied) return Refuse(std::move(copied.error()));
  copied->part.number = *number;
  const Answer<void> stored = call.store.PutPart(call.resource.bucket, call.resource.key, upload->id,
                                                 copied->part, std::move(copied->blob));
  if (!stored) return Refuse(stored.error());
  return DescribeCopy(call, *source, copied->part);
}

}  // namespace s3conn::local
