#include "local/server.h"

#include <fmt/format.h>

#include <future>
#include <string>
#include <vector>

#include "http/curl_client.h"
#include "local/private_endpoint.h"
#include "support/catch.h"
#include "support/temporary_folder.h"

namespace s3conn::local {
namespace {

// Says "hello", after `held` where that is set.
class Greeter final : public Service {
 public:
  std::optional<Response> Serve(const Request& request, ByteStream&) override {
    if (request.target == "/held") {
      arrived.set_value();
      released.get_future().wait();
    }
    return Response{.headers = {{"x-peer", request.peer}}, .body = "hello"};
  }

  std::promise<void> arrived;
  std::promise<void> released;
};

std::unique_ptr<CurlClient> MakeClient(CurlOptions options = {}) {
  Result<std::unique_ptr<CurlClient>> client = CurlClient::Make(std::move(options));
  REQUIRE(client);
  return std::move(*client);
}

HttpRequest Ask(std::uint16_t port, std::string path = "/", std::string host = "127.0.0.1") {
  HttpRequest request;
  request.origin = {Scheme::kHttp, std::move(host), port};
  request.path = std::move(path);
  return request;
}

std::unique_ptr<Server> Started(Result<std::unique_ptr<Server>> server) {
  REQUIRE(server);
  return std::move(*server);
}

}  // namespace

TEST_CASE("Server: answers many clients at once") {
  Greeter greeter;
  const auto server = Started(Server::Listen({}, greeter));
  const auto client = MakeClient();
  std::vector<std::future<std::string>> answers;
  for (int i = 0; i < 32; ++i) {
    answers.push_back(std::async(std::launch::async, [&] {
      std::string all;
      for (int turn = 0; turn < 5; ++turn) {
        const Result<HttpResponse> response = client->Send(Ask(server->port()), {}, {});
        all += response ? response->body : response.error().message;
      }
      return all;
    }));
  }
  for (std::future<std::string>& answer : answers) CHECK(answer.get() == "hellohellohellohellohello");
}

TEST_CASE("Server: an answer under way is finished when it stops and idle connections are not waited for") {
  Greeter greeter;
  const auto server = Started(Server::Listen({}, greeter));
  const auto client = MakeClient();
  const std::uint16_t port = server->port();
  REQUIRE(client->Send(Ask(port), {}, {}));  // leaves its connection open
  const auto other = MakeClient();
  std::future<Result<HttpResponse>> held =
      std::async(std::launch::async, [&] { return other->Send(Ask(port, "/held"), {}, {}); });
  greeter.arrived.get_future().wait();
  std::future<void> stopped = std::async(std::launch::async, [&] { server->Stop(std::chrono::minutes(1)); });
  // Nobody new is let in once it stops.
  while (client->Send(Ask(port), {}, {})) {
  }
  greeter.released.set_value();
  const Result<HttpResponse> answer = held.get();
  REQUIRE(answer);
  CHECK(answer->body == "hello");
  stopped.get();
}

TEST_CASE("Server: an address that is none or is taken is an error that says so") {
  Greeter greeter;
  const auto server = Started(Server::Listen({}, greeter));
  const auto taken = Server::Listen({.port = server->port()}, greeter);
  REQUIRE_FALSE(taken);
  CHECK(taken.error().kind == ErrorKind::kLocalIo);
  CHECK(taken.error().hint.find("port 0") != std::string::npos);
  for (const char* const address : {"", "example.com", "127.0.0.1.1", "[::1]"}) {
    const auto refused = Server::Listen({.address = address}, greeter);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().kind == ErrorKind::kUsage);
  }
}

TEST_CASE("Server: a private one is reached by its name and by no port") {
  Greeter greeter;
  const auto server = Started(Server::ListenPrivately(greeter));
  CHECK(server->port() == 0);
  CurlOptions options;
  options.abstract_unix_socket = server->socket_name();
  // A proxy has no say.
  options.environment = [](std::string_view name) -> std::optional<std::string> {
    if (name == "http_proxy" || name == "all_proxy") return "http://127.0.0.1:1";
    return std::nullopt;
  };
  const Result<HttpResponse> response = MakeClient(options)->Send(Ask(80, "/", "store.example"), {}, {});
  REQUIRE(response);
  CHECK(response->body == "hello");
  CHECK(response->headers.Get("x-peer") == "unix");
}

TEST_CASE("PrivateEndpoint: answers nobody who does not sign") {
  const TemporaryFolder folder;
  const SystemClock clock;
  const Result<std::unique_ptr<PrivateEndpoint>> endpoint = PrivateEndpoint::Start(folder.path(), clock);
  REQUIRE(endpoint);
  const Result<std::unique_ptr<PrivateEndpoint>> second = PrivateEndpoint::Start(folder.path(), clock);
  REQUIRE(second);
  CHECK((*second)->keys().access_key != (*endpoint)->keys().access_key);
  CurlOptions options;
  options.abstract_unix_socket = (*endpoint)->socket_name();
  const Result<HttpResponse> response = MakeClient(options)->Send(Ask(80), {}, {});
  REQUIRE(response);
  CHECK(response->status == 403);
  CHECK(response->body.find("<Code>AccessDenied</Code>") != std::string::npos);

  const std::string file = folder.Write("file", "");
  const auto refused = PrivateEndpoint::Start(file + "/below", clock);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().kind == ErrorKind::kLocalIo);
}

}  // namespace s3conn::local
