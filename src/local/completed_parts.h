#ifndef S3CONN_LOCAL_COMPLETED_PARTS_H_
#define S3CONN_LOCAL_COMPLETED_PARTS_H_

#include <vector>

#include "local/call.h"
#include "local/stored_object.h"

namespace s3conn::local {

// The parts that the body of a CompleteMultipartUpload names, as the store has them. kMalformedXml for no
// part and for more than 10,000, kInvalidPartOrder, kInvalidPart (UploadId, PartNumber, ETag) for one that is
// not there or is another, kEntityTooSmall (ProposedSize, MinSizeAllowed, PartNumber, ETag) for one of less
// than 5 MiB that is not the last, and what ReadDocument refuses.
Answer<std::vector<StoredPart>> ReadCompletedParts(const Call& call, const StoredUpload& upload);

}  // namespace s3conn::local

#endif  // S3CONN_LOCAL_COMPLETED_PARTS_H_
