#include "local/connection.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

namespace s3conn::local {
namespace {

// How long a client may say nothing, between requests and within one.
constexpr timeval kIdle{.tv_sec = 60, .tv_usec = 0};
constexpr timeval kLingering{.tv_sec = 1, .tv_usec = 0};
// sendfile takes no more at once (sendfile(2)).
constexpr std::uint64_t kLargestStep = 0x7ffff000;

Error SocketError(int error_number, std::string_view doing) {
  Error error = SystemError(doing, error_number);
  const bool timed_out = error_number == EAGAIN || error_number == EWOULDBLOCK;
  error.kind = timed_out ? ErrorKind::kTimeout : ErrorKind::kNetwork;
  return error;
}

class SocketConnection final : public Connection {
 public:
  explicit SocketConnection(int socket) : socket_(socket) {}

  Result<std::size_t> Read(std::span<char> into) override {
    while (true) {
      const ssize_t count = recv(socket_, into.data(), into.size(), 0);
      if (count >= 0) return static_cast<std::size_t>(count);
      if (errno != EINTR) return Failure(SocketError(errno, "read from a client"));
    }
  }

  Status Write(std::string_view bytes, Then then) override {
    const int flags = MSG_NOSIGNAL | (then == Then::kMore ? MSG_MORE : 0);
    while (!bytes.empty()) {
      const ssize_t count = send(socket_, bytes.data(), bytes.size(), flags);
      if (count >= 0) {
        bytes.remove_prefix(static_cast<std::size_t>(count));
      } else if (errno != EINTR) {
        return Failure(SocketError(errno, "answer a client"));
      }
    }
    return {};
  }

  Status WriteFile(int fd, std::uint64_t offset, std::uint64_t length) override {
    auto position = static_cast<off_t>(offset);
    while (length > 0) {
      const ssize_t count = sendfile(socket_, fd, &position, std::min(length, kLargestStep));
      if (count > 0) {
        length -= static_cast<std::uint64_t>(count);
      } else if (count == 0) {
        return Failure(ErrorKind::kLocalIo, "a file of the store is shorter than its index says");
      } else if (errno != EINTR) {
        return Failure(SocketError(errno, "answer a client"));
      }
    }
    return {};
  }

  void EndWriting() override {
    shutdown(socket_, SHUT_WR);
    setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &kLingering, sizeof kLingering);
  }

 private:
  int socket_;
};

}  // namespace

std::unique_ptr<Connection> MakeSocketConnection(int socket) {
  setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &kIdle, sizeof kIdle);
  setsockopt(socket, SOL_SOCKET, SO_SNDTIMEO, &kIdle, sizeof kIdle);
  // Fails on a unix socket, which needs it no more.
  const int on = 1;
  setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  return std::make_unique<SocketConnection>(socket);
}

}  // namespace s3conn::local
