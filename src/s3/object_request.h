#ifndef S3CONN_S3_OBJECT_REQUEST_H_
#define S3CONN_S3_OBJECT_REQUEST_H_

#include <string>

#include "s3conn/base/error.h"
#include "s3conn/s3/operation.h"

namespace s3conn {

// The start of every request on a bucket: its name checked. kUsage.
Result<OperationRequest> OnBucket(std::string method, const std::string& bucket);

// The start of every request on one object: bucket and key checked. kUsage.
Result<OperationRequest> OnObject(std::string method, const std::string& bucket, const std::string& key);

}  // namespace s3conn

#endif  // S3CONN_S3_OBJECT_REQUEST_H_
