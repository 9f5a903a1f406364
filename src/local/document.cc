#include "local/document.h"

#include <string>
#include <utility>

#include "local/payload.h"

namespace s3conn::local {

Answer<XmlDocument> ReadXml(const Call& call, std::string_view root, ByteCount limit) {
  const Answer<std::string> text = ReadDocument(call.request, call.payload, call.body, limit.bytes());
  if (!text) return Refuse(text.error());
  Result<XmlDocument> document = XmlDocument::Parse(*text);
  if (!document || document->root().name() != root) return Refuse(Code::kMalformedXml);
  return std::move(*document);
}

tl::unexpected<Refusal> RefuseElement(std::string_view name) {
  return Refuse(Code::kNotImplemented,
                "The body has an element that asks for a function that is not implemented.",
                {{"Element", std::string(name)}});
}

Response XmlResponse(XmlWriter& xml) {
  Response response;
  response.headers.Add("Content-Type", "application/xml");
  response.body = xml.Finish();
  return response;
}

}  // namespace s3conn::local
