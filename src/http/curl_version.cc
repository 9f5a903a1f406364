#include "http/curl_version.h"

#include <curl/curl.h>

namespace s3conn {

std::string CurlVersion() {
  const curl_version_info_data* info = curl_version_info(CURLVERSION_NOW);
  std::string text = std::string("libcurl/") + info->version;
  if (info->ssl_version != nullptr) text += std::string(" ") + info->ssl_version;
  return text;
}

}  // namespace s3conn
