#ifndef S3CONN_HTTP_CURL_CLIENT_H_
#define S3CONN_HTTP_CURL_CLIENT_H_

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "s3conn/http/http_client.h"

namespace s3conn {

// Looks a variable of the environment up.
using EnvironmentLookup = std::function<std::optional<std::string>(std::string_view name)>;

struct CurlOptions {
  // The certificates to trust: a PEM file, or a folder as c_rehash makes it. Else the system's.
  std::optional<std::string> ca_bundle{};
  std::chrono::milliseconds connect_timeout{5'000};  // name resolution, TCP and TLS together
  std::chrono::milliseconds read_timeout{60'000};    // no byte moved, either way, for that long
  std::string user_agent = "s3conn";
  // Every request goes to this abstract unix socket (its name without the leading NUL), wherever it is
  // addressed to, and never through a proxy.
  std::string abstract_unix_socket{};
  // Asked once, in Make, for the proxy variables that curl documents. Without it there is no proxy.
  EnvironmentLookup environment{};
};

// HttpClient over libcurl. Each exchange borrows an idle handle with its kept-alive connections, or makes a
// new one; exchanges on several threads share nothing else but the certificates.
class CurlClient final : public HttpClient {
 public:
  static Result<std::unique_ptr<CurlClient>> Make(CurlOptions options);
  ~CurlClient() override;

  // Requests whose method, path or headers could not be sent byte for byte are refused (kUsage). Host and
  // Content-Length are added; nothing else is, except User-Agent where the request has none. The source is
  // read from where it stands.
  Result<HttpResponse> Send(const HttpRequest& request, Body body, const CallContext& context) override;

 private:
  struct Shared;
  explicit CurlClient(std::unique_ptr<Shared> shared);

  std::unique_ptr<Shared> shared_;
};

}  // namespace s3conn

#endif  // S3CONN_HTTP_CURL_CLIENT_H_
