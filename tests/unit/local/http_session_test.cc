#include "local/http_session.h"

#include <fmt/format.h>

#include <functional>
#include <initializer_list>
#include <string>
#include <vector>

#include "support/catch.h"
#include "support/memory_connection.h"

namespace s3conn::local {
namespace {

// Answers with what the test says, and remembers what came.
class FakeService final : public Service {
 public:
  std::optional<Response> Serve(const Request& request, ByteStream& body) override {
    requests.push_back(request);
    bodies.push_back(reads_body ? Drain(body) : "(unread)");
    return answer();
  }

  bool reads_body = true;
  std::size_t read_size = 1000;
  std::function<std::optional<Response>()> answer = [] { return Response{.body = "done"}; };
  std::vector<Request> requests;
  std::vector<std::string> bodies;  // "(Code)" after what came of a broken one

 private:
  std::string Drain(ByteStream& body) const {
    std::string all;
    std::string block(read_size, '\0');
    while (true) {
      const Answer<std::size_t> count = body.Read(block);
      if (!count) return all + fmt::format("({})", CodeName(count.error().code));
      if (*count == 0) return all;
      all.append(block, 0, *count);
    }
  }
};

struct Session {
  explicit Session(std::string said, std::size_t piece = 1 << 20) : connection(std::move(said), piece) {}
  const std::string& Run() {
    ServeHttp(connection, service, "test", state);
    return connection.answered;
  }
  std::size_t answers() const {
    std::size_t count = 0;
    for (std::size_t at = 0; (at = connection.answered.find("HTTP/1.1 ", at)) != std::string::npos; ++at)
      ++count;
    return count;
  }

  FakeService service{};
  SessionState state{};
  MemoryConnection connection;
};

std::string RefusalOf(const std::string& said) {
  Session session(said);
  const std::string answer = session.Run();
  CHECK(session.service.requests.empty());
  CHECK(session.connection.ended);
  CHECK(answer.find("Connection: close\r\n") != std::string::npos);
  const std::size_t begin = answer.find("<Code>");
  return answer.substr(9, 3) + " " +
         (begin == std::string::npos ? "" : answer.substr(begin + 6, answer.find("</Code>") - begin - 6));
}

class BrokenContent final : public Content {
 public:
  std::uint64_t size() const override { return 100; }
  Result<std::optional<Stretch>> Next() override {
    if (given_) return Failure(ErrorKind::kLocalIo, "gone");
    given_ = true;
    return Stretch{.bytes = "begin"};
  }

