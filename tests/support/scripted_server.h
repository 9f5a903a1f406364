#ifndef S3CONN_TESTS_SUPPORT_SCRIPTED_SERVER_H_
#define S3CONN_TESTS_SUPPORT_SCRIPTED_SERVER_H_

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "s3conn/base/message.h"

namespace s3conn {

// A request as it came in, byte for byte.
struct ReceivedRequest {
  std::string request_line;               // "GET /b/k HTTP/1.1"
  std::vector<std::string> header_lines;  // "Host: 127.0.0.1:9000"
  std::string body;
  int connection = 0;  // counted from 1

  // The value of the first field of that name; nullopt when there is none.
  std::optional<std::string> Header(std::string_view name) const;
};

// How the server answers one request. The functions below make them; those that take a step change it.
struct Step {
  std::string response;
  std::optional<std::size_t> cut_after;  // closes the connection after that many bytes of the response
  bool close = false;                    // closes it after the response
  bool held = false;                     // waits for ScriptedServer::Release()
  bool before_body = false;              // answers the headers, then reads what still comes; script only
};

// Content-Length is added unless the headers have one.
Step Respond(int status, const Headers& headers = {}, std::string_view body = {});
Step RespondRaw(std::string bytes);
Step CloseWithoutAnswer();
Step CutAfter(std::size_t bytes, Step step);
Step ThenClose(Step step);
Step Held(Step step);
Step BeforeBody(Step step);

// The bytes of one connection.
class ServerStream {
 public:
  virtual ~ServerStream() = default;
  virtual std::size_t Read(std::span<char> into) = 0;  // 0 is the end, or an error
  virtual bool Write(std::string_view bytes) = 0;
};

// A plain one. The file descriptor stays the server's.
std::unique_ptr<ServerStream> PlainStream(int fd);

// An HTTP/1.1 server on 127.0.0.1 that does as it's told: it takes one step for each request, in the order
// the requests come in on whatever connection, or asks a handler. When the script is over it answers 599. A
// thread accepts, and each connection has its own. All of it is safe from many threads.
class ScriptedServer {
 public:
  using Handler = std::function<Step(const ReceivedRequest&)>;
  // Null where no connection comes about, such as after a failed handshake.
  using StreamFactory = std::function<std::unique_ptr<ServerStream>(int fd)>;

  explicit ScriptedServer(std::vector<Step> script = {}, StreamFactory streams = PlainStream);
  explicit ScriptedServer(Handler handler, StreamFactory streams = PlainStream);
  ScriptedServer(const ScriptedServer&) = delete;
  ScriptedServer& operator=(const ScriptedServer&) = delete;
  ~ScriptedServer();  // ends every connection and waits for its threads

  std::uint16_t port() const { return port_; }
  Origin origin() const { return {Scheme::kHttp, "127.0.0.1", port_}; }
  std::string url() const;  // "http://127.0.0.1:9000"

  void Add(Step step);
  // Lets the held steps go on, those to come included.
  void Release();
  // Waits until that many requests are in; false if they are not within half a minute.
  bool WaitForRequests(std::size_t count);

  std::vector<ReceivedRequest> requests() const;
  int connections() const;

 private:
  void Listen();
  void Accept();
  void Serve(int fd, int connection);
  // One request and its answer; false when the connection is to end.
  bool Exchange(ServerStream& stream, std::string& buffer, int connection);
  std::size_t Record(ReceivedRequest request);  // its index
  Step NextStep();
  bool Answer(ServerStream& stream, const Step& step);

  Handler handler_;
  StreamFactory streams_;
  int listener_ = -1;
  std::uint16_t port_ = 0;

  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Step> script_;
  std::vector<ReceivedRequest> requests_;
  std::set<int> open_;  // file descriptors
  std::vector<std::thread> connection_threads_;
  int connections_ = 0;
  bool released_ = false;
  bool stopping_ = false;

  std::thread acceptor_;  // last: it uses all of the above
};

}  // namespace s3conn

#endif  // S3CONN_TESTS_SUPPORT_SCRIPTED_SERVER_H_
