// What goes out on the wire, and over which connection.

#include <vector>

#include "exchange_fixture.h"

namespace s3conn {
namespace {

TEST_CASE("a path is sent byte for byte with dots and doubled slashes") {
  ScriptedServer server({Respond(200), Respond(200)});
  const auto client = MakeClient();
  HttpRequest request = To(server, "GET", "/b/x/../secret//./a%2Fb%20c%C3%A9+'()*!~");
  REQUIRE(Outcome(client->Send(request, {}, {})) == "200");
  request.path = "/";
  request.query = {{"uploads", std::nullopt}, {"prefix", "a b/+&="}, {"empty", ""}};
  REQUIRE(Outcome(client->Send(request, {}, {})) == "200");
  const auto received = server.requests();
  CHECK(received[0].request_line == "GET /b/x/../secret//./a%2Fb%20c%C3%A9+'()*!~ HTTP/1.1");
  CHECK(received[1].request_line == "GET /?uploads&prefix=a%20b%2F%2B%26%3D&empty= HTTP/1.1");
}

TEST_CASE("a GET carries its own headers and the host and nothing else") {
  ScriptedServer server({Respond(200)});
  const auto client = MakeClient({.user_agent = "s3conn/test"});
  HttpRequest request = To(server);
  request.headers = {
      {"x-amz-date", "20260115T093000Z"}, {"x-amz-meta-empty", ""}, {"x-amz-meta-blank", "  "}};
  REQUIRE(Outcome(client->Send(request, {}, {})) == "200");
  const auto received = server.requests();
  CHECK(received[0].header_lines ==
        std::vector<std::string>{"Host: " + HostHeader(request.origin), "User-Agent: s3conn/test",
                                 "x-amz-date: 20260115T093000Z", "x-amz-meta-empty:", "x-amz-meta-blank:"});
}

TEST_CASE("a host header in the request does not replace the origin") {
  ScriptedServer server({Respond(200)});
  HttpRequest request = To(server);
  request.headers = {{"Host", "elsewhere"}, {"content-length", "7"}, {"Transfer-Encoding", "chunked"}};
  REQUIRE(Outcome(MakeClient()->Send(request, {}, {})) == "200");
  const auto received = server.requests();
  CHECK(received[0].Header("Host") == HostHeader(request.origin));
  CHECK_FALSE(received[0].Header("Content-Length"));
  CHECK_FALSE(received[0].Header("Transfer-Encoding"));
}

TEST_CASE("requests that would not arrive as they are get refused before anything is sent") {
  ScriptedServer server;
  const auto client = MakeClient();
  std::vector<HttpRequest> bad(8, To(server));
  bad[0].headers.Add("x-amz-meta-a", "b\r\nX-Forged: 1");
  bad[1].headers.Add("x-amz-meta-a", std::string("b\0c", 3));
  bad[2].headers.Add("bad name", "b");
  bad[3].headers.Add("", "b");
  bad[4].path = "/b/a b";
  bad[5].path = "/b/a#b";
  bad[6].path = "b";
  bad[7].method = "GET /";
  for (std::size_t i = 0; i < bad.size(); ++i) {
    CAPTURE(i);
    const auto result = client->Send(bad[i], {}, {});
    REQUIRE_FALSE(result);
    CHECK(result.error().kind == ErrorKind::kUsage);
  }
  CHECK(server.connections() == 0);
}

TEST_CASE("an empty PUT or POST or DELETE says Content-Length 0") {
  ScriptedServer server({Respond(200), Respond(200), Respond(200), Respond(204)});
  const auto client = MakeClient();
  MemorySource empty("");
  REQUIRE(Outcome(client->Send(To(server, "PUT"), {}, {})) == "200");
  REQUIRE(Outcome(client->Send(To(server, "PUT"), {.source = &empty}, {})) == "200");
  REQUIRE(Outcome(client->Send(To(server, "POST"), {}, {})) == "200");
  REQUIRE(Outcome(client->Send(To(server, "DELETE"), {}, {})) == "204");
  for (const ReceivedRequest& request : server.requests()) {
    CAPTURE(request.request_line);
    CHECK(request.Header("Content-Length") == "0");
    CHECK_FALSE(request.Header("Content-Type"));
    CHECK_FALSE(request.Header("Expect"));
  }
}

TEST_CASE("a DELETE has no body and a HEAD reads none") {
  ScriptedServer server({Respond(204), Respond(200, {{"Content-Length", "123"}})});
  const auto client = MakeClient();
  CHECK(Outcome(client->Send(To(server, "DELETE"), {}, {})) == "204");
  const auto head = client->Send(To(server, "HEAD"), {}, {});
  CHECK(Outcome(head) == "200");
  CHECK(head->headers.Get("content-length") == "123");
  const auto received = server.requests();
  CHECK(received[0].request_line == "DELETE /b/k HTTP/1.1");
  CHECK(received[0].body.empty());
  CHECK(received[1].request_line == "HEAD /b/k HTTP/1.1");
}

TEST_CASE("bodies of every size arrive whole with their length and without Expect") {
  const auto client = MakeClient();
  for (const std::size_t size :
       {std::size_t{1}, std::size_t{65535}, std::size_t{65536}, std::size_t{3'000'001}}) {
    for (const std::string method : {"PUT", "POST"}) {
      ScriptedServer server({Respond(200), Respond(200)});
      CAPTURE(size, method);
      PatternSource streamed(size);
      MemorySource contiguous(streamed.All());
      HttpRequest request = To(server, method);
      request.headers.Add("Content-Type", "text/plain");
      CHECK(Outcome(client->Send(request, {.source = &streamed}, {})) == "200");
      CHECK(Outcome(client->Send(request, {.source = &contiguous}, {})) == "200");
      for (const ReceivedRequest& received : server.requests()) {
        CHECK(received.request_line == method + " /b/k HTTP/1.1");
        CHECK(received.body == streamed.All());
        CHECK(received.Header("Content-Length") == std::to_string(size));
        CHECK(received.Header("Content-Type") == "text/plain");
        CHECK_FALSE(received.Header("Expect"));
        CHECK_FALSE(received.Header("Transfer-Encoding"));
      }
    }
  }
}

TEST_CASE("what one exchange set is gone in the next one on the same handle") {
  ScriptedServer server({Respond(200), Respond(200), Respond(200), Respond(200), Respond(200)});
  const auto client = MakeClient();
  PatternSource large(200'000);
  MemorySource small("abc");
  HttpRequest put = To(server, "PUT");
  put.headers.Add("x-amz-meta-a", "1");
  REQUIRE(Outcome(client->Send(put, {.source = &large}, {})) == "200");
  REQUIRE(Outcome(client->Send(To(server), {}, {})) == "200");
  REQUIRE(Outcome(client->Send(put, {.source = &small}, {})) == "200");
  REQUIRE(Outcome(client->Send(To(server, "HEAD"), {}, {})) == "200");
  REQUIRE(Outcome(client->Send(To(server), {}, {})) == "200");
  const auto received = server.requests();
  for (const std::size_t plain : std::vector<std::size_t>{1, 3, 4}) {
    CHECK(received[plain].header_lines.size() == 2);  // Host, User-Agent
    CHECK(received[plain].body.empty());
  }
  CHECK(received[3].request_line == "HEAD /b/k HTTP/1.1");
  CHECK(received[4].request_line == "GET /b/k HTTP/1.1");
  CHECK(server.connections() == 1);
}

TEST_CASE("one connection is kept alive for exchanges one after the other") {
  ScriptedServer server([](const ReceivedRequest&) { return Respond(200, {}, "x"); });
  const auto client = MakeClient();
  for (int i = 0; i < 5; ++i) REQUIRE(Outcome(client->Send(To(server), {}, {})) == "200");
  CHECK(server.connections() == 1);
}

TEST_CASE("fresh_connection opens a new connection") {
  ScriptedServer server([](const ReceivedRequest&) { return Respond(200); });
  const auto client = MakeClient();
  HttpRequest request = To(server);
  REQUIRE(Outcome(client->Send(request, {}, {})) == "200");
  request.fresh_connection = true;
  REQUIRE(Outcome(client->Send(request, {}, {})) == "200");
  CHECK(server.connections() == 2);
}

TEST_CASE("on a fresh connection a request goes out once even if the connection dies") {
  ScriptedServer server({Respond(200), CloseWithoutAnswer(), Respond(200)});
  const auto client = MakeClient();
  HttpRequest request = To(server);
  REQUIRE(Outcome(client->Send(request, {}, {})) == "200");
  request.fresh_connection = true;
  const auto result = client->Send(request, {}, {});
  REQUIRE_FALSE(result);
  CHECK(result.error().kind == ErrorKind::kNetwork);
  CHECK(result.error().retryable);
  CHECK(server.requests().size() == 2);
}

TEST_CASE("a body is rewound where a kept connection turns out to be dead") {
  ScriptedServer server({Respond(200), CloseWithoutAnswer(), Respond(200)});
  const auto client = MakeClient();
  REQUIRE(Outcome(client->Send(To(server), {}, {})) == "200");
  PatternSource source(300'000);
  CHECK(Outcome(client->Send(To(server, "PUT"), {.source = &source}, {})) == "200");
  CHECK(source.rewinds == 1);
  const auto received = server.requests();
  REQUIRE(received.size() == 3);
  CHECK(received[2].body == source.All());
}

TEST_CASE("an IPv6 origin is bracketed in the Host header and in messages") {
  const auto client = MakeClient();
  HttpRequest request;
  request.origin = {Scheme::kHttp, "::1", 1};
  const auto result = client->Send(request, {}, {});
  REQUIRE_FALSE(result);
  CHECK(result.error().message.find("connect to [::1]:1: ") == 0);
}

}  // namespace
}  // namespace s3conn
