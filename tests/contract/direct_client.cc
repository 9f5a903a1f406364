#include "contract/direct_client.h"

#include <utility>

#include "contract/contract_fixture.h"
#include "s3conn/base/url.h"

namespace s3conn {

Result<std::optional<Credentials>> DirectClient::ServerCredentials::Fetch(const CallContext&) {
  return Credentials{Server().access_key, Secret(Server().secret_key), {}, {}};
}

DirectClient::DirectClient() {
  ClientOptions options;
  options.region = Server().region;
  const Result<EndpointUrl> endpoint = ParseEndpointUrl(Server().endpoint);
  REQUIRE(endpoint);
  options.endpoint = *endpoint;
  auto http = CurlClient::Make({});
  REQUIRE(http);
  http_ = std::move(*http);
  client_ = std::make_unique<Client>(options, *http_, credentials_, clock_, [] { return 0.5; });
}

}  // namespace s3conn
