#include <fmt/format.h>

#include <optional>
#include <utility>

#include "local/call.h"
#include "local/document.h"
#include "local/object_request.h"

// https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateMultipartUpload.html

namespace s3conn::local {
namespace {

constexpr std::string_view kAlgorithmHeader = "x-amz-checksum-algorithm";
constexpr std::string_view kTypeHeader = "x-amz-checksum-type";

bool CanBe(ChecksumAlgorithm algorithm, ChecksumType type) {
  switch (algorithm) {
    case ChecksumAlgorithm::kCrc64Nvme:
      return type == ChecksumType::kFullObject;
    case ChecksumAlgorithm::kSha1:
    case ChecksumAlgorithm::kSha256:
      return type == ChecksumType::kComposite;
    case ChecksumAlgorithm::kCrc32:
    case ChecksumAlgorithm::kCrc32c:
      break;
  }
  return true;
}

Answer<ChecksumAlgorithm> ReadAlgorithm(std::string_view text) {
  if (const auto algorithm = ParseChecksumName(text)) return *algorithm;
  return Refuse(Code::kInvalidRequest,
                "Checksum algorithm provided is unsupported. Please try again with any of the valid types: "
                "[CRC32, CRC32C, CRC64NVME, SHA1, SHA256]");
}

Answer<ChecksumType> ReadType(std::string_view text, ChecksumAlgorithm algorithm) {
  // As S3, all but CRC64NVME are of the parts where nothing else is said.
  if (text.empty()) {
    return CanBe(algorithm, ChecksumType::kComposite) ? ChecksumType::kComposite : ChecksumType::kFullObject;
  }
  for (const ChecksumType type : {ChecksumType::kFullObject, ChecksumType::kComposite}) {
    if (text == ChecksumTypeName(type)) return type;
  }
  return Refuse(Code::kInvalidRequest, fmt::format("Value for {} header is invalid.", kTypeHeader));
}

Answer<void> ReadChecksum(const Call& call, StoredUpload& upload) {
  const std::string_view type_name = call.header(kTypeHeader);
  if (call.header(kAlgorithmHeader).empty() && !type_name.empty()) {
    return Refuse(Code::kInvalidRequest, fmt::format("The {} header can only be used with the {} header.",
                                                     kTypeHeader, kAlgorithmHeader));
  }
  // Without a name the parts may come with any; those without one get CRC64NVME.
  if (call.header(kAlgorithmHeader).empty()) return {};
  const Answer<ChecksumAlgorithm> algorithm = ReadAlgorithm(call.header(kAlgorithmHeader));
  if (!algorithm) return Refuse(algorithm.error());
  const Answer<ChecksumType> type = ReadType(type_name, *algorithm);
  if (!type) return Refuse(type.error());
  if (!CanBe(*algorithm, *type)) {
    return Refuse(Code::kInvalidRequest,
                  fmt::format("The {} checksum type cannot be used with the {} checksum algorithm.",
                              type_name, ChecksumName(*algorithm)));
  }
  upload.checksum_algorithm = *algorithm;
  upload.checksum_type = *type;
  return {};
}

}  // namespace

Answer<Response> CreateMultipartUpload(const Call& call) {
  StoredUpload request;
  Answer<ObjectAttributes> attributes = ReadAttributes(call);
  if (!attributes) return Refuse(std::move(attributes.error()));
  request.attributes = std::move(*attributes);
  if (const Answer<void> read = ReadChecksum(call, request); !read) return Refuse(read.error());
  const Answer<StoredUpload> upload = call.store.CreateUpload(call.resource.bucket, std::move(request));
  if (!upload) return Refuse(upload.error());
  XmlWriter xml("InitiateMultipartUploadResult");
  xml.Text("Bucket", call.resource.bucket);
  xml.Text("Key", call.resource.key);
  xml.Text("UploadId", upload->id);
  Response response = XmlResponse(xml);
  response.headers.Add(std::string(kAlgorithmHeader),
                       std::string(ChecksumName(upload->checksum_algorithm.value_or(kDefaultChecksum))));
  response.headers.Add(std::string(kTypeHeader), std::string(ChecksumTypeName(upload->checksum_type)));
  return response;
}

}  // namespace s3conn::local
