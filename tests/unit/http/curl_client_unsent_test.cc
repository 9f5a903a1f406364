// What is known of a request that failed: whether the service can have got it.

#include <memory>
#include <vector>

#include "exchange_fixture.h"

namespace s3conn {
namespace {

TEST_CASE("a request that found nobody to take it is known to be unsent") {
  const auto client = MakeClient();
  HttpRequest request;
  {
    const ScriptedServer gone;
    request = To(gone, "PUT");
  }
  const auto refused = client->Send(request, {}, {});
  REQUIRE_FALSE(refused);
  CHECK(refused.error().unsent);

  request.origin.host = "no-such-host.invalid";
  const auto unknown = client->Send(request, {}, {});
  REQUIRE_FALSE(unknown);
  CHECK(unknown.error().unsent);
}

TEST_CASE("a request whose TLS did not come about is known to be unsent") {
  const ScriptedServer plain({RespondRaw("no TLS here\r\n")});
  HttpRequest request = To(plain, "PUT");
  request.origin.scheme = Scheme::kHttps;
  const auto result = MakeClient()->Send(request, {}, {});
  REQUIRE_FALSE(result);
  CHECK(result.error().unsent);
}

TEST_CASE("a request whose answer does not come may have been carried out") {
  for (const Step& step : {CloseWithoutAnswer(), CutAfter(20, Respond(200, {}, "hello"))}) {
    const ScriptedServer server({step});
    const auto result = MakeClient()->Send(To(server, "PUT"), {}, {});
    REQUIRE_FALSE(result);
    CHECK_FALSE(result.error().unsent);
    CHECK(server.requests().size() == 1);
  }
}

TEST_CASE("whether a request was sent is judged for each request of a client anew") {
  // On a connection that is used again libcurl itself repeats a request that got no byte of an answer.
  const Step whole = Respond(200, {}, "hello");
  auto server = std::make_unique<ScriptedServer>(
      std::vector<Step>{whole, CutAfter(whole.response.size() - 1, whole), whole});
  const HttpRequest request = To(*server, "PUT");
  const auto client = MakeClient();
  REQUIRE(client->Send(request, {}, {}));
  const auto lost = client->Send(request, {}, {});
  REQUIRE_FALSE(lost);
  CHECK_FALSE(lost.error().unsent);
  REQUIRE(client->Send(request, {}, {}));
  server.reset();
  const auto refused = client->Send(request, {}, {});
  REQUIRE_FALSE(refused);
  CHECK(refused.error().unsent);
}

}  // namespace
}  // namespace s3conn
