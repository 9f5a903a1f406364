#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>

#include "local/s3_service.h"

namespace s3conn::local {
namespace {

enum class Level { kService, kBucket, kObject };

struct Row {
  std::string_view method;
  Level level;
  std::string_view subresource;  // "" where there is none
  std::string_view header;       // that has to be there; "" where none has to
  Operation operation;
};

constexpr std::string_view kCopySource = "x-amz-copy-source";

// The first row that fits is it: what needs a header stands before what does without.
constexpr auto kOperations = std::to_array<Row>({
    {"GET", Level::kService, "", "", {"ListBuckets", ListBuckets, false}},

    {"PUT", Level::kBucket, "", "", {"CreateBucket", CreateBucket, true}},
    {"HEAD", Level::kBucket, "", "", {"HeadBucket", HeadBucket, false}},
    {"DELETE", Level::kBucket, "", "", {"DeleteBucket", DeleteBucket, true}},
    {"GET", Level::kBucket, "", "", {"ListObjects", ListObjects, false}},
    {"GET", Level::kBucket, "list-type", "", {"ListObjectsV2", ListObjectsV2, false}},
    {"GET", Level::kBucket, "location", "", {"GetBucketLocation", GetBucketLocation, false}},
    {"GET", Level::kBucket, "uploads", "", {"ListMultipartUploads", ListMultipartUploads, false}},
    {"GET", Level::kBucket, "versioning", "", {"GetBucketVersioning", GetBucketVersioning, false}},
    {"PUT", Level::kBucket, "versioning", "", {"PutBucketVersioning", PutBucketVersioning, true}},
    {"GET", Level::kBucket, "versions", "", {"ListObjectVersions", ListObjectVersions, false}},
    {"POST", Level::kBucket, "delete", "", {"DeleteObjects", DeleteObjects, true}},

    {"PUT", Level::kObject, "", kCopySource, {"CopyObject", CopyObject, true}},
    {"PUT", Level::kObject, "", "", {"PutObject", PutObject, true}},
    {"GET", Level::kObject, "", "", {"GetObject", GetObject, false}},
    {"HEAD", Level::kObject, "", "", {"HeadObject", HeadObject, false}},
    {"DELETE", Level::kObject, "", "", {"DeleteObject", DeleteObject, true}},
    {"GET", Level::kObject, "attributes", "", {"GetObjectAttributes", GetObjectAttributes, false}},
    {"GET", Level::kObject, "tagging", "", {"GetObjectTagging", GetObjectTagging, false}},
    {"PUT", Level::kObject, "tagging", "", {"PutObjectTagging", PutObjectTagging, true}},
    {"DELETE", Level::kObject, "tagging", "", {"DeleteObjectTagging", DeleteObjectTagging, true}},
    {"POST", Level::kObject, "restore", "", {"RestoreObject", RestoreObject, true}},
    {"POST", Level::kObject, "uploads", "", {"CreateMultipartUpload", CreateMultipartUpload, true}},
    {"PUT", Level::kObject, "uploadId", kCopySource, {"UploadPartCopy", UploadPartCopy, true}},
    {"PUT", Level::kObject, "uploadId", "", {"UploadPart", UploadPart, true}},
    {"GET", Level::kObject, "uploadId", "", {"ListParts", ListParts, false}},
    {"POST", Level::kObject, "uploadId", "", {"CompleteMultipartUpload", CompleteMultipartUpload, true}},
    {"DELETE", Level::kObject, "uploadId", "", {"AbortMultipartUpload", AbortMultipartUpload, true}},
});

// What else S3 has, on buckets and on objects.
// https://docs.aws.amazon.com/AmazonS3/latest/API/API_Operations.html
constexpr auto kNotHere = std::to_array<std::string_view>({"abac",
                                                           "accelerate",
                                                           "acl",
                                                           "analytics",
                                                           "append",
                                                           "cors",
                                                           "encryption",
                                                           "intelligent-tiering",
                                                           "inventory",
                                                           "legal-hold",
                                                           "lifecycle",
                                                           "logging",
                                                           "metadataConfiguration",
                                                           "metadataInventoryTable",
                                                           "metadataJournalTable",
                                                           "metadataTable",
                                                           "metrics",
                                                           "notification",
                                                           "object-lock",
                                                           "ownershipControls",
                                                           "policy",
                                                           "policyStatus",
                                                           "publicAccessBlock",
                                                           "renameObject",
                                                           "replication",
                                                           "requestPayment",
                                                           "retention",
                                                           "select",
                                                           "session",
                                                           "torrent",
                                                           "website"});

// A bucket may have tags at S3, but not here.
bool IsNotHere(Level level, std::string_view name) {
  if (level == Level::kBucket && name == "tagging") return true;
  return std::find(kNotHere.begin(), kNotHere.end(), name) != kNotHere.end();
}

bool IsSubresource(std::string_view name) {
  return std::any_of(kOperations.begin(), kOperations.end(),
                     [&](const Row& row) { return row.subresource == name; });
}

bool IsSubresourceOf(Level level, std::string_view name) {
  return std::any_of(kOperations.begin(), kOperations.end(),
                     [&](const Row& row) { return row.level == level && row.subresource == name; });
}

tl::unexpected<Refusal> RefuseQuery(std::string_view name) {
  return Refuse(Code::kNotImplemented, {}, {{"Query", std::string(name)}});
}

tl::unexpected<Refusal> RefuseMethod(const Request& request, Level level) {
  constexpr std::array<std::string_view, 3> kTypes = {"SERVICE", "BUCKET", "OBJECT"};
  const std::string_view type = kTypes.at(static_cast<std::size_t>(level));
  return Refuse(Code::kMethodNotAllowed, {},
                {{"Method", request.method}, {"ResourceType", std::string(type)}});
}

tl::unexpected<Refusal> RefuseArgument(std::string_view name, std::string_view value, std::string message) {
  return Refuse(Code::kInvalidArgument, std::move(message),
                {{"ArgumentName", std::string(name)}, {"ArgumentValue", std::string(value)}});
}

tl::unexpected<Refusal> RefuseLevel(Level level, std::string_view name) {
  if (level != Level::kObject) return Refuse(Code::kInvalidRequest, "A key must be specified");
  return Refuse(Code::kInvalidRequest,
                "There is no such thing as the ?" + std::string(name) + " sub-resource for a key");
}

Level LevelOf(const Resource& resource) {
  if (resource.bucket.empty()) return Level::kService;
  return resource.key.empty() ? Level::kBucket : Level::kObject;
}

// "" where the query names none.
Answer<std::string_view> FindSubresource(const Resource& resource, Level level) {
  std::string_view found;
  for (const QueryParameter& parameter : resource.query) {
    const std::string_view name = parameter.name;
    if (name.empty()) continue;
    if (IsNotHere(level, name)) return RefuseQuery(name);
    if (!IsSubresource(name) || name == found) continue;
    if (level != Level::kService && !IsSubresourceOf(level, name)) return RefuseLevel(level, name);
    if (!found.empty()) {
      return RefuseArgument(
          "ResourceType", found,
          "Conflicting query string parameters: " + std::string(found) + ", " + std::string(name));
    }
    found = name;
  }
  return found;
}

// Parameters that would make another operation of it, were they right.
Answer<void> CheckParameters(const Request& request, const Resource& resource, std::string_view subresource) {
  if (const auto type = resource.Parameter("list-type"); type && *type != "2") {
    return RefuseArgument("list-type", *type, "Invalid List Type specified in Query");
  }
  const std::optional<std::string_view> part = resource.Parameter("partNumber");
  if (part && request.method == "PUT" && subresource != "uploadId") {
    return RefuseArgument("partNumber", *part, "This operation does not accept a part number.");
  }
  return {};
}

}  // namespace

Answer<Operation> FindOperation(const Request& request, const Resource& resource) {
  const Level level = LevelOf(resource);
  const Answer<std::string_view> subresource = FindSubresource(resource, level);
  if (!subresource) return Refuse(subresource.error());
  if (const Answer<void> fine = CheckParameters(request, resource, *subresource); !fine) {
    return Refuse(fine.error());
  }
  const auto fits = [&](const Row& row) {
    return row.method == request.method && row.level == level && row.subresource == *subresource &&
           (row.header.empty() || request.headers.Find(row.header) != nullptr);
  };
  const auto row = std::find_if(kOperations.begin(), kOperations.end(), fits);
  if (row != kOperations.end()) return row->operation;
  if (request.method == "POST" && level == Level::kBucket && subresource->empty()) {
    return Refuse(Code::kNotImplemented, "Uploads by an HTML form are not implemented.");
  }
  return RefuseMethod(request, level);
}

}  // namespace s3conn::local
