#ifndef S3CONN_LOCAL_CONNECTION_H_
#define S3CONN_LOCAL_CONNECTION_H_

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "base/file.h"
#include "s3conn/base/error.h"

struct ssl_ctx_st;

namespace s3conn::local {

// The bytes of one client, for one thread.
class Connection {
 public:
  virtual ~Connection() = default;
  // 0 is the end. kTimeout where nothing came for the time that the socket allows, kNetwork.
  virtual Result<std::size_t> Read(std::span<char> into) = 0;
  // All of them. kMore: others follow at once, so they may wait for those.
  enum class Then { kNothing, kMore };
  virtual Status Write(std::string_view bytes, Then then) = 0;
  Status Write(std::string_view bytes) { return Write(bytes, Then::kNothing); }
  virtual Status WriteFile(int fd, std::uint64_t offset, std::uint64_t length) = 0;
  // Nothing more will be written, and what is still read is thrown away: it may not take long.
  virtual void EndWriting() = 0;
  virtual bool encrypted() const { return false; }
};

// Over a connected socket, which stays the caller's; files go by sendfile. A thread that writes has SIGPIPE
// blocked.
std::unique_ptr<Connection> MakeSocketConnection(int socket);

// TLS on a server's end: certificate chain and key in PEM.
class TlsServer {
 public:
  // kConfig for files that can't be read, or that do not belong together.
  static Result<TlsServer> Make(const std::string& certificate_file, const std::string& key_file);
  // With the handshake done; an error is for the log.
  Result<std::unique_ptr<Connection>> Accept(int socket) const;

 private:
  struct Deleter {
    void operator()(ssl_ctx_st* context) const;
  };
  explicit TlsServer(std::unique_ptr<ssl_ctx_st, Deleter> context) : context_(std::move(context)) {}
  std::unique_ptr<ssl_ctx_st, Deleter> context_;
};

}  // namespace s3conn::local

#endif  // S3CONN_LOCAL_CONNECTION_H_
