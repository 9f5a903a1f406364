#ifndef S3CONN_LOCAL_CHECKSUM_OF_CONTENT_H_
#define S3CONN_LOCAL_CHECKSUM_OF_CONTENT_H_

#include "local/checksum.h"
#include "local/exchange.h"

namespace s3conn::local {

// Of all its bytes, which are read for it. kInternalError.
Answer<Checksum> ChecksumOfContent(Content& content, ChecksumAlgorithm algorithm);

}  // namespace s3conn::local

#endif  // S3CONN_LOCAL_CHECKSUM_OF_CONTENT_H_
