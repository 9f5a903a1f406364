#include <csignal>
#include <string>

#include "cli/cli_fixture.h"

// s3conn serve: what it says, what it refuses, how it ends.

namespace s3conn {
namespace {

// A server that runs in the folder of a program, and what it said of itself.
class Served {
 public:
  explicit Served(const S3connProgram& program, const Arguments& more = {})
      : server_(program.Start(With({"serve", "store", "--port", "0"}, more))),
        said(Json::parse(server_.WaitForLine())) {}

  // Ends it; gives what it said in all.
  ProgramResult End(int signal = SIGTERM) {
    server_.Signal(signal);
    return server_.Wait();
  }

 private:
  static Arguments With(Arguments arguments, const Arguments& more) {
    arguments.insert(arguments.end(), more.begin(), more.end());
    return arguments;
  }

  RunningProgram server_;

 public:
  const Json said;
};

class ServedClient : public BareProgram {
 public:
  explicit ServedClient(const Json& said, const std::string& secret_key = {}) {
    environment["S3CONN_ENDPOINT_URL"] = said["Endpoint"];
    environment["AWS_ACCESS_KEY_ID"] = said["AccessKeyId"];
    environment["AWS_SECRET_ACCESS_KEY"] =
        secret_key.empty() ? said["SecretAccessKey"].get<std::string>() : secret_key;
    secrets.push_back(environment["AWS_SECRET_ACCESS_KEY"]);
  }
};

}  // namespace

TEST_CASE("Serve: another program works on the folder by what the server says") {
  const BareProgram program;
  Served server(program);
  CHECK(FieldNames(server.said) ==
        Arguments{"Endpoint", "Region", "AccessKeyId", "SecretAccessKey", "Folder", "ReadOnly"});
  const ServedClient client(server.said);
  client.Succeed({"create-bucket", "data"});
  client.folder().Write("file", "some bytes");
  client.Succeed({"put-object", "file", "s3://data/k"});
  // A command on the folder itself sees the same at the same time.
  CHECK(program.Run({"get-object", "s3://data/k", "-", "--endpoint-url", "local:store"}).out == "some bytes");
  ServedClient stranger(server.said, "another-secret");
  CHECK(stranger.Fail(5, {"list-buckets"})["Code"] == "SignatureDoesNotMatch");
  const ProgramResult ended = server.End();
  RequireExit(ended, 0);
  RequireSilence(ended);
}

TEST_CASE("Serve: Ctrl-C ends it with nothing wrong") {
  const BareProgram program;
  Served server(program);
  RequireExit(server.End(SIGINT), 0);
}

TEST_CASE("Serve: keys of the user are taken and never shown") {
  BareProgram program;
  program.environment["S3CONN_SERVE_ACCESS_KEY"] = "my-key";
  program.environment["S3CONN_SERVE_SECRET_KEY"] = "my-long-secret";
  program.secrets.emplace_back("my-long-secret");
  Served server(program);
  CHECK(server.said["AccessKeyId"] == "my-key");
  CHECK_FALSE(server.said.contains("SecretAccessKey"));
  ServedClient(server.said, "my-long-secret").Succeed({"list-buckets"});
  program.Checked(server.End());

  program.environment.erase("S3CONN_SERVE_SECRET_KEY");
  CHECK(Contains(program.Fail(3, {"serve", "store", "--port", "0"})["Message"].get<std::string>(),
                 "S3CONN_SERVE_SECRET_KEY"));
}

TEST_CASE("Serve: the keys of a profile that is named are taken") {
  const BareProgram program;
  program.home().Write(".aws/credentials",
                       "[mine]\naws_access_key_id = profile-key\naws_secret_access_key = profile-secret\n");
  Served server(program, {"--profile", "mine"});
  CHECK(server.said["AccessKeyId"] == "profile-key");
  ServedClient(server.said, "profile-secret").Succeed({"list-buckets"});
}

TEST_CASE("Serve: what can be reached from elsewhere wants keys of the user") {
  const BareProgram program;
  for (const char* const address : {"0.0.0.0", "::", "192.0.2.1"}) {
    const Json error = program.Fail(2, {"serve", "store", "--port", "0", "--address", address});
    CHECK(Contains(error["Hint"].get<std::string>(), "S3CONN_SERVE_ACCESS_KEY"));
  }
  CHECK_FALSE(program.folder().Has("store"));
}

TEST_CASE("Serve: what it can not do it says before it serves") {
  const BareProgram program;
  Served server(program);
  const std::string endpoint = server.said["Endpoint"];
  const std::string port = endpoint.substr(endpoint.rfind(':') + 1);
  CHECK(Contains(program.Fail(10, {"serve", "other", "--port", port})["Hint"].get<std::string>(), "port"));
  program.Fail(2, {"serve", "other", "--port", "70000"});
  program.Fail(2, {"serve", "other", "--address", "nowhere.example"});
  program.Fail(2, {"serve", "other", "--tls-cert", "cert.pem"});
  program.Fail(3, {"serve", "other", "--port", "0", "--tls-cert", "none.pem", "--tls-key", "none.pem"});
}

TEST_CASE("Serve: a store that is read only refuses to be changed") {
  const BareProgram program;
  program.Succeed({"create-bucket", "data", "--endpoint-url", "local:store"});
  Served server(program, {"--read-only"});
  CHECK(server.said["ReadOnly"] == true);
  const ServedClient client(server.said);
  client.folder().Write("file", "");
  CHECK(client.Succeed({"list-buckets"})["Buckets"].size() == 1);
  CHECK(client.Fail(5, {"put-object", "file", "s3://data/k"})["Code"] == "AccessDenied");
  CHECK(client.Fail(5, {"delete-bucket", "data"})["Code"] == "AccessDenied");
}

TEST_CASE("Serve: requests are logged where that is asked for and no signature is") {
  const BareProgram program;
  Served server(program, {"-v"});
  const ServedClient client(server.said);
  client.Succeed({"create-bucket", "data"});
  client.Fail(4, {"get-object", "s3://data/k", "-"});
  const std::string url = client.Succeed({"presign", "s3://data/k"})["Url"];
  ProgramCall fetched = client.Call({});
  fetched.command = {"/usr/bin/env", "curl", "-s", url};
  RequireExit(RunProgram(fetched), 0);
  const std::string log = server.End().err;
  CHECK(Contains(log, " CreateBucket PUT /data 200\n"));
  CHECK(Contains(log, " GetObject GET /data/k 404 NoSuchKey\n"));
  const std::string signature = url.substr(url.find("X-Amz-Signature=") + 16, 64);
  CHECK_FALSE(Contains(log, signature));
}

TEST_CASE("Serve: HTTPS with a certificate of the user") {
  const BareProgram program;
  ProgramCall made = program.Call({});
  made.command = {"/usr/bin/env",
                  "openssl",
                  "req",
                  "-x509",
                  "-newkey",
                  "rsa:2048",
                  "-nodes",
                  "-subj",
                  "/CN=test",
                  "-addext",
                  "subjectAltName=IP:127.0.0.1",
                  "-out",
                  "cert.pem",
                  "-keyout",
                  "key.pem"};
  RequireExit(RunProgram(made), 0);
  Served server(program, {"--tls-cert", "cert.pem", "--tls-key", "key.pem"});
  CHECK(server.said["Endpoint"].get<std::string>().starts_with("https://127.0.0.1:"));
  ServedClient client(server.said);
  client.Fail(7, {"list-buckets", "--max-attempts", "1"});
  client.environment["S3CONN_CA_BUNDLE"] = program.folder().Path("cert.pem");
  client.Succeed({"create-bucket", "data"});
  const std::string bytes(300'000, 'x');
  client.folder().Write("file", bytes);
  client.Succeed({"put-object", "file", "s3://data/k"});
  CHECK(client.Run({"get-object", "s3://data/k", "-"}).out == bytes);
}

}  // namespace s3conn
