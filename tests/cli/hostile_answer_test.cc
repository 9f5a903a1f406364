#include <string>
#include <vector>

#include "cli/cli_fixture.h"

namespace s3conn {
namespace {

constexpr std::string_view kPage = "<html>please log in</html>";

Step RespondPage() {
  return Respond(200, {{"Content-Type", "text/html"}}, kPage);
}

// A page of a listing of either kind: it goes on at the token.
Step RespondCycle(std::string_view token) {
  return Respond(200, {},
                 "<ListBucketResult><IsTruncated>true</IsTruncated><NextContinuationToken>" +
                     std::string(token) +
                     "</NextContinuationToken><Contents><Key>k</Key><Size>1</Size></Contents>"
                     "</ListBucketResult>");
}

Step RespondBucketCycle(std::string_view token) {
  return Respond(200, {},
                 "<ListAllMyBucketsResult><Buckets><Bucket><Name>b</Name></Bucket></Buckets>"
                 "<ContinuationToken>" +
                     std::string(token) + "</ContinuationToken></ListAllMyBucketsResult>");
}

// Ten bytes of which the first five come.
Step RespondFirstHalf(const Headers& headers) {
  const Step whole = Respond(200, headers, "AAAAAaaaaa");
  return CutAfter(whole.response.size() - 5, whole);
}

}  // namespace

TEST_CASE("The log-in page of a network is no answer to any command") {
  const std::vector<Arguments> commands = {{"get-object", "s3://b/k", "target"},
                                           {"get-object", "s3://b/k", "-"},
                                           {"put-object", "-", "s3://b/k"},
                                           {"delete", "s3://b/k"},
                                           {"create-bucket", "my-bucket"},
                                           {"delete-bucket", "my-bucket"},
                                           {"delete-bucket", "my-bucket", "--force", "--yes"},
                                           {"restore", "s3://b/k"},
                                           {"list-buckets"},
                                           {"list-objects", "b"}};
  for (Arguments command : commands) {
    const ScriptedProgram program({RespondPage()});
    command.emplace_back("--max-attempts=1");
    const ProgramResult run = program.Run(command);
    RequireExit(run, 1);
    INFO(run.Describe());
    CHECK(ErrorOf(run)["Kind"] == "Service");
    CHECK(ErrorOf(run)["Retryable"] == true);
    CHECK(Contains(ErrorOf(run)["Hint"].get<std::string>(), "a proxy or another server"));
    CHECK(run.out.empty());
    CHECK(program.folder().Names().empty());
  }
}

TEST_CASE("The log-in page of a network is no object to head-object") {
  const ScriptedProgram program(
      {Respond(200, {{"Content-Type", "text/html"}, {"Content-Length", std::to_string(kPage.size())}})});
  const Json error = program.Fail(1, {"head-object", "s3://b/k", "--max-attempts=1"});
  CHECK(error["Message"] == "look at s3://b/k: the answer has no ETag, which every object has");
}

TEST_CASE("An error document with a namespace in a 200 is an error") {
  const Step denied =
      Respond(200, {{"Content-Type", "application/xml"}},
              "<?xml version=\"1.0\"?>\n<Error xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">"
              "<Code>AccessDenied</Code><Message>no</Message></Error>");
  for (Arguments command :
       {Arguments{"delete", "s3://b/k"}, Arguments{"delete-bucket", "b"}, Arguments{"list-buckets"}}) {
    const ScriptedProgram program({denied});
    command.emplace_back("--max-attempts=1");
    const Json error = program.Fail(5, command);
    CHECK(error["Code"] == "AccessDenied");
  }
}

TEST_CASE("A download that cannot be told apart from another object is not begun") {
  const Step other = Respond(206, {{"Content-Range", "bytes 5-9/10"}}, "BBBBB");
  const ScriptedProgram program({RespondFirstHalf({}), other, RespondFirstHalf({}), other});
  for (const char* const target : {"target", "-"}) {
    const ProgramResult run = program.Run({"get-object", "s3://b/k", target, "--max-attempts=2"});
    INFO(run.Describe());
    CHECK(run.exit_status != 0);
    CHECK(run.out.empty());
  }
  CHECK(program.folder().Names().empty());
  for (const ReceivedRequest& request : program.requests()) CHECK_FALSE(request.Header("Range"));
}

TEST_CASE("A weak ETag does not join the halves of two objects") {
  const Headers weak = {{"ETag", "W/\"v1\""}};
  const Step other_half = Respond(206, {{"ETag", "W/\"v1\""}, {"Content-Range", "bytes 5-9/10"}}, "BBBBB");
  SECTION("a file is got whole from the start") {
    const ScriptedProgram program({RespondFirstHalf(weak), other_half, RespondObject("BBBBBBBBBB")});
    const ProgramResult run = program.Run({"get-object", "s3://b/k", "target"});
    RequireExit(run, 0);
    CHECK(run.err.starts_with("s3conn: warning: "));
    CHECK(program.folder().Read("target") == "BBBBBBBBBB");
    CHECK(program.folder().Names() == Arguments{"target"});
  }
  SECTION("a stream can't begin anew and ends") {
    const ScriptedProgram program({RespondFirstHalf(weak), other_half});
    const ProgramResult run = program.Run({"get-object", "s3://b/k", "-"});
    RequireExit(run, 6);
    CHECK(run.out == "AAAAA");
  }
}

TEST_CASE("Metadata whose name is not UTF-8 leaves the output valid") {
  for (const std::string name : {"a\xff", "a\"\xff", "\xc3\x28\"\xed\xa0\x80"}) {
    for (const std::string value : {"v", "v\"\xff"}) {
      const Step head = RespondHead("hello", {{"x-amz-meta-" + name, value}});
      const ScriptedProgram program({head, head, head});
      const Json document = program.Succeed({"head-object", "s3://b/k"});
      CHECK(document["Size"] == 5);
      CHECK(document["Metadata"].size() == (value == "v" ? 1U : 2U));
      CHECK(Contains(FieldNames(document["Metadata"]).front(), "\\x"));

      const ProgramResult lines = program.Run({"head-object", "s3://b/k", "--output=ndjson"});
      RequireExit(lines, 0);
      CHECK(LinesOf(lines).size() == 1);
      const ProgramResult text = program.Run({"head-object", "s3://b/k", "--output=text"});
      RequireExit(text, 0);
      CHECK_FALSE(Contains(text.out, "\xff"));
    }
  }
}

TEST_CASE("An upload is verified by a checksum only where the store confirms it") {
  ScriptedProgram program;
  program.environment["AWS_REQUEST_CHECKSUM_CALCULATION"] = "when_supported";
  program.folder().Write("source", "123456789");
  const Arguments put = {"put-object", "source", "s3://b/k"};
  program.server.Add(Respond(200, {{"ETag", "\"e\""}, {"x-amz-checksum-crc64nvme", "rosUhgp5mIg="}}));
  CHECK(program.Succeed(put)["Verified"] == "crc64nvme");
  program.server.Add(Respond(200, {{"ETag", "\"e\""}}));
  CHECK(program.Succeed(put)["Verified"] == "sha256");
  program.server.Add(Respond(200, {{"ETag", "\"e\""}, {"x-amz-checksum-crc64nvme", "AAAAAAAAAAA="}}));
  CHECK(program.Fail(8, put)["Kind"] == "Integrity");
  for (const ReceivedRequest& request : program.requests()) {
    CHECK(request.Header("x-amz-checksum-crc64nvme") == "rosUhgp5mIg=");
  }
}

TEST_CASE("A request that was turned away is not the one that made the bucket") {
  const ScriptedProgram program(
      {RespondError(503, "SlowDown"), RespondError(409, "BucketAlreadyOwnedByYou")});
  CHECK(program.Fail(6, {"create-bucket", "my-bucket"})["Code"] == "BucketAlreadyOwnedByYou");
  CHECK(program.requests().size() == 2);
}

TEST_CASE("A request that was turned away is not the one that deleted the bucket") {
  const ScriptedProgram program({RespondError(503, "SlowDown"), RespondError(404, "NoSuchBucket")});
  CHECK(program.Fail(4, {"delete-bucket", "my-bucket"})["Code"] == "NoSuchBucket");
  CHECK(program.requests().size() == 2);
}

TEST_CASE("Tokens that go round in a circle end a listing of objects") {
  const ScriptedProgram program(
      {RespondCycle("A"), RespondCycle("B"), RespondCycle("A"), RespondCycle("B"), RespondCycle("A")});
  const ProgramResult run = program.Run({"list-objects", "b", "--max-attempts=1"});
  RequireExit(run, 1);
  CHECK(Contains(ErrorOf(run)["Message"].get<std::string>(), "continuation token twice"));
}

TEST_CASE("Tokens that go round in a circle end a listing of buckets") {
  const ScriptedProgram program({RespondBucketCycle("A"), RespondBucketCycle("B"), RespondBucketCycle("A"),
                                 RespondBucketCycle("B"), RespondBucketCycle("A")});
  const ProgramResult run = program.Run({"list-buckets", "--max-attempts=1"});
  RequireExit(run, 1);
  CHECK(Contains(ErrorOf(run)["Message"].get<std::string>(), "continuation token twice"));
}

TEST_CASE("A listing that leaves out what it must say prints nothing") {
  const std::vector<std::string> pages = {
      "<IsTruncated>false</IsTruncated><Contents><Key>k</Key><Size>x</Size></Contents>",
      "<IsTruncated>false</IsTruncated><Contents><Key>k</Key><Size>-1</Size></Contents>",
      "<IsTruncated>false</IsTruncated><Contents><Key>k</Key><Size/></Contents>",
      "<IsTruncated>false</IsTruncated><Contents><Size>1</Size></Contents>",
      "<IsTruncated>false</IsTruncated><Contents><Key></Key><Size>1</Size></Contents>",
      "<Contents><Key>k</Key><Size>1</Size></Contents>",
      "<IsTruncated>maybe</IsTruncated><Contents><Key>k</Key><Size>1</Size></Contents>"};
  for (const std::string& page : pages) {
    CAPTURE(page);
    const ScriptedProgram program({Respond(200, {}, "<ListBucketResult>" + page + "</ListBucketResult>")});
    const ProgramResult run = program.Run({"list-objects", "b", "--max-attempts=1"});
    RequireExit(run, 1);
    CHECK(ErrorOf(run)["Kind"] == "Service");
    CHECK(run.out.empty());
  }
}

TEST_CASE("A 409 is a conflict whatever comes with it") {
  for (const Step& answer :
       {RespondError(409, "InvalidBucketState"), Respond(409), Respond(409, {}, "<html>busy</html>")}) {
    const ScriptedProgram program({answer});
    CHECK(program.Fail(6, {"delete-bucket", "my-bucket"})["Kind"] == "Conflict");
    CHECK(program.requests().size() == 1);
  }
}

}  // namespace s3conn
