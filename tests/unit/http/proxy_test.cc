#include "http/proxy.h"

#include <stdlib.h>

#include "exchange_fixture.h"

namespace s3conn {
namespace {

TEST_CASE("proxy variables are read as curl reads them") {
  const ProxySettings all = ProxyFromEnvironment(Environment({{"http_proxy", "http://a"},
                                                              {"HTTPS_PROXY", "http://b"},
                                                              {"ALL_PROXY", "http://c"},
                                                              {"NO_PROXY", "x.test"}}));
  CHECK(all.http == "http://a");
  CHECK(all.https == "http://b");
  CHECK(all.exceptions == "x.test");

  const ProxySettings lower_first = ProxyFromEnvironment(Environment(
      {{"https_proxy", "http://l"}, {"HTTPS_PROXY", "http://u"}, {"no_proxy", "l"}, {"NO_PROXY", "u"}}));
  CHECK(lower_first.https == "http://l");
  CHECK(lower_first.exceptions == "l");
  CHECK(lower_first.http.empty());

  const ProxySettings fallback =
      ProxyFromEnvironment(Environment({{"http_proxy", ""}, {"all_proxy", "socks5://s"}}));
  CHECK(fallback.http == "socks5://s");
  CHECK(fallback.https == "socks5://s");
}

TEST_CASE("HTTP_PROXY in capitals is ignored") {
  CHECK(ProxyFromEnvironment(Environment({{"HTTP_PROXY", "http://a"}})).http.empty());
}

TEST_CASE("the name of a proxy has no password") {
  CHECK(ProxyName("http://user:p%40ss@proxy.test:3128/") == "proxy.test:3128");
  CHECK(ProxyName("proxy.test") == "proxy.test");
}

TEST_CASE("a proxy gets the whole URL with its path as it is and the origin's Host") {
  ScriptedServer proxy({Respond(200, {}, "from the proxy")});
  const auto client = MakeClient({.environment = Environment({{"http_proxy", proxy.url()}})});
  HttpRequest request;
  request.origin = {Scheme::kHttp, "bucket.s3.invalid", 80};
  request.path = "/a/../b//c%2F";
  request.query = {{"x", "1"}};
  const auto result = client->Send(request, {}, {});
  REQUIRE(Outcome(result) == "200");
  const auto received = proxy.requests();
  CHECK(received[0].request_line == "GET http://bucket.s3.invalid/a/../b//c%2F?x=1 HTTP/1.1");
  CHECK(received[0].Header("Host") == "bucket.s3.invalid");
}

TEST_CASE("a direct request goes past the proxy") {
  ScriptedServer proxy;
  ScriptedServer server([](const ReceivedRequest&) { return Respond(200); });
  const auto client = MakeClient({.environment = Environment({{"http_proxy", proxy.url()}})});
  HttpRequest request = To(server);
  request.direct = true;
  CHECK(Outcome(client->Send(request, {}, {})) == "200");
  CHECK(proxy.connections() == 0);
  // The next one on the same handle is an ordinary one again.
  CHECK(Outcome(client->Send(To(server), {}, {})) == "599");
}

TEST_CASE("NO_PROXY is respected") {
  ScriptedServer proxy;
  ScriptedServer server({Respond(200)});
  const auto client = MakeClient(
      {.environment = Environment({{"http_proxy", proxy.url()}, {"NO_PROXY", "other.test,127.0.0.1"}})});
  CHECK(Outcome(client->Send(To(server), {}, {})) == "200");
  CHECK(proxy.connections() == 0);
}

TEST_CASE("the process environment is not asked") {
  ScriptedServer proxy;
  ScriptedServer server([](const ReceivedRequest&) { return Respond(200); });
  setenv("http_proxy", proxy.url().c_str(), 1);
  const auto direct = MakeClient()->Send(To(server), {}, {});
  unsetenv("http_proxy");
  CHECK(Outcome(direct) == "200");

  setenv("no_proxy", "*", 1);
  const auto proxied =
      MakeClient({.environment = Environment({{"http_proxy", proxy.url()}})})->Send(To(server), {}, {});
  unsetenv("no_proxy");
  CHECK(Outcome(proxied) == "599");
  CHECK(proxy.requests().size() == 1);
}

TEST_CASE("a proxy that wants a password is named in the error and sees no header of ours") {
  ScriptedServer proxy({ThenClose(Respond(407, {{"Connection", "close"}}))});
  const auto client = MakeClient({.environment = Environment({{"https_proxy", proxy.url()}})});
  HttpRequest request;
  request.origin = {Scheme::kHttps, "bucket.s3.invalid", 443};
  request.headers = {{"Authorization", "AWS4-HMAC-SHA256 secret"}};
  const auto result = client->Send(request, {}, {});
  REQUIRE_FALSE(result);
  CHECK(Outcome(result) == "Network: connect to bucket.s3.invalid:443 through the proxy 127.0.0.1:" +
                               std::to_string(proxy.port()) + ": the proxy answered 407");
  CHECK_FALSE(result.error().retryable);
  const auto received = proxy.requests();
  REQUIRE(received.size() == 1);
  CHECK(received[0].request_line == "CONNECT bucket.s3.invalid:443 HTTP/1.1");
  CHECK_FALSE(received[0].Header("Authorization"));
}

TEST_CASE("a proxy that does not run is named in the error without its password") {
  std::string dead;
  {
    const ScriptedServer gone;
    dead = "127.0.0.1:" + std::to_string(gone.port());
  }
  for (const std::string no_proxy : {"", "other.test"}) {
    CAPTURE(no_proxy);
    const auto client = MakeClient({.environment = Environment({{"http_proxy", "http://user:hunter2@" + dead},
                                                                {"no_proxy", no_proxy}})});
    HttpRequest request;
    request.origin = {Scheme::kHttp, "bucket.s3.invalid", 80};
    const auto result = client->Send(request, {}, {});
    CHECK(Outcome(result) == "Network: connect to the proxy " + dead + ": connection refused");
  }
}

TEST_CASE("a proxy that libcurl can't use is a configuration error without its password") {
  for (const std::string proxy :
       {"gopher://user:hunter2@proxy.test:70", "http://user:hunter2@proxy.test:port"}) {
    CAPTURE(proxy);
    const auto client = MakeClient({.environment = Environment({{"http_proxy", proxy}})});
    HttpRequest request;
    request.origin = {Scheme::kHttp, "bucket.s3.invalid", 80};
    const auto result = client->Send(request, {}, {});
    REQUIRE_FALSE(result);
    CHECK(result.error().kind == ErrorKind::kConfig);
    CHECK(result.error().message.find("proxy.test") != std::string::npos);
    CHECK(result.error().message.find("hunter2") == std::string::npos);
    CHECK(result.error().hint.find("hunter2") == std::string::npos);
  }
}

TEST_CASE("a proxy whose name does not exist is not tried again") {
  const auto client =
      MakeClient({.environment = Environment({{"http_proxy", "http://no-such-proxy.invalid:3128"}})});
  HttpRequest request;
  request.origin = {Scheme::kHttp, "bucket.s3.invalid", 80};
  const auto result = client->Send(request, {}, {});
  CHECK(Outcome(result) ==
        "Network: connect to the proxy no-such-proxy.invalid:3128: no address for this name");
  CHECK_FALSE(result.error().retryable);
}

}  // namespace
}  // namespace s3conn
