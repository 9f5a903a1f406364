#include "s3conn/s3/restore_object.h"

#include <fmt/format.h>

#include "s3/object_request.h"
#include "s3/xml_response.h"

namespace s3conn {

std::string_view RestoreTierName(RestoreTier tier) {
  switch (tier) {
    case RestoreTier::kStandard:
      return "Standard";
    case RestoreTier::kBulk:
      return "Bulk";
    case RestoreTier::kExpedited:
      return "Expedited";
  }
  return "Standard";
}

Result<OperationRequest> RestoreObject::Build(const Request& request) {
  Result<OperationRequest> operation = OnObject("POST", request.bucket, request.key);
  if (!operation) return operation;
  operation->query.push_back({"restore", std::nullopt});
  if (!request.version_id.empty()) operation->query.push_back({"versionId", request.version_id});
  operation->headers.Add("Content-Type", "application/xml");
  operation->body = fmt::format(
      "<RestoreRequest xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">{}<GlacierJobParameters>"
      "<Tier>{}</Tier></GlacierJobParameters></RestoreRequest>",
      request.days ? fmt::format("<Days>{}</Days>", *request.days) : "", RestoreTierName(request.tier));
  return operation;
}

Result<RestoreObjectResponse> RestoreObject::Parse(const HttpResponse& response) {
  if (Status empty = ExpectNoDocument(response); !empty) return Failure(std::move(empty.error()));
  return RestoreObjectResponse{response.status == 200};
}

std::optional<RestoreObjectResponse> RestoreObject::AfterLostAnswer(const Request&, const Error& error) {
  // Begun by the attempt whose answer was lost.
  if (!error.service || error.service->code != "RestoreAlreadyInProgress") return std::nullopt;
  return RestoreObjectResponse{};
}

}  // namespace s3conn
