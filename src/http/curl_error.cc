#include "http/curl_error.h"

#include <fmt/format.h>

#include <system_error>
#include <utility>

#include "base/text.h"

namespace s3conn {
namespace {

Error MakeError(ErrorKind kind, std::string message, std::string hint, bool retryable) {
  Error error;
  error.kind = kind;
  error.message = std::move(message);
  error.hint = std::move(hint);
  error.retryable = retryable;
  return error;
}

// The system's words for errno where there is one, else libcurl's, else its name for the code.
std::string Reason(const CurlFailure& failure) {
  if (failure.system_error != 0) {
    return AsciiLower(
        std::error_code(static_cast<int>(failure.system_error), std::generic_category()).message());
  }
  if (!failure.text.empty()) return EscapeForTerminal(failure.text);
  return curl_easy_strerror(failure.code);
}

// "127.0.0.1:9000", or with the proxy that stands between.
std::string Target(const Origin& origin, const CurlFailure& failure) {
  return failure.proxy.empty() ? Peer(origin) : Peer(origin) + " through the proxy " + failure.proxy;
}

Error ConnectError(const Origin& origin, const CurlFailure& failure) {
  if (!failure.proxy.empty()) {
    return MakeError(
        ErrorKind::kNetwork, fmt::format("connect to the proxy {}: {}", failure.proxy, Reason(failure)),
        "is the proxy running? It comes from HTTPS_PROXY, http_proxy or ALL_PROXY; NO_PROXY makes exceptions",
        true);
  }
  return MakeError(ErrorKind::kNetwork, fmt::format("connect to {}: {}", Peer(origin), Reason(failure)),
                   "is the server running, and are the endpoint's host and port right?", true);
}

Error TimeoutError(const Origin& origin, const CurlFailure& failure) {
  return MakeError(ErrorKind::kTimeout,
                   fmt::format("connect to {}: no connection within {}", Target(origin, failure),
                               Seconds(failure.connect_timeout)),
                   "check the endpoint, the network and the firewall; --connect-timeout gives more time",
                   true);
}

Error VerificationError(const Origin& origin, const CurlFailure& failure) {
  return MakeError(ErrorKind::kNetwork,
                   fmt::format("connect to {}: its certificate can't be verified: {}",
                               Target(origin, failure), Reason(failure)),
                   "for a server with a certificate of its own, name its CA file with --ca-bundle", false);
}

Error HandshakeError(const Origin& origin, const CurlFailure& failure) {
  // OpenSSL names its own complaints so ("error:0A00010B:SSL routines::wrong version number"); they come
  // again at the next try. What is left are connections that broke.
  const bool refused = failure.text.find("SSL routines") != std::string_view::npos;
  return MakeError(
      ErrorKind::kNetwork, fmt::format("TLS handshake with {}: {}", Target(origin, failure), Reason(failure)),
      refused ? "does the server speak TLS on this port? If not, the endpoint begins with http://" : "",
      !refused);
}

Error ProxyError(const Origin& origin, const CurlFailure& failure) {
  const std::string hint = failure.connect_status == 407
                               ? "the proxy wants a user name and password in its URL"
                               : "NO_PROXY names hosts to reach without the proxy";
  return MakeError(
      ErrorKind::kNetwork,
      fmt::format("connect to {}: the proxy answered {}", Target(origin, failure), failure.connect_status),
      hint, failure.connect_status >= 500);
}

// libcurl's words are left out here: they have the whole URL of the proxy in them, with its password.
Error UnusableProxyError(const CurlFailure& failure) {
  return MakeError(
      ErrorKind::kConfig,
      fmt::format("connect to the proxy {}: libcurl can't use such a proxy", failure.proxy),
      "a proxy is http://host:port, https:// or socks5://; it comes from HTTPS_PROXY, http_proxy or "
      "ALL_PROXY",
      false);
}

Error BrokenError(const Origin& origin, const CurlFailure& failure) {
  switch (failure.code) {
    case CURLE_GOT_NOTHING:
      return MakeError(ErrorKind::kNetwork,
                       fmt::format("read the answer of {}: the connection was closed without one",
                                   Target(origin, failure)),
                       "", true);
    case CURLE_PARTIAL_FILE:
      return MakeError(ErrorKind::kNetwork,
                       fmt::format("read the answer of {}: the connection was closed in the middle of it",
                                   Target(origin, failure)),
                       "", true);
    case CURLE_SEND_ERROR:
      return MakeError(ErrorKind::kNetwork,
                       fmt::format("send to {}: {}", Target(origin, failure), Reason(failure)), "", true);
    default:
      return MakeError(ErrorKind::kNetwork,
                       fmt::format("read the answer of {}: {}", Target(origin, failure), Reason(failure)), "",
                       true);
  }
}

}  // namespace

std::string Peer(const Origin& origin) {
  const bool ipv6 = origin.host.find(':') != std::string::npos;
  return ipv6 ? fmt::format("[{}]:{}", origin.host, origin.port)
              : fmt::format("{}:{}", origin.host, origin.port);
}

std::string Seconds(std::chrono::milliseconds duration) {
  return fmt::format("{:g} s", static_cast<double>(duration.count()) / 1000);
}

Error ErrorFromCurl(const Origin& origin, const CurlFailure& failure) {
  if (failure.text.starts_with("Unsupported proxy")) return UnusableProxyError(failure);
  switch (failure.code) {
    case CURLE_COULDNT_RESOLVE_HOST:
      return MakeError(ErrorKind::kNetwork,
                       fmt::format("connect to {}: no address for this name", Peer(origin)),
                       "check the endpoint's spelling, the region and the name server", false);
    case CURLE_COULDNT_RESOLVE_PROXY:
      return MakeError(ErrorKind::kNetwork,
                       fmt::format("connect to the proxy {}: no address for this name", failure.proxy),
                       "check HTTPS_PROXY, http_proxy and ALL_PROXY", false);
    case CURLE_COULDNT_CONNECT:
      return ConnectError(origin, failure);
    case CURLE_OPERATION_TIMEDOUT:
      return TimeoutError(origin, failure);
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_ISSUER_ERROR:
      return VerificationError(origin, failure);
    case CURLE_SSL_CONNECT_ERROR:
      return HandshakeError(origin, failure);
    case CURLE_SEND_ERROR:
    case CURLE_RECV_ERROR:
    case CURLE_GOT_NOTHING:
    case CURLE_PARTIAL_FILE:
      if (failure.connect_status >= 300) return ProxyError(origin, failure);
      return BrokenError(origin, failure);
    case CURLE_UNSUPPORTED_PROTOCOL:
    case CURLE_WEIRD_SERVER_REPLY:
      return MakeError(
          ErrorKind::kNetwork, fmt::format("read the answer of {}: it isn't HTTP", Target(origin, failure)),
          "is this the S3 endpoint's port? If it speaks TLS, the endpoint begins with https://", false);
    default:
      return MakeError(ErrorKind::kNetwork,
                       fmt::format("exchange with {}: {}", Target(origin, failure), Reason(failure)), "",
                       false);
  }
}

}  // namespace s3conn
