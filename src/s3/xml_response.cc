#include "s3/xml_response.h"

#include <fmt/format.h>

#include "base/text.h"

namespace s3conn {

Result<XmlDocument> ParseXmlResponse(const HttpResponse& response, std::string_view root) {
  Result<XmlDocument> document = XmlDocument::Parse(response.body);
  if (document && document->root().name() == root) return document;
  Error error;
  error.kind = ErrorKind::kService;
  error.retryable = true;
  error.hint = "this is not an answer of an S3 service: a proxy or another server may stand at the endpoint";
  error.message = document ? fmt::format("the answer is a <{}> document where <{}> was expected",
                                         EscapeForTerminal(document->root().name()), root)
                           : fmt::format("the answer can't be read: {}", document.error().message);
  return Failure(std::move(error));
}

}  // namespace s3conn
