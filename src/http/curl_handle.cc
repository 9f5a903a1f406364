#include "http/curl_handle.h"

#include <utility>

namespace s3conn {
namespace {

// S3 closes an idle connection after 5 to 20 seconds; a request sent on one that is about to close costs a
// retry.
constexpr long kMaxIdleSeconds = 15;
// S3 spreads load by short-lived answers of its name servers.
constexpr long kNameCacheSeconds = 10;

}  // namespace

std::unique_ptr<CurlHandle> CurlHandle::Make(const CurlOptions& options, const ProxySettings& proxy) {
  std::unique_ptr<CurlHandle> handle(new CurlHandle);
  handle->multi_.reset(curl_multi_init());
  handle->easy_.reset(curl_easy_init());
  if (!handle->multi_ || !handle->easy_) return nullptr;
  handle->SetFixedOptions(options, proxy);
  return handle;
}

void CurlHandle::SetFixedOptions(const CurlOptions& options, const ProxySettings& proxy) {
  CURL* const curl = easy();
  curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, error_text_.data());
  curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
  // A server that copies for minutes says nothing meanwhile; what stands between forgets silent connections.
  curl_easy_setopt(curl, CURLOPT_TCP_KEEPALIVE, 1L);
  curl_easy_setopt(curl, CURLOPT_USERAGENT, options.user_agent.c_str());

  // What is signed is what is sent: no path squashing, nothing decoded, no redirect, no state from elsewhere.
  curl_easy_setopt(curl, CURLOPT_PATH_AS_IS, 1L);
  curl_easy_setopt(curl, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
  curl_easy_setopt(curl, CURLOPT_HTTP09_ALLOWED, 0L);
  curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
  curl_easy_setopt(curl, CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
  curl_easy_setopt(curl, CURLOPT_HEADEROPT, static_cast<long>(CURLHEADER_SEPARATE));
  curl_easy_setopt(curl, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);

  if (!options.abstract_unix_socket.empty()) {
    curl_easy_setopt(curl, CURLOPT_ABSTRACT_UNIX_SOCKET, options.abstract_unix_socket.c_str());
  }
  curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(options.connect_timeout.count()));
  curl_easy_setopt(curl, CURLOPT_TCP_NODELAY, 1L);
  curl_easy_setopt(curl, CURLOPT_MAXAGE_CONN, kMaxIdleSeconds);
  curl_easy_setopt(curl, CURLOPT_DNS_CACHE_TIMEOUT, kNameCacheSeconds);
  curl_easy_setopt(curl, CURLOPT_DNS_SHUFFLE_ADDRESSES, 1L);
  // A cancelled exchange doesn't wait for a name server: the resolver's thread ends by itself.
  curl_easy_setopt(curl, CURLOPT_QUICK_EXIT, 1L);
  // Set even when empty, or libcurl asks the environment itself.
  curl_easy_setopt(curl, CURLOPT_NOPROXY, proxy.exceptions.c_str());

  curl_easy_setopt(curl, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  curl_easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, 1L);
  curl_easy_setopt(curl, CURLOPT_SSL_VERIFYHOST, 2L);
  // The certificates come from CertificateStore, for the proxy's TLS too.
  curl_easy_setopt(curl, CURLOPT_CAINFO, nullptr);
  curl_easy_setopt(curl, CURLOPT_CAPATH, nullptr);
  curl_easy_setopt(curl, CURLOPT_PROXY_CAINFO, nullptr);
  curl_easy_setopt(curl, CURLOPT_PROXY_CAPATH, nullptr);
}

void CurlHandle::SetUploadBuffer(long bytes) {
  if (bytes == upload_buffer_) return;
  curl_easy_setopt(easy(), CURLOPT_UPLOAD_BUFFERSIZE, bytes);
  upload_buffer_ = bytes;
}

std::unique_ptr<CurlHandle> CurlHandlePool::TakeIdle() {
  const std::lock_guard lock(mutex_);
  if (idle_.empty()) return nullptr;
  std::unique_ptr<CurlHandle> handle = std::move(idle_.back());
  idle_.pop_back();
  return handle;
}

void CurlHandlePool::GiveBack(std::unique_ptr<CurlHandle> handle) {
  const std::lock_guard lock(mutex_);
  idle_.push_back(std::move(handle));
}

}  // namespace s3conn
