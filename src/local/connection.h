#ifndef S3CONN_LOCAL_CONNECTION_H_
#define S3CONN_LOCAL_CONNECTION_H_

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "base/file.h"
#include "s3conn/base/error.h"

struct ssl_ctx_st;

namespace s3conn::local {

// The bytes of one client. Used by one thread, but for Shutdown.
class Connection {
 public:
  virtual ~Connection() = default;
  // 0 is the end. kTimeout where nothing came for the time the socket allows, kNetwork.
  virtual Result<std::size_t> Read(std::span<char> into) = 0;
  virtual Status Write(std::string_view bytes) = 0;  // all of them
  virtual Status WriteFile(int fd, std::uint64_t offset, std::uint64_t length) = 0;
};

// Over a socket, by sendfile where it is plain.
std::unique_ptr<Connection> MakeSocketConnection(int socket);

// TLS on a server's end: certificate chain and key in PEM.
class TlsServer {
 public:
  static Result<TlsServer> Make(const std::string& certificate_file, const std::string& key_file);
  // With the handshake done; an error is for the log.
  Result<std::unique_ptr<Connection>> Accept(int socket) const;

 private:
  struct Deleter {
    void operator()(ssl_ctx_st* context) const;
  };
  std::unique_ptr<ssl_ctx_st, Deleter> context_;
};

}  // namespace s3conn::local

#endif  // S3CONN_LOCAL_CONNECTION_H_
