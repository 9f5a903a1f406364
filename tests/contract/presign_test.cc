#include <chrono>
#include <string>
#include <vector>

#include "contract/contract_fixture.h"
#include "contract/direct_operations.h"
#include "contract/direct_put.h"
#include "contract/odd_keys.h"
#include "contract/shifted_clock.h"

namespace s3conn {
namespace {

struct Answer {
  std::string status;
  std::string body;
};

// By curl, which knows nothing of keys. It leaves the path as it is, as the key may have dots in it.
Answer Fetch(const ContractProgram& program, const std::string& url, const Arguments& options = {}) {
  ProgramCall call;
  call.command = {"/usr/bin/env", "curl",      "-q",          "--silent",    "--show-error",
                  "--path-as-is", "--globoff", "--write-out", "%{http_code}"};
  call.command.insert(call.command.end(), options.begin(), options.end());
  call.command.push_back(url);
  call.folder = program.folder().path();
  const ProgramResult run = program.Run(call);
  RequireExit(run, 0);
  REQUIRE(run.out.size() >= 3);
  const std::size_t end = run.out.size() - 3;
  return {run.out.substr(end), run.out.substr(0, end)};
}

std::string Presign(const ContractProgram& program, const std::string& uri, const Arguments& options = {}) {
  Arguments arguments = {"presign", uri, "--output=text"};
  arguments.insert(arguments.end(), options.begin(), options.end());
  const ProgramResult run = program.Run(arguments);
  RequireExit(run, 0);
  RequireSilence(run);
  REQUIRE(run.out.ends_with('\n'));
  return run.out.substr(0, run.out.size() - 1);
}

std::string Replaced(std::string text, const std::string& part, const std::string& by) {
  const std::size_t at = text.find(part);
  REQUIRE(at != std::string::npos);
  return text.replace(at, part.size(), by);
}

}  // namespace

TEST_CASE("A presigned URL works without credentials for what it was signed for") {
  const ContractProgram program;
  const TestBucket bucket;
  program.folder().Write("source", "uploaded");
  const std::string put = Presign(program, bucket.Uri("o"), {"--method=PUT", "--expires-in=10m"});
  CHECK(Fetch(program, put, {"--upload-file", "source"}).status == "200");
  CHECK(program.Run({"cat", bucket.Uri("o")}).out == "uploaded");

  const Answer got = Fetch(program, Presign(program, bucket.Uri("o")));
  CHECK(got.status == "200");
  CHECK(got.body == "uploaded");
  CHECK(Fetch(program, Presign(program, bucket.Uri("o"), {"--expires-in=7d"}), {"--range", "2-4"}).body ==
        "loa");
  const Answer head = Fetch(program, Presign(program, bucket.Uri("o"), {"--method=HEAD"}), {"--head"});
  CHECK(head.status == "200");
  CHECK(Contains(head.body, Md5Of("uploaded")));
  CHECK(Fetch(program, Presign(program, bucket.Uri("none"))).status == "404");

  const std::string del = Presign(program, bucket.Uri("o"), {"--method=delete"});
  CHECK(Fetch(program, del, {"--request", "DELETE"}).status == "204");
  CHECK(program.Succeed({"list-objects", bucket.Uri()})["KeyCount"] == 0);
}

TEST_CASE("A presigned URL that was tampered with is refused") {
  const ContractProgram program;
  const TestBucket bucket;
  bucket.Fill({"o", "other"});
  program.folder().Write("source", "uploaded");
  const std::string url = Presign(program, bucket.Uri("o"));
  const std::string signature = "X-Amz-Signature=";
  const std::string first_digit = signature + url.substr(url.find(signature) + signature.size(), 1);
  for (const std::string& tampered :
       {Replaced(url, "/o?", "/other?"), Replaced(url, "X-Amz-Expires=3600", "X-Amz-Expires=36000"),
        url + "0", Replaced(url, first_digit, signature + (first_digit.ends_with('0') ? "1" : "0")),
        url + "&versionId=null"}) {
    CAPTURE(tampered);
    const Answer refused = Fetch(program, tampered);
    CHECK(refused.status == "403");
    CHECK(Contains(refused.body, "<Code>SignatureDoesNotMatch</Code>"));
  }
  CHECK(Fetch(program, url, {"--request", "DELETE"}).status == "403");
  CHECK(Fetch(program, url, {"--upload-file", "source"}).status == "403");
  CHECK(Fetch(program, url).status == "200");
  CHECK(KeysOf(program.Succeed({"list-objects", bucket.Uri()})) == std::vector<std::string>{"o", "other"});
}

TEST_CASE("A presigned upload must have the content type that was signed") {
  const ContractProgram program;
  const TestBucket bucket;
  program.folder().Write("source", "uploaded");
  const Json signed_upload =
      program.Succeed({"presign", bucket.Uri("o"), "--method=PUT", "--content-type=text/html"});
  CHECK(signed_upload["Method"] == "PUT");
  CHECK(IsRfc3339(signed_upload["Expires"].get<std::string>()));
  CHECK(signed_upload["Headers"] == Json({{"Content-Type", "text/html"}}));
  const std::string url = signed_upload["Url"];
  CHECK(Fetch(program, url, {"--upload-file", "source", "--header", "Content-Type: text/x"}).status == "403");
  CHECK(Fetch(program, url, {"--upload-file", "source"}).status == "403");
  CHECK(program.Succeed({"list-objects", bucket.Uri()})["KeyCount"] == 0);
  CHECK(Fetch(program, url, {"--upload-file", "source", "--header", "Content-Type: text/html"}).status ==
        "200");
  CHECK(program.Succeed({"head-object", bucket.Uri("o")})["ContentType"] == "text/html");
}

TEST_CASE("Every key can be presigned") {
  const ContractProgram program;
  const TestBucket bucket;
  std::vector<NewObject> objects;
  for (const std::string& key : OddKeys()) objects.push_back({key, "the bytes of " + key});
  PutDirectly(bucket.name(), objects);
  for (const NewObject& object : objects) {
    CAPTURE(object.key);
    // Of a path with dots there is a warning.
    CHECK(Fetch(program, Presign(program, bucket.Uri(object.key), {"--quiet"})).body == object.bytes);
  }
}

TEST_CASE("A presigned URL of a version is of that version") {
  const ContractProgram program;
  const TestBucket bucket(TestBucket::AtTheEnd::kLeft);
  KeepVersions(bucket.name());
  program.folder().Write("source", "first");
  const std::string first = program.Succeed({"put-object", "source", bucket.Uri("o")})["VersionId"];
  program.folder().Write("source", "second");
  program.Succeed({"put-object", "source", bucket.Uri("o")});
  CHECK(Fetch(program, Presign(program, bucket.Uri("o"), {"--version-id=" + first})).body == "first");
  CHECK(Fetch(program, Presign(program, bucket.Uri("o"))).body == "second");
}

TEST_CASE("A presigned URL has expired when its time is over") {
  ContractProgram program;
  const TestBucket bucket;
  bucket.Fill({"o"});
  ShiftClock(program, std::chrono::minutes(-20));
  const Answer refused = Fetch(program, Presign(program, bucket.Uri("o"), {"--expires-in=15m"}));
  CHECK(refused.status == "403");
  CHECK(Contains(refused.body, "<Code>AccessDenied</Code>"));
  CHECK(Fetch(program, Presign(program, bucket.Uri("o"), {"--expires-in=40m"})).status == "200");
}

}  // namespace s3conn
