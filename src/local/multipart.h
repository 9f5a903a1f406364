#ifndef S3CONN_LOCAL_MULTIPART_H_
#define S3CONN_LOCAL_MULTIPART_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "local/call.h"
#include "local/checksum.h"
#include "local/stored_object.h"
#include "local/xml_writer.h"

// What the requests about multipart uploads have in common.

namespace s3conn::local {

// The upload that ?uploadId names, of the key of the resource. kNoSuchUpload, kNoSuchBucket.
Answer<StoredUpload> FindUpload(const Call& call);

// ?partNumber: 1 to 10,000, else kInvalidArgument.
Answer<std::uint32_t> ReadPartNumber(const Call& call);

// "7d793037a0760186574b0282f2f435e7-2": the MD5 of the parts' MD5s, and how many they are.
std::string MultipartETag(const std::vector<StoredPart>& parts);

// Of the object that the parts make, from their checksums alone: a CRC of all bytes, or the hash of the
// parts' checksums, with "-2" for how many they are. nullopt where a part has none of that algorithm, and for
// a hash of all bytes, which can't be had that way.
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity-upload.html
std::optional<Checksum> CombineChecksums(const std::vector<StoredPart>& parts, ChecksumAlgorithm algorithm,
                                         ChecksumType type);

// "ChecksumCRC64NVME", where the part has one.
void WritePartChecksum(const StoredPart& part, XmlWriter& xml);

}  // namespace s3conn::local

#endif  // S3CONN_LOCAL_MULTIPART_H_
