#include "http/proxy.h"

#include <initializer_list>
#include <string_view>

namespace s3conn {

ProxySettings ProxyFromEnvironment(const EnvironmentLookup& environment) {
  if (!environment) return {};
  // An empty variable counts as unset, as in libcurl.
  const auto first_of = [&environment](std::initializer_list<std::string_view> names) -> std::string {
    for (const std::string_view name : names) {
      std::optional<std::string> value = environment(name);
      if (value && !value->empty()) return *std::move(value);
    }
    return {};
  };
  ProxySettings settings;
  // HTTP_PROXY is left out: in a CGI program a client sets it with a "Proxy:" header.
  settings.http = first_of({"http_proxy", "all_proxy", "ALL_PROXY"});
  settings.https = first_of({"https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"});
  settings.exceptions = first_of({"no_proxy", "NO_PROXY"});
  return settings;
}

std::string ProxyName(const std::string& proxy) {
  std::string_view name = proxy;
  if (const auto scheme = name.find("://"); scheme != std::string_view::npos) name.remove_prefix(scheme + 3);
  if (const auto slash = name.find('/'); slash != std::string_view::npos) name = name.substr(0, slash);
  if (const auto user = name.rfind('@'); user != std::string_view::npos) name.remove_prefix(user + 1);
  return std::string(name);
}

}  // namespace s3conn
