#ifndef S3CONN_LOCAL_DOCUMENT_H_
#define S3CONN_LOCAL_DOCUMENT_H_

#include <string_view>

#include "base/xml.h"
#include "local/call.h"
#include "local/xml_writer.h"
#include "s3conn/base/units.h"

// The XML in the bodies of requests and answers.

namespace s3conn::local {

// Longer than any document of S3's with its most entries, each of the longest kind.
inline constexpr ByteCount kLongestDocument = 8_MiB;

// The request's body, whose root has that name. kMalformedXml, and what ReadDocument refuses.
Answer<XmlDocument> ReadXml(const Call& call, std::string_view root, ByteCount limit = kLongestDocument);

// An element that asks for what is not done here: kNotImplemented, naming it.
tl::unexpected<Refusal> RefuseElement(std::string_view name);

// 200 with the document, which is finished.
Response XmlResponse(XmlWriter& xml);

}  // namespace s3conn::local

#endif  // S3CONN_LOCAL_DOCUMENT_H_
