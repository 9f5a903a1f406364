#include <string>
#include <vector>

#include "cli/cli_fixture.h"

namespace s3conn {
namespace {

constexpr std::string_view kRed = "\x1b[31m";

// What a terminal would obey.
void CheckHarmless(const ProgramResult& run) {
  INFO(run.Describe());
  CHECK_FALSE(Contains(run.out, "\x1b"));
  CHECK_FALSE(Contains(run.err, "\x1b"));
  CHECK_FALSE(Contains(run.err, "\x07"));
}

// For people, for programs, and with all that can be told.
const std::vector<Arguments>& Manners() {
  static const std::vector<Arguments> kManners = {
      {"--output=text"}, {"--output=json"}, {"--output=text", "-vvv"}};
  return kManners;
}

Arguments With(Arguments command, const Arguments& more) {
  command.insert(command.end(), more.begin(), more.end());
  return command;
}

std::string Red(std::string_view text) {
  return std::string(kRed) + std::string(text);
}

}  // namespace

TEST_CASE("The name of a certificate file cannot steer the terminal") {
  BareProgram program;
  program.environment["AWS_ACCESS_KEY_ID"] = "AKIDEXAMPLE";
  program.environment["AWS_SECRET_ACCESS_KEY"] = "secret";
  program.folder().Write(Red("junk"), "no certificate");
  for (const Arguments& manner : Manners()) {
    for (const std::string& name : {Red("missing"), Red("junk")}) {
      const Arguments command = {"list-buckets", "--endpoint-url=https://127.0.0.1:1", "--max-attempts=1",
                                 "--ca-bundle=" + name};
      const ProgramResult run = program.Run(With(command, manner));
      INFO(run.Describe());
      CHECK(run.exit_status == 3);
      CHECK(Contains(run.err, "[31m"));
      CheckHarmless(run);
    }
  }
}

TEST_CASE("The name of the temporary folder cannot steer the terminal") {
  ScriptedProgram program;
  program.environment["TMPDIR"] = Red("nowhere");
  for (const Arguments& manner : Manners()) {
    ProgramCall call = program.Call(With({"put-object", "-", "s3://b/k"}, manner));
    call.command.insert(call.command.begin(), {"/bin/sh", "-c", "head -c 17000000 /dev/zero | \"$@\"", "sh"});
    const ProgramResult run = program.Run(call);
    RequireExit(run, 10);
    CHECK(Contains(run.err, "[31mnowhere"));
    CheckHarmless(run);
  }
}

TEST_CASE("A checksum of the store cannot steer the terminal") {
  ScriptedProgram program;
  program.environment["AWS_REQUEST_CHECKSUM_CALCULATION"] = "when_supported";
  for (const Arguments& manner : Manners()) {
    program.server.Add(Respond(200, {{"ETag", "\"e\""}, {"x-amz-checksum-crc64nvme", Red("AAAAAAAAAAA=")}}));
    const ProgramResult put = program.Run(With({"put-object", "-", "s3://b/k"}, manner));
    RequireExit(put, 8);
    CheckHarmless(put);
    program.server.Add(RespondHead("hello", {{"x-amz-checksum-crc32c", Red("AAAA")}}));
    const ProgramResult head = program.Run(With({"head-object", "s3://b/k"}, manner));
    RequireExit(head, 0);
    CheckHarmless(head);
  }
}

TEST_CASE("What is told of failed and done deletions cannot steer the terminal") {
  const Step escaped = Respond(403, {},
                               "<Error><Code>Access\xc2\x9b"
                               "1m</Code><Message>&#x9b;1m\xc2\x9b"
                               "1m</Message></Error>");
  const Step page = Respond(403, {{"Content-Type", "text/html"}}, Red("<html>no</html>\x07"));
  for (const Arguments& manner : Manners()) {
    const ScriptedProgram program({Respond(204), page, escaped});
    const ProgramResult run =
        program.Run(With({"delete", "s3://b/" + Red("1"), "s3://b/" + Red("2"), "s3://b/3"}, manner));
    RequireExit(run, 9);
    CheckHarmless(run);
    if (manner.front() != "--output=text") continue;
    CHECK_FALSE(Contains(run.out + run.err, "\xc2\x9b"));
    // Escaped, and only once.
    CHECK(Contains(run.out, "deleted s3://b/\\x1b[31m1\n"));
    CHECK(Contains(run.out, "failed: delete s3://b/\\x1b[31m2: "));
    CHECK_FALSE(Contains(run.out + run.err, "\\\\x"));
  }
}

TEST_CASE("Names and places of objects and buckets cannot steer the terminal") {
  const Step created = Respond(200, {{"Location", Red("/b")}});
  const Step listed =
      Respond(200, {},
              "<ListBucketResult><EncodingType>url</EncodingType><IsTruncated>true</IsTruncated>"
              "<NextContinuationToken>\xc2\x9b"
              "1m%1B</NextContinuationToken>"
              "<Contents><Key>%1B%5B31m</Key><Size>1</Size></Contents></ListBucketResult>");
  for (const Arguments& manner : Manners()) {
    const ScriptedProgram program(
        {created, listed, RespondObject("hello"), Respond(200, {{"ETag", Red("e")}})});
    const std::vector<Arguments> commands = {{"create-bucket", "my-bucket"},
                                             {"list-objects", "b", "--max-keys=1"},
                                             {"get-object", "s3://b/" + Red("k"), Red("target")},
                                             {"put-object", Red("target"), "s3://b/" + Red("k")}};
    for (const Arguments& command : commands) {
      const ProgramResult run = program.Run(With(command, manner));
      RequireExit(run, 0);
      CheckHarmless(run);
    }
  }
}

TEST_CASE("What is told of an emptied bucket cannot steer the terminal") {
  const Step uploads = Respond(
      200, {},
      "<ListMultipartUploadsResult><IsTruncated>false</IsTruncated><EncodingType>url</EncodingType><Upload>"
      "<Key>%1B%5B31m</Key><UploadId>\xc2\x9b"
      "1m</UploadId></Upload></ListMultipartUploadsResult>");
  const Step versions =
      Respond(200, {},
              "<ListVersionsResult><IsTruncated>false</IsTruncated><EncodingType>url</EncodingType><Version>"
              "<Key>%C2%9B1m</Key><VersionId>\xc2\x9b"
              "1m</VersionId></Version></ListVersionsResult>");
  const Step refused = Respond(200, {},
                               "<DeleteResult><Error><Key>\xc2\x9b"
                               "1m</Key><VersionId>\xc2\x9b"
                               "1m</VersionId><Code>\xc2\x9b"
                               "1m</Code><Message>\xc2\x9b"
                               "1m</Message></Error></DeleteResult>");
  for (const Arguments& manner : Manners()) {
    const ScriptedProgram program(
        {uploads, Respond(204), versions, refused, uploads, Respond(204), versions});
    const ProgramResult run = program.Run(With({"delete-bucket", "b", "--force", "--yes"}, manner));
    INFO(run.Describe());
    CHECK(run.exit_status != 0);
    CheckHarmless(run);
    if (manner.front() == "--output=text") CHECK_FALSE(Contains(run.out + run.err, "\xc2\x9b"));
  }
}

TEST_CASE("A session token that the server puts into its canonical request is not shown") {
  // Every run looks for the secrets by itself; token-canary-2 is the session token.
  const std::vector<std::string> requests = {
      "GET\n/k\nb\n\n\nx-amz-security-token:token-canary-2\n",
      "GET\n/k\n\nhost:h\n\nX-Amz-Security-Token : token-canary-2\nhash",
      "x-amz-security-token:token-canary-2",
      "GET\nx-amz-security-token:token-canary-2\n\n",
      "GET\n/k\nx-amz-security-token:token-canary-2\n\n",
      "GET\n/k\nX-Amz-Security-Token=token-canary-2\n\n",
      "GET\n/k?X-Amz-Security-Token=token-canary-2\n\n",
      "GET\n/k\n\nhost:h\nX-Amz-Security-Token=token-canary-2\n"};
  for (const std::string& request : requests) {
    CAPTURE(request);
    const ScriptedProgram program(
        {Respond(403, {},
                 "<Error><Code>SignatureDoesNotMatch</Code><Message>m</Message>"
                 "<CanonicalRequest>" +
                     request + "</CanonicalRequest><StringToSign>a</StringToSign></Error>")});
    const ProgramResult run = program.Run({"get-object", "s3://b/k", "-", "-vvv"});
    RequireExit(run, 5);
    CHECK(Contains(run.err, "the server's canonical request"));
  }
}

}  // namespace s3conn
