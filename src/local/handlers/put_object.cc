#include <utility>

#include "local/call.h"
#include "local/object_request.h"
#include "local/payload.h"
#include "local/receive_blob.h"

// https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html

namespace s3conn::local {
namespace {

Response DescribeWritten(const StoredBucket& bucket, const StoredVersion& version) {
  Response response;
  response.headers.Add("ETag", Quoted(version.etag));
  if (version.checksum) AddChecksumHeaders(*version.checksum, response.headers);
  AddVersionId(bucket, version.version_id, response.headers);
  return response;
}

}  // namespace

Answer<Response> PutObject(const Call& call) {
  // All that can be refused without the bytes comes before them.
  const Answer<StoredBucket> bucket = call.store.FindBucket(call.resource.bucket);
  if (!bucket) return Refuse(bucket.error());
  NewVersion version;
  Answer<ObjectAttributes> attributes = ReadAttributes(call);
  if (!attributes) return Refuse(std::move(attributes.error()));
  version.attributes = std::move(*attributes);
  Answer<WriteCondition> condition = ReadWriteCondition(call);
  if (!condition) return Refuse(std::move(condition.error()));
  version.condition = std::move(*condition);
  const Answer<std::unique_ptr<Payload>> payload =
      Payload::Make(call.request, call.payload, call.body, kLargestPut, ChecksumAlgorithm::kCrc64Nvme);
  if (!payload) return Refuse(payload.error());
  Answer<NewBlob> blob = ReceiveBlob(call.store, **payload);
  if (!blob) return Refuse(std::move(blob.error()));
  version.blobs.push_back(std::move(*blob));
  version.etag = (*payload)->md5_hex();
  version.checksum = (*payload)->checksum();
  const Answer<StoredVersion> stored = call.store.PutObject(call.resource.bucket, std::move(version));
  if (!stored) return Refuse(stored.error());
  return DescribeWritten(*bucket, *stored);
}

}  // namespace s3conn::local
