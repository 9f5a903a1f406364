#include "http/curl_client.h"

#include <curl/curl.h>

#include <chrono>
#include <mutex>
#include <utility>

#include "http/certificate_store.h"
#include "http/curl_exchange.h"
#include "http/curl_handle.h"
#include "http/proxy.h"
#include "http/wire_headers.h"

namespace s3conn {
namespace {

CURLcode InitialiseLibcurl() {
  static std::once_flag once;
  static CURLcode code = CURLE_FAILED_INIT;
  std::call_once(once, [] { code = curl_global_init(CURL_GLOBAL_DEFAULT); });
  return code;
}

}  // namespace

struct CurlClient::Shared {
  explicit Shared(CurlOptions given)
      : options(std::move(given)),
        proxy(ProxyFromEnvironment(options.environment)),
        certificates(options.ca_bundle) {}

  Result<HttpResponse> Exchange(const HttpRequest& request, Body body, const CallContext& context);

  const CurlOptions options;
  const ProxySettings proxy;
  CertificateStore certificates;
  CurlHandlePool handles;
};

Result<std::unique_ptr<CurlClient>> CurlClient::Make(CurlOptions options) {
  if (const CURLcode code = InitialiseLibcurl(); code != CURLE_OK) {
    return Failure(ErrorKind::kNetwork, std::string("start libcurl: ") + curl_easy_strerror(code));
  }
  return std::unique_ptr<CurlClient>(new CurlClient(std::make_unique<Shared>(std::move(options))));
}

CurlClient::CurlClient(std::unique_ptr<Shared> shared) : shared_(std::move(shared)) {}
CurlClient::~CurlClient() = default;

Result<HttpResponse> CurlClient::Send(const HttpRequest& request, Body body, const CallContext& context) {
  if (!context.observed()) return shared_->Exchange(request, body, context);
  const auto start = std::chrono::steady_clock::now();
  Result<HttpResponse> result = shared_->Exchange(request, body, context);
  const auto elapsed =
      std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - start);
  context.Emit(ExchangeEnded{.request = request,
                             .response = result ? &*result : nullptr,
                             .error = result ? nullptr : &result.error(),
                             .elapsed = elapsed});
  return result;
}

Result<HttpResponse> CurlClient::Shared::Exchange(const HttpRequest& request, Body body,
                                                  const CallContext& context) {
  if (Status sendable = CheckSendable(request); !sendable) return Failure(std::move(sendable.error()));
  x509_store_st* store = nullptr;
  const bool tls = request.origin.scheme == Scheme::kHttps;
  if (tls || proxy.For(request.origin.scheme).starts_with("https://")) {
    const Result<x509_store_st*> loaded = certificates.Get();
    if (!loaded) return Failure(loaded.error());
    store = *loaded;
  }
  std::unique_ptr<CurlHandle> handle = handles.TakeIdle();
  if (!handle) handle = CurlHandle::Make(options, proxy);
  if (!handle) return Failure(ErrorKind::kNetwork, "start an exchange: libcurl has no memory for one");
  const ExchangeInput input{.options = options,
                            .proxy = proxy,
                            .certificates = store,
                            .request = request,
                            .body = body,
                            .context = context};
  Result<HttpResponse> result = CurlExchange(*handle, input).Run();
  handles.GiveBack(std::move(handle));
  return result;
}

}  // namespace s3conn
