#ifndef S3CONN_LOCAL_EXCHANGE_H_
#define S3CONN_LOCAL_EXCHANGE_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "local/refusal.h"
#include "s3conn/base/message.h"

namespace s3conn::local {

// The head of a request, as it came over the wire.
struct Request {
  std::string method;   // "GET"
  std::string target;   // not decoded: "/b/k%20x?versionId=1"
  Headers headers;      // in their order, values trimmed
  std::string peer;     // for the log: "127.0.0.1:50112", "unix"
  bool secure = false;  // over TLS
};

// The bytes of a request's body, one thread at a time.
class ByteStream {
 public:
  virtual ~ByteStream() = default;
  // Fills part or all of `into`; 0 is the end. kIncompleteBody where the client went away, kRequestTimeout.
  virtual Answer<std::size_t> Read(std::span<char> into) = 0;
};

// A stretch of an answer's body: of a file, or in memory.
struct Stretch {
  int fd = -1;  // -1: `bytes` are it
  std::uint64_t offset = 0;
  std::uint64_t length = 0;  // of the file's stretch
  std::string_view bytes{};
};

// The body of an answer, stretch by stretch.
class Content {
 public:
  virtual ~Content() = default;
  virtual std::uint64_t size() const = 0;
  // nullopt is the end. A stretch is valid until the next call. An error ends the connection in the middle of
  // the answer: the client sees a body that is too short.
  virtual Result<std::optional<Stretch>> Next() = 0;
};

// What goes back. Content-Length and Connection are added by the session.
struct Response {
  int status = 200;
  Headers headers{};
  std::string body{};                  // where there is no content
  std::unique_ptr<Content> content{};  // the answer's bytes; of HEAD, only their number is sent
};

// Answers requests, from many threads at once.
class Service {
 public:
  virtual ~Service() = default;
  // nullopt: the connection is closed without an answer. What is left of the body afterwards is the session's
  // to read away, or to close the connection on.
  virtual std::optional<Response> Serve(const Request& request, ByteStream& body) = 0;
};

}  // namespace s3conn::local

#endif  // S3CONN_LOCAL_EXCHANGE_H_
