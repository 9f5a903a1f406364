#ifndef S3CONN_TESTS_CONTRACT_DIRECT_CLIENT_H_
#define S3CONN_TESTS_CONTRACT_DIRECT_CLIENT_H_

#include <memory>
#include <optional>
#include <string_view>

#include "http/curl_client.h"
#include "s3conn/base/time.h"
#include "s3conn/s3/client.h"
#include "s3conn/sign/credentials.h"

namespace s3conn {

// The library's client for the server: for what the program has no command for. Fails the test where there
// can be none.
class DirectClient {
 public:
  DirectClient();

  Client& operator*() { return *client_; }
  Client* operator->() { return client_.get(); }

 private:
  class ServerCredentials final : public CredentialsProvider {
   public:
    std::string_view name() const override { return "server"; }
    Result<std::optional<Credentials>> Fetch(const CallContext& context) override;
  };

  ServerCredentials credentials_;
  SystemClock clock_;
  std::unique_ptr<CurlClient> http_;
  std::unique_ptr<Client> client_;
};

}  // namespace s3conn

#endif  // S3CONN_TESTS_CONTRACT_DIRECT_CLIENT_H_
