#include <set>
#include <string>

#include "local/s3_service.h"
#include "support/catch.h"

namespace s3conn::local {
namespace {

Answer<Operation> Find(const std::string& method, const std::string& target, Headers headers = {}) {
  const Request request{method, target, std::move(headers), "test"};
  const Answer<Resource> resource = ParseResource(request);
  REQUIRE(resource);
  return FindOperation(request, *resource);
}

// The name of the operation, or the code of the refusal and what it names.
std::string NameOf(const std::string& method, const std::string& target, Headers headers = {}) {
  const Answer<Operation> operation = Find(method, target, std::move(headers));
  if (operation) return std::string(operation->name);
  const Refusal& refusal = operation.error();
  std::string text(CodeName(refusal.code));
  for (const auto& [name, value] : refusal.details) text += " " + name + "=" + value;
  return text;
}

struct Row {
  std::string method;
  std::string target;
  std::string name;
};

const Headers kCopy = {{"X-Amz-Copy-Source", "/b/s"}};

}  // namespace

TEST_CASE("Operation: follows from the method and the resource and the query") {
  const auto rows = std::to_array<Row>({{"GET", "/", "ListBuckets"},
                                        {"PUT", "/b", "CreateBucket"},
                                        {"HEAD", "/b", "HeadBucket"},
                                        {"DELETE", "/b/", "DeleteBucket"},
                                        {"GET", "/b?location", "GetBucketLocation"},
                                        {"GET", "/b?versioning", "GetBucketVersioning"},
                                        {"PUT", "/b?versioning", "PutBucketVersioning"},
                                        {"GET", "/b?prefix=x", "ListObjects"},
                                        {"GET", "/b?list-type=2&prefix=x", "ListObjectsV2"},
                                        {"GET", "/b?versions", "ListObjectVersions"},
                                        {"GET", "/b?uploads", "ListMultipartUploads"},
                                        {"POST", "/b?delete", "DeleteObjects"},
                                        {"PUT", "/b/k", "PutObject"},
                                        {"GET", "/b/k", "GetObject"},
                                        {"HEAD", "/b/k", "HeadObject"},
                                        {"DELETE", "/b/k", "DeleteObject"},
                                        {"GET", "/b/k?attributes", "GetObjectAttributes"},
                                        {"GET", "/b/k?tagging", "GetObjectTagging"},
                                        {"PUT", "/b/k?tagging", "PutObjectTagging"},
                                        {"DELETE", "/b/k?tagging", "DeleteObjectTagging"},
                                        {"POST", "/b/k?restore", "RestoreObject"},
                                        {"POST", "/b/k?uploads", "CreateMultipartUpload"},
                                        {"PUT", "/b/k?partNumber=1&uploadId=u", "UploadPart"},
                                        {"GET", "/b/k?uploadId=u", "ListParts"},
                                        {"POST", "/b/k?uploadId=u", "CompleteMultipartUpload"},
                                        {"DELETE", "/b/k?uploadId=u", "AbortMultipartUpload"}});
  for (const Row& row : rows) {
    CAPTURE(row.method, row.target);
    CHECK(NameOf(row.method, row.target) == row.name);
  }
  CHECK(NameOf("PUT", "/b/k", kCopy) == "CopyObject");
  CHECK(NameOf("PUT", "/b/k?partNumber=1&uploadId=u", kCopy) == "UploadPartCopy");
}

TEST_CASE("Operation: those that write are told") {
  for (const Row& row : std::to_array<Row>({{"GET", "/b/k?uploadId=u", ""},
                                            {"HEAD", "/b", ""},
                                            {"GET", "/b?list-type=2", ""},
                                            {"GET", "/b/k?tagging", ""}})) {
    CHECK_FALSE(Find(row.method, row.target)->writes);
  }
  for (const std::string method : {"PUT", "POST", "DELETE"}) CHECK(Find(method, "/b/k?uploadId=u")->writes);
  CHECK(Find("POST", "/b?delete")->writes);
  CHECK(Find("POST", "/b/k?restore")->writes);
}

TEST_CASE("Operation: parameters that are no sub-resources say nothing") {
  CHECK(NameOf("GET", "/b/k?x-id=GetObject&versionId=v&response-expires=0&partNumber=3") == "GetObject");
  CHECK(NameOf("GET", "/?x-id=ListBuckets") == "ListBuckets");
  CHECK(NameOf("PUT", "/b/k?x-id=PutObject&whatever") == "PutObject");
}

TEST_CASE("Operation: what S3 has and this endpoint has not is refused by its name") {
  for (const std::string name :
       {"accelerate",          "acl",         "analytics",         "cors",    "encryption",
        "intelligent-tiering", "inventory",   "lifecycle",         "logging", "metrics",
        "notification",        "object-lock", "ownershipControls", "policy",  "policyStatus",
        "publicAccessBlock",   "replication", "requestPayment",    "tagging", "website"}) {
    for (const std::string method : {"GET", "PUT", "DELETE"}) {
      CAPTURE(method, name);
      CHECK(NameOf(method, "/b?" + name) == "NotImplemented Query=" + name);
    }
  }
  for (const std::string name : {"acl", "legal-hold", "retention", "select&select-type=2", "torrent"}) {
    for (const std::string method : {"GET", "PUT", "POST", "DELETE"}) {
      CHECK(NameOf(method, "/b/k?" + name) == "NotImplemented Query=" + name.substr(0, name.find('&')));
    }
  }
  CHECK(NameOf("POST", "/b") == "NotImplemented");
}

TEST_CASE("Operation: what S3 has not either is refused with its method") {
  CHECK(NameOf("POST", "/b/k") == "MethodNotAllowed Method=POST ResourceType=OBJECT");
  CHECK(NameOf("PATCH", "/b") == "MethodNotAllowed Method=PATCH ResourceType=BUCKET");
  CHECK(NameOf("DELETE", "/") == "MethodNotAllowed Method=DELETE ResourceType=SERVICE");
  CHECK(NameOf("DELETE", "/b?versioning") == "MethodNotAllowed Method=DELETE ResourceType=BUCKET");
  CHECK(NameOf("HEAD", "/b/k?uploadId=u") == "MethodNotAllowed Method=HEAD ResourceType=OBJECT");
  CHECK(NameOf("PUT", "/b/k?uploads") == "MethodNotAllowed Method=PUT ResourceType=OBJECT");
  CHECK(NameOf("get", "/b/k") == "MethodNotAllowed Method=get ResourceType=OBJECT");
}

TEST_CASE("Operation: a sub-resource at the wrong place is nothing else by accident") {
  CHECK(NameOf("DELETE", "/b?uploadId=u") == "InvalidRequest");
  CHECK(NameOf("PUT", "/b?restore") == "InvalidRequest");
  CHECK(NameOf("DELETE", "/b/k?delete") == "InvalidRequest");
  CHECK(NameOf("PUT", "/b/k?versioning") == "InvalidRequest");
  CHECK(NameOf("GET", "/b?uploads&versions") ==
        "InvalidArgument ArgumentName=ResourceType ArgumentValue=uploads");
  CHECK(NameOf("GET", "/b?list-type=3") == "InvalidArgument ArgumentName=list-type ArgumentValue=3");
  CHECK(NameOf("PUT", "/b/k?partNumber=1") == "InvalidArgument ArgumentName=partNumber ArgumentValue=1");
}

}  // namespace s3conn::local
