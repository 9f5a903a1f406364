#include <sys/stat.h>

#include <csignal>
#include <string>
#include <vector>

#include "cli/cli_fixture.h"

// The endpoint within the program: --profile local, local:PATH.

namespace s3conn {
namespace {

// Everything about it that could lead a request elsewhere, or break one, does.
class LocalProgram : public BareProgram {
 public:
  LocalProgram() {
    environment = {{"AWS_ENDPOINT_URL", "http://127.0.0.1:1"},
                   {"AWS_PROFILE", "nonsense"},
                   {"AWS_ACCESS_KEY_ID", "AKIDOFAWS"},
                   {"AWS_SECRET_ACCESS_KEY", "secret-of-aws"},
                   {"AWS_REGION", "NO REGION"},
                   {"AWS_USE_FIPS_ENDPOINT", "true"},
                   {"HTTP_PROXY", "http://127.0.0.1:1"},
                   {"http_proxy", "http://127.0.0.1:1"},
                   {"ALL_PROXY", "http://127.0.0.1:1"},
                   {"S3CONN_PROFILE", "local"},
                   {"HOME", home().path()},
                   {"TMPDIR", temporary().path()}};
    home().Write(".aws/config", "[broken");
    secrets.emplace_back("secret-of-aws");
  }
};

}  // namespace

TEST_CASE("Local: the nine activities need no account and no server") {
  const LocalProgram program;
  program.folder().Write("file", "some bytes");
  CHECK(program.Succeed({"create-bucket", "data"})["Location"] == "/data");
  CHECK(program.Succeed({"list-buckets"})["Buckets"][0]["BucketName"] == "data");
  CHECK(program.Succeed({"put-object", "file", "s3://data/a/../file"})["Verified"] == "sha256");
  CHECK(program.Succeed({"list-objects", "s3://data"})["Contents"][0]["Key"] == "a/../file");
  program.Succeed({"get-object", "s3://data/a/../file", "copy"});
  CHECK(program.folder().Read("copy") == "some bytes");
  program.Succeed({"copy", "s3://data/a/../file", "s3://data/b"});
  CHECK(program.Succeed({"move", "s3://data/b", "s3://data/c"})["SourceDeleted"] == true);
  CHECK(program.Succeed({"delete", "s3://data/c"})["Deleted"] == true);
  program.Succeed({"delete", "s3://data/a/../file"});
  CHECK(program.Succeed({"delete-bucket", "data"})["Deleted"] == true);
  // It is where the documents say.
  CHECK(program.home().Has(".local/share/s3conn/local/index.db"));
  struct stat info {};
  REQUIRE(stat(program.home().Path(".local/share/s3conn/local").c_str(), &info) == 0);
  CHECK((info.st_mode & 0777U) == 0700U);
}

TEST_CASE("Local: failures have the exit statuses of any store") {
  const LocalProgram program;
  program.folder().Write("file", "some bytes");
  program.Succeed({"create-bucket", "data"});
  program.Succeed({"put-object", "file", "s3://data/k"});
  CHECK(program.Fail(4, {"get-object", "s3://data/none", "-"})["Code"] == "NoSuchKey");
  CHECK(program.Fail(4, {"list-objects", "s3://none"})["Code"] == "NoSuchBucket");
  CHECK(program.Fail(6, {"delete-bucket", "data"})["Code"] == "BucketNotEmpty");
  program.Fail(6, {"put-object", "file", "s3://data/k", "--if-none-match"});
  CHECK(program.Fail(5, {"list-buckets", "--no-sign-request"})["Code"] == "AccessDenied");
  CHECK(Contains(program.Fail(2, {"presign", "s3://data/k"})["Hint"].get<std::string>(), "serve"));
}

TEST_CASE("Local: what is meant for it reaches no other store") {
  const LocalProgram program;
  const Json error = program.Fail(2, {"list-buckets", "--endpoint-url", "https://s3.example.com"});
  CHECK(Contains(error["Message"].get<std::string>(), "S3CONN_PROFILE"));
  LocalProgram elsewhere;
  elsewhere.environment["S3CONN_ENDPOINT_URL"] = "http://127.0.0.1:1";
  elsewhere.Succeed({"list-buckets"});
}

TEST_CASE("Local: a path names a folder of one's own") {
  const BareProgram program;
  const Arguments elsewhere = {"--endpoint-url", "local:store/here"};
  const auto with = [&](Arguments arguments) {
    arguments.insert(arguments.end(), elsewhere.begin(), elsewhere.end());
    return arguments;
  };
  program.Succeed(with({"create-bucket", "data"}));
  CHECK(program.folder().Has("store/here/index.db"));
  CHECK(program.Succeed(with({"list-buckets"}))["Buckets"].size() == 1);
  CHECK(program.Succeed({"list-buckets", "--endpoint-url", "local:"})["Buckets"].empty());
  CHECK(program.Succeed({"list-buckets", "--endpoint-url", "local:~/.local/share/s3conn/local"})["Buckets"]
            .empty());
}

TEST_CASE("Local: a folder that can not be is told of") {
  BareProgram program;
  program.folder().Write("file", "");
  CHECK(program.Fail(10, {"list-buckets", "--endpoint-url", "local:file/below"})["Kind"] == "LocalIo");
  program.environment.erase("HOME");
  program.Fail(3, {"list-buckets", "--endpoint-url", "local:"});
}

TEST_CASE("Local: a disk that is full is told of once and nothing is kept") {
  const LocalProgram program;
  program.Succeed({"create-bucket", "data"});
  program.folder().Write("file", std::string(3'000'000, 'x'));
  ProgramCall call = program.Call({"put-object", "file", "s3://data/k"});
  call.largest_file = 1'000'000;
  const ProgramResult run = program.Run(call);
  RequireExit(run, 1);
  CHECK(SplitLines(run.err).size() == 2);
  CHECK(Contains(run.err, "File too large"));
  CHECK(program.Succeed({"list-objects", "s3://data"})["KeyCount"] == 0);
  CHECK(std::filesystem::is_empty(program.home().Path(".local/share/s3conn/local/incoming")));
}

TEST_CASE("Local: several commands write into one store at once") {
  const LocalProgram program;
  program.Succeed({"create-bucket", "data"});
  program.folder().Write("file", "some bytes");
  std::vector<RunningProgram> writers;
  for (int i = 0; i < 8; ++i) {
    writers.push_back(program.Start({"put-object", "file", "s3://data/" + std::to_string(i)}));
  }
  for (RunningProgram& writer : writers) RequireExit(program.Checked(writer.Wait()), 0);
  CHECK(program.Succeed({"list-objects", "s3://data"})["KeyCount"] == 8);
}

TEST_CASE("Local: a command that is killed leaves the object that was there and nothing else") {
  const LocalProgram program;
  program.Succeed({"create-bucket", "data"});
  program.folder().Write("file", "older");
  program.Succeed({"put-object", "file", "s3://data/k"});
  ProgramCall call = program.Call({"put-object", "-", "s3://data/k"});
  call.input = std::string(100'000, 'x');
  call.input_stays_open = true;
  RunningProgram killed(call);
  REQUIRE(killed.WaitUntilInputIsTaken());
  killed.Signal(SIGKILL);
  killed.Wait();
  CHECK(program.Run({"get-object", "s3://data/k", "-"}).out == "older");
  CHECK(std::filesystem::is_empty(program.home().Path(".local/share/s3conn/local/incoming")));
}

}  // namespace s3conn
