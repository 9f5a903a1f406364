#include "base/url.h"

#include <arpa/inet.h>
#include <fmt/format.h>

#include <array>

#include "base/text.h"

namespace s3conn {
namespace {

// A text with an '@' in it may hold a password, wherever else it is malformed: it is not repeated.
tl::unexpected<Error> BadUrl(std::string_view text, std::string_view why) {
  if (text.find('@') != std::string_view::npos) {
    return Failure(ErrorKind::kUsage,
                   "the endpoint URL has a user name or password in it, or an '@' elsewhere",
                   "credentials go into the environment or a profile, never into the URL");
  }
  return Failure(ErrorKind::kUsage,
                 fmt::format("'{}' is not an endpoint URL: {}", EscapeForTerminal(text), why),
                 "give scheme, host and port, as in https://s3.example.com or http://127.0.0.1:9000");
}

bool IsHostCharacter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_';
}

// Why `host` can't be a host name, or "".
std::string_view HostFault(std::string_view host) {
  if (host.empty()) return "the host is missing";
  if (host.size() > 253) return "the host is longer than 253 characters";
  for (const char c : host) {
    if (!IsHostCharacter(c)) return "the host holds a character that a host name can't have";
  }
  if (host.front() == '.' || host.find("..") != std::string_view::npos) return "the host has an empty label";
  return "";
}

bool IsIpv6(const std::string& host) {
  std::array<unsigned char, 16> address{};
  return inet_pton(AF_INET6, host.c_str(), address.data()) == 1;
}

}  // namespace

bool IsHostLabel(std::string_view text) {
  if (text.empty() || text.size() > 63 || text.front() == '-' || text.back() == '-') return false;
  for (const char c : text) {
    if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-')) return false;
  }
  return true;
}

bool IsIpAddress(std::string_view host) {
  std::array<unsigned char, 16> address{};
  const std::string text(host);
  return inet_pton(AF_INET, text.c_str(), address.data()) == 1 || IsIpv6(text);
}

Result<EndpointUrl> ParseEndpointUrl(std::string_view text) {
  EndpointUrl endpoint;
  std::string_view rest = text;
  for (const char c : text) {
    if (static_cast<unsigned char>(c) <= ' ' || c == '\x7f' || c == '\\') {
      return BadUrl(text, "it holds white space, a backslash or a control character");
    }
  }
  const std::string scheme = AsciiLower(text.substr(0, text.find("://")));
  if (text.find("://") == std::string_view::npos || (scheme != "http" && scheme != "https")) {
    return BadUrl(text, "it must begin with http:// or https://");
  }
  endpoint.origin.scheme = scheme == "https" ? Scheme::kHttps : Scheme::kHttp;
  rest.remove_prefix(scheme.size() + 3);
  if (rest.find_first_of("?#") != std::string_view::npos) return BadUrl(text, "it has a query or a fragment");

  std::string_view authority = rest.substr(0, rest.find('/'));
  std::string_view path = rest.substr(authority.size());
  if (authority.find('@') != std::string_view::npos) return BadUrl(text, "it names a user");
  std::string_view port;
  if (authority.starts_with('[')) {
    const std::size_t close = authority.find(']');
    if (close == std::string_view::npos) return BadUrl(text, "a ']' is missing");
    endpoint.origin.host = AsciiLower(authority.substr(1, close - 1));
    if (!IsIpv6(endpoint.origin.host)) return BadUrl(text, "what stands in brackets is no IPv6 address");
    authority.remove_prefix(close + 1);
    if (!authority.empty() && authority.front() != ':') return BadUrl(text, "unexpected text after ']'");
    port = authority;
  } else {
    const std::size_t colon = authority.find(':');
    endpoint.origin.host = AsciiLower(authority.substr(0, colon));
    port = colon == std::string_view::npos ? std::string_view() : authority.substr(colon);
    if (const std::string_view fault = HostFault(endpoint.origin.host); !fault.empty()) {
      return BadUrl(text, fault);
    }
  }
  endpoint.origin.port = endpoint.origin.scheme == Scheme::kHttps ? 443 : 80;
  if (!port.empty()) {
    const auto number = ParseUnsigned(port.substr(1));
    if (!number || *number < 1 || *number > 65535) return BadUrl(text, "the port must be 1 to 65535");
    endpoint.origin.port = static_cast<std::uint16_t>(*number);
  }
  while (path.ends_with('/')) path.remove_suffix(1);
  endpoint.path_prefix = path;
  return endpoint;
}

bool IsLoopback(std::string_view host) {
  if (IsIpAddress(host)) return host == "::1" || host.starts_with("127.");
  return host == "localhost" || host.ends_with(".localhost");
}

}  // namespace s3conn
