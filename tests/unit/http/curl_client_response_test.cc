// What becomes of responses and their bodies.

#include <fmt/format.h>

#include <vector>

#include "exchange_fixture.h"

namespace s3conn {
namespace {

Error Refusal() {
  Error error;
  error.kind = ErrorKind::kIntegrity;
  error.message = "not what was asked for";
  return error;
}

TEST_CASE("a response without a sink keeps status and headers and body") {
  ScriptedServer server(
      {Respond(200, {{"ETag", "\"1\""}, {"X-Empty", ""}, {"x-amz-meta-a", " spaced  "}}, "hello")});
  const auto result = MakeClient()->Send(To(server), {}, {});
  REQUIRE(Outcome(result) == "200");
  CHECK(result->body == "hello");
  CHECK(result->headers.Get("etag") == "\"1\"");
  CHECK(result->headers.Get("x-amz-meta-a") == "spaced");
  REQUIRE(result->headers.Find("x-empty") != nullptr);
  CHECK(result->headers.Find("x-empty")->empty());
  CHECK(result->headers.size() == 4);
}

TEST_CASE("redirects are returned and not followed") {
  ScriptedServer server({Respond(307, {{"Location", "/elsewhere"}}), Respond(200)});
  const auto client = MakeClient();
  const auto result = client->Send(To(server), {}, {});
  CHECK(Outcome(result) == "307");
  CHECK(result->headers.Get("Location") == "/elsewhere");
  CHECK(server.requests().size() == 1);
}

TEST_CASE("a sink gets Begin once and then the bytes") {
  const std::string body(300'000, 'x');
  ScriptedServer server({Respond(206, {{"ETag", "\"7\""}}, body)});
  CollectingSink sink;
  const auto result = MakeClient()->Send(To(server), {.sink = &sink}, {});
  REQUIRE(Outcome(result) == "206");
  CHECK(sink.begun == 1);
  CHECK(sink.bytes_at_begin == 0);
  CHECK(sink.status == 206);
  CHECK(sink.etag == "\"7\"");
  CHECK(sink.bytes == body);
  CHECK(result->body.empty());
}

TEST_CASE("a sink gets Begin for an empty body too") {
  ScriptedServer server({Respond(200)});
  CollectingSink sink;
  REQUIRE(Outcome(MakeClient()->Send(To(server), {.sink = &sink}, {})) == "200");
  CHECK(sink.begun == 1);
  CHECK(sink.bytes.empty());
}

TEST_CASE("a sink that refuses in Begin ends the exchange with its error") {
  ScriptedServer server({Respond(200, {}, "hello")});
  CollectingSink sink;
  sink.refusal = Refusal();
  const auto result = MakeClient()->Send(To(server), {.sink = &sink}, {});
  CHECK(Outcome(result) == "Integrity: not what was asked for");
  CHECK(sink.bytes.empty());
}

TEST_CASE("a sink that fails in Write ends the exchange with its error") {
  ScriptedServer server({Respond(200, {}, std::string(1'000'000, 'x'))});
  CollectingSink sink;
  sink.write_failure = Refusal();
  const auto result = MakeClient()->Send(To(server), {.sink = &sink}, {});
  CHECK(Outcome(result) == "Integrity: not what was asked for");
  CHECK(sink.bytes.size() < 1'000'000);
}

TEST_CASE("a body that is not of a 2xx never reaches the sink") {
  for (const int status : {304, 307, 404, 503}) {
    CAPTURE(status);
    const bool bodyless = status == 304;
    ScriptedServer server({Respond(status, {}, bodyless ? "" : "<Error/>")});
    CollectingSink sink;
    const auto result = MakeClient()->Send(To(server), {.sink = &sink}, {});
    REQUIRE(Outcome(result) == std::to_string(status));
    CHECK(sink.begun == 0);
    CHECK(sink.bytes.empty());
    CHECK(result->body == (bodyless ? "" : "<Error/>"));
  }
}

TEST_CASE("of an endless error body the first 64 KiB are kept") {
  ScriptedServer server({Respond(500, {}, std::string(1'000'000, 'e')), Respond(200)});
  const auto client = MakeClient();
  const auto result = client->Send(To(server), {}, {});
  REQUIRE(Outcome(result) == "500");
  CHECK(result->body == std::string(64 << 10, 'e'));
  CHECK(Outcome(client->Send(To(server), {}, {})) == "200");
}

TEST_CASE("a 2xx body without a sink is bounded by 16 MiB") {
  const std::size_t limit = std::size_t{16} << 20;
  ScriptedServer server(
      {Respond(200, {}, std::string(limit, 'x')), Respond(200, {}, std::string(limit + 1, 'x'))});
  const auto client = MakeClient();
  const auto fits = client->Send(To(server), {}, {});
  REQUIRE(Outcome(fits) == "200");
  CHECK(fits->body.size() == limit);
  const auto too_long = client->Send(To(server), {}, {});
  REQUIRE_FALSE(too_long);
  CHECK(too_long.error().kind == ErrorKind::kService);
}

TEST_CASE("more than 256 KiB of headers are an error") {
  SECTION("many") {
    std::string bomb = "HTTP/1.1 200 OK\r\n";
    for (int i = 0; i < 30'000; ++i) bomb += fmt::format("X-Header-{}: value\r\n", i);
    ScriptedServer server({RespondRaw(bomb + "Content-Length: 0\r\n\r\n")});
    const auto result = MakeClient()->Send(To(server), {}, {});
    REQUIRE_FALSE(result);
    CHECK(result.error().kind == ErrorKind::kService);
    CHECK_FALSE(result.error().retryable);
  }
  SECTION("in interim responses") {
    std::string bomb;
    for (int i = 0; i < 30'000; ++i) bomb += "HTTP/1.1 102 Wait\r\n\r\n";
    ScriptedServer server({RespondRaw(bomb + "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")});
    CHECK_FALSE(MakeClient()->Send(To(server), {}, {}));
  }
}

TEST_CASE("interim responses leave no trace") {
  ScriptedServer server(
      {RespondRaw("HTTP/1.1 100 Continue\r\nX-Interim: 1\r\n\r\n"
                  "HTTP/1.1 200 OK\r\nETag: \"2\"\r\nContent-Length: 2\r\n\r\nok")});
  CollectingSink sink;
  PatternSource source(100'000);
  const auto result = MakeClient()->Send(To(server, "PUT"), {.source = &source, .sink = &sink}, {});
  REQUIRE(Outcome(result) == "200");
  CHECK(result->headers.Find("X-Interim") == nullptr);
  CHECK(result->headers.Get("ETag") == "\"2\"");
  CHECK(sink.begun == 1);
  CHECK(sink.bytes == "ok");
}

TEST_CASE("chunked responses are taken and their trailers are not headers") {
  ScriptedServer server(
      {RespondRaw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Length: 99\r\n\r\n"
                  "3\r\nabc\r\n2\r\nde\r\n0\r\nX-Trailer: 1\r\n\r\n")});
  const auto result = MakeClient()->Send(To(server), {}, {});
  REQUIRE(Outcome(result) == "200");
  CHECK(result->body == "abcde");
  CHECK(result->headers.Find("X-Trailer") == nullptr);
}

TEST_CASE("bytes come as they are stored whatever Content-Encoding says") {
  ScriptedServer server({Respond(200, {{"Content-Encoding", "gzip"}}, "not gzip at all")});
  const auto result = MakeClient()->Send(To(server), {}, {});
  REQUIRE(Outcome(result) == "200");
  CHECK(result->body == "not gzip at all");
  CHECK_FALSE(server.requests()[0].Header("Accept-Encoding"));
}

TEST_CASE("two lengths that disagree are an error") {
  ScriptedServer server({RespondRaw("HTTP/1.1 200 OK\r\nContent-Length: 9\r\nContent-Length: 2\r\n\r\nok")});
  const auto result = MakeClient()->Send(To(server), {}, {});
  REQUIRE_FALSE(result);
  CHECK(result.error().kind == ErrorKind::kNetwork);
}

TEST_CASE("every exchange is told to whoever watches") {
  ScriptedServer server({Respond(404), CloseWithoutAnswer()});
  std::vector<std::string> seen;
  const EventSink events = [&seen](const Event& event) {
    const auto& ended = std::get<ExchangeEnded>(event);
    REQUIRE((ended.response == nullptr) != (ended.error == nullptr));
    seen.push_back(ended.request.method +
                   (ended.response != nullptr ? std::to_string(ended.response->status) : "error"));
    CHECK(ended.elapsed.count() > 0);
  };
  const CallContext context{.events = &events};
  const auto client = MakeClient();
  CHECK(Outcome(client->Send(To(server), {}, context)) == "404");
  HttpRequest put = To(server, "PUT");
  put.fresh_connection = true;
  CHECK_FALSE(client->Send(put, {}, context));
  CHECK(seen == std::vector<std::string>{"GET404", "PUTerror"});
}

}  // namespace
}  // namespace s3conn
