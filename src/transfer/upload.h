#ifndef S3CONN_TRANSFER_UPLOAD_H_
#define S3CONN_TRANSFER_UPLOAD_H_

#include <string>
#include <string_view>

#include "s3conn/base/body.h"
#include "s3conn/base/call_context.h"
#include "s3conn/base/error.h"
#include "s3conn/base/units.h"
#include "s3conn/s3/client.h"
#include "s3conn/s3/put_object.h"

namespace s3conn {

struct UploadResult {
  PutObjectResponse object;
  ByteCount size;
  std::string_view verified;  // what the store checked the bytes against: "crc64nvme", "sha256", "none"
};

// kUsage for more than one PUT carries.
Status CheckUploadSize(ByteCount size);

// One object by one PUT, protected as the client's upload_integrity() says. kUsage over 5 GiB, before any
// request; kPrecondition where a condition of the request does not hold; kIntegrity where the source changed
// meanwhile or the store reports another checksum than ours.
Result<UploadResult> Upload(Client& client, PutObjectRequest request, BodySource& source,
                            const CallContext& context);

}  // namespace s3conn

#endif  // S3CONN_TRANSFER_UPLOAD_H_
