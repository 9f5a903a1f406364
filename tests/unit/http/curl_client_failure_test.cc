// What becomes of an exchange that gets no complete answer.

#include <chrono>
#include <stop_token>
#include <thread>

#include "exchange_fixture.h"

namespace s3conn {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using std::chrono::steady_clock;

// A port that nobody listens on.
Origin DeadOrigin() {
  const ScriptedServer server;
  return server.origin();
}

TEST_CASE("a refused connection is a network error that may be tried again") {
  HttpRequest request;
  request.origin = DeadOrigin();
  const auto result = MakeClient()->Send(request, {}, {});
  REQUIRE_FALSE(result);
  CHECK(Outcome(result) ==
        "Network: connect to 127.0.0.1:" + std::to_string(request.origin.port) + ": connection refused");
  CHECK(result.error().retryable);
  CHECK_FALSE(result.error().hint.empty());
}

TEST_CASE("a name that does not exist is not tried again") {
  HttpRequest request;
  request.origin = {Scheme::kHttp, "no-such-host.invalid", 80};
  const auto result = MakeClient()->Send(request, {}, {});
  REQUIRE_FALSE(result);
  CHECK(result.error().kind == ErrorKind::kNetwork);
  CHECK(result.error().message.find("no-such-host.invalid:80") != std::string::npos);
  CHECK_FALSE(result.error().retryable);
}

TEST_CASE("a body cut short is an error") {
  const Step whole = Respond(200, {}, std::string(1'000, 'x'));
  SECTION("with a length") {
    ScriptedServer server({CutAfter(whole.response.size() - 1, whole)});
    CollectingSink sink;
    const auto result = MakeClient()->Send(To(server), {.sink = &sink}, {});
    REQUIRE_FALSE(result);
    CHECK(result.error().kind == ErrorKind::kNetwork);
    CHECK(result.error().retryable);
    CHECK(sink.bytes.size() == 999);
  }
  SECTION("in chunks") {
    ScriptedServer server(
        {ThenClose(RespondRaw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n"))});
    const auto result = MakeClient()->Send(To(server), {}, {});
    REQUIRE_FALSE(result);
    CHECK(result.error().kind == ErrorKind::kNetwork);
  }
  SECTION("in the headers") {
    ScriptedServer server({CutAfter(20, whole)});
    CHECK_FALSE(MakeClient()->Send(To(server), {}, {}));
  }
}

TEST_CASE("an error response counts even if its body is cut short") {
  const Step whole = Respond(403, {}, "<Error><Code>AccessDenied</Code></Error>");
  ScriptedServer server({CutAfter(whole.response.size() - 5, whole)});
  const auto result = MakeClient()->Send(To(server), {}, {});
  REQUIRE(Outcome(result) == "403");
  CHECK(result->body == "<Error><Code>AccessDenied</Code></E");
}

TEST_CASE("an answer that is not HTTP is an error that is not tried again") {
  ScriptedServer server({ThenClose(RespondRaw("SSH-2.0-OpenSSH_9.2\r\n"))});
  const auto result = MakeClient()->Send(To(server), {}, {});
  REQUIRE_FALSE(result);
  CHECK(result.error().kind == ErrorKind::kNetwork);
  CHECK_FALSE(result.error().retryable);
  CHECK(result.error().message.find("it isn't HTTP") != std::string::npos);
}

TEST_CASE("a cancellation from another thread ends a stuck exchange promptly") {
  ScriptedServer server({Respond(200), Held(Respond(200))});
  // A kept connection and these time-outs leave no timer of libcurl's own that would end the wait instead.
  const auto client = MakeClient({.connect_timeout = std::chrono::hours(1), .read_timeout = seconds(30)});
  REQUIRE(Outcome(client->Send(To(server), {}, {})) == "200");
  std::stop_source stop;
  std::thread canceller([&] {
    if (server.WaitForRequests(2)) stop.request_stop();
  });
  const auto start = steady_clock::now();
  const auto result = client->Send(To(server), {}, {.stop = stop.get_token()});
  const auto took = steady_clock::now() - start;
  canceller.join();
  REQUIRE_FALSE(result);
  CHECK(result.error().kind == ErrorKind::kCancelled);
  CHECK_FALSE(result.error().retryable);
  CHECK(took < seconds(15));
}

TEST_CASE("nothing is sent once a stop is requested") {
  ScriptedServer server({Respond(200)});
  std::stop_source stop;
  stop.request_stop();
  const auto result = MakeClient()->Send(To(server), {}, {.stop = stop.get_token()});
  REQUIRE_FALSE(result);
  CHECK(result.error().kind == ErrorKind::kCancelled);
  CHECK(server.requests().empty());
}

TEST_CASE("a handle works again after a cancelled exchange") {
  ScriptedServer server({Held(Respond(200, {}, "late")), Respond(200, {}, "second")});
  const auto client = MakeClient();
  std::stop_source stop;
  std::thread canceller([&] {
    if (server.WaitForRequests(1)) stop.request_stop();
  });
  CHECK_FALSE(client->Send(To(server), {}, {.stop = stop.get_token()}));
  canceller.join();
  const auto result = client->Send(To(server), {}, {});
  REQUIRE(Outcome(result) == "200");
  CHECK(result->body == "second");
}

TEST_CASE("the deadline ends a stuck exchange") {
  ScriptedServer server({Held(Respond(200))});
  const auto result =
      MakeClient()->Send(To(server), {}, {.deadline = steady_clock::now() + milliseconds(50)});
  REQUIRE_FALSE(result);
  CHECK(result.error().kind == ErrorKind::kTimeout);
  CHECK_FALSE(result.error().retryable);
}

TEST_CASE("silence for the read time-out ends an exchange that may be tried again") {
  ScriptedServer server({Held(Respond(200))});
  const auto client = MakeClient({.read_timeout = milliseconds(30)});
  const auto result = client->Send(To(server), {}, {});
  REQUIRE_FALSE(result);
  CHECK(result.error().kind == ErrorKind::kTimeout);
  CHECK(result.error().retryable);
  CHECK(result.error().message.find("no byte moved for 0.03 s") != std::string::npos);
}

TEST_CASE("a slow answer may take longer than the read time-out") {
  ScriptedServer server([](const ReceivedRequest&) { return Held(Respond(200, {}, "copied")); });
  const auto client = MakeClient({.read_timeout = milliseconds(30)});
  Result<HttpResponse> slow = Failure(ErrorKind::kCancelled, "not sent");
  std::thread sender([&] {
    HttpRequest request = To(server, "PUT");
    request.slow_answer = true;
    slow = client->Send(request, {}, {});
  });
  const bool arrived = server.WaitForRequests(1);
  // Two others that begin after it run into the time-out meanwhile.
  const auto first = client->Send(To(server), {}, {});
  const auto second = client->Send(To(server), {}, {});
  server.Release();
  sender.join();
  CHECK(arrived);
  for (const auto* other : {&first, &second}) {
    REQUIRE_FALSE(*other);
    CHECK(other->error().kind == ErrorKind::kTimeout);
  }
  REQUIRE(Outcome(slow) == "200");
  CHECK(slow->body == "copied");
}

TEST_CASE("an early error response in mid-upload stops the upload and is returned") {
  ScriptedServer server({BeforeBody(Respond(403, {{"Connection", "close"}}, "<Error/>")), Respond(200)});
  const auto client = MakeClient();
  // Far more than the buffers of a socket take.
  PatternSource source(std::uint64_t{1} << 30);
  const auto result = client->Send(To(server, "PUT"), {.source = &source}, {});
  REQUIRE(Outcome(result) == "403");
  CHECK(result->body == "<Error/>");
  CHECK(source.position() < source.size().bytes());
  CHECK(Outcome(client->Send(To(server), {}, {})) == "200");
}

TEST_CASE("a source that fails ends the exchange with its error") {
  ScriptedServer server({Respond(200)});
  PatternSource source(10'000'000);
  source.fail_at = 1'000'000;
  const auto result = MakeClient()->Send(To(server, "PUT"), {.source = &source}, {});
  CHECK(Outcome(result) == "LocalIo: read f: I/O error");
}

TEST_CASE("a source that ends too early is an error and not a hang") {
  ScriptedServer server({Respond(200)});
  PatternSource source(100'000);
  source.ends_at = 99'999;
  const auto result = MakeClient()->Send(To(server, "PUT"), {.source = &source}, {});
  CHECK(Outcome(result) == "LocalIo: read the body: it ended after 99999 of 100000 bytes");
}

TEST_CASE("exchanges on many threads do not disturb each other") {
  ScriptedServer server([](const ReceivedRequest& request) { return Respond(200, {}, request.body); });
  const auto client = MakeClient();
  std::vector<std::thread> threads;
  std::vector<int> right(8, 0);
  for (std::size_t t = 0; t < right.size(); ++t) {
    threads.emplace_back([&, t] {
      for (int i = 0; i < 20; ++i) {
        MemorySource body(std::to_string(t) + "/" + std::to_string(i));
        const auto result = client->Send(To(server, "PUT"), {.source = &body}, {});
        if (result && result->body == *body.Contiguous()) ++right[t];
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  CHECK(right == std::vector<int>(8, 20));
  CHECK(server.connections() <= 8);
}

}  // namespace
}  // namespace s3conn
