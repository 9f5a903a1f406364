#ifndef S3CONN_HTTP_HTTP_CLIENT_H_
#define S3CONN_HTTP_HTTP_CLIENT_H_

#include "s3conn/base/body.h"
#include "s3conn/base/call_context.h"
#include "s3conn/base/error.h"
#include "s3conn/base/message.h"

namespace s3conn {

// One HTTP exchange: the one seam below s3/.
class HttpClient {
 public:
  virtual ~HttpClient() = default;
  // Blocks until the exchange ends; safe from many threads. Any HTTP status is a value (redirects are never
  // followed); an Error means that no complete response came: kNetwork, kTimeout, kCancelled, or whatever the
  // source or sink failed with. Error::retryable says whether sending again may help. Source and sink run on
  // the calling thread; the sink sees 2xx bodies only.
  virtual Result<HttpResponse> Send(const HttpRequest& request, Body body, const CallContext& context) = 0;
};

}  // namespace s3conn

#endif  // S3CONN_HTTP_HTTP_CLIENT_H_
