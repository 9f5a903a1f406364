#include "tls_identity.h"

#include <fmt/format.h>
#include <openssl/ec.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <climits>
#include <csignal>

#include "support/catch.h"

namespace s3conn {
namespace {

struct SslDeleter {
  void operator()(SSL* ssl) const { SSL_free(ssl); }
};

class TlsStream final : public ServerStream {
 public:
  explicit TlsStream(std::unique_ptr<SSL, SslDeleter> ssl) : ssl_(std::move(ssl)) {}

  std::size_t Read(std::span<char> into) override {
    std::size_t got = 0;
    return SSL_read_ex(ssl_.get(), into.data(), into.size(), &got) == 1 ? got : 0;
  }

  bool Write(std::string_view bytes) override {
    std::size_t written = 0;
    return bytes.empty() || SSL_write_ex(ssl_.get(), bytes.data(), bytes.size(), &written) == 1;
  }

 private:
  std::unique_ptr<SSL, SslDeleter> ssl_;
};

std::shared_ptr<X509> SelfSigned(EVP_PKEY* key, const std::string& names) {
  std::shared_ptr<X509> certificate(X509_new(), X509_free);
  X509* const x509 = certificate.get();
  X509_set_version(x509, X509_VERSION_3);
  ASN1_INTEGER_set(X509_get_serialNumber(x509), 1);
  X509_gmtime_adj(X509_getm_notBefore(x509), -3600);
  X509_gmtime_adj(X509_getm_notAfter(x509), 3600);
  X509_set_pubkey(x509, key);
  X509_NAME* const name = X509_get_subject_name(x509);
  const auto* text = reinterpret_cast<const unsigned char*>("s3conn test");
  X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, text, -1, -1, 0);
  X509_set_issuer_name(x509, name);
  X509_EXTENSION* const extension =
      X509V3_EXT_conf_nid(nullptr, nullptr, NID_subject_alt_name, names.c_str());
  REQUIRE(extension != nullptr);
  X509_add_ext(x509, extension, -1);
  X509_EXTENSION_free(extension);
  REQUIRE(X509_sign(x509, key, EVP_sha256()) > 0);
  return certificate;
}

}  // namespace

TlsIdentity::TlsIdentity(const std::string& names) {
  std::signal(SIGPIPE, SIG_IGN);  // OpenSSL writes to connections that the client has closed
  const std::shared_ptr<EVP_PKEY> key(EVP_EC_gen("P-256"), EVP_PKEY_free);
  REQUIRE(key);
  certificate_ = SelfSigned(key.get(), names);
  context_.reset(SSL_CTX_new(TLS_server_method()), SSL_CTX_free);
  REQUIRE(SSL_CTX_use_certificate(context_.get(), certificate_.get()) == 1);
  REQUIRE(SSL_CTX_use_PrivateKey(context_.get(), key.get()) == 1);
}

std::string TlsIdentity::CertificatePem() const {
  const std::unique_ptr<BIO, decltype(&BIO_free_all)> memory(BIO_new(BIO_s_mem()), BIO_free_all);
  PEM_write_bio_X509(memory.get(), certificate_.get());
  char* data = nullptr;
  const long size = BIO_get_mem_data(memory.get(), &data);
  return {data, static_cast<std::size_t>(size)};
}

std::string TlsIdentity::HashedName() const {
  return fmt::format("{:08x}.0",
                     X509_NAME_hash_ex(X509_get_subject_name(certificate_.get()), nullptr, nullptr, nullptr));
}

ScriptedServer::StreamFactory TlsIdentity::Streams() const {
  return [context = context_](int fd) -> std::unique_ptr<ServerStream> {
    std::unique_ptr<SSL, SslDeleter> ssl(SSL_new(context.get()));
    if (!ssl || SSL_set_fd(ssl.get(), fd) != 1 || SSL_accept(ssl.get()) != 1) return nullptr;
    return std::make_unique<TlsStream>(std::move(ssl));
  };
}

}  // namespace s3conn
