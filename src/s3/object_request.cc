#include "s3/object_request.h"

#include "s3conn/s3/names.h"

namespace s3conn {

Result<OperationRequest> OnBucket(std::string method, const std::string& bucket) {
  if (Status valid = CheckBucketName(bucket); !valid) return Failure(std::move(valid.error()));
  OperationRequest request;
  request.method = std::move(method);
  request.bucket = bucket;
  return request;
}

Result<OperationRequest> OnObject(std::string method, const std::string& bucket, const std::string& key) {
  Result<OperationRequest> request = OnBucket(std::move(method), bucket);
  if (!request) return request;
  if (Status valid = CheckKey(key); !valid) return Failure(std::move(valid.error()));
  request->key = key;
  return request;
}

}  // namespace s3conn
