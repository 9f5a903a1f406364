#include "s3conn/s3/delete_objects.h"

#include <fmt/format.h>

#include <map>
#include <utility>

#include "base/hash.h"
#include "base/text.h"
#include "base/xml.h"
#include "s3/object_request.h"
#include "s3/service_error.h"
#include "s3/xml_response.h"
#include "s3conn/s3/names.h"

namespace s3conn {
namespace {

using Name = std::pair<std::string_view, std::string_view>;  // key and version id

Result<std::string> WriteDocument(const std::vector<ObjectIdentifier>& objects) {
  std::string body = "<Delete xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">";
  for (const ObjectIdentifier& object : objects) {
    if (Status valid = CheckKey(object.key); !valid) return Failure(std::move(valid.error()));
    if (!FitsDeleteObjects(object)) {
      return Failure(ErrorKind::kUsage,
                     fmt::format("the key '{}' holds what XML can't carry", EscapeForTerminal(object.key)));
    }
    body += fmt::format("<Object><Key>{}</Key>", XmlEscape(object.key));
    if (!object.version_id.empty()) {
      body += fmt::format("<VersionId>{}</VersionId>", XmlEscape(object.version_id));
    }
    body += "</Object>";
  }
  return body + "<Quiet>false</Quiet></Delete>";
}

// What an answer says, by object; each thing said is taken once.
class Mentions {
 public:
  explicit Mentions(const DeleteObjectsResponse& response) {
    // First among equals: where one object is both deleted and refused, the refusal counts.
    for (const DeleteObjectsError& error : response.errors) {
      said_.emplace(Name(error.key, error.version_id), Failure(ErrorFromCode(error.code, error.message)));
    }
    for (const DeletedObject& deleted : response.deleted) {
      said_.emplace(Name(deleted.key, deleted.version_id), deleted);
    }
  }

  Result<DeletedObject> Take(const ObjectIdentifier& object) {
    auto found = said_.find(Name(object.key, object.version_id));
    // Some stores leave the version out of the answer, or put one in that nobody named.
    if (found == said_.end()) found = said_.lower_bound(Name(object.key, ""));
    const bool names_another = found != said_.end() && !object.version_id.empty() &&
                               !found->first.second.empty() && found->first.second != object.version_id;
    if (found == said_.end() || found->first.first != object.key || names_another) {
      return Failure(ErrorKind::kService, "the store does not say what became of it",
                     "list the bucket to see whether it is still there");
    }
    Result<DeletedObject> outcome = std::move(found->second);
    said_.erase(found);
    return outcome;
  }

 private:
  std::multimap<Name, Result<DeletedObject>> said_;
};

}  // namespace

bool FitsDeleteObjects(const ObjectIdentifier& object) {
  return IsXmlText(object.key) && IsXmlText(object.version_id);
}

Result<OperationRequest> DeleteObjects::Build(const Request& request) {
  Result<OperationRequest> operation = OnBucket("POST", request.bucket);
  if (!operation) return operation;
  if (request.objects.empty() || request.objects.size() > kMaxDeleteObjects) {
    return Failure(ErrorKind::kUsage, fmt::format("one request deletes 1 to {} objects, not {}",
                                                  kMaxDeleteObjects, request.objects.size()));
  }
  Result<std::string> body = WriteDocument(request.objects);
  if (!body) return Failure(std::move(body.error()));
  operation->query.push_back({"delete", std::nullopt});
  operation->headers.Add("Content-Type", "application/xml");
  // Demanded here by S3 of old, and by most stores still.
  operation->headers.Add("Content-MD5", Base64Encode(Md5(*body)));
  operation->body = std::move(*body);
  return operation;
}

Result<DeleteObjectsResponse> DeleteObjects::Parse(const HttpResponse& response) {
  const Result<XmlDocument> document = ParseXmlResponse(response, "DeleteResult");
  if (!document) return Failure(document.error());
  DeleteObjectsResponse parsed;
  for (XmlElement element = document->root().FirstChild(); element; element = element.Next()) {
    const auto text = [element](std::string_view name) { return std::string(element.ChildText(name)); };
    if (element.name() == "Deleted") {
      parsed.deleted.push_back(
          {text("Key"), text("VersionId"), text("DeleteMarker") == "true", text("DeleteMarkerVersionId")});
    } else if (element.name() == "Error") {
      parsed.errors.push_back({text("Key"), text("VersionId"), text("Code"), text("Message")});
    }
  }
  return parsed;
}

std::vector<Result<DeletedObject>> DeletionOutcomes(const DeleteObjectsRequest& request,
                                                    const DeleteObjectsResponse& response) {
  Mentions mentions(response);
  std::vector<Result<DeletedObject>> outcomes;
  outcomes.reserve(request.objects.size());
  for (const ObjectIdentifier& object : request.objects) outcomes.push_back(mentions.Take(object));
  return outcomes;
}

}  // namespace s3conn
