#ifndef S3CONN_LOCAL_CALL_H_
#define S3CONN_LOCAL_CALL_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "local/authorization.h"
#include "local/exchange.h"
#include "local/refusal.h"
#include "local/store.h"
#include "s3conn/base/message.h"
#include "s3conn/base/time.h"

namespace s3conn::local {

// What a request is about: the target of its first line, decoded.
struct Resource {
  std::string bucket{};  // empty: the service itself
  std::string key{};     // empty: the bucket itself
  std::vector<QueryParameter> query{};

  // The first parameter of that name: "" where it has no value, nullopt where it is not there.
  std::optional<std::string_view> Parameter(std::string_view name) const;
};

// Path style, or the bucket in front of ".localhost" in the Host header. kInvalidUri for broken escapes, for
// bytes that are no UTF-8, for NUL; kBadRequest for what is no origin-form target; kInvalidBucketName where
// a key has no bucket in front of it ("//key").
Answer<Resource> ParseResource(const Request& request);

// One authorized request, as a handler sees it.
struct Call {
  const Request& request;
  const Resource& resource;
  const PayloadRules& payload;
  ByteStream& body;  // raw: read through Payload
  Store& store;
  const Clock& clock;

  std::string_view header(std::string_view name) const { return request.headers.Get(name); }
};

using Handler = Answer<Response> (*)(const Call& call);

// --- handlers/: one file for an operation or a small family; names as in the S3 API.
Answer<Response> ListBuckets(const Call& call);
Answer<Response> CreateBucket(const Call& call);
Answer<Response> HeadBucket(const Call& call);
Answer<Response> DeleteBucket(const Call& call);
Answer<Response> GetBucketLocation(const Call& call);
Answer<Response> GetBucketVersioning(const Call& call);
Answer<Response> PutBucketVersioning(const Call& call);

Answer<Response> PutObject(const Call& call);
Answer<Response> CopyObject(const Call& call);
Answer<Response> GetObject(const Call& call);
Answer<Response> HeadObject(const Call& call);
Answer<Response> GetObjectAttributes(const Call& call);
Answer<Response> DeleteObject(const Call& call);
Answer<Response> DeleteObjects(const Call& call);
Answer<Response> GetObjectTagging(const Call& call);
Answer<Response> PutObjectTagging(const Call& call);
Answer<Response> DeleteObjectTagging(const Call& call);
Answer<Response> RestoreObject(const Call& call);

Answer<Response> ListObjects(const Call& call);
Answer<Response> ListObjectsV2(const Call& call);
Answer<Response> ListObjectVersions(const Call& call);

Answer<Response> CreateMultipartUpload(const Call& call);
Answer<Response> UploadPart(const Call& call);
Answer<Response> UploadPartCopy(const Call& call);
Answer<Response> CompleteMultipartUpload(const Call& call);
Answer<Response> AbortMultipartUpload(const Call& call);
Answer<Response> ListParts(const Call& call);
Answer<Response> ListMultipartUploads(const Call& call);

}  // namespace s3conn::local

#endif  // S3CONN_LOCAL_CALL_H_
