#include <signal.h>

#include <string>
#include <string_view>
#include <vector>

#include "cli/cli_fixture.h"

namespace s3conn {
namespace {

Step RespondUploads(std::string_view inside = {}) {
  return Respond(
      200, {},
      "<ListMultipartUploadsResult><IsTruncated>false</IsTruncated><EncodingType>url</EncodingType>" +
          std::string(inside) + "</ListMultipartUploadsResult>");
}

Step RespondVersions(std::string_view inside = {}) {
  return Respond(200, {},
                 "<ListVersionsResult><IsTruncated>false</IsTruncated><EncodingType>url</EncodingType>" +
                     std::string(inside) + "</ListVersionsResult>");
}

Step RespondDeleted(std::string_view inside) {
  return Respond(200, {}, "<DeleteResult>" + std::string(inside) + "</DeleteResult>");
}

Step RespondNothing() {
  return Respond(200, {}, "<ListBucketResult><IsTruncated>false</IsTruncated></ListBucketResult>");
}

constexpr std::string_view kUpload = "<Upload><Key>u</Key><UploadId>u1</UploadId></Upload>";
constexpr std::string_view kVersions =
    "<Version><Key>a</Key><VersionId>v1</VersionId></Version>"
    "<DeleteMarker><Key>a</Key><VersionId>v2</VersionId></DeleteMarker>"
    "<Version><Key>b%01</Key><VersionId>null</VersionId></Version>";
constexpr std::string_view kDeleted =
    "<Deleted><Key>a</Key><VersionId>v1</VersionId></Deleted>"
    "<Deleted><Key>a</Key><VersionId>v2</VersionId><DeleteMarker>true</DeleteMarker></Deleted>";

// A bucket with one upload, a version and its marker, and a key that XML can't carry.
std::vector<Step> WholeDeletion() {
  return {RespondUploads(kUpload),  Respond(204),     RespondVersions(kVersions),
          RespondDeleted(kDeleted), Respond(204),     RespondUploads(),
          RespondVersions(),        RespondNothing(), Respond(204)};
}

const Arguments kForce = {"delete-bucket", "b", "--force", "--yes"};

Arguments With(Arguments command, const std::string& more) {
  command.push_back(more);
  return command;
}

}  // namespace

TEST_CASE("Without force a bucket is deleted by one request") {
  const ScriptedProgram program({Respond(204)});
  CHECK(program.Succeed({"delete-bucket", "s3://b"}) == Json({{"BucketName", "b"}, {"Deleted", true}}));
  CHECK(program.request_lines() == Arguments{"DELETE /b"});
}

TEST_CASE("With force everything in the bucket is deleted and then the bucket") {
  const ScriptedProgram program(WholeDeletion());
  const Json document = program.Succeed(kForce);
  CHECK(FieldNames(document) == Arguments{"Results", "Summary"});
  CHECK(document["Results"] ==
        Json({{{"BucketName", "b"}, {"Key", "u"}, {"UploadId", "u1"}, {"Deleted", true}},
              {{"BucketName", "b"}, {"Key", "a"}, {"VersionId", "v1"}, {"Deleted", true}},
              {{"BucketName", "b"},
               {"Key", "a"},
               {"VersionId", "v2"},
               {"DeleteMarker", true},
               {"Deleted", true}},
              {{"BucketName", "b"}, {"Key", "b\x01"}, {"VersionId", "null"}, {"Deleted", true}},
              {{"BucketName", "b"}, {"Deleted", true}}}));
  CHECK(FieldNames(document["Summary"]) == Arguments{"Deleted", "Failed", "Seconds"});
  CHECK(document["Summary"]["Deleted"] == 5);
  CHECK(document["Summary"]["Failed"] == 0);
  const Arguments requests = program.request_lines();
  REQUIRE(requests.size() == 9);
  CHECK(requests[1] == "DELETE /b/u?uploadId=u1");
  CHECK(requests[3] == "POST /b?delete");
  CHECK(requests[4] == "DELETE /b/b%01?versionId=null");
  CHECK(requests[8] == "DELETE /b");
  CHECK(program.requests()[3].Header("Content-MD5"));
}

TEST_CASE("A forced deletion is told line by line and for people") {
  const ScriptedProgram lines(WholeDeletion());
  const ProgramResult run = lines.Run(With(kForce, "--output=ndjson"));
  RequireExit(run, 0);
  REQUIRE(LinesOf(run).size() == 6);
  CHECK(LinesOf(run)[0]["UploadId"] == "u1");
  CHECK(LinesOf(run)[4] == Json({{"BucketName", "b"}, {"Deleted", true}}));
  CHECK(LinesOf(run)[5]["Summary"]["Deleted"] == 5);
  const ScriptedProgram text(WholeDeletion());
  CHECK(text.Run(With(kForce, "--output=text")).out ==
        "deleted unfinished upload 'u1' of s3://b/u\ndeleted version 'v1' of s3://b/a\n"
        "deleted marker 'v2' of s3://b/a\ndeleted s3://b/b\\x01\ndeleted bucket b\n5 deleted, 0 "
        "failed\n");
}

TEST_CASE("Where something cannot be deleted the rest is and the bucket stays") {
  const ScriptedProgram program(
      {RespondUploads(),
       RespondVersions("<Version><Key>a</Key><VersionId>v1</VersionId></Version>"
                       "<Version><Key>b</Key><VersionId>v1</VersionId></Version>"),
       RespondDeleted("<Deleted><Key>b</Key><VersionId>v1</VersionId></Deleted><Error><Key>a</Key>"
                      "<VersionId>v1</VersionId><Code>AccessDenied</Code><Message>locked</Message></Error>"),
       RespondUploads(), RespondVersions("<Version><Key>a</Key><VersionId>v1</VersionId></Version>")});
  const ProgramResult run = program.Run(kForce);
  RequireExit(run, 9);
  const Json document = DocumentOf(run);
  REQUIRE(document["Results"].size() == 2);
  const Json& failed = document["Results"][0];
  CHECK(FieldNames(failed) == Arguments{"BucketName", "Key", "VersionId", "Deleted", "Error"});
  CHECK(failed["Deleted"] == false);
  CHECK(failed["Error"]["Code"] == "AccessDenied");
  CHECK(failed["Error"]["Message"] == "delete version 'v1' of s3://b/a: locked (AccessDenied)");
  CHECK(ErrorOf(run) == failed["Error"]);
  CHECK(document["Summary"]["Deleted"] == 1);
  CHECK(document["Summary"]["Failed"] == 1);
  CHECK(program.requests().size() == 5);
}

TEST_CASE("A bucket that cannot be deleted although it is empty is a failure") {
  const ScriptedProgram program(
      {RespondUploads(), RespondVersions(), RespondNothing(), RespondError(403, "AccessDenied")});
  const ProgramResult run = program.Run(kForce);
  RequireExit(run, 9);
  CHECK(DocumentOf(run)["Results"][0]["Deleted"] == false);
  CHECK(ErrorOf(run)["Message"] == "delete bucket 'b': This is AccessDenied. (AccessDenied)");
}

TEST_CASE("A forced deletion of a bucket that is not there prints nothing and is not found") {
  const ScriptedProgram program({RespondError(404, "NoSuchBucket")});
  const ProgramResult run = program.Run(kForce);
  RequireExit(run, 4);
  CHECK(run.out.empty());
  CHECK(ErrorOf(run)["Message"] == "empty bucket 'b': This is NoSuchBucket. (NoSuchBucket)");
}

TEST_CASE("A refusal to list uploads is a warning") {
  const ScriptedProgram program(
      {RespondError(403, "AccessDenied"), RespondVersions(), RespondNothing(), Respond(204)});
  const ProgramResult run = program.Run(kForce);
  RequireExit(run, 0);
  CHECK(Contains(run.err, "unfinished uploads can't be listed and are left alone"));
}

TEST_CASE("Away from a terminal force without yes is refused before any request") {
  const ScriptedProgram program;
  const Json error = program.Fail(2, {"delete-bucket", "b", "--force"});
  CHECK(error["Kind"] == "Usage");
  CHECK(Contains(error["Hint"].get<std::string>(), "--yes"));
  CHECK(program.requests().empty());
}

TEST_CASE("What is behind an access point is not emptied") {
  const ScriptedProgram program;
  for (const std::string name : {"arn:aws:s3:us-east-1:123456789012:accesspoint/x", "name-s3alias"}) {
    for (const Arguments& options : {Arguments{"--force", "--yes"}, Arguments{"--dry-run"}}) {
      Arguments command = {"delete-bucket", name};
      command.insert(command.end(), options.begin(), options.end());
      const Json error = program.Fail(2, command);
      CHECK(Contains(error["Message"].get<std::string>(), "is an access point, not a bucket"));
    }
  }
  CHECK(program.requests().empty());
}

TEST_CASE("An answer to a question that is not asked is refused") {
  const ScriptedProgram program;
  CHECK(Contains(program.Fail(2, {"delete-bucket", "b", "--yes"})["Message"].get<std::string>(), "--force"));
  CHECK(program.requests().empty());
}

TEST_CASE("A dry run says what would be deleted and changes nothing") {
  for (const Arguments& command :
       {Arguments{"delete-bucket", "b", "--dry-run"}, Arguments{"delete-bucket", "b", "--dry-run", "--force"},
        Arguments{"delete-bucket", "b", "--dry-run", "--force", "--yes"}}) {
    const ScriptedProgram program({RespondUploads(kUpload), RespondVersions(kVersions)});
    const Json document = program.Succeed(command);
    CHECK(document["Results"] ==
          Json({{{"BucketName", "b"}, {"Key", "u"}, {"UploadId", "u1"}, {"DryRun", true}},
                {{"BucketName", "b"}, {"Key", "a"}, {"VersionId", "v1"}, {"DryRun", true}},
                {{"BucketName", "b"},
                 {"Key", "a"},
                 {"VersionId", "v2"},
                 {"DeleteMarker", true},
                 {"DryRun", true}},
                {{"BucketName", "b"}, {"Key", "b\x01"}, {"VersionId", "null"}, {"DryRun", true}},
                {{"BucketName", "b"}, {"DryRun", true}}}));
    CHECK(FieldNames(document["Summary"]) == Arguments{"Deleted", "WouldDelete", "Failed", "Seconds"});
    CHECK(document["Summary"]["Deleted"] == 0);
    CHECK(document["Summary"]["WouldDelete"] == 5);
    for (const std::string& line : program.request_lines()) CHECK(line.starts_with("GET "));
  }
}

TEST_CASE("A dry run for people says that it would") {
  const ScriptedProgram program({RespondUploads(), RespondVersions(kVersions)});
  CHECK(program.Run({"delete-bucket", "b", "--dry-run", "--output=text"}).out ==
        "would delete version 'v1' of s3://b/a\nwould delete marker 'v2' of s3://b/a\n"
        "would delete s3://b/b\\x01\nwould delete bucket b\n4 would be deleted; nothing was changed\n");
}

TEST_CASE("Ctrl-C ends a forced deletion and leaves the bucket") {
  ScriptedProgram program({RespondUploads(), RespondVersions(kVersions), Held(RespondDeleted(kDeleted))});
  RunningProgram running = program.Start(kForce);
  REQUIRE(program.server.WaitForRequests(3));
  running.Signal(SIGINT);
  RequireExit(program.Checked(running.Wait()), 130);
  CHECK(program.requests().size() == 3);
}

TEST_CASE("Standard output that nobody reads ends a forced deletion quietly with 141") {
  ScriptedProgram program({RespondUploads(), RespondVersions(kVersions), Held(RespondDeleted(kDeleted))});
  RunningProgram running = program.Start(kForce);
  REQUIRE(program.server.WaitForRequests(3));
  running.CloseOutput();
  program.server.Release();
  const ProgramResult run = program.Checked(running.Wait());
  RequireExit(run, 141);
  RequireSilence(run);
  CHECK(program.requests().size() == 3);
}

}  // namespace s3conn
