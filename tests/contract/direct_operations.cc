#include "contract/direct_operations.h"

#include <algorithm>
#include <utility>

#include "contract/direct_client.h"
#include "s3/xml_response.h"

namespace s3conn {

Result<OperationRequest> PutBucketVersioning::Build(const Request& request) {
  OperationRequest operation;
  operation.method = "PUT";
  operation.bucket = request.bucket;
  operation.query.push_back({"versioning", ""});
  operation.body =
      "<VersioningConfiguration xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">"
      "<Status>Enabled</Status></VersioningConfiguration>";
  operation.headers.Add("Content-Type", "application/xml");
  return operation;
}

Result<PutBucketVersioning::Response> PutBucketVersioning::Parse(const HttpResponse& response) {
  if (Status empty = ExpectNoDocument(response); !empty) return Failure(std::move(empty.error()));
  return Response{};
}

void KeepVersions(const std::string& bucket) {
  DirectClient().Call<PutBucketVersioning>({bucket});
}

NamedValues SortedTags(const GetObjectTaggingRequest& object) {
  NamedValues tags = DirectClient().Call<GetObjectTagging>(object).tags;
  std::sort(tags.begin(), tags.end());
  return tags;
}

}  // namespace s3conn
