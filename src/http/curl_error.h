#ifndef S3CONN_HTTP_CURL_ERROR_H_
#define S3CONN_HTTP_CURL_ERROR_H_

#include <curl/curl.h>

#include <chrono>
#include <string>
#include <string_view>

#include "s3conn/base/error.h"
#include "s3conn/base/message.h"

namespace s3conn {

// What is known about an exchange that libcurl gave up.
struct CurlFailure {
  CURLcode code = CURLE_OK;
  std::string_view text;    // libcurl's words; may be empty
  long system_error = 0;    // errno of the failed system call, or 0
  long connect_status = 0;  // what a proxy answered to CONNECT, or 0
  std::string proxy;        // "host:port" of the proxy that was used, or ""
  std::chrono::milliseconds connect_timeout{};
};

// "127.0.0.1:9000": host and port, the port always there.
std::string Peer(const Origin& origin);

// "60 s", "0.25 s".
std::string Seconds(std::chrono::milliseconds duration);

// Says what was attempted on which host, what to do about it and whether trying again may help.
Error ErrorFromCurl(const Origin& origin, const CurlFailure& failure);

}  // namespace s3conn

#endif  // S3CONN_HTTP_CURL_ERROR_H_
