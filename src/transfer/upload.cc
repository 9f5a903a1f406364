#include "transfer/upload.h"

#include <fmt/format.h>

#include <utility>
#include <vector>

#include "base/crc.h"

namespace s3conn {
namespace {

constexpr ByteCount kReadBuffer = 1_MiB;

Result<std::string> Crc64NvmeOf(BodySource& source, const CallContext& context) {
  Crc crc(CrcKind::kCrc64Nvme);
  if (const auto bytes = source.Contiguous()) {
    crc.Update(*bytes);
    return crc.Base64();
  }
  std::vector<char> buffer(kReadBuffer.bytes());
  while (true) {
    if (context.stop.stop_requested()) return Failure(ErrorKind::kCancelled, "interrupted");
    const Result<std::size_t> count = source.Read(buffer);
    if (!count) return Failure(count.error());
    if (*count == 0) break;
    crc.Update({buffer.data(), *count});
  }
  if (Status rewound = source.Rewind(); !rewound) return Failure(std::move(rewound.error()));
  return crc.Base64();
}

// The store answers with the checksum it keeps; where it names ours, it must be the same.
Status CompareChecksum(const PutObjectRequest& request, const PutObjectResponse& object) {
  for (const ObjectChecksum& checksum : object.checksums) {
    if (checksum.name != "ChecksumCRC64NVME" || request.checksum_crc64nvme.empty()) continue;
    if (checksum.value == request.checksum_crc64nvme) continue;
    return Failure(ErrorKind::kIntegrity,
                   fmt::format("the store has other bytes than were sent: its CRC64NVME is {}, ours is {}",
                               checksum.value, request.checksum_crc64nvme),
                   "the object in the bucket is not the source; upload it again");
  }
  return {};
}

}  // namespace

Result<UploadResult> Upload(Client& client, PutObjectRequest request, BodySource& source,
                            const CallContext& context) {
  if (source.size() > kMaxSinglePut) {
    return Failure(ErrorKind::kUsage, fmt::format("the source has {}; one PUT carries at most {}",
                                                  HumanBytes(source.size()), HumanBytes(kMaxSinglePut)));
  }
  const UploadIntegrity integrity = client.upload_integrity();
  if (integrity.crc64nvme_header) {
    Result<std::string> crc = Crc64NvmeOf(source, context);
    if (!crc) return Failure(std::move(crc.error()));
    request.checksum_crc64nvme = std::move(*crc);
  }
  Result<PutObjectResponse> object = client.Call<PutObject>(request, context, Body{&source, nullptr});
  if (!object) return Failure(std::move(object.error()));
  if (Status same = CompareChecksum(request, *object); !same) return Failure(std::move(same.error()));
  if (Status unchanged = source.CheckUnchanged(); !unchanged) return Failure(std::move(unchanged.error()));
  UploadResult result;
  result.object = std::move(*object);
  result.size = source.size();
  result.verified = integrity.crc64nvme_header ? "crc64nvme" : integrity.signed_payload ? "sha256" : "none";
  return result;
}

}  // namespace s3conn
