#include <sys/stat.h>

#include <array>

#include "contract/contract_fixture.h"

namespace s3conn {
namespace {

constexpr std::array<std::size_t, 6> kSizes = {0, 1, (64 << 10) - 1, 64 << 10, (64 << 10) + 1, 5 << 20};

}  // namespace

TEST_CASE("An object of any size comes back as it went") {
  const ContractProgram program;
  const TestBucket bucket;
  for (const std::size_t size : kSizes) {
    CAPTURE(size);
    const std::string bytes = RandomBytes(size);
    const std::string md5 = Md5Of(bytes);
    program.folder().Write("source", bytes);

    Json put = program.Succeed({"put-object", "source", bucket.Uri("o")});
    put.erase("ChecksumCRC64NVME");  // of stores that keep one
    CHECK(put == Json({{"BucketName", bucket.name()},
                       {"Key", "o"},
                       {"ETag", md5},
                       {"Size", size},
                       {"Verified", "sha256"}}));

    const Json head = program.Succeed({"head-object", bucket.Uri("o")});
    CHECK(head["Size"] == size);
    CHECK(head["ETag"] == md5);
    CHECK(IsRfc3339(head["LastModified"].get<std::string>()));

    const Json got = program.Succeed({"get-object", bucket.Uri("o"), "target"});
    CHECK(got["Size"] == size);
    CHECK(got["ETag"] == md5);
    CHECK(got["Verified"] == Server().traits.verified_by);
    CHECK(got["Path"] == "target");
    CHECK(program.folder().Read("target") == bytes);

    const ProgramResult streamed = program.Run({"get-object", bucket.Uri("o"), "-"});
    RequireExit(streamed, 0);
    RequireSilence(streamed);
    CHECK(streamed.out == bytes);
  }
  // No temporary file stays.
  CHECK(program.folder().Names() == std::vector<std::string>{"source", "target"});
}

TEST_CASE("Standard input is uploaded from a pipe and from a file alike") {
  const ContractProgram program;
  const TestBucket bucket;
  for (const std::size_t size : kSizes) {
    const std::string bytes = RandomBytes(size);
    ProgramCall from_pipe = program.Call({"put-object", "-", bucket.Uri("pipe")});
    from_pipe.input = bytes;
    ProgramCall from_file = program.Call({"put-object", "-", bucket.Uri("file")});
    from_file.input_file = program.folder().Write("source", bytes);
    for (const ProgramCall& call : {from_pipe, from_file}) {
      const ProgramResult put = program.Run(call);
      RequireExit(put, 0);
      const Json record = DocumentOf(put);
      CHECK(record["Size"] == size);
      CHECK(record["ETag"] == Md5Of(bytes));
      CHECK(record["Verified"] == "sha256");
      const std::string uri = bucket.Uri(record["Key"].get<std::string>());
      CHECK(program.Run({"get-object", uri, "-"}).out == bytes);
    }
  }
}

TEST_CASE("A target folder takes the base name of the key") {
  const ContractProgram program;
  const TestBucket bucket;
  program.folder().Write("source", "bytes");
  program.folder().Write("folder/older", "older");
  program.Succeed({"put-object", "source", bucket.Uri("some/where/name")});
  SECTION("an existing folder") {
    CHECK(program.Succeed({"get-object", bucket.Uri("some/where/name"), "folder"})["Path"] == "folder/name");
    CHECK(program.folder().Read("folder/name") == "bytes");
    CHECK(program.folder().Read("folder/older") == "older");
  }
  SECTION("no target is the current folder") {
    CHECK(program.Succeed({"get-object", bucket.Uri("some/where/name")})["Path"] == "name");
    CHECK(program.folder().Read("name") == "bytes");
  }
  SECTION("a destination that ends in a slash takes the base name of the file") {
    CHECK(program.Succeed({"put-object", "folder/older", bucket.Uri("some/")})["Key"] == "some/older");
    CHECK(program.Succeed({"put", "folder/older", bucket.Uri()})["Key"] == "older");
  }
}

TEST_CASE("A download into a pipe that closes early ends quietly with 141") {
  const ContractProgram program;
  const TestBucket bucket;
  program.folder().Write("source", RandomBytes(5 << 20));
  program.Succeed({"put-object", "source", bucket.Uri("o")});
  RunningProgram download = program.Start({"get-object", bucket.Uri("o"), "-"});
  REQUIRE(download.WaitForOutput(1));
  download.CloseOutput();
  const ProgramResult ended = program.Checked(download.Wait());
  RequireExit(ended, 141);
  RequireSilence(ended);
}

TEST_CASE("A put replaces the object and a get replaces the file") {
  const ContractProgram program;
  const TestBucket bucket;
  program.folder().Write("one", "first");
  program.folder().Write("two", "the second one");
  program.folder().Write("target", "what was there");
  REQUIRE(chmod(program.folder().Path("target").c_str(), 0640) == 0);
  program.Succeed({"put-object", "one", bucket.Uri("o")});
  program.Succeed({"put-object", "two", bucket.Uri("o")});
  program.Succeed({"get-object", bucket.Uri("o"), "target"});
  CHECK(program.folder().Read("target") == "the second one");
  struct stat info {};
  REQUIRE(stat(program.folder().Path("target").c_str(), &info) == 0);
  CHECK((info.st_mode & 0777) == 0640);
}

TEST_CASE("One deletion and several at once") {
  const ContractProgram program;
  const TestBucket bucket;
  bucket.Fill({"a", "b", "c"});
  SECTION("one") {
    CHECK(program.Succeed({"delete", bucket.Uri("b")}) ==
          Json({{"BucketName", bucket.name()}, {"Key", "b"}, {"Deleted", true}}));
    CHECK(KeysOf(program.Succeed({"list-objects", bucket.Uri()})) == std::vector<std::string>{"a", "c"});
    program.Succeed({"rm", bucket.Uri("b")});  // gone already, which is what was wanted
  }
  SECTION("several") {
    const Json done = program.Succeed({"delete", bucket.Uri("a"), bucket.Uri("b"), bucket.Uri("c")});
    CHECK(FieldNames(done) == std::vector<std::string>{"Results", "Summary"});
    REQUIRE(done["Results"].size() == 3);
    CHECK(done["Results"][1] == Json({{"BucketName", bucket.name()}, {"Key", "b"}, {"Deleted", true}}));
    CHECK(done["Summary"]["Deleted"] == 3);
    CHECK(done["Summary"]["Failed"] == 0);
    CHECK(program.Succeed({"list-objects", bucket.Uri()})["KeyCount"] == 0);
  }
  SECTION("one of several fails and the others are deleted") {
    const ProgramResult run =
        program.Run({"delete", bucket.Uri("a"), "s3://" + NewBucketName() + "/x", bucket.Uri("c")});
    RequireExit(run, 9);
    const Json done = DocumentOf(run);
    CHECK(done["Summary"]["Deleted"] == 2);
    CHECK(done["Summary"]["Failed"] == 1);
    CHECK(done["Results"][1]["Deleted"] == false);
    CHECK(done["Results"][1]["Error"]["Code"] == "NoSuchBucket");
    CHECK(ErrorOf(run)["Code"] == "NoSuchBucket");
    CHECK(KeysOf(program.Succeed({"list-objects", bucket.Uri()})) == std::vector<std::string>{"b"});
  }
}

TEST_CASE("What does not exist is not found and leaves no file") {
  const ContractProgram program;
  const TestBucket bucket;
  const std::string nowhere = "s3://" + NewBucketName();
  CHECK(program.Fail(4, {"get-object", bucket.Uri("none"), "target"})["Code"] == "NoSuchKey");
  CHECK(program.Fail(4, {"get-object", bucket.Uri("none"), "-"})["Code"] == "NoSuchKey");
  CHECK(program.Fail(4, {"head-object", bucket.Uri("none")})["HttpStatus"] == 404);
  CHECK(program.Fail(4, {"get-object", nowhere + "/k", "target"})["Code"] == "NoSuchBucket");
  CHECK(program.Fail(4, {"list-objects", nowhere})["Code"] == "NoSuchBucket");
  CHECK(program.Fail(4, {"delete", nowhere + "/k"})["Code"] == "NoSuchBucket");
  CHECK(program.folder().Names().empty());
  program.folder().Write("source", "bytes");
  CHECK(program.Fail(4, {"put-object", "source", nowhere + "/k"})["Code"] == "NoSuchBucket");
  CHECK(program.Fail(4, {"put-object", "missing", bucket.Uri("k")})["Kind"] == "NotFound");
  CHECK(program.Succeed({"list-objects", bucket.Uri()})["KeyCount"] == 0);
}

}  // namespace s3conn
