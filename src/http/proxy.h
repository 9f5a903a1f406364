#ifndef S3CONN_HTTP_PROXY_H_
#define S3CONN_HTTP_PROXY_H_

#include <string>

#include "http/curl_client.h"
#include "s3conn/base/message.h"

namespace s3conn {

// The proxy variables of the environment, read once; "" means none. What they mean is libcurl's business:
// https://everything.curl.dev/usingcurl/proxies/env.html
struct ProxySettings {
  std::string http;
  std::string https;
  std::string exceptions;  // NO_PROXY, as it stands

  const std::string& For(Scheme scheme) const { return scheme == Scheme::kHttps ? https : http; }
};

ProxySettings ProxyFromEnvironment(const EnvironmentLookup& environment);

// The proxy without user name and password, for messages.
std::string ProxyName(const std::string& proxy);

}  // namespace s3conn

#endif  // S3CONN_HTTP_PROXY_H_
