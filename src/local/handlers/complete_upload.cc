#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "base/text.h"
#include "base/xml.h"
#include "local/call.h"
#include "local/completed_parts.h"
#include "local/document.h"
#include "local/multipart.h"
#include "local/object_request.h"

// https://docs.aws.amazon.com/AmazonS3/latest/API/API_CompleteMultipartUpload.html

namespace s3conn::local {
namespace {

constexpr std::string_view kSizeHeader = "x-amz-mp-object-size";
constexpr std::string_view kTypeHeader = "x-amz-checksum-type";

// Clients that know it say how long the object is to be.
Answer<void> CheckSize(const Call& call, const std::vector<StoredPart>& parts) {
  const std::string_view header = call.header(kSizeHeader);
  if (header.empty()) return {};
  std::uint64_t size = 0;
  for (const StoredPart& part : parts) size += part.size;
  if (ParseUnsigned(header) == size) return {};
  return Refuse(Code::kInvalidRequest,
                fmt::format("The provided '{}' header value {} does not match what was computed: {}",
                            kSizeHeader, header, size));
}

Answer<void> CheckChecksumType(const Call& call, const StoredUpload& upload) {
  const std::string_view header = call.header(kTypeHeader);
  if (header.empty() || header == ChecksumTypeName(upload.checksum_type)) return {};
  return Refuse(
      Code::kInvalidRequest,
      fmt::format("The upload was created using the {} checksum mode. The complete request must use "
                  "the same checksum mode.",
                  ChecksumTypeName(upload.checksum_type)));
}

// The checksum of the object that the client expects. One of the parts' checksums may come without the
// number of parts.
Answer<void> CheckChecksum(const Call& call, const std::optional<Checksum>& computed) {
  for (const ChecksumAlgorithm algorithm :
       {ChecksumAlgorithm::kCrc32, ChecksumAlgorithm::kCrc32c, ChecksumAlgorithm::kCrc64Nvme,
        ChecksumAlgorithm::kSha1, ChecksumAlgorithm::kSha256}) {
    const std::string_view expected = call.header(ChecksumHeader(algorithm));
    if (expected.empty()) continue;
    if (!computed || computed->algorithm != algorithm) {
      return Refuse(Code::kInvalidRequest, fmt::format("The upload was not created using a {} checksum.",
                                                       AsciiLower(ChecksumName(algorithm))));
    }
    const std::string_view value = computed->value;
    if (expected == value || expected == value.substr(0, value.find('-'))) continue;
    return Refuse(Code::kBadDigest, fmt::format("The {} you specified did not match the calculated checksum.",
                                                ChecksumName(algorithm)));
  }
  return {};
}

// Where the upload names none it is that of the first part: CombineChecksums gives none where the others
// differ.
std::optional<ChecksumAlgorithm> AlgorithmOf(const StoredUpload& upload,
                                             const std::vector<StoredPart>& parts) {
  if (upload.checksum_algorithm) return upload.checksum_algorithm;
  if (parts.empty() || !parts.front().checksum) return std::nullopt;
  return parts.front().checksum->algorithm;
}

// What the request wants, verified against the parts that are there.
Answer<Store::Completion> ReadCompletion(const Call& call, const StoredUpload& upload) {
  Answer<WriteCondition> condition = ReadWriteCondition(call);
  if (!condition) return Refuse(std::move(condition.error()));
  Answer<std::vector<StoredPart>> parts = ReadCompletedParts(call, upload);
  if (!parts) return Refuse(std::move(parts.error()));
  if (const Answer<void> fits = CheckSize(call, *parts); !fits) return Refuse(fits.error());
  if (const Answer<void> fits = CheckChecksumType(call, upload); !fits) return Refuse(fits.error());
  std::optional<Checksum> checksum;
  if (const auto algorithm = AlgorithmOf(upload, *parts)) {
    checksum = CombineChecksums(*parts, *algorithm, upload.checksum_type);
  }
  if (const Answer<void> fits = CheckChecksum(call, checksum); !fits) return Refuse(fits.error());
  std::string etag = MultipartETag(*parts);
  return Store::Completion{.parts = std::move(*parts),
                           .etag = std::move(etag),
                           .checksum = std::move(checksum),
                           .condition = std::move(*condition)};
}

// Where the client asked for it, it finds the object, too.
std::string Location(const Call& call) {
  const std::string& target = call.request.target;
  return fmt::format("{}://{}{}", call.request.secure ? "https" : "http", call.header("Host"),
                     target.substr(0, target.find('?')));
}

}  // namespace

Answer<Response> CompleteMultipartUpload(const Call& call) {
  const Answer<StoredUpload> upload = FindUpload(call);
  if (!upload) return Refuse(upload.error());
  const Answer<Store::Completion> completion = ReadCompletion(call, *upload);
  if (!completion) return Refuse(completion.error());
  const Answer<StoredVersion> version =
      call.store.CompleteUpload(call.resource.bucket, call.resource.key, upload->id, *completion);
  if (!version) return Refuse(version.error());
  XmlWriter xml("CompleteMultipartUploadResult");
  xml.Text("Location", Location(call));
  xml.Text("Bucket", call.resource.bucket);
  xml.Text("Key", call.resource.key);
  xml.Text("ETag", Quoted(version->etag));
  if (version->checksum) AddChecksumElements(*version->checksum, xml);
  Response response = XmlResponse(xml);
  AddVersionId(call, version->version_id, response.headers);
  return response;
}

}  // namespace s3conn::local
