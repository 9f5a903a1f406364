#include "s3/xml_response.h"

#include <fmt/format.h>

#include <utility>

#include "base/text.h"

namespace s3conn {

Result<XmlDocument> ParseXmlResponse(const HttpResponse& response, std::string_view root) {
  Result<XmlDocument> document = XmlDocument::Parse(response.body);
  if (document && document->root().name() == root) return document;
  return Failure(NotAnS3Answer(document
                                   ? fmt::format("the answer is a <{}> document where <{}> was expected",
                                                 EscapeForTerminal(document->root().name()), root)
                                   : fmt::format("the answer can't be read: {}", document.error().message)));
}

Status ExpectNoDocument(const HttpResponse& response) {
  if (Trim(response.body).empty()) return {};
  return Failure(NotAnS3Answer(
      fmt::format("the answer is a text where none was expected: {}", Abbreviate(Trim(response.body), 200))));
}

Error NotAnS3Answer(std::string message) {
  Error error;
  error.kind = ErrorKind::kService;
  error.retryable = true;
  error.message = std::move(message);
  error.hint = kNotS3Hint;
  return error;
}

}  // namespace s3conn
