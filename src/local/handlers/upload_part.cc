#include <fmt/format.h>

#include <optional>
#include <utility>

#include "base/text.h"
#include "local/call.h"
#include "local/checksum_demand.h"
#include "local/multipart.h"
#include "local/object_request.h"
#include "local/payload.h"
#include "local/receive_blob.h"

// https://docs.aws.amazon.com/AmazonS3/latest/API/API_UploadPart.html

namespace s3conn::local {
namespace {

// The parts' checksums are put together in the end: all have to be of the upload's algorithm.
Answer<void> CheckAlgorithm(const Call& call, const StoredUpload& upload) {
  const Answer<ChecksumDemand> demand = ReadChecksumDemand(call.request.headers, call.payload.kind);
  if (!demand) return Refuse(demand.error());
  if (!demand->algorithm || !upload.checksum_algorithm || demand->algorithm == upload.checksum_algorithm) {
    return {};
  }
  return Refuse(Code::kInvalidRequest,
                fmt::format("Checksum Type mismatch occurred, expected checksum Type: {}, actual checksum "
                            "Type: {}",
                            AsciiLower(ChecksumName(*upload.checksum_algorithm)),
                            AsciiLower(ChecksumName(*demand->algorithm))));
}

}  // namespace

Answer<Response> UploadPart(const Call& call) {
  const Answer<std::uint32_t> number = ReadPartNumber(call);
  if (!number) return Refuse(number.error());
  const Answer<StoredUpload> upload = FindUpload(call);
  if (!upload) return Refuse(upload.error());
  if (const Answer<void> same = CheckAlgorithm(call, *upload); !same) return Refuse(same.error());
  const Answer<std::unique_ptr<Payload>> payload =
      Payload::Make(call.request, call.payload, call.body, kLargestPut,
                    upload->checksum_algorithm.value_or(kDefaultChecksum));
  if (!payload) return Refuse(payload.error());
  Answer<NewBlob> blob = ReceiveBlob(call.store, **payload);
  if (!blob) return Refuse(std::move(blob.error()));
  const StoredPart part{.number = *number,
                        .size = blob->size(),
                        .etag = (*payload)->md5_hex(),
                        .modified = call.clock.Now(),
                        .checksum = (*payload)->checksum()};
  const Answer<void> stored =
      call.store.PutPart(call.resource.bucket, call.resource.key, upload->id, part, std::move(*blob));
  if (!stored) return Refuse(stored.error());
  Response response;
  response.headers.Add("ETag", Quoted(part.etag));
  if (part.checksum) response.headers.Add(ChecksumHeader(part.checksum->algorithm), part.checksum->value);
  return response;
}

}  // namespace s3conn::local
