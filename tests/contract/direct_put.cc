#include "contract/direct_put.h"

#include <atomic>
#include <optional>
#include <string_view>
#include <thread>

#include "contract/contract_fixture.h"
#include "http/curl_client.h"
#include "s3conn/base/body.h"
#include "s3conn/base/time.h"
#include "s3conn/base/url.h"
#include "s3conn/s3/client.h"
#include "s3conn/s3/put_object.h"
#include "s3conn/sign/credentials.h"

namespace s3conn {
namespace {

class ServerCredentials final : public CredentialsProvider {
 public:
  std::string_view name() const override { return "server"; }
  Result<std::optional<Credentials>> Fetch(const CallContext&) override {
    return Credentials{Server().access_key, Secret(Server().secret_key), {}, {}};
  }
};

}  // namespace

void PutDirectly(const std::string& bucket, const std::vector<NewObject>& objects) {
  ClientOptions options;
  options.region = Server().region;
  const Result<EndpointUrl> endpoint = ParseEndpointUrl(Server().endpoint);
  REQUIRE(endpoint);
  options.endpoint = *endpoint;
  const auto http = CurlClient::Make({});
  REQUIRE(http);
  ServerCredentials credentials;
  SystemClock clock;
  Client client(options, **http, credentials, clock, [] { return 0.5; });

  std::atomic<std::size_t> next = 0;
  std::atomic<std::size_t> done = 0;
  const auto work = [&] {
    for (std::size_t i = next++; i < objects.size(); i = next++) {
      MemorySource source(objects[i].bytes);
      const PutObjectRequest request{bucket, objects[i].key, ""};
      if (client.Call<PutObject>(request, CallContext(), Body{&source, nullptr})) ++done;
    }
  };
  constexpr int kThreads = 6;
  {
    std::vector<std::jthread> threads;
    threads.reserve(kThreads);
    for (int i = 0; i < kThreads; ++i) threads.emplace_back(work);
  }
  REQUIRE(done == objects.size());
}

}  // namespace s3conn
