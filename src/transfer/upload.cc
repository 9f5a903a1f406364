#include "transfer/upload.h"

#include <fmt/format.h>

#include <utility>

#include "base/crc.h"
#include "base/read_blocks.h"
#include "base/text.h"

namespace s3conn {
namespace {

Result<std::string> Crc64NvmeOf(BodySource& source, const CallContext& context) {
  Crc crc(CrcKind::kCrc64Nvme);
  Status read = ReadBlocks(source, context, [&crc](std::string_view block) { crc.Update(block); });
  if (read) read = source.Rewind();
  if (!read) return Failure(std::move(read.error()));
  return crc.Base64();
}

enum class StoredChecksum { kSame, kUnknown };

// The store answers with the checksum it keeps. One that ignores the header names none.
Result<StoredChecksum> CompareChecksum(const PutObjectRequest& request, const PutObjectResponse& object) {
  for (const ObjectChecksum& checksum : object.checksums) {
    if (checksum.name != "ChecksumCRC64NVME" || request.checksum_crc64nvme.empty()) continue;
    if (checksum.value == request.checksum_crc64nvme) return StoredChecksum::kSame;
    return Failure(ErrorKind::kIntegrity,
                   fmt::format("the store has other bytes than were sent: its CRC64NVME is {}, ours is {}",
                               EscapeForTerminal(checksum.value), request.checksum_crc64nvme),
                   "the object in the bucket is not the source; upload it again");
  }
  return StoredChecksum::kUnknown;
}

// What the store has checked the bytes against, for all that we know.
std::string_view Verified(StoredChecksum checksum, UploadIntegrity integrity) {
  if (checksum == StoredChecksum::kSame) return "crc64nvme";
  return integrity.signed_payload ? "sha256" : "none";
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
  const Result<StoredChecksum> checksum = CompareChecksum(request, *object);
  if (!checksum) return Failure(checksum.error());
  if (Status unchanged = source.CheckUnchanged(); !unchanged) {
    Error error = std::move(unchanged.error());
    error.hint =
        "the object is there, but may be a mixture of old and new; upload it again when nothing writes to it";
    return Failure(std::move(error));
  }
  UploadResult result;
  result.object = std::move(*object);
  result.size = source.size();
  result.verified = Verified(*checksum, integrity);
  return result;
}

}  // namespace s3conn
