#ifndef S3CONN_S3_SERVICE_ERROR_H_
#define S3CONN_S3_SERVICE_ERROR_H_

#include <string_view>

#include "s3conn/base/error.h"
#include "s3conn/base/message.h"

namespace s3conn {

// The Error for a response that is not a success, or for a 2xx whose body is an <Error> document. Its kind
// and whether it may be retried follow from the service's code, else from the HTTP status. Anything that is
// not S3's XML (a proxy's page) is quoted, escaped and cut short.
Error ServiceError(const HttpRequest& request, const HttpResponse& response);

// The same for what an answer on several objects says of one of them: no status, only code and message.
Error ErrorFromCode(std::string_view code, std::string_view message);

}  // namespace s3conn

#endif  // S3CONN_S3_SERVICE_ERROR_H_
