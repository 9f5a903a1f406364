#include <fmt/format.h>

#include <string>
#include <vector>

#include "contract/contract_fixture.h"
#include "support/unused_port.h"

namespace s3conn {
namespace {

// The lines between `title` and the next line that does not begin with "| ".
std::string Told(const std::string& text, const std::string& title) {
  std::string told;
  bool inside = false;
  for (const std::string& line : SplitLines(text)) {
    if (inside && !line.starts_with("| ")) return told;
    if (inside) told += line + "\n";
    if (line == title) inside = true;
  }
  return told;
}

}  // namespace

TEST_CASE("A wrong secret is refused as a signature that does not match") {
  ContractProgram program;
  const std::string wrong = "wrong-secret-that-nobody-may-see";
  program.environment["AWS_SECRET_ACCESS_KEY"] = wrong;
  program.secrets.push_back(wrong);
  const TestBucket bucket;

  const Json error = program.Fail(5, {"list-objects", bucket.Uri()});
  CHECK(error["Kind"] == "Denied");
  CHECK(error["Code"] == "SignatureDoesNotMatch");
  CHECK(error["HttpStatus"] == 403);
  CHECK(error["Retryable"] == false);
  CHECK(Contains(error["Hint"].get<std::string>(), "secret key"));

  const ProgramResult run = program.Run({"list-objects", bucket.Uri("with space+/"), "-vvv"});
  RequireExit(run, 5);
  INFO(run.Describe());
  CHECK(run.out.empty());
  CHECK(ErrorOf(run)["Code"] == "SignatureDoesNotMatch");
  const std::string our_request = Told(run.err, "* our canonical request:");
  const std::string our_string = Told(run.err, "* our string to sign:");
  CHECK(our_request.starts_with("| GET\n| /" + bucket.name() +
                                "\n| encoding-type=url&list-type=2&prefix=with%20space%2B%2F\n| host:"));
  CHECK(our_string.starts_with("| AWS4-HMAC-SHA256\n| 20"));
  CHECK(Contains(our_string, "/" + Server().region + "/s3/aws4_request\n"));
  const bool tells = Server().traits.tells_what_it_signed;
  CHECK(Told(run.err, "* the server's canonical request:") == (tells ? our_request : ""));
  CHECK(Told(run.err, "* the server's string to sign:") == (tells ? our_string : ""));
}

TEST_CASE("A wrong secret changes nothing in the store") {
  const ContractProgram program;
  ContractProgram wrong;
  wrong.environment["AWS_SECRET_ACCESS_KEY"] = "wrong";
  const TestBucket bucket;
  bucket.Fill({"kept"});
  wrong.folder().Write("source", "bytes");
  wrong.folder().Write("target", "what was there");
  const std::vector<Arguments> commands = {{"put-object", "source", bucket.Uri("new")},
                                           {"delete", bucket.Uri("kept")},
                                           {"get-object", bucket.Uri("kept"), "target"},
                                           {"head-object", bucket.Uri("kept")},
                                           {"head-bucket", bucket.name()},
                                           {"delete-bucket", bucket.name()},
                                           {"create-bucket", NewBucketName()},
                                           {"list-buckets"}};
  for (const Arguments& command : commands) CHECK(wrong.Fail(5, command)["HttpStatus"] == 403);
  CHECK(wrong.folder().Read("target") == "what was there");
  CHECK(wrong.folder().Names() == std::vector<std::string>{"source", "target"});
  CHECK(KeysOf(program.Succeed({"list-objects", bucket.Uri()})) == std::vector<std::string>{"kept"});
}

TEST_CASE("An access key that nobody has is refused") {
  ContractProgram program;
  program.environment["AWS_ACCESS_KEY_ID"] = "nobody-has-this-key";
  const Json error = program.Fail(5, {"list-buckets"});
  CHECK(error["Kind"] == "Denied");
  CHECK(error["Code"] == std::string(Server().traits.code_of_unknown_key));
}

TEST_CASE("Another user does not get at the bucket") {
  const TestBucket bucket;
  bucket.Fill({"private"});
  ContractProgram other;
  other.environment["AWS_ACCESS_KEY_ID"] = Server().other_access_key;
  other.environment["AWS_SECRET_ACCESS_KEY"] = Server().other_secret_key;
  const int refused = Server().traits.bucket_of_another_user;
  other.Fail(refused, {"list-objects", bucket.Uri()});
  other.Fail(refused, {"get-object", bucket.Uri("private"), "target"});
  other.Fail(refused, {"delete", bucket.Uri("private")});
  CHECK(other.folder().Names().empty());
}

TEST_CASE("A request without a signature is refused") {
  const ContractProgram program;
  const TestBucket bucket;
  const ProgramResult run = program.Run({"list-objects", bucket.Uri(), "--no-sign-request"});
  RequireExit(run, Server().traits.anonymous_listing);
  CHECK(run.out.empty());
}

TEST_CASE("Signing for another region works and the region that the store names is told") {
  const ContractProgram program;
  const TestBucket bucket;
  bucket.Fill({"there"});
  program.folder().Write("source", "bytes");
  const std::vector<Arguments> commands = {{"list-objects", bucket.Uri()},
                                           {"list-buckets"},
                                           {"head-bucket", bucket.name()},
                                           {"head-object", bucket.Uri("there")},
                                           {"get-object", bucket.Uri("there"), "target"},
                                           {"put-object", "source", bucket.Uri("new"), "--no-clobber"},
                                           {"copy", bucket.Uri("new"), bucket.Uri("copy")},
                                           {"delete", bucket.Uri("there")}};
  for (Arguments command : commands) {
    command.emplace_back("--region=eu-west-1");
    const ProgramResult quiet = program.Run(command);
    RequireExit(quiet, 0);
    RequireSilence(quiet);
    command.emplace_back("-v");
    const ProgramResult run = program.Run(command);
    RequireExit(run, 0);
    INFO(run.Describe());
    CHECK(Contains(run.err, "is in region " + Server().region + ", not eu-west-1") ==
          Server().traits.wants_its_region);
  }
  CHECK(KeysOf(program.Succeed({"list-objects", bucket.Uri()})) == std::vector<std::string>{"copy", "new"});
  CHECK(program.Run({"cat", bucket.Uri("copy")}).out == "bytes");
}

TEST_CASE("A store that does not run is a network failure") {
  ContractProgram program;
  const UnusedPort port;
  program.environment["S3CONN_ENDPOINT_URL"] = fmt::format("http://127.0.0.1:{}", port.number());
  program.folder().Write("source", "bytes");
  const std::vector<Arguments> commands = {{"list-buckets"},
                                           {"create-bucket", NewBucketName()},
                                           {"list-objects", "s3://some-bucket"},
                                           {"put-object", "source", "s3://some-bucket/k", "--max-attempts=2"},
                                           {"get-object", "s3://some-bucket/k", "target", "--max-attempts=2"},
                                           {"delete", "s3://some-bucket/k"}};
  for (const Arguments& command : commands) {
    const Json error = program.Fail(7, command);
    CHECK(error["Kind"] == "Network");
    CHECK(error["Retryable"] == true);
    CHECK(Contains(error["Message"].get<std::string>(), "connection refused"));
  }
  CHECK(program.folder().Names() == std::vector<std::string>{"source"});
}

TEST_CASE("No command prints a secret however talkative it is") {
  ContractProgram program;  // checks each run
  program.environment["AWS_SECRET_ACCESS_KEY"] = Server().secret_key;
  const std::string name = NewBucketName();
  const std::string uri = "s3://" + name + "/k";
  program.folder().Write("source", "bytes");
  const std::vector<Arguments> commands = {
      {"create-bucket", name},       {"list-buckets"},         {"head-bucket", name},
      {"put-object", "source", uri}, {"get-object", uri, "t"}, {"head-object", uri},
      {"list-objects", name},        {"delete", uri},          {"delete-bucket", name}};
  for (Arguments command : commands) {
    command.emplace_back("-vvv");
    const ProgramResult run = program.Run(command);
    RequireExit(run, 0);
    INFO(run.Describe());
    // It did talk of the request, and the signature, good for minutes, is hidden too.
    CHECK(Contains(run.err, "\n> Authorization: AWS4-HMAC-SHA256 Credential="));
    CHECK(Contains(run.err, "Signature=(hidden)\n"));
  }
}

}  // namespace s3conn
