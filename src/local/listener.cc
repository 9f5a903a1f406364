#include "local/listener.h"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstddef>

#include "base/text.h"

namespace s3conn::local {
namespace {

constexpr int kBacklog = 512;

union SocketAddress {
  sockaddr any;
  sockaddr_in v4;
  sockaddr_in6 v6;
  sockaddr_un local;
};

Result<Descriptor> ListenOn(const SocketAddress& address, socklen_t length, const std::string& name) {
  Descriptor socket(::socket(address.any.sa_family, SOCK_STREAM | SOCK_CLOEXEC, 0));
  const int on = 1;
  setsockopt(socket.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  if (!socket || bind(socket.get(), &address.any, length) != 0 || listen(socket.get(), kBacklog) != 0) {
    const int error_number = errno;
    Error error = SystemError("listen on " + EscapeForTerminal(name), error_number);
    error.kind = ErrorKind::kLocalIo;
    if (error_number == EADDRINUSE) error.hint = "another port, or port 0 for any that is free";
    return Failure(std::move(error));
  }
  return socket;
}

}  // namespace

Result<Descriptor> ListenOnAddress(const std::string& address, std::uint16_t port) {
  const std::string literal = address == "localhost" ? "127.0.0.1" : address;
  const std::string name = fmt::format("{}:{}", address, port);
  SocketAddress socket_address{};
  if (inet_pton(AF_INET, literal.c_str(), &socket_address.v4.sin_addr) == 1) {
    socket_address.v4.sin_family = AF_INET;
    socket_address.v4.sin_port = htons(port);
    return ListenOn(socket_address, sizeof socket_address.v4, name);
  }
  if (inet_pton(AF_INET6, literal.c_str(), &socket_address.v6.sin6_addr) == 1) {
    socket_address.v6.sin6_family = AF_INET6;
    socket_address.v6.sin6_port = htons(port);
    return ListenOn(socket_address, sizeof socket_address.v6, name);
  }
  return Failure(ErrorKind::kUsage, "no address to listen on: " + EscapeForTerminal(address),
                 "an IPv4 or IPv6 address of this machine, such as 127.0.0.1 or ::1");
}

Result<Descriptor> ListenOnName(const std::string& name) {
  SocketAddress address{};
  address.local.sun_family = AF_UNIX;
  // A name that begins with NUL is in no folder (unix(7)).
  std::copy_n(name.begin(), std::min(name.size(), sizeof address.local.sun_path - 1),
              address.local.sun_path + 1);
  return ListenOn(address, static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + 1 + name.size()), name);
}

std::uint16_t PortOf(int socket) {
  SocketAddress address{};
  socklen_t length = sizeof address;
  if (getsockname(socket, &address.any, &length) != 0) return 0;
  if (address.any.sa_family == AF_INET) return ntohs(address.v4.sin_port);
  if (address.any.sa_family == AF_INET6) return ntohs(address.v6.sin6_port);
  return 0;
}

Descriptor AcceptFrom(int listener) {
  while (true) {
    Descriptor socket(accept4(listener, nullptr, nullptr, SOCK_CLOEXEC));
    // EINVAL is what accept says of a socket that was shut down; the others are about one connection, or
    // pass.
    if (socket || errno == EINVAL || errno == EBADF) return socket;
    if (errno == EMFILE || errno == ENFILE || errno == ENOMEM || errno == ENOBUFS) usleep(10'000);
  }
}

std::string PeerOf(int socket) {
  SocketAddress address{};
  socklen_t length = sizeof address;
  std::array<char, INET6_ADDRSTRLEN> text{};
  if (getpeername(socket, &address.any, &length) != 0) return "gone";
  if (address.any.sa_family == AF_INET) {
    inet_ntop(AF_INET, &address.v4.sin_addr, text.data(), text.size());
    return fmt::format("{}:{}", text.data(), ntohs(address.v4.sin_port));
  }
  if (address.any.sa_family == AF_INET6) {
    inet_ntop(AF_INET6, &address.v6.sin6_addr, text.data(), text.size());
    return fmt::format("[{}]:{}", text.data(), ntohs(address.v6.sin6_port));
  }
  return "unix";
}

bool IsOwnPeer(int socket) {
  ucred peer{};
  socklen_t length = sizeof peer;
  return getsockopt(socket, SOL_SOCKET, SO_PEERCRED, &peer, &length) == 0 && peer.uid == geteuid();
}

}  // namespace s3conn::local
