#ifndef S3CONN_TESTS_CONTRACT_DIRECT_CLIENT_H_
#define S3CONN_TESTS_CONTRACT_DIRECT_CLIENT_H_

#include <memory>
#include <optional>
#include <string_view>

#include "http/curl_client.h"
#include "s3conn/base/time.h"
#include "s3conn/s3/client.h"
#include "s3conn/sign/credentials.h"
#include "support/catch.h"

namespace s3conn {

// The library's client with the keys of the server: for what no command does.
class DirectClient {
 public:
  DirectClient();  // fails the test where it can't be made

  Client& client() { return *client_; }

  // Fails the test where the call fails.
  template <S3Operation Op>
  typename Op::Response Call(const typename Op::Request& request) {
    const auto response = client_->Call<Op>(request, CallContext());
    INFO(Op::kName << ": " << (response ? "" : response.error().message));
    REQUIRE(response);
    return *response;
  }

 private:
  class ServerCredentials final : public CredentialsProvider {
   public:
    std::string_view name() const override { return "server"; }
    Result<std::optional<Credentials>> Fetch(const CallContext& context) override;
  };

  std::unique_ptr<HttpClient> http_;
  ServerCredentials credentials_;
  SystemClock clock_;
  std::unique_ptr<Client> client_;
};

}  // namespace s3conn

#endif  // S3CONN_TESTS_CONTRACT_DIRECT_CLIENT_H_
