#ifndef S3CONN_TESTS_UNIT_HTTP_TLS_IDENTITY_H_
#define S3CONN_TESTS_UNIT_HTTP_TLS_IDENTITY_H_

#include <openssl/ssl.h>

#include <memory>
#include <string>

#include "support/scripted_server.h"

namespace s3conn {

// A server's key and its self-signed certificate, made up for the test.
class TlsIdentity {
 public:
  // `names` as in a subjectAltName: "IP:127.0.0.1", "DNS:example.test".
  explicit TlsIdentity(const std::string& names);

  std::string CertificatePem() const;
  // The name OpenSSL looks for in a folder of certificates: "0123abcd.0".
  std::string HashedName() const;
  // TLS connections for a ScriptedServer that goes before this object.
  ScriptedServer::StreamFactory Streams() const;

 private:
  std::shared_ptr<X509> certificate_;
  std::shared_ptr<SSL_CTX> context_;
};

}  // namespace s3conn

#endif  // S3CONN_TESTS_UNIT_HTTP_TLS_IDENTITY_H_
