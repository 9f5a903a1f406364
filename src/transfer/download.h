#ifndef S3CONN_TRANSFER_DOWNLOAD_H_
#define S3CONN_TRANSFER_DOWNLOAD_H_

#include <string>
#include <string_view>

#include "s3conn/base/call_context.h"
#include "s3conn/base/error.h"
#include "s3conn/s3/client.h"
#include "s3conn/s3/get_object.h"

namespace s3conn {

// Where downloaded bytes go, in order.
class DownloadTarget {
 public:
  virtual ~DownloadTarget() = default;
  virtual Status Write(std::string_view bytes) = 0;
  enum class Restart { kDone, kImpossible };
  // Forgets what was written, where that can be done: a file can, a pipe can't.
  virtual Result<Restart> StartOver() = 0;
};

struct DownloadResult {
  ObjectProperties object;
  std::string_view verified;  // what the bytes were checked against: see Verification::name()
  ByteCount received;         // of the object's size, or of the range's
  std::string content_range;  // of a range: "bytes 0-9/100"
};

// One object by one GET, or the range of it that the request names. A connection that breaks in the middle is
// gone on with at the same byte, under If-Match; an object that was replaced meanwhile, or bytes that fail
// their check, are fetched again from the start where the target can start over, at most twice. kIntegrity if
// they still fail: the target then holds wrong or partial bytes.
Result<DownloadResult> Download(Client& client, const GetObjectRequest& request, DownloadTarget& target,
                                const CallContext& context);

}  // namespace s3conn

#endif  // S3CONN_TRANSFER_DOWNLOAD_H_
