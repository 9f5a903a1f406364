#ifndef S3CONN_TESTS_SUPPORT_FAULTY_ENDPOINT_H_
#define S3CONN_TESTS_SUPPORT_FAULTY_ENDPOINT_H_

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "local/exchange.h"
#include "s3conn/base/message.h"

namespace s3conn {

// What became of one request. The real answer comes from `carry_out`, which is called once at most; without a
// response the connection is closed.
using Behaviour = std::function<std::optional<local::Response>(
    const local::Request& request, const std::function<std::optional<local::Response>()>& carry_out)>;

// Not carried out:
Behaviour FailWith(int status, std::string code);      // an <Error> document
Behaviour SlowDown();                                  // 503
Behaviour RedirectTo(int status, std::string region);  // 301 or 307, with x-amz-bucket-region
Behaviour CloseBefore();                               // the connection, without an answer
Behaviour AnswerRaw(int status, Headers headers, std::string body);
Behaviour RepeatToken();  // a page of a listing that is always followed by the same one
// Carried out, and then:
Behaviour CloseAfter();  // the same: the client can't know
Behaviour FailAfter(int status, std::string code);
Behaviour ErrorInside(std::string code);                      // 200 with an <Error> document
Behaviour CutAfter(std::uint64_t bytes);                      // closed in the middle of the body
Behaviour Truncate(std::uint64_t bytes);                      // a shorter body, of that Content-Length
Behaviour Corrupt(std::uint64_t offset);                      // one byte of the body is another
Behaviour SetHeader(std::string name, std::string value);     // a wrong ETag, a wrong Content-Range
Behaviour ReplaceInBody(std::string what, std::string with);  // a document that says something else
// Waits, then carries on with `next`: until the future is ready.
Behaviour HoldUntil(std::function<void()> wait, Behaviour next);
Behaviour CarryOut();

// Which requests a behaviour is for: the `first` of that operation (counted from 1) and those after it,
// `times` in all.
struct Fault {
  std::string operation;  // "GetObject"; empty: any
  Behaviour behaviour;
  int first = 1;
  int times = 1;
};

struct LoggedRequest {
  std::string operation;  // "PutObject"; empty for what is none
  std::string method;
  std::string target;
  Headers headers;
  int status = 0;  // 0: closed without an answer
};

// The embedded endpoint on a temporary folder and 127.0.0.1, which fails as it is told and remembers what it
// was asked. Safe from many threads. An endpoint that can't start ends the program.
class FaultyEndpoint {
 public:
  // Its clock is that much ahead of the real one.
  explicit FaultyEndpoint(std::chrono::milliseconds skew = {});
  ~FaultyEndpoint();

  std::string url() const;  // "http://127.0.0.1:40123"
  std::string access_key() const;
  std::string secret_key() const;

  // The first one that is for a request decides.
  void Add(Fault fault);
  void ClearFaults();

  std::vector<LoggedRequest> requests() const;
  std::size_t Count(std::string_view operation) const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace s3conn

#endif  // S3CONN_TESTS_SUPPORT_FAULTY_ENDPOINT_H_
