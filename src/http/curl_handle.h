#ifndef S3CONN_HTTP_CURL_HANDLE_H_
#define S3CONN_HTTP_CURL_HANDLE_H_

#include <curl/curl.h>

#include <array>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "http/certificate_store.h"
#include "http/curl_client.h"
#include "http/proxy.h"

namespace s3conn {

// One libcurl handle in a multi of its own, for that alone can be woken from another thread. It keeps its
// connections alive between exchanges. Used by one thread at a time.
class CurlHandle {
 public:
  // Null when libcurl can't make one. What never changes from one exchange to the next is set here.
  static std::unique_ptr<CurlHandle> Make(const CurlOptions& options, const ProxySettings& proxy);

  CURL* easy() const { return easy_.get(); }
  CURLM* multi() const { return multi_.get(); }
  // libcurl's words about the last failure; may be empty.
  std::string_view error_text() const { return error_text_.data(); }
  void ClearErrorText() { error_text_[0] = '\0'; }
  // libcurl frees its buffer whenever this is set, so it is set on change only.
  void SetUploadBuffer(long bytes);

 private:
  struct EasyDeleter {
    void operator()(CURL* easy) const { curl_easy_cleanup(easy); }
  };
  struct MultiDeleter {
    void operator()(CURLM* multi) const { curl_multi_cleanup(multi); }
  };

  CurlHandle() = default;
  void SetFixedOptions(const CurlOptions& options, const ProxySettings& proxy);

  std::array<char, CURL_ERROR_SIZE> error_text_{};
  long upload_buffer_ = 0;
  std::unique_ptr<CURLM, MultiDeleter> multi_;
  std::unique_ptr<CURL, EasyDeleter> easy_;  // goes first: its cleanup still looks at the multi
};

// The idle handles, the last one used on top: its connections are the freshest.
class CurlHandlePool {
 public:
  std::unique_ptr<CurlHandle> TakeIdle();
  void GiveBack(std::unique_ptr<CurlHandle> handle);

 private:
  std::mutex mutex_;
  std::vector<std::unique_ptr<CurlHandle>> idle_;
};

}  // namespace s3conn

#endif  // S3CONN_HTTP_CURL_HANDLE_H_