 private:
  bool given_ = false;
};

}  // namespace

TEST_CASE("HttpSession: requests on one connection are answered in their order") {
  for (const std::size_t piece : std::initializer_list<std::size_t>{1, 7, 100'000}) {
    Session session(
        "GET /a%20b?x=%2F HTTP/1.1\r\nHost: h\r\nX-A:  one two \r\nx-a: three\r\n\r\n"
        "PUT /b HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\n12345"
        "DELETE /c HTTP/1.1\r\nHost: h\r\n\r\n",
        piece);
    session.Run();
    REQUIRE(session.service.requests.size() == 3);
    CHECK(session.answers() == 3);
    const Request& first = session.service.requests[0];
    CHECK(first.method == "GET");
    CHECK(first.target == "/a%20b?x=%2F");
    CHECK(first.headers.size() == 3);
    CHECK(first.headers.Get("x-a") == "one two");
    CHECK(session.service.bodies[1] == "12345");
    CHECK(session.service.requests[2].target == "/c");
  }
}

TEST_CASE("HttpSession: bodies are read whole in pieces of any size") {
  const std::string body(200'000, 'b');
  std::string chunked;
  for (std::size_t at = 0; at < body.size(); at += 30'000) {
    const std::string part = body.substr(at, 30'000);
    chunked += fmt::format("{:x};x=y\r\n{}\r\n", part.size(), part);
  }
  chunked += "0\r\n\r\n";
  for (const std::size_t piece : std::initializer_list<std::size_t>{17, 4'096, 1'000'000}) {
    for (const std::size_t read_size : std::initializer_list<std::size_t>{1, 999, 300'000}) {
      Session session(fmt::format("PUT /a HTTP/1.1\r\nContent-Length: {}\r\n\r\n{}", body.size(), body) +
                          "PUT /b HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n" + chunked +
                          "GET /c HTTP/1.1\r\n\r\n",
                      piece);
      session.service.read_size = read_size;
      session.Run();
      REQUIRE(session.service.requests.size() == 3);
      CHECK((session.service.bodies[0] == body));
      CHECK((session.service.bodies[1] == body));
      CHECK(session.service.requests[2].target == "/c");
    }
  }
}

TEST_CASE("HttpSession: the word to continue comes when the body is wanted and not before") {
  const std::string head = "PUT /a HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n";
  Session wanted(head);
  wanted.Run();
  CHECK(wanted.connection.answered.starts_with("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n"));
  CHECK(wanted.service.bodies[0] == "(IncompleteBody)");

  Session unwanted(head);
  unwanted.service.reads_body = false;
  CHECK(unwanted.Run().find("Continue") == std::string::npos);
  // Whether the body comes nobody can know.
  CHECK(unwanted.connection.answered.find("Connection: close\r\n") != std::string::npos);

  Session sent(head + "12345");
  CHECK(sent.Run().starts_with("HTTP/1.1 200 OK\r\n"));
  CHECK(sent.service.bodies[0] == "12345");
}

TEST_CASE("HttpSession: a body that nobody read is read away or the connection ends") {
  Session small("PUT /a HTTP/1.1\r\nContent-Length: 5\r\n\r\n12345GET /b HTTP/1.1\r\n\r\n");
  small.service.reads_body = false;
  small.Run();
  REQUIRE(small.service.requests.size() == 2);
  CHECK(small.service.requests[1].target == "/b");

  const std::string body(2 << 20, 'b');
  Session big(fmt::format("PUT /a HTTP/1.1\r\nContent-Length: {}\r\n\r\n", body.size()) + body +
              "GET /b HTTP/1.1\r\n\r\n");
  big.service.reads_body = false;
  CHECK(big.Run().ends_with("\r\n\r\ndone"));
  CHECK(big.service.requests.size() == 1);
  CHECK(big.connection.ended);
  CHECK(big.connection.unread() == 0);  // so that the answer is not lost in a reset
}

TEST_CASE("HttpSession: a body that ends early is an incomplete one") {
  for (const std::string framing :
       {"Content-Length: 10\r\n\r\n12345", "Transfer-Encoding: chunked\r\n\r\n5\r\n12345\r\n",
        "Transfer-Encoding: chunked\r\n\r\nno size\r\n"}) {
    Session session("PUT /a HTTP/1.1\r\n" + framing);
    session.Run();
    REQUIRE(session.service.bodies.size() == 1);
    CHECK(session.service.bodies[0].ends_with("(IncompleteBody)"));
    CHECK(session.answers() == 1);
  }
}

TEST_CASE("HttpSession: answers without a body have none") {
  Session session(
      "HEAD /a HTTP/1.1\r\n\r\nGET /b HTTP/1.1\r\n\r\nGET /c HTTP/1.1\r\n\r\nGET /d HTTP/1.1\r\n\r\n");
  session.service.answer = [&]() -> std::optional<Response> {
    constexpr std::array kStatuses = {200, 204, 304, 200};
    return Response{.status = kStatuses.at(session.service.requests.size() - 1), .body = "done"};
  };
  const std::string answered = session.Run();
  CHECK(session.answers() == 4);
  CHECK(answered.starts_with(
      "HTTP/1.1 200 OK\r\nServer: s3conn\r\nContent-Length: 4\r\n\r\nHTTP/1.1 204 No Content\r\n"));
  CHECK(answered.find("done") == answered.size() - 4);
}

TEST_CASE("HttpSession: a value stays within its field") {
  Session session("GET /a HTTP/1.1\r\n\r\n");
  session.service.answer = [] {
    return Response{.headers = {{"Content-Type", "a\r\nX-Other: b\n\nc"}}, .body = "done"};
  };
  CHECK(session.Run().find("\r\nContent-Type: a  X-Other: b  c\r\n") != std::string::npos);
}

TEST_CASE("HttpSession: who wants to close is closed to") {
  for (const char* const request :
       {"GET /a HTTP/1.1\r\nConnection: close\r\n\r\n", "GET /a HTTP/1.0\r\n\r\n"}) {
    Session session(std::string(request) + "GET /b HTTP/1.1\r\n\r\n");
    session.Run();
    CHECK(session.service.requests.size() == 1);
    CHECK(session.connection.answered.find("Connection: close\r\n") != std::string::npos);
  }
  Session stopping("GET /a HTTP/1.1\r\n\r\nGET /b HTTP/1.1\r\n\r\n");
  stopping.service.answer = [&] {
    stopping.state.closing = true;
    return Response{.body = "done"};
  };
  stopping.Run();
  CHECK(stopping.service.requests.size() == 1);
}

TEST_CASE("HttpSession: what is no HTTP is told so and the connection ends") {
  const std::string begin = "PUT /a HTTP/1.1\r\n";
  for (const std::string& said :
       {std::string("nonsense\r\n\r\n"), std::string("GET /a\r\n\r\n"),
        std::string("GET /a b HTTP/1.1\r\n\r\n"), std::string("GET /a HTTP/2.0\r\n\r\n"),
        std::string("GET /\0 HTTP/1.1\r\n\r\n", 18),
        std::string("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n", 15), begin + "no colon\r\n\r\n",
        begin + "Content-Length: -1\r\n\r\n", begin + "Content-Length: 1x\r\n\r\n",
        begin + "Content-Length: 99999999999999999999999\r\n\r\n",
        begin + "Content-Length: 1\r\nContent-Length: 2\r\n\r\n",
        begin + "Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n"}) {
    CAPTURE(said);
    CHECK(RefusalOf(said) == "400 BadRequest");
  }
  CHECK(RefusalOf(begin + "X-A: " + std::string(70'000, 'a') + "\r\n\r\n") ==
        "400 RequestHeaderSectionTooLarge");
  Session large(begin + "X-A: " + std::string(60'000, 'a') + "\r\n\r\n");
  large.Run();
  CHECK(large.service.requests.size() == 1);
}

TEST_CASE("HttpSession: nothing is answered where the service gives nothing or its bytes fail") {
  Session silent("GET /a HTTP/1.1\r\n\r\nGET /b HTTP/1.1\r\n\r\n");
  silent.service.answer = [] { return std::nullopt; };
  CHECK(silent.Run().empty());
  CHECK(silent.service.requests.size() == 1);

  Session broken("GET /a HTTP/1.1\r\n\r\nGET /b HTTP/1.1\r\n\r\n");
  broken.service.answer = [] { return Response{.content = std::make_unique<BrokenContent>()}; };
  CHECK(broken.Run().ends_with("Content-Length: 100\r\n\r\nbegin"));
  CHECK(broken.service.requests.size() == 1);
}

}  // namespace s3conn::local
