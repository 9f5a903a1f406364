#include <optional>
#include <utility>

#include "base/text.h"
#include "local/call.h"
#include "local/checksum_of_content.h"
#include "local/document.h"
#include "local/find_and_use.h"
#include "local/object_request.h"

// https://docs.aws.amazon.com/AmazonS3/latest/API/API_CopyObject.html

namespace s3conn::local {
namespace {

constexpr std::string_view kRedirect = "x-amz-website-redirect-location";

enum class Directive { kCopy, kReplace };

Answer<Directive> ReadDirective(const Call& call, std::string_view name) {
  const std::string_view text = call.header(name);
  if (text.empty() || text == "COPY") return Directive::kCopy;
  if (text == "REPLACE") return Directive::kReplace;
  return Refuse(Code::kInvalidArgument, "Unknown directive.",
                {{"ArgumentName", std::string(name)}, {"ArgumentValue", std::string(text)}});
}

// What the copy will be, and whether it would be any different.
struct Plan {
  ObjectAttributes attributes{};
  bool changes_something = false;
};

// The request's headers, but for what the directives take from the source. The storage class and the redirect
// are never the source's.
Answer<Plan> MakePlan(const Call& call, const StoredVersion& source) {
  const Answer<Directive> metadata = ReadDirective(call, "x-amz-metadata-directive");
  if (!metadata) return Refuse(metadata.error());
  const Answer<Directive> tagging = ReadDirective(call, "x-amz-tagging-directive");
  if (!tagging) return Refuse(tagging.error());
  Answer<ObjectAttributes> asked = ReadAttributes(call);
  if (!asked) return Refuse(std::move(asked.error()));
  Plan plan{std::move(*asked)};
  const std::string* redirect = plan.attributes.headers.Find(kRedirect);
  plan.changes_something = *metadata == Directive::kReplace || redirect != nullptr ||
                           plan.attributes.storage_class != source.attributes.storage_class;
  if (*metadata == Directive::kCopy) {
    Headers headers;
    if (redirect != nullptr) headers.Add(std::string(kRedirect), *redirect);
    for (const Header& field : source.attributes.headers) {
      if (!EqualsIgnoringCase(field.name, kRedirect)) headers.Add(field.name, field.value);
    }
    plan.attributes.headers = std::move(headers);
  }
  if (*tagging == Directive::kCopy) plan.attributes.tags = source.attributes.tags;
  return plan;
}

Answer<void> CheckSource(const Call& call, const CopySource& source, const Plan& plan) {
  if (source.version.size > kLargestPut) {
    return Refuse(Code::kInvalidRequest,
                  "The specified copy source is larger than the maximum allowable size for a copy source: " +
                      std::to_string(kLargestPut));
  }
  const bool onto_itself = source.bucket == call.resource.bucket && source.version.is_latest &&
                           source.version.attributes.key == call.resource.key;
  if (!onto_itself || plan.changes_something) return {};
  return Refuse(Code::kInvalidRequest,
                "This copy request is illegal because it is trying to copy an object to itself without "
                "changing the object's metadata, storage class, website redirect location or encryption "
                "attributes.");
}

// The source's, unless another algorithm is asked for.
Answer<std::optional<Checksum>> ChecksumOfCopy(const Call& call, const StoredVersion& source) {
  const std::string_view name = call.header("x-amz-checksum-algorithm");
  if (name.empty()) return source.checksum;
  const std::optional<ChecksumAlgorithm> algorithm = ParseChecksumName(name);
  if (!algorithm) {
    return Refuse(Code::kInvalidRequest,
                  "Checksum algorithm provided is unsupported. Please try again with any of the valid types: "
                  "[CRC32, CRC32C, CRC64NVME, SHA1, SHA256]");
  }
  if (source.checksum && source.checksum->algorithm == *algorithm) return source.checksum;
  const Answer<std::unique_ptr<Content>> content = call.store.OpenContent(source, 0, source.size);
  if (!content) return Refuse(content.error());
  Answer<Checksum> checksum = ChecksumOfContent(**content, *algorithm);
  if (!checksum) return Refuse(std::move(checksum.error()));
  return std::move(*checksum);
}

Answer<NewVersion> MakeVersion(const Call& call, const CopySource& source) {
  Answer<Plan> plan = MakePlan(call, source.version);
  if (!plan) return Refuse(std::move(plan.error()));
  if (const Answer<void> fine = CheckSource(call, source, *plan); !fine) return Refuse(fine.error());
  Answer<WriteCondition> condition = ReadWriteCondition(call);
  if (!condition) return Refuse(std::move(condition.error()));
  Answer<std::optional<Checksum>> checksum = ChecksumOfCopy(call, source.version);
  if (!checksum) return Refuse(std::move(checksum.error()));
  Answer<std::vector<NewBlob>> blobs = call.store.DuplicateBlobs(source.version);
  if (!blobs) return Refuse(std::move(blobs.error()));
  NewVersion version;
  version.attributes = std::move(plan->attributes);
  version.etag = source.version.etag;
  version.checksum = std::move(*checksum);
  version.blobs = std::move(*blobs);
  version.condition = std::move(*condition);
  if (source.version.parts == 0) return version;
  Answer<std::vector<StoredPart>> parts = ReadParts(call, source.version);
  if (!parts) return Refuse(std::move(parts.error()));
  version.parts = std::move(*parts);
  return version;
}

Response Describe(const Call& call, const CopySource& source, const StoredVersion& copy) {
  XmlWriter xml("CopyObjectResult");
  xml.Text("LastModified", DocumentTime(copy.modified));
  xml.Text("ETag", Quoted(copy.etag));
  if (copy.checksum) AddChecksumElements(*copy.checksum, xml);
  Response response = XmlResponse(xml);
  AddVersionId(call, copy.version_id, response.headers);
  const Answer<StoredBucket> bucket = call.store.FindBucket(source.bucket);
  if (bucket && bucket->versioning != Versioning::kNever) {
    response.headers.Add("x-amz-copy-source-version-id", source.version.version_id);
  }
  return response;
}

Answer<Response> Copy(const Call& call, const CopySource& source) {
  Answer<NewVersion> version = MakeVersion(call, source);
  if (!version) return Refuse(std::move(version.error()));
  const Answer<StoredVersion> copy = call.store.PutObject(call.resource.bucket, std::move(*version));
  if (!copy) return Refuse(copy.error());
  return Describe(call, source, *copy);
}

}  // namespace

Answer<Response> CopyObject(const Call& call) {
  if (const auto bucket = call.store.FindBucket(call.resource.bucket); !bucket) return Refuse(bucket.error());
  return FindAndUse([&] { return FindCopySource(call); },
                    [&](const CopySource& source) { return Copy(call, source); });
}

}  // namespace s3conn::local
