#ifndef S3CONN_HTTP_CURL_VERSION_H_
#define S3CONN_HTTP_CURL_VERSION_H_

#include <string>

namespace s3conn {

// The HTTP and TLS libraries in use: "libcurl/7.88.1 OpenSSL/3.0.19".
std::string CurlVersion();

}  // namespace s3conn

#endif  // S3CONN_HTTP_CURL_VERSION_H_
