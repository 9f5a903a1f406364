#ifndef S3CONN_LOCAL_LISTENER_H_
#define S3CONN_LOCAL_LISTENER_H_

#include <cstdint>
#include <string>

#include "base/file.h"
#include "s3conn/base/error.h"

namespace s3conn::local {

// A socket that listens on an IPv4 or IPv6 address, or "localhost" (which is 127.0.0.1). kUsage, kLocalIo.
Result<Descriptor> ListenOnAddress(const std::string& address, std::uint16_t port);
// On an abstract unix socket of that name.
Result<Descriptor> ListenOnName(const std::string& name);

// The port that a socket listens on; 0 for a unix socket.
std::uint16_t PortOf(int socket);
// The next connection; an empty descriptor when the listening socket was shut down.
Descriptor AcceptFrom(int listener);
// "127.0.0.1:50112", "[::1]:50112", "unix".
std::string PeerOf(int socket);
// Whether a unix socket's other end belongs to this user.
bool IsOwnPeer(int socket);

}  // namespace s3conn::local

#endif  // S3CONN_LOCAL_LISTENER_H_
