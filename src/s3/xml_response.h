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

}  // namespace s3conn

#endif  // S3CONN_S3_XML_RESPONSE_H_
