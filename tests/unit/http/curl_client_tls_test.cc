// Who is trusted over TLS.

#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <thread>
#include <vector>

#include "exchange_fixture.h"
#include "tls_identity.h"

namespace s3conn {
namespace {

namespace fs = std::filesystem;

// A folder that goes with the test.
class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string name = (fs::temp_directory_path() / "s3conn-http-XXXXXX").string();
    REQUIRE(mkdtemp(name.data()) != nullptr);
    path_ = name;
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  ~TemporaryFolder() { fs::remove_all(path_); }

  std::string Write(const std::string& name, const std::string& text) const {
    std::ofstream(path_ / name) << text;
    return (path_ / name).string();
  }
  std::string path() const { return path_.string(); }

 private:
  fs::path path_;
};

HttpRequest TlsTo(const ScriptedServer& server, std::string method = "GET") {
  HttpRequest request = To(server, std::move(method));
  request.origin.scheme = Scheme::kHttps;
  return request;
}

Step Echo(const ReceivedRequest& request) {
  return Respond(200, {}, request.body);
}

TEST_CASE("a certificate that nobody vouches for is refused for good") {
  const TlsIdentity identity("IP:127.0.0.1");
  ScriptedServer server(Echo, identity.Streams());
  const auto result = MakeClient()->Send(TlsTo(server), {}, {});
  REQUIRE_FALSE(result);
  CHECK(result.error().kind == ErrorKind::kNetwork);
  CHECK_FALSE(result.error().retryable);
  CHECK(result.error().message.find("certificate can't be verified") != std::string::npos);
  CHECK(result.error().hint.find("--ca-bundle") != std::string::npos);
  CHECK(server.requests().empty());
}

TEST_CASE("a certificate from the given file is trusted") {
  const TlsIdentity identity("IP:127.0.0.1");
  const TemporaryFolder folder;
  ScriptedServer server(Echo, identity.Streams());
  const auto client = MakeClient({.ca_bundle = folder.Write("ca.pem", identity.CertificatePem())});
  PatternSource source(1'000'000);
  CollectingSink sink;
  REQUIRE(Outcome(client->Send(TlsTo(server, "PUT"), {.source = &source, .sink = &sink}, {})) == "200");
  CHECK(sink.bytes == source.All());
  CHECK(Outcome(client->Send(TlsTo(server), {}, {})) == "200");
  CHECK(server.connections() == 1);
}

TEST_CASE("a certificate from the given hashed folder is trusted") {
  const TlsIdentity identity("IP:127.0.0.1");
  const TemporaryFolder folder;
  folder.Write(identity.HashedName(), identity.CertificatePem());
  ScriptedServer server(Echo, identity.Streams());
  CHECK(Outcome(MakeClient({.ca_bundle = folder.path()})->Send(TlsTo(server), {}, {})) == "200");
}

TEST_CASE("a trusted certificate for another name is refused") {
  const TlsIdentity identity("DNS:example.test");
  const TemporaryFolder folder;
  ScriptedServer server(Echo, identity.Streams());
  const auto client = MakeClient({.ca_bundle = folder.Write("ca.pem", identity.CertificatePem())});
  const auto result = client->Send(TlsTo(server), {}, {});
  REQUIRE_FALSE(result);
  CHECK(result.error().kind == ErrorKind::kNetwork);
  CHECK_FALSE(result.error().retryable);
}

TEST_CASE("a bundle that is missing or empty is a configuration error before any connection") {
  const TemporaryFolder folder;
  ScriptedServer server;
  for (const std::string& bundle :
       {folder.path() + "/none.pem", folder.Write("junk.pem", "no certificate")}) {
    CAPTURE(bundle);
    const auto client = MakeClient({.ca_bundle = bundle});
    for (int i = 0; i < 2; ++i) {
      const auto result = client->Send(TlsTo(server), {}, {});
      REQUIRE_FALSE(result);
      CHECK(result.error().kind == ErrorKind::kConfig);
      CHECK_FALSE(result.error().retryable);
      CHECK(result.error().message.find(bundle) != std::string::npos);
    }
    CHECK(Outcome(client->Send(To(server), {}, {})) == "599");  // http needs none
  }
  CHECK(server.requests().size() == 2);
}

TEST_CASE("TLS to a port that speaks plain HTTP is refused for good with a hint") {
  ScriptedServer server(Echo, [](int fd) {
    // Answers the handshake's first bytes as a web server would.
    auto stream = PlainStream(fd);
    stream->Write("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n");
    return stream;
  });
  const auto result = MakeClient()->Send(TlsTo(server), {}, {});
  REQUIRE_FALSE(result);
  CHECK(result.error().kind == ErrorKind::kNetwork);
  CHECK_FALSE(result.error().retryable);
  CHECK(result.error().hint.find("http://") != std::string::npos);
}

TEST_CASE("a connection that breaks during the handshake may be tried again") {
  ScriptedServer server(Echo, [](int) { return nullptr; });
  const auto result = MakeClient()->Send(TlsTo(server), {}, {});
  REQUIRE_FALSE(result);
  CHECK(result.error().kind == ErrorKind::kNetwork);
  CHECK(result.error().retryable);
}

TEST_CASE("many threads share one certificate store") {
  const TlsIdentity identity("IP:127.0.0.1");
  const TemporaryFolder folder;
  folder.Write(identity.HashedName(), identity.CertificatePem());
  ScriptedServer server(Echo, identity.Streams());
  const auto client = MakeClient({.ca_bundle = folder.path()});
  std::vector<std::thread> threads;
  std::vector<int> right(6, 0);
  for (std::size_t t = 0; t < right.size(); ++t) {
    threads.emplace_back([&, t] {
      HttpRequest request = TlsTo(server);
      request.fresh_connection = true;
      for (int i = 0; i < 5; ++i) right[t] += client->Send(request, {}, {}).has_value() ? 1 : 0;
    });
  }
  for (std::thread& thread : threads) thread.join();
  CHECK(right == std::vector<int>(6, 5));
}

}  // namespace
}  // namespace s3conn
