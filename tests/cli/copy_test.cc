#include <fmt/format.h>
#include <sys/stat.h>

#include <string>
#include <utility>
#include <vector>

#include "cli/cli_fixture.h"

namespace s3conn {
namespace {

Step Copied(std::string_view bytes, const Headers& headers = {}) {
  return Respond(200, headers,
                 fmt::format("<CopyObjectResult><LastModified>2026-07-01T10:20:30.000Z</LastModified>"
                             "<ETag>&quot;{}&quot;</ETag></CopyObjectResult>",
                             Md5Of(bytes)));
}

Step Missing() {
  return Respond(404);
}

std::string Printed(const ScriptedProgram& program, const Arguments& arguments) {
  const ProgramResult run = program.Run(arguments);
  RequireExit(run, 0);
  RequireSilence(run);
  return run.out;
}

std::string HeaderOf(const ScriptedProgram& program, std::size_t request, std::string_view name) {
  return program.requests().at(request).Header(name).value_or("");
}

// A file for --sse-c-key that nobody else can read.
void WriteKey(const ScriptedProgram& program, std::string_view name, std::string_view content) {
  REQUIRE(chmod(program.folder().Write(name, content).c_str(), 0600) == 0);
}

}  // namespace

TEST_CASE("copy prints what was copied in each format") {
  const Step source = RespondHead("hello", {{"x-amz-storage-class", "STANDARD_IA"}});
  const Step copied = Copied("hello", {{"x-amz-version-id", "v2"}, {"x-amz-copy-source-version-id", "v1"}});
  const ScriptedProgram program({source, copied, source, copied, source, copied});
  const std::string record =
      "{\"Source\":\"s3://b/dir/k\",\"Destination\":\"s3://c/new/k\","
      "\"ETag\":\"5d41402abc4b2a76b9719d911017c592\",\"Size\":5,\"LastModified\":\"2026-07-01T10:20:30Z\","
      "\"StorageClass\":\"STANDARD_IA\",\"VersionId\":\"v2\",\"CopySourceVersionId\":\"v1\","
      "\"Verified\":\"md5\"}\n";
  CHECK(Printed(program, {"copy", "s3://b/dir/k", "s3://c/new/"}) == record);
  CHECK(Printed(program, {"cp", "s3://b/dir/k", "s3://c/new/k", "--output=ndjson"}) == record);
  CHECK(Printed(program, {"copy-object", "s3://b/dir/k", "s3://c/new/", "--output=text"}) ==
        "copied s3://b/dir/k to s3://c/new/k (5 B)\n");
  CHECK(program.request_lines() == Arguments{"HEAD /b/dir/k", "PUT /c/new/k", "HEAD /b/dir/k", "PUT /c/new/k",
                                             "HEAD /b/dir/k", "PUT /c/new/k"});
  CHECK(HeaderOf(program, 1, "x-amz-copy-source") == "/b/dir/k");
  CHECK(HeaderOf(program, 1, "x-amz-copy-source-if-match") == "\"5d41402abc4b2a76b9719d911017c592\"");
}

TEST_CASE("copy takes keys byte for byte and encodes the source") {
  const ScriptedProgram program({RespondHead("hello"), Copied("hello")});
  const Json record = program.Succeed({"copy", "s3://b/a b+c/../\xc3\xa4%20?", "s3://b/d//e"});
  CHECK(record["Source"] == "s3://b/a b+c/../\xc3\xa4%20?");
  CHECK(HeaderOf(program, 1, "x-amz-copy-source") == "/b/a%20b%2Bc/../%C3%A4%2520%3F");
  CHECK(program.request_lines().at(1) == "PUT /b/d//e");
}

TEST_CASE("copy sends what its options say") {
  const ScriptedProgram program(
      {RespondHead("hello", {{"x-amz-meta-origin", "camera"}, {"Content-Language", "en"}}),
       Copied("hello", {{"x-amz-server-side-encryption", "aws:kms"}}), Respond(200)});
  Printed(program, {"copy",
                    "s3://b/k",
                    "s3://c/k",
                    "--content-type",
                    "text/html",
                    "--content-encoding=gzip",
                    "--content-disposition=inline",
                    "--cache-control",
                    "max-age=60",
                    "--metadata",
                    "by=me=you",
                    "--metadata=Note=",
                    "--tag",
                    "p q=a&b",
                    "--storage-class=glacier_ir",
                    "--acl",
                    "Public-Read",
                    "--sse=aws:kms",
                    "--sse-kms-key-id",
                    "key-1"});
  for (const auto& [name, value] : std::vector<std::pair<std::string, std::string>>{
           {"x-amz-metadata-directive", "REPLACE"},
           {"Content-Type", "text/html"},
           {"Content-Encoding", "gzip"},
           {"Content-Disposition", "inline"},
           {"Content-Language", "en"},
           {"Cache-Control", "max-age=60"},
           {"x-amz-meta-by", "me=you"},
           {"x-amz-meta-Note", ""},
           {"x-amz-meta-origin", ""},
           {"x-amz-tagging-directive", "REPLACE"},
           {"x-amz-tagging", "p%20q=a%26b"},
           {"x-amz-storage-class", "GLACIER_IR"},
           {"x-amz-acl", "public-read"},
           {"x-amz-server-side-encryption", "aws:kms"},
           {"x-amz-server-side-encryption-aws-kms-key-id", "key-1"}}) {
    CAPTURE(name);
    CHECK(HeaderOf(program, 1, name) == value);
  }
  CHECK(program.requests().at(1).Header("x-amz-meta-note").has_value());
  CHECK_FALSE(program.requests().at(1).Header("x-amz-meta-origin").has_value());
  CHECK(program.request_lines().at(2) == "PUT /c/k?tagging");
}

TEST_CASE("copy and move look at the source under the conditions on it") {
  for (const char* const verb : {"copy", "move"}) {
    const ScriptedProgram program({Respond(304), Respond(412)});
    program.Fail(6, {verb, "s3://b/k", "s3://c/k", "--version-id", "v&1", "--source-if-none-match=\"e\"",
                     "--source-if-modified-since", "2026-07-01"});
    CHECK(program.request_lines() == Arguments{"HEAD /b/k?versionId=v%261"});
    CHECK(HeaderOf(program, 0, "If-None-Match") == "\"e\"");
    CHECK(HeaderOf(program, 0, "If-Modified-Since") == "Wed, 01 Jul 2026 00:00:00 GMT");
    program.Fail(6, {verb, "s3://b/k", "s3://c/k", "--source-if-match=e", "--source-if-unmodified-since",
                     "2026-07-01T12:00:00+02:00"});
    CHECK(HeaderOf(program, 1, "If-Match") == "\"e\"");
    CHECK(HeaderOf(program, 1, "If-Unmodified-Since") == "Wed, 01 Jul 2026 10:00:00 GMT");
  }
}

TEST_CASE("copy sends the keys of source and copy and prints neither") {
  const std::string source_key = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";
  const std::string copy_key = "ZGRkZGRkZGRkZGRkZGRkZGRkZGRkZGRkZGRkZGRkZGQ=";
  const Headers told = {{"x-amz-server-side-encryption-customer-algorithm", "AES256"}};
  ScriptedProgram program({RespondHead("hello", told), Copied("hello", told)});
  program.secrets.insert(program.secrets.end(), {source_key, copy_key});
  WriteKey(program, "source.key", source_key + "\n");
  WriteKey(program, "copy.key", std::string(32, 'd'));
  const ProgramResult run = program.Run(
      {"copy", "s3://b/k", "s3://c/k", "--source-sse-c-key=source.key", "--sse-c-key=copy.key", "-vvv"});
  RequireExit(run, 0);
  CHECK(DocumentOf(run)["ServerSideEncryption"] == "SSE-C");
  CHECK(HeaderOf(program, 0, "x-amz-server-side-encryption-customer-key") == source_key);
  CHECK(HeaderOf(program, 1, "x-amz-copy-source-server-side-encryption-customer-key") == source_key);
  CHECK(HeaderOf(program, 1, "x-amz-server-side-encryption-customer-key") == copy_key);
}

TEST_CASE("copy with no-clobber leaves what exists and says so") {
  const ScriptedProgram program(
      {RespondHead("hello"), RespondHead("other"), RespondHead("hello"), RespondHead("other")});
  CHECK(Printed(program, {"copy", "s3://b/k", "s3://c/k", "--no-clobber"}) ==
        "{\"Source\":\"s3://b/k\",\"Destination\":\"s3://c/k\",\"Skipped\":true}\n");
  CHECK(Printed(program, {"copy", "s3://b/k", "s3://c/k", "--no-clobber", "--output=text"}) ==
        "skipped s3://b/k: s3://c/k exists already\n");
  CHECK(program.request_lines() == Arguments{"HEAD /b/k", "HEAD /c/k", "HEAD /b/k", "HEAD /c/k"});
}

TEST_CASE("copy with no-clobber copies what does not exist under a condition") {
  const ScriptedProgram program({RespondHead("hello"), Missing(), Missing(), Copied("hello")});
  CHECK(program.Succeed({"copy", "s3://b/k", "s3://c/k", "--no-clobber"})["Verified"] == "md5");
  CHECK(program.request_lines().back() == "PUT /c/k");
  CHECK(HeaderOf(program, 3, "If-None-Match") == "*");
}

TEST_CASE("copy with no-clobber tells a faster writer from a source that changed") {
  const Step refused = RespondError(412, "PreconditionFailed");
  const ScriptedProgram program({RespondHead("hello"), Missing(), Missing(), refused, RespondHead("theirs"),
                                 RespondHead("hello"), Missing(), Missing(), refused, Missing()});
  CHECK(program.Succeed({"copy", "s3://b/k", "s3://c/k", "--no-clobber"})["Skipped"] == true);
  CHECK(program.Fail(6, {"copy", "s3://b/k", "s3://c/k", "--no-clobber"})["Kind"] == "Precondition");
}

TEST_CASE("copy under a condition on the destination fails with 6 and changes nothing") {
  const ScriptedProgram program(
      {RespondHead("hello"), RespondHead("other"), RespondHead("hello"), RespondHead("other")});
  const Json exists = program.Fail(6, {"copy", "s3://b/k", "s3://c/k", "--if-none-match"});
  CHECK(exists["Message"] == "copy s3://b/k to s3://c/k: the object exists already");
  const Json other = program.Fail(6, {"copy", "s3://b/k", "s3://c/k", "--if-match=e"});
  CHECK(Contains(other["Message"].get<std::string>(), "not 'e'"));
  for (const std::string& line : program.request_lines()) CHECK(line.starts_with("HEAD "));
}

TEST_CASE("copy and move as a dry run send no changing request") {
  for (const char* const verb : {"copy", "move"}) {
    const ScriptedProgram program({RespondHead("hello"), RespondHead("hello"), Missing()});
    CHECK(Printed(program, {verb, "s3://b/k", "s3://c/", "--dry-run"}) ==
          "{\"Source\":\"s3://b/k\",\"Destination\":\"s3://c/k\",\"Size\":5,\"DryRun\":true}\n");
    CHECK(Printed(program, {verb, "s3://b/k", "s3://c/", "--dry-run", "--output=text"}) ==
          fmt::format("would {} s3://b/k to s3://c/k\n", verb));
    program.Fail(4, {verb, "s3://b/k", "s3://c/", "--dry-run"});
    CHECK(program.request_lines() == Arguments{"HEAD /b/k", "HEAD /b/k", "HEAD /b/k"});
  }
}

TEST_CASE("copy and move as a dry run tell what conditions on the destination would do") {
  for (const char* const verb : {"copy", "move"}) {
    const ScriptedProgram program({RespondHead("hello"), RespondHead("other"), RespondHead("hello"),
                                   RespondHead("other"), RespondHead("hello"), Missing()});
    CHECK(program.Succeed({verb, "s3://b/k", "s3://c/", "--dry-run", "--no-clobber"})["Skipped"] == true);
    program.Fail(6, {verb, "s3://b/k", "s3://c/", "--dry-run", "--if-none-match"});
    CHECK(program.Succeed({verb, "s3://b/k", "s3://c/", "--dry-run", "--no-clobber"})["DryRun"] == true);
    for (const std::string& line : program.request_lines()) CHECK(line.starts_with("HEAD "));
  }
}

TEST_CASE("copy and move refuse a source of more than 5 GiB before anything is written") {
  for (const char* const verb : {"copy", "move"}) {
    const Step huge = Respond(200, {{"ETag", "\"e\""}, {"Content-Length", "5368709121"}});
    const ScriptedProgram program({huge, huge});
    const Json error = program.Fail(2, {verb, "s3://b/k", "s3://c/k"});
    CHECK(Contains(error["Message"].get<std::string>(), "one request copies at most 5.0 GiB"));
    CHECK(program.Fail(2, {verb, "s3://b/k", "s3://c/k", "--dry-run"}) == error);
    CHECK(program.request_lines() == Arguments{"HEAD /b/k", "HEAD /b/k"});
  }
}

TEST_CASE("copy and move of what cannot be had exit as every command does") {
  for (const char* const verb : {"copy", "move"}) {
    const ScriptedProgram program(
        {Missing(), Respond(403), RespondHead("hello"), RespondError(403, "AccessDenied")});
    const Json missing = program.Fail(4, {verb, "s3://b/k", "s3://c/k"});
    CHECK(Contains(missing["Message"].get<std::string>(), "look at s3://b/k: not found"));
    program.Fail(5, {verb, "s3://b/k", "s3://c/k"});
    const Json denied = program.Fail(5, {verb, "s3://b/k", "s3://c/k"});
    CHECK(denied["Message"].get<std::string>().starts_with(fmt::format("{} s3://b/k to s3://c/k: ", verb)));
  }
}

TEST_CASE("copy that ends in an error after it began with success is a failure") {
  const Step broken = Respond(200, {}, "\n\n<Error><Code>InternalError</Code></Error>");
  const ScriptedProgram program({RespondHead("hello"), broken});
  program.Fail(1, {"copy", "s3://b/k", "s3://c/k", "--max-attempts=1"});
}

TEST_CASE("copy warns where the store does not confirm the encryption") {
  const ScriptedProgram program({RespondHead("hello"), Copied("hello")});
  const ProgramResult run = program.Run({"copy", "s3://b/k", "s3://c/k", "--sse=AES256"});
  RequireExit(run, 0);
  CHECK(run.err == "s3conn: warning: the store does not say that it encrypted the object by AES256\n");
}

}  // namespace s3conn
