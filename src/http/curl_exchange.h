#ifndef S3CONN_HTTP_CURL_EXCHANGE_H_
#define S3CONN_HTTP_CURL_EXCHANGE_H_

#include <curl/curl.h>

#include <chrono>
#include <cstdint>
#include <optional>

#include "http/curl_client.h"
#include "http/curl_handle.h"
#include "http/proxy.h"
#include "http/response_reader.h"
#include "http/wire_headers.h"
#include "s3conn/base/body.h"
#include "s3conn/base/call_context.h"
#include "s3conn/base/error.h"
#include "s3conn/base/message.h"

struct x509_store_st;

namespace s3conn {

struct ExchangeInput {
  const CurlOptions& options;
  const ProxySettings& proxy;
  x509_store_st* certificates = nullptr;  // where TLS is spoken
  const HttpRequest& request;
  Body body;
  const CallContext& context;
};

// One request and its response on one handle. Run() once.
class CurlExchange {
 public:
  CurlExchange(CurlHandle& handle, const ExchangeInput& input);
  CurlExchange(const CurlExchange&) = delete;
  CurlExchange& operator=(const CurlExchange&) = delete;

  Result<HttpResponse> Run();

 private:
  enum class Ending { kByLibcurl, kCancelled, kDeadline, kSilence };
  using SteadyTime = std::chrono::steady_clock::time_point;

  void Prepare();
  void PrepareConnection();
  void PrepareMethodAndBody();
  void PrepareUpload(std::uint64_t size);

  Ending Drive();
  Ending Wait();
  bool Moved();
  std::chrono::milliseconds Patience() const;
  Result<HttpResponse> Conclude(Ending ending);
  Error LibcurlError() const;

  std::size_t OnRead(char* into, std::size_t capacity);
  int OnSeek(curl_off_t offset);

  CurlHandle& handle_;
  const ExchangeInput& input_;
  ResponseReader reader_;
  CurlList headers_;
  CURLcode code_ = CURLE_OK;
  std::uint64_t sent_ = 0;  // taken from the source
  std::optional<Error> source_failure_;
  SteadyTime last_move_;      // when bytes moved last, in whichever direction
  curl_off_t moved_ = 0;      // bytes sent and received at that time
  bool source_read_ = false;  // since then
};

}  // namespace s3conn

#endif  // S3CONN_HTTP_CURL_EXCHANGE_H_
