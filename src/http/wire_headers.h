#ifndef S3CONN_HTTP_WIRE_HEADERS_H_
#define S3CONN_HTTP_WIRE_HEADERS_H_

#include <curl/curl.h>

#include <memory>

#include "s3conn/base/error.h"
#include "s3conn/base/message.h"

namespace s3conn {

struct CurlListDeleter {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using CurlList = std::unique_ptr<curl_slist, CurlListDeleter>;

// kUsage where the method, path or a header could not go out byte for byte, or would forge a second header.
Status CheckSendable(const HttpRequest& request);

// The request's header fields as libcurl wants them, Host in front, and libcurl's own additions switched off.
CurlList WireHeaders(const HttpRequest& request);

}  // namespace s3conn

#endif  // S3CONN_HTTP_WIRE_HEADERS_H_
