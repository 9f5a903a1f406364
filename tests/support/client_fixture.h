#ifndef S3CONN_TESTS_SUPPORT_CLIENT_FIXTURE_H_
#define S3CONN_TESTS_SUPPORT_CLIENT_FIXTURE_H_

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "s3conn/s3/client.h"
#include "support/fake_clock.h"
#include "support/scripted_http.h"

namespace s3conn {

// Gives the same credentials each time and counts; or what it is told to give.
class FixedCredentials final : public CredentialsProvider {
 public:
  std::string_view name() const override { return "fixed"; }
  Result<std::optional<Credentials>> Fetch(const CallContext&) override {
    ++fetches;
    return given;
  }

  Result<std::optional<Credentials>> given =
      Credentials{"AKIDEXAMPLE", Secret(std::string("secret")), Secret(), std::nullopt};
  int fetches = 0;
};

// A store of one's own at http://store.test:9000.
inline ClientOptions CustomStore() {
  ClientOptions options;
  options.endpoint = EndpointUrl{Origin{Scheme::kHttp, "store.test", 9000}, ""};
  return options;
}

// AWS in eu-west-1.
inline ClientOptions Aws() {
  ClientOptions options;
  options.region = "eu-west-1";
  return options;
}

// A client on a scripted network and a clock that takes no time; back-off is at its longest.
struct ClientFixture {
  explicit ClientFixture(std::vector<Answer> script = {}, ClientOptions options = CustomStore())
      : http(std::move(script)), client(std::move(options), http, credentials, clock, [] { return 1.0; }) {}

  const SentRequest& sent(std::size_t index) const { return http.requests().at(index); }
  std::size_t sent_count() const { return http.requests().size(); }

  ScriptedHttp http;
  FixedCredentials credentials;
  FakeClock clock;
  Client client;
};

// S3's error document.
inline std::string ErrorXml(std::string_view code, std::string_view message = "said the service",
                            std::string_view more = {}) {
  std::string xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>";
  xml.append(code)
      .append("</Code><Message>")
      .append(message)
      .append("</Message>")
      .append(more)
      .append("</Error>");
  return xml;
}

}  // namespace s3conn

#endif  // S3CONN_TESTS_SUPPORT_CLIENT_FIXTURE_H_
