#include <sys/stat.h>

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "cli/cli_fixture.h"

namespace s3conn {
namespace {

using Pairs = std::vector<std::pair<std::string, std::string>>;

constexpr const char* kKey = "ZGRkZGRkZGRkZGRkZGRkZGRkZGRkZGRkZGRkZGRkZGQ=";  // 32 times 'd'

// A store with a file to upload and a key file that nobody else can read.
struct OptionsProgram : ScriptedProgram {
  explicit OptionsProgram(std::vector<Step> script = {}) : ScriptedProgram(std::move(script)) {
    secrets.emplace_back(kKey);
    folder().Write("file.txt", "hello");
    REQUIRE(chmod(folder().Write("key", std::string(32, 'd')).c_str(), 0600) == 0);
  }
  std::string HeaderOf(std::size_t request, std::string_view name) const {
    return requests().at(request).Header(name).value_or("");
  }
  void CheckHeaders(std::size_t request, const Pairs& headers) const {
    for (const auto& [name, value] : headers) {
      CAPTURE(name);
      CHECK(requests().at(request).Header(name) == value);
    }
  }
};

Step Stored(Headers more = {}) {
  more.Set("ETag", "\"e\"");
  return Respond(200, more);
}

Headers WithCustomerKey() {
  return {{"x-amz-server-side-encryption-customer-algorithm", "AES256"}};
}

std::string Text(const Json& error) {
  return error["Message"].get<std::string>();
}

}  // namespace

TEST_CASE("put-object sends what its options say") {
  const OptionsProgram program({Stored({{"x-amz-server-side-encryption", "aws:kms:dsse"}})});
  const Json record = program.Succeed({"put-object",
                                       "file.txt",
                                       "s3://b/k",
                                       "--content-type",
                                       "text/x; charset=utf-8",
                                       "--content-encoding=gzip",
                                       "--content-disposition",
                                       "attachment; filename=\"a b\"",
                                       "--content-language=de",
                                       "--cache-control",
                                       "max-age=60",
                                       "--metadata",
                                       "a=b=c",
                                       "--metadata=B=",
                                       "--tag",
                                       "p=1",
                                       "--tag",
                                       "q r=\xc3\xa4&",
                                       "--storage-class=deep_archive",
                                       "--acl=PRIVATE",
                                       "--sse=AWS:KMS:DSSE",
                                       "--sse-kms-key-id=arn:aws:kms:eu-west-1:1:key/x"});
  CHECK(record["ServerSideEncryption"] == "aws:kms:dsse");
  program.CheckHeaders(0, {{"Content-Type", "text/x; charset=utf-8"},
                           {"Content-Encoding", "gzip"},
                           {"Content-Disposition", "attachment; filename=\"a b\""},
                           {"Content-Language", "de"},
                           {"Cache-Control", "max-age=60"},
                           {"x-amz-meta-a", "b=c"},
                           {"x-amz-meta-B", ""},
                           {"x-amz-tagging", "p=1&q%20r=%C3%A4%26"},
                           {"x-amz-storage-class", "DEEP_ARCHIVE"},
                           {"x-amz-acl", "private"},
                           {"x-amz-server-side-encryption", "aws:kms:dsse"},
                           {"x-amz-server-side-encryption-aws-kms-key-id", "arn:aws:kms:eu-west-1:1:key/x"}});
}

TEST_CASE("put-object guesses the media type from the file and then from the key") {
  const OptionsProgram program({Stored(), Stored(), Stored(), Stored(), Stored()});
  program.folder().Write("plain", "hello");
  program.Succeed({"put-object", "file.txt", "s3://b/page.html"});
  program.Succeed({"put-object", "plain", "s3://b/page.html"});
  program.Succeed({"put-object", "plain", "s3://b/plain"});
  program.Succeed({"put-object", "file.txt", "s3://b/", "--content-type", ""});
  ProgramCall piped = program.Call({"put-object", "-", "s3://b/data.json"});
  piped.input = "{}";
  RequireExit(program.Run(piped), 0);
  CHECK(program.HeaderOf(0, "Content-Type") == "text/plain");
  CHECK(program.HeaderOf(1, "Content-Type") == "text/html");
  CHECK_FALSE(program.requests().at(2).Header("Content-Type").has_value());
  CHECK_FALSE(program.requests().at(3).Header("Content-Type").has_value());
  CHECK(program.HeaderOf(4, "Content-Type") == "application/json");
}

TEST_CASE("a storage class of the store's own is sent as it is") {
  const OptionsProgram program({Stored()});
  program.Succeed({"put-object", "file.txt", "s3://b/k", "--storage-class=ice-cold"});
  CHECK(program.HeaderOf(0, "x-amz-storage-class") == "ice-cold");
}

TEST_CASE("the key of a file is sent by each command and printed by none") {
  const OptionsProgram program({Stored(WithCustomerKey()), RespondObject("hello", WithCustomerKey()),
                                RespondHead("hello", WithCustomerKey())});
  const ProgramResult put = program.Run({"put-object", "file.txt", "s3://b/k", "--sse-c-key=key", "-vvv"});
  RequireExit(put, 0);
  CHECK(DocumentOf(put)["ServerSideEncryption"] == "SSE-C");
  RequireExit(program.Run({"get-object", "s3://b/k", "t", "--sse-c-key=key", "-vvv"}), 0);
  RequireExit(program.Run({"head-object", "s3://b/k", "--sse-c-key=key", "-vvv"}), 0);
  for (std::size_t i = 0; i < 3; ++i) {
    program.CheckHeaders(i, {{"x-amz-server-side-encryption-customer-algorithm", "AES256"},
                             {"x-amz-server-side-encryption-customer-key", kKey},
                             {"x-amz-server-side-encryption-customer-key-MD5", "XgKS164kTHxN0YNLU7Ekig=="}});
  }
}

TEST_CASE("a key of 32 bytes that end in a newline is one") {
  const OptionsProgram program({RespondHead("hello", WithCustomerKey())});
  const std::string bytes = "\x01" + std::string(30, 'd') + "\n";
  REQUIRE(chmod(program.folder().Write("bytes", bytes).c_str(), 0600) == 0);
  program.Succeed({"head-object", "s3://b/k", "--sse-c-key=bytes"});
  CHECK(program.requests().size() == 1);
}

TEST_CASE("a key in base64 with a line end is the same key") {
  const OptionsProgram program({RespondHead("hello", WithCustomerKey())});
  REQUIRE(chmod(program.folder().Write("text", std::string(kKey) + "\r\n").c_str(), 0600) == 0);
  program.Succeed({"head-object", "s3://b/k", "--sse-c-key=text"});
  CHECK(program.HeaderOf(0, "x-amz-server-side-encryption-customer-key") == kKey);
}

TEST_CASE("a key file that others can read is warned of and used") {
  const OptionsProgram program({RespondHead("hello"), RespondHead("hello")});
  REQUIRE(chmod(program.folder().Path("key").c_str(), 0640) == 0);
  const ProgramResult run = program.Run({"head-object", "s3://b/k", "--sse-c-key=key"});
  RequireExit(run, 0);
  CHECK(run.err ==
        "s3conn: warning: key holds a key and other users can read it (mode 0640): chmod 600 key\n");
  RequireSilence(program.Run({"head-object", "s3://b/k", "--sse-c-key=key", "--quiet"}));
}

TEST_CASE("an upload that the store left unencrypted exits with 8") {
  const OptionsProgram program({Stored()});
  const Json error = program.Fail(8, {"put-object", "file.txt", "s3://b/k", "--sse-c-key=key"});
  CHECK(Contains(Text(error), "it is stored unencrypted"));
}

TEST_CASE("get-object and head-object send version and condition") {
  const OptionsProgram program(
      {RespondObject("hello"), RespondHead("hello"), RespondError(412, "PreconditionFailed"), Respond(412)});
  program.Succeed({"get-object", "s3://b/k", "t", "--version-id=v/1", "--if-match=\"e\""});
  program.Succeed({"head-object", "s3://b/k", "--version-id=v/1", "--if-match=e"});
  CHECK(program.request_lines() == Arguments{"GET /b/k?versionId=v%2F1", "HEAD /b/k?versionId=v%2F1"});
  for (std::size_t i = 0; i < 2; ++i) CHECK(program.HeaderOf(i, "If-Match") == "\"e\"");
  program.Fail(6, {"get-object", "s3://b/k", "u", "--if-match=e"});
  program.Fail(6, {"head-object", "s3://b/k", "--if-match=e"});
  CHECK_FALSE(program.folder().Has("u"));
}

TEST_CASE("get-object gets a range and says which") {
  const Headers range = {{"ETag", "\"e\""}, {"Content-Range", "bytes 1-3/5"}};
  const OptionsProgram program({Respond(206, range, "ell"), Respond(206, range, "ell")});
  const Json record = program.Succeed({"get-object", "s3://b/k", "t", "--range", "1-3"});
  CHECK(record["Size"] == 5);
  CHECK(record["ContentRange"] == "bytes 1-3/5");
  CHECK(record["Verified"] == "size");
  CHECK(program.folder().Read("t") == "ell");
  CHECK(program.HeaderOf(0, "Range") == "bytes=1-3");
  const ProgramResult text =
      program.Run({"get-object", "s3://b/k", "t", "--range=bytes=1-3", "--output=text"});
  RequireExit(text, 0);
  CHECK(text.out == "got s3://b/k (3 B) as t\n");
}

TEST_CASE("a range outside the object exits with 2 and leaves no file") {
  const OptionsProgram program({RespondError(416, "InvalidRange")});
  const Json error = program.Fail(2, {"get-object", "s3://b/k", "t", "--range=100-"});
  CHECK(error["Hint"] == "head-object shows how long the object is");
  CHECK_FALSE(program.folder().Has("t"));
}

TEST_CASE("a store that knows no ranges exits with 8") {
  const OptionsProgram program({RespondObject("hello")});
  const Json error = program.Fail(8, {"get-object", "s3://b/k", "t", "--range=1-3"});
  CHECK(Contains(Text(error), "'bytes=1-3' was asked for"));
  CHECK_FALSE(program.folder().Has("t"));
}

TEST_CASE("put-object under conditions fails with 6 and leaves what exists") {
  const OptionsProgram program({RespondHead("other"), RespondHead("other"), Respond(404), Respond(404),
                                Stored(), RespondHead("other"), Stored()});
  CHECK(Text(program.Fail(6, {"put-object", "file.txt", "s3://b/k", "--if-none-match"})) ==
        "put s3://b/k: the object exists already");
  CHECK(Contains(Text(program.Fail(6, {"put-object", "file.txt", "s3://b/k", "--if-match=e"})), "not 'e'"));
  CHECK(Text(program.Fail(6, {"put-object", "file.txt", "s3://b/k", "--if-match=e"})) ==
        "put s3://b/k: the object does not exist");
  for (const std::string& line : program.request_lines()) CHECK(line == "HEAD /b/k");
  program.Succeed({"put-object", "file.txt", "s3://b/k", "--if-none-match"});
  CHECK(program.HeaderOf(4, "If-None-Match") == "*");
  program.Succeed({"put-object", "file.txt", "s3://b/k", "--if-match", "\"" + Md5Of("other") + "\""});
  CHECK(program.HeaderOf(6, "If-Match") == "\"" + Md5Of("other") + "\"");
}

TEST_CASE("put-object with no-clobber skips what exists and says so") {
  const OptionsProgram program({RespondHead("other"), RespondHead("other")});
  CHECK(program.Succeed({"put-object", "file.txt", "s3://b/", "--no-clobber"}) ==
        Json({{"BucketName", "b"}, {"Key", "file.txt"}, {"Skipped", true}}));
  const ProgramResult text =
      program.Run({"put-object", "file.txt", "s3://b/k", "--no-clobber", "--output=text"});
  RequireExit(text, 0);
  CHECK(text.out == "skipped s3://b/k: it exists already\n");
  CHECK(program.request_lines() == Arguments{"HEAD /b/file.txt", "HEAD /b/k"});
}

TEST_CASE("put-object with no-clobber uploads what does not exist unless someone is faster") {
  const OptionsProgram program({Respond(404), Respond(404), Stored(), Respond(404), Respond(404),
                                RespondError(412, "PreconditionFailed"), RespondHead("theirs")});
  CHECK(program.Succeed({"put-object", "file.txt", "s3://b/k", "--no-clobber"})["ETag"] == "e");
  CHECK(program.HeaderOf(2, "If-None-Match") == "*");
  CHECK(program.Succeed({"put-object", "file.txt", "s3://b/k", "--no-clobber"})["Skipped"] == true);
}

TEST_CASE("get-object under conditions on the file keeps it and asks for nothing") {
  const OptionsProgram program({RespondObject("hello"), RespondObject("hello")});
  program.folder().Write("t", "what was there");
  const Json exists = program.Fail(6, {"get-object", "s3://b/k", "t", "--if-none-match"});
  CHECK(Text(exists) == "'t' exists already");
  CHECK(program.Succeed({"get-object", "s3://b/k", "t", "--no-clobber"}) ==
        Json({{"BucketName", "b"}, {"Key", "k"}, {"Path", "t"}, {"Skipped", true}}));
  CHECK(program.requests().empty());
  CHECK(program.folder().Read("t") == "what was there");
  program.Succeed({"get-object", "s3://b/k", "u", "--if-none-match"});
  program.Succeed({"get-object", "s3://b/k", "v", "--no-clobber"});
  CHECK(program.folder().Read("u") == "hello");
  CHECK(program.folder().Read("v") == "hello");
}

TEST_CASE("get-object keeps a file that appears while it downloads") {
  OptionsProgram program;
  const ScriptedServer server([&program](const ReceivedRequest&) {
    program.folder().Write("t", "theirs");
    return RespondObject("hello");
  });
  program.environment["S3CONN_ENDPOINT_URL"] = server.url();
  CHECK(program.Succeed({"get-object", "s3://b/k", "t", "--no-clobber"})["Skipped"] == true);
  REQUIRE(std::remove(program.folder().Path("t").c_str()) == 0);
  const Json error = program.Fail(6, {"get-object", "s3://b/k", "t", "--if-none-match"});
  CHECK(Text(error) == "get s3://b/k: 't' exists already");
  CHECK(program.folder().Read("t") == "theirs");
  CHECK(program.folder().Names() == Arguments{"file.txt", "key", "t"});
}

TEST_CASE("put-object as a dry run sends nothing") {
  const OptionsProgram program;
  CHECK(program.Succeed({"put-object", "file.txt", "s3://b/", "--dry-run"}) ==
        Json({{"BucketName", "b"}, {"Key", "file.txt"}, {"Size", 5}, {"DryRun", true}}));
  const ProgramResult text = program.Run({"put-object", "file.txt", "s3://b/", "--dry-run", "--output=text"});
  CHECK(text.out == "would put s3://b/file.txt (5 B)\n");
  program.Fail(4, {"put-object", "missing", "s3://b/", "--dry-run"});
  CHECK(program.requests().empty());
}

TEST_CASE("put-object refuses a file of more than 5 GiB before anything is sent") {
  const OptionsProgram program;
  std::filesystem::resize_file(program.folder().Write("huge", ""), (5ULL << 30U) + 1);
  const Json error = program.Fail(2, {"put-object", "huge", "s3://b/"});
  CHECK(Contains(Text(error), "one PUT carries at most 5.0 GiB"));
  CHECK(program.Fail(2, {"put-object", "huge", "s3://b/", "--dry-run"}) == error);
  CHECK(program.requests().empty());
}

TEST_CASE("put-object as a dry run looks whether its conditions hold") {
  const OptionsProgram program({RespondHead("other"), RespondHead("other"), Respond(404)});
  CHECK(program.Succeed({"put-object", "file.txt", "s3://b/k", "--dry-run", "--no-clobber"})["Skipped"] ==
        true);
  program.Fail(6, {"put-object", "file.txt", "s3://b/k", "--dry-run", "--if-none-match"});
  CHECK(program.Succeed({"put-object", "file.txt", "s3://b/k", "--dry-run", "--no-clobber"})["DryRun"] ==
        true);
  for (const std::string& line : program.request_lines()) CHECK(line == "HEAD /b/k");
}

TEST_CASE("get-object as a dry run looks at the object and writes nothing") {
  const OptionsProgram program({RespondHead("hello"), RespondHead("hello"), Respond(404)});
  const Json record = program.Succeed({"get-object", "s3://b/k", "t", "--dry-run", "--version-id=v"});
  CHECK(record["DryRun"] == true);
  CHECK(record["Size"] == 5);
  CHECK(record["Path"] == "t");
  const ProgramResult text = program.Run({"get-object", "s3://b/k", "t", "--dry-run", "--output=text"});
  CHECK(text.out == "would get s3://b/k (5 B) as t\n");
  program.Fail(4, {"get-object", "s3://b/k", "t", "--dry-run"});
  CHECK(program.request_lines() == Arguments{"HEAD /b/k?versionId=v", "HEAD /b/k", "HEAD /b/k"});
  CHECK_FALSE(program.folder().Has("t"));
}

TEST_CASE("get-object as a dry run does not tell the whole size of a range") {
  const OptionsProgram program({RespondHead("hello")});
  CHECK(program.Run({"get-object", "s3://b/k", "t", "--dry-run", "--range=1-2", "--output=text"}).out ==
        "would get bytes=1-2 of s3://b/k as t\n");
}

TEST_CASE("each request says who pays and goes unsigned where it shall") {
  const OptionsProgram program(
      {RespondObject("hello"), RespondHead("hello"), Stored(), RespondObject("hello")});
  program.Succeed({"get-object", "s3://b/k", "t", "--request-payer", "--no-sign-request"});
  program.Succeed({"head-object", "s3://b/k", "--request-payer", "--no-sign-request"});
  program.Succeed({"put-object", "file.txt", "s3://b/k", "--request-payer", "--no-sign-request"});
  RequireExit(program.Run({"cat", "s3://b/k", "--request-payer", "--no-sign-request"}), 0);
  REQUIRE(program.requests().size() == 4);
  for (const ReceivedRequest& request : program.requests()) {
    CHECK(request.Header("x-amz-request-payer") == "requester");
    CHECK_FALSE(request.Header("Authorization").has_value());
    CHECK_FALSE(request.Header("x-amz-security-token").has_value());
  }
}

TEST_CASE("head-object as text is aligned and has human sizes") {
  const OptionsProgram program(
      {RespondHead(std::string(1536, 'x'), {{"x-amz-meta-by", "me\x1b[2J"},
                                            {"x-amz-meta-at", "sea"},
                                            {"Expires", "Thu, 01 Jan 2030 00:00:00 GMT"},
                                            {"x-amz-tagging-count", "2"}})});
  const ProgramResult run = program.Run({"stat", "s3://b/k", "--output=text"});
  RequireExit(run, 0);
  CHECK(run.out ==
        "BucketName    b\n"
        "Key           k\n"
        "ETag          " +
            Md5Of(std::string(1536, 'x')) +
            "\n"
            "Size          1.5 KiB\n"
            "LastModified  2026-07-01T10:20:30Z\n"
            "ContentType   text/plain\n"
            "Expires       Thu, 01 Jan 2030 00:00:00 GMT\n"
            "TagCount      2\n"
            "Metadata      by=me\\x1b[2J, at=sea\n");
}

}  // namespace s3conn
