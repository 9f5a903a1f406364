#include "transfer/upload.h"

#include <fmt/format.h>

#include <optional>
#include <utility>

#include "base/crc.h"
#include "base/read_blocks.h"
#include "base/text.h"
#include "s3conn/s3/head_object.h"
#include "transfer/verification.h"
#include "transfer/write_condition.h"

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

// A conditional PUT whose answer was lost finds, when it is sent again, what it has written itself. What is
// there is ours if it has our bytes.
std::optional<PutObjectResponse> FindOwnWork(Client& client, const PutObjectRequest& request,
                                             BodySource& source, const CallContext& context) {
  HeadObjectRequest question{request.bucket, request.key};
  question.options.customer_key = request.settings.encryption.customer_key;
  const Result<ObjectProperties> object = client.Call<HeadObject>(question, context);
  if (!object || object->size != source.size()) return std::nullopt;
  Verification verification(*object);
  if (verification.name() == "size") return std::nullopt;
  Status read = ReadBlocks(source, context, [&](std::string_view block) { verification.Update(block); });
  if (!read || !verification.Finish()) return std::nullopt;
  return PutObjectResponse{object->etag, object->version_id, object->checksums,
                           object->server_side_encryption};
}

Result<PutObjectResponse> Put(Client& client, PutObjectRequest request, BodySource& source,
                              const CallContext& context) {
  const WriteTarget target{request.bucket, request.key, request.conditions,
                           request.settings.encryption.customer_key};
  if (Status holds = CheckConditions(client, target, context); !holds)
    return Failure(std::move(holds.error()));
  const auto put = [&](const WriteConditions& conditions) -> Result<PutObjectResponse> {
    request.conditions = conditions;
    Result<PutObjectResponse> object = client.Call<PutObject>(request, context, Body{&source, nullptr});
    if (object || object.error().kind != ErrorKind::kPrecondition || !object.error().repeated) return object;
    std::optional<PutObjectResponse> ours = FindOwnWork(client, request, source, context);
    return ours ? std::move(*ours) : std::move(object);
  };
  return WriteConditionally(client, request.conditions, put);
}

// What the store has checked the bytes against, for all that we know.
std::string_view Verified(StoredChecksum checksum, UploadIntegrity integrity) {
  if (checksum == StoredChecksum::kSame) return "crc64nvme";
  return integrity.signed_payload ? "sha256" : "none";
}

}  // namespace

Status CheckUploadSize(ByteCount size) {
  if (size <= kMaxSinglePut) return {};
  return Failure(ErrorKind::kUsage, fmt::format("the source has {}; one PUT carries at most {}",
                                                HumanBytes(size), HumanBytes(kMaxSinglePut)));
}

Result<UploadResult> Upload(Client& client, PutObjectRequest request, BodySource& source,
                            const CallContext& context) {
  if (Status fits = CheckUploadSize(source.size()); !fits) return Failure(std::move(fits.error()));
  const UploadIntegrity integrity = client.upload_integrity();
  if (integrity.crc64nvme_header) {
    Result<std::string> crc = Crc64NvmeOf(source, context);
    if (!crc) return Failure(std::move(crc.error()));
    request.checksum_crc64nvme = std::move(*crc);
  }
  Result<PutObjectResponse> object = Put(client, request, source, context);
  if (!object) return Failure(std::move(object.error()));
  const Status encrypted =
      CheckEncrypted(request.settings.encryption, object->server_side_encryption, context);
  if (!encrypted) return Failure(encrypted.error());
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
