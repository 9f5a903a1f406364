#ifndef S3CONN_S3_XML_RESPONSE_H_
#define S3CONN_S3_XML_RESPONSE_H_

#include <string_view>

#include "base/xml.h"
#include "s3conn/base/error.h"
#include "s3conn/base/message.h"

namespace s3conn {

// The document of a 2xx answer whose root must be `root`. Anything else, truncated or empty bodies included,
// is a retryable kService error: S3 may answer 200 and fail afterwards.
Result<XmlDocument> ParseXmlResponse(const HttpResponse& response, std::string_view root);

// For operations that S3 answers without a document: a body means that something else answered. Retryable
// kService.
Status ExpectNoDocument(const HttpResponse& response);

// The Error for a 2xx that S3 would not send, and its hint: retryable, for what answered may be gone next
// time.
Error NotAnS3Answer(std::string message);
inline constexpr std::string_view kNotS3Hint =
    "this is not an answer of an S3 service: a proxy or another server may stand at the endpoint";

}  // namespace s3conn

#endif  // S3CONN_S3_XML_RESPONSE_H_
