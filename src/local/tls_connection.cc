#include <fmt/format.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <limits>
#include <utility>
#include <vector>

#include "local/connection.h"

namespace s3conn::local {
namespace {

constexpr std::size_t kBlock = std::size_t{64} << 10;

std::string LastTlsError() {
  const unsigned long code = ERR_get_error();
  ERR_clear_error();
  if (code == 0) return "the connection ended";
  const char* const reason = ERR_reason_error_string(code);
  return reason != nullptr ? reason : fmt::format("TLS error {:x}", code);
}

int Bounded(std::size_t size) {
  return static_cast<int>(std::min<std::size_t>(size, std::numeric_limits<int>::max()));
}

struct SslDeleter {
  void operator()(SSL* ssl) const { SSL_free(ssl); }
};
using SslPointer = std::unique_ptr<SSL, SslDeleter>;

class TlsConnection final : public Connection {
 public:
  TlsConnection(int socket, SslPointer ssl)
      : plain_(MakeSocketConnection(socket)), ssl_(std::move(ssl)), block_(kBlock) {}
  ~TlsConnection() override {
    if (usable_) SSL_shutdown(ssl_.get());
  }

  Status Handshake() {
    if (SSL_accept(ssl_.get()) == 1) return {};
    return Failure(Broken().Within("TLS handshake"));
  }

  Result<std::size_t> Read(std::span<char> into) override {
    const int count = SSL_read(ssl_.get(), into.data(), Bounded(into.size()));
    if (count > 0) return static_cast<std::size_t>(count);
    if (SSL_get_error(ssl_.get(), count) == SSL_ERROR_ZERO_RETURN) return 0;
    return Failure(Broken());
  }

  Status Write(std::string_view bytes, Then) override {
    while (!bytes.empty()) {
      const int count = SSL_write(ssl_.get(), bytes.data(), Bounded(bytes.size()));
      if (count <= 0) return Failure(Broken());
      bytes.remove_prefix(static_cast<std::size_t>(count));
    }
    return {};
  }

  Status WriteFile(int fd, std::uint64_t offset, std::uint64_t length) override {
    while (length > 0) {
      const ssize_t count = pread(fd, block_.data(), std::min<std::uint64_t>(length, block_.size()),
                                  static_cast<off_t>(offset));
      if (count < 0 && errno == EINTR) continue;
      if (count < 0) return Failure(SystemError("read a file of the store", errno));
      if (count == 0) {
        return Failure(ErrorKind::kLocalIo, "a file of the store is shorter than its index says");
      }
      const auto bytes = static_cast<std::size_t>(count);
      if (Status written = Write({block_.data(), bytes}, Then::kMore); !written) return written;
      offset += bytes;
      length -= bytes;
    }
    return {};
  }

  void EndWriting() override {
    SSL_shutdown(ssl_.get());
    usable_ = false;
    plain_->EndWriting();
  }

  bool encrypted() const override { return true; }

 private:
  Error Broken() {
    // After a fatal error there may be no further word on the connection (SSL_get_error(3)).
    usable_ = false;
    const bool timed_out = errno == EAGAIN || errno == EWOULDBLOCK;
    Error error;
    error.kind = timed_out ? ErrorKind::kTimeout : ErrorKind::kNetwork;
    error.message = LastTlsError();
    return error;
  }

  std::unique_ptr<Connection> plain_;  // for its settings
  SslPointer ssl_;
  std::vector<char> block_;
  bool usable_ = true;
};

}  // namespace

void TlsServer::Deleter::operator()(ssl_ctx_st* context) const {
  SSL_CTX_free(context);
}

Result<TlsServer> TlsServer::Make(const std::string& certificate_file, const std::string& key_file) {
  std::unique_ptr<ssl_ctx_st, Deleter> context(SSL_CTX_new(TLS_server_method()));
  if (!context || SSL_CTX_set_min_proto_version(context.get(), TLS1_2_VERSION) != 1) {
    return Failure(ErrorKind::kConfig, "TLS: " + LastTlsError());
  }
  SSL_CTX_set_options(context.get(), SSL_OP_IGNORE_UNEXPECTED_EOF);
  // A key with a passphrase is refused, not asked for on the terminal.
  SSL_CTX_set_default_passwd_cb(context.get(), [](char*, int, int, void*) { return -1; });
  if (SSL_CTX_use_certificate_chain_file(context.get(), certificate_file.c_str()) != 1) {
    return Failure(ErrorKind::kConfig,
                   fmt::format("TLS certificate {}: {}", certificate_file, LastTlsError()),
                   "a PEM file with the certificate first and then its issuers");
  }
  if (SSL_CTX_use_PrivateKey_file(context.get(), key_file.c_str(), SSL_FILETYPE_PEM) != 1 ||
      SSL_CTX_check_private_key(context.get()) != 1) {
    return Failure(ErrorKind::kConfig, fmt::format("TLS key {}: {}", key_file, LastTlsError()),
                   "a PEM file with the certificate's private key, without a passphrase");
  }
  return TlsServer(std::move(context));
}

Result<std::unique_ptr<Connection>> TlsServer::Accept(int socket) const {
  SslPointer ssl(SSL_new(context_.get()));
  if (!ssl || SSL_set_fd(ssl.get(), socket) != 1) {
    return Failure(ErrorKind::kNetwork, "TLS: " + LastTlsError());
  }
  auto connection = std::make_unique<TlsConnection>(socket, std::move(ssl));
  if (Status done = connection->Handshake(); !done) return Failure(std::move(done.error()));
  return connection;
}

}  // namespace s3conn::local
