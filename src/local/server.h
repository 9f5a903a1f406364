#ifndef S3CONN_LOCAL_SERVER_H_
#define S3CONN_LOCAL_SERVER_H_

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "local/connection.h"
#include "local/exchange.h"
#include "s3conn/base/error.h"

namespace s3conn::local {

struct ListenOptions {
  std::string address = "127.0.0.1";  // IPv4 or IPv6, or "localhost"
  std::uint16_t port = 0;             // 0: any free one
  const TlsServer* tls = nullptr;     // outlives the server
};

// Accepts connections and gives each a thread that runs ServeHttp.
class Server {
 public:
  // What a connection failed with before it got as far as HTTP, for the log.
  using Complaints = std::function<void(const std::string& peer, const Error& error)>;

  // kUsage for an address that is none, kLocalIo for a port that is taken. The service outlives the server.
  static Result<std::unique_ptr<Server>> Listen(const ListenOptions& options, Service& service,
                                                Complaints complaints = {});
  // On an abstract unix socket of a random name, for this process alone: connections of other users are
  // closed.
  static Result<std::unique_ptr<Server>> ListenPrivately(Service& service);
  // Stop(), with no time for what is under way.
  ~Server();

  std::uint16_t port() const;
  const std::string& socket_name() const;  // of ListenPrivately, without the leading NUL

  // No more connections; idle ones end at once, the others after the answer they are at, or after `grace`.
  // Returns when all have ended.
  void Stop(std::chrono::milliseconds grace);

 private:
  struct State;
  explicit Server(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace s3conn::local

#endif  // S3CONN_LOCAL_SERVER_H_
