#include "s3conn/s3/copy_object.h"

#include <fmt/format.h>

#include "base/text.h"
#include "base/xml.h"
#include "s3/access_point.h"
#include "s3/object_headers.h"
#include "s3/object_request.h"
#include "s3/xml_response.h"
#include "s3conn/s3/names.h"

namespace s3conn {
namespace {

constexpr std::string_view kSourcePrefix = "x-amz-copy-source-";

// "/bucket/key?versionId=V", encoded; the objects of an access point have a word of their own between the
// two.
std::string CopySource(const CopyObjectRequest& request) {
  std::string text =
      IsArn(request.source_bucket)
          ? PercentEncode(request.source_bucket + "/object/" + request.source_key, Slash::kEncode)
          : fmt::format("/{}/{}", PercentEncode(request.source_bucket, Slash::kEncode),
                        PercentEncode(request.source_key, Slash::kKeep));
  if (!request.source.version_id.empty()) {
    text += "?versionId=" + PercentEncode(request.source.version_id, Slash::kEncode);
  }
  return text;
}

}  // namespace

Result<OperationRequest> CopyObject::Build(const Request& request) {
  if (Status valid = CheckBucketName(request.source_bucket); !valid) return Failure(std::move(valid.error()));
  if (Status valid = CheckKey(request.source_key); !valid) return Failure(std::move(valid.error()));
  if (Status valid = CheckSendable(request.settings); !valid) return Failure(std::move(valid.error()));
  if (Status valid = CheckCustomerKey(request.source.customer_key); !valid)
    return Failure(std::move(valid.error()));
  Result<OperationRequest> operation = OnObject("PUT", request.bucket, request.key);
  if (!operation) return operation;
  if (Status valid = CheckNewKey(request.key); !valid) return Failure(std::move(valid.error()));
  operation->slow_answer = true;
  Headers& headers = operation->headers;
  headers.Add("x-amz-copy-source", CopySource(request));
  AddReadConditions(headers, kSourcePrefix, request.source);
  AddCustomerKey(headers, kSourceCustomerKeyPrefix, request.source.customer_key);
  if (request.description_from == Request::From::kSettings) {
    headers.Add("x-amz-metadata-directive", "REPLACE");
    AddDescription(headers, request.settings);
  }
  if (request.tags_from == Request::From::kSettings) {
    headers.Add("x-amz-tagging-directive", "REPLACE");
    AddTags(headers, request.settings.tags);
  }
  AddPlacement(headers, request.settings);
  AddWriteConditions(*operation, request.conditions);
  return operation;
}

Result<CopyObjectResponse> CopyObject::Parse(const HttpResponse& response) {
  const Result<XmlDocument> document = ParseXmlResponse(response, "CopyObjectResult");
  if (!document) return Failure(document.error());
  const XmlElement root = document->root();
  CopyObjectResponse parsed;
  parsed.etag = UnquoteETag(root.ChildText("ETag"));
  parsed.last_modified = ParseRfc3339(root.ChildText("LastModified"));
  parsed.version_id = response.headers.Get("x-amz-version-id");
  parsed.server_side_encryption = ReadEncryption(response.headers);
  parsed.source_version_id = response.headers.Get("x-amz-copy-source-version-id");
  for (XmlElement element = root.FirstChild(); element; element = element.Next()) {
    const std::string_view name = element.name();
    if (name.starts_with("Checksum") && name != "ChecksumType") {
      parsed.checksums.push_back({std::string(name), std::string(element.text())});
    }
  }
  return parsed;
}

}  // namespace s3conn
