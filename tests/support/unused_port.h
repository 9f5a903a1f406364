#ifndef S3CONN_TESTS_SUPPORT_UNUSED_PORT_H_
#define S3CONN_TESTS_SUPPORT_UNUSED_PORT_H_

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "support/catch.h"

namespace s3conn {

// A port of 127.0.0.1 that is taken, so that no other program serves it, and where nobody listens.
class UnusedPort {
 public:
  UnusedPort() : socket_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t length = sizeof address;
    auto* const generic = reinterpret_cast<sockaddr*>(&address);
    REQUIRE(bind(socket_, generic, length) == 0);
    REQUIRE(getsockname(socket_, generic, &length) == 0);
    port_ = ntohs(address.sin_port);
  }
  UnusedPort(const UnusedPort&) = delete;
  UnusedPort& operator=(const UnusedPort&) = delete;
  ~UnusedPort() { close(socket_); }

  int number() const { return port_; }

 private:
  int socket_;
  int port_ = 0;
};

}  // namespace s3conn

#endif  // S3CONN_TESTS_SUPPORT_UNUSED_PORT_H_
