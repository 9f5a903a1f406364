#ifndef S3CONN_HTTP_CERTIFICATE_STORE_H_
#define S3CONN_HTTP_CERTIFICATE_STORE_H_

#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "s3conn/base/error.h"

struct x509_store_st;

namespace s3conn {

// The certificates that servers are checked against, loaded at the first use and then shared by every
// connection: libcurl by itself would parse the whole bundle (25 ms of CPU for Debian's) for each. A hashed
// folder is better still, for OpenSSL reads from it only the certificates it meets. Safe from many threads.
class CertificateStore {
 public:
  // A PEM file or a hashed folder; else the system's.
  explicit CertificateStore(std::optional<std::string> ca_bundle) : ca_bundle_(std::move(ca_bundle)) {}

  // Valid as long as this object. kConfig when the bundle can't be read, and then at every call.
  Result<x509_store_st*> Get();

 private:
  struct Deleter {
    void operator()(x509_store_st* store) const;
  };

  Status Load();

  std::optional<std::string> ca_bundle_;
  std::once_flag once_;
  Status loaded_;
  std::unique_ptr<x509_store_st, Deleter> store_;
};

}  // namespace s3conn

#endif  // S3CONN_HTTP_CERTIFICATE_STORE_H_
