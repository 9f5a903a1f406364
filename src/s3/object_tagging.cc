#include "s3conn/s3/object_tagging.h"

#include <fmt/format.h>

#include "base/hash.h"
#include "base/text.h"
#include "base/xml.h"
#include "s3/object_request.h"
#include "s3/xml_response.h"

namespace s3conn {
namespace {

Result<OperationRequest> OnTags(std::string method, const std::string& bucket, const std::string& key,
                                const std::string& version_id) {
  Result<OperationRequest> operation = OnObject(std::move(method), bucket, key);
  if (!operation) return operation;
  operation->query.push_back({"tagging", std::nullopt});
  if (!version_id.empty()) operation->query.push_back({"versionId", version_id});
  return operation;
}

}  // namespace

Result<OperationRequest> GetObjectTagging::Build(const Request& request) {
  return OnTags("GET", request.bucket, request.key, request.version_id);
}

Result<GetObjectTaggingResponse> GetObjectTagging::Parse(const HttpResponse& response) {
  const Result<XmlDocument> document = ParseXmlResponse(response, "Tagging");
  if (!document) return Failure(document.error());
  GetObjectTaggingResponse parsed;
  const XmlElement tags = document->root().Child("TagSet");
  for (XmlElement tag = tags.FirstChild(); tag; tag = tag.Next()) {
    parsed.tags.emplace_back(tag.ChildText("Key"), tag.ChildText("Value"));
  }
  return parsed;
}

Result<OperationRequest> PutObjectTagging::Build(const Request& request) {
  ObjectSettings settings;
  settings.tags = request.tags;
  if (Status valid = CheckObjectSettings(settings); !valid) return Failure(std::move(valid.error()));
  Result<OperationRequest> operation = OnTags("PUT", request.bucket, request.key, request.version_id);
  if (!operation) return operation;
  std::string& body = operation->body;
  body = "<Tagging xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><TagSet>";
  for (const auto& [name, value] : request.tags) {
    body += fmt::format("<Tag><Key>{}</Key><Value>{}</Value></Tag>", XmlEscape(name), XmlEscape(value));
  }
  body += "</TagSet></Tagging>";
  operation->headers.Add("Content-Type", "application/xml");
  // S3 insists on a checksum here.
  operation->headers.Add("Content-MD5", Base64Encode(Md5(body)));
  return operation;
}

Result<PutObjectTaggingResponse> PutObjectTagging::Parse(const HttpResponse& response) {
  if (Status empty = ExpectNoDocument(response); !empty) return Failure(std::move(empty.error()));
  return PutObjectTaggingResponse{};
}

}  // namespace s3conn
