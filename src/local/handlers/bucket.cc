#include "local/call.h"
#include "local/document.h"

// https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadBucket.html
// https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucket.html
// https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketLocation.html

namespace s3conn::local {

Answer<Response> HeadBucket(const Call& call) {
  const Answer<StoredBucket> bucket = call.store.FindBucket(call.resource.bucket);
  if (!bucket) return Refuse(bucket.error());
  Response response;
  response.headers = {{"x-amz-bucket-region", bucket->region},
                      {"x-amz-access-point-alias", "false"},
                      {"Content-Type", "application/xml"}};
  return response;
}

Answer<Response> DeleteBucket(const Call& call) {
  const Answer<void> deleted = call.store.DeleteBucket(call.resource.bucket);
  if (!deleted) return Refuse(deleted.error());
  return Response{.status = 204};
}

Answer<Response> GetBucketLocation(const Call& call) {
  const Answer<StoredBucket> bucket = call.store.FindBucket(call.resource.bucket);
  if (!bucket) return Refuse(bucket.error());
  XmlWriter xml("LocationConstraint");
  if (bucket->region != "us-east-1") xml.Characters(bucket->region);
  return XmlResponse(xml);
}

}  // namespace s3conn::local
