#include <string>
#include <vector>

#include "contract/contract_fixture.h"
#include "contract/direct_client.h"
#include "contract/direct_operations.h"
#include "s3conn/s3/object_tagging.h"

namespace s3conn {
namespace {

const char* const kDigits = "0123456789";

std::vector<std::string> Keys(const ContractProgram& program, const TestBucket& bucket) {
  return KeysOf(program.Succeed({"list-objects", bucket.Uri()}));
}

}  // namespace

TEST_CASE("What an object has besides its bytes comes back as it went") {
  const ContractProgram program;
  const TestBucket bucket;
  program.folder().Write("page.html", kDigits);
  program.Succeed({"put-object", "page.html", bucket.Uri("o"), "--content-encoding=identity",
                   "--content-disposition=attachment; filename=\"a b.html\"", "--content-language=de, en",
                   "--cache-control=max-age=60, public", "--metadata=one=1", "--metadata=MiXed-Case=a  b=c",
                   "--metadata=empty="});
  const Json expected = {{"ContentType", "text/html"},  // by the file's name
                         {"ContentEncoding", "identity"},
                         {"ContentDisposition", "attachment; filename=\"a b.html\""},
                         {"ContentLanguage", "de, en"},
                         {"CacheControl", "max-age=60, public"},
                         {"Metadata", {{"empty", ""}, {"mixed-case", "a  b=c"}, {"one", "1"}}}};
  const auto check = [&](const Json& record) {
    for (const auto& field : expected.items()) {
      CAPTURE(field.key());
      if (field.key() == "Metadata") {
        CHECK(nlohmann::json(record["Metadata"]) == nlohmann::json(field.value()));  // in any order
      } else {
        CHECK(record.value(field.key(), "") == field.value());
      }
    }
  };
  check(program.Succeed({"head-object", bucket.Uri("o")}));
  check(program.Succeed({"get-object", bucket.Uri("o"), "target"}));
  CHECK(program.folder().Read("target") == kDigits);

  program.Succeed({"put-object", "page.html", bucket.Uri("o"), "--content-type=text/x; charset=utf-8"});
  const Json replaced = program.Succeed({"head-object", bucket.Uri("o")});
  CHECK(replaced["ContentType"] == "text/x; charset=utf-8");
  CHECK_FALSE(replaced.contains("CacheControl"));
  CHECK_FALSE(replaced.contains("Metadata"));
}

TEST_CASE("Tags are kept or refused but never lost without a word") {
  const ContractProgram program;
  const TestBucket bucket;
  program.folder().Write("source", kDigits);
  const Arguments put = {"put-object", "source", bucket.Uri("o"), "--tag=team=a b/c", "--tag=größe=+=:@"};
  if (!Server().traits.keeps_tags) {
    CHECK(program.Fail(1, put)["Code"] == "NotImplemented");
    CHECK(Keys(program, bucket).empty());
    return;
  }
  program.Succeed(put);
  CHECK(program.Succeed({"head-object", bucket.Uri("o")})["TagCount"] == 2);
  CHECK(SortedTags({bucket.name(), "o"}) == NamedValues{{"größe", "+=:@"}, {"team", "a b/c"}});
}

TEST_CASE("What no header can carry never reaches the store") {
  const ContractProgram program;
  const TestBucket bucket;
  bucket.Fill({"kept"});
  program.folder().Write("source", kDigits);
  for (const char* const option :
       {"--metadata=a=x\r\nx-amz-acl: public-read", "--metadata=a\r\nb=x", "--metadata=a b=x",
        "--metadata=a=x\ny", "--metadata=a=\x01", "--metadata=a=\x7f", "--metadata=a=caf\xc3\xa9",
        "--content-type=text/html\r\nx-amz-acl: public-read", "--content-encoding=gzip\n",
        "--content-disposition=a\rb", "--content-language=\x1b[31m", "--cache-control=no-store\r\n\r\nbody",
        "--storage-class=STANDARD\r\nX: y", "--acl=public-read\r\nX: y", "--sse=AES256\r\nX: y",
        "--tag=a\n=b", "--tag=a=\x01", "--if-match=\"abc\"\r\nX: y"}) {
    CAPTURE(option);
    CHECK(program.Fail(2, {"put-object", "source", bucket.Uri("new"), option})["Kind"] == "Usage");
    CHECK(program.Fail(2, {"copy", bucket.Uri("kept"), bucket.Uri("new"), option})["Kind"] == "Usage");
    CHECK(program.Fail(2, {"move", bucket.Uri("kept"), bucket.Uri("new"), option})["Kind"] == "Usage");
  }
  CHECK(Keys(program, bucket) == std::vector<std::string>{"kept"});
}

TEST_CASE("A put is made only if the object is as the conditions say") {
  const ContractProgram program;
  const TestBucket bucket;
  program.folder().Write("old", "old");
  program.folder().Write("new", "new");
  program.Succeed({"put-object", "old", bucket.Uri("there")});
  const auto put = [&](const std::string& key, const std::string& condition) {
    return Arguments{"put-object", "new", bucket.Uri(key), condition};
  };
  CHECK(program.Fail(6, put("there", "--if-none-match"))["Kind"] == "Precondition");
  CHECK(program.Fail(6, put("there", "--if-match=" + Md5Of("new")))["Kind"] == "Precondition");
  CHECK(program.Fail(6, put("none", "--if-match=" + Md5Of("new")))["Kind"] == "Precondition");
  CHECK(program.Succeed(put("there", "--no-clobber")) ==
        Json({{"BucketName", bucket.name()}, {"Key", "there"}, {"Skipped", true}}));
  CHECK(Keys(program, bucket) == std::vector<std::string>{"there"});
  CHECK(program.Run({"cat", bucket.Uri("there")}).out == "old");

  CHECK(program.Succeed(put("made", "--no-clobber"))["Verified"] == "sha256");
  const int status = Server().traits.conditional_write;
  const ProgramResult created = program.Run(put("made-too", "--if-none-match"));
  RequireExit(created, status);
  if (status != 0) CHECK(ErrorOf(created)["Code"] == "NotImplemented");
  RequireExit(program.Run(put("there", "--if-match=" + Md5Of("old"))), status);
  CHECK(program.Run({"cat", bucket.Uri("there")}).out == (status == 0 ? "new" : "old"));
}

TEST_CASE("A put that may not look at what is there is refused and not skipped") {
  ContractProgram anyone;
  const TestBucket bucket;
  anyone.environment.erase("AWS_ACCESS_KEY_ID");
  anyone.environment.erase("AWS_SECRET_ACCESS_KEY");
  anyone.folder().Write("source", kDigits);
  for (const char* const condition : {"--no-clobber", "--if-none-match"}) {
    const Arguments put = {"put-object", "source", bucket.Uri("new"), condition, "--no-sign-request"};
    anyone.Fail(Server().traits.without_signature, put);
  }
}

TEST_CASE("Of several that create the same object one does") {
  if (Server().traits.conditional_write != 0) return;
  const ContractProgram program;
  const TestBucket bucket;
  program.folder().Write("source", kDigits);
  std::vector<RunningProgram> writers;
  for (int i = 0; i < 6; ++i) {
    writers.push_back(program.Start({"put-object", "source", bucket.Uri("lock"), "--if-none-match"}));
  }
  int winners = 0;
  for (RunningProgram& writer : writers) {
    const ProgramResult ended = program.Checked(writer.Wait());
    if (ended.exit_status == 0) {
      ++winners;
    } else {
      RequireExit(ended, 6);
    }
  }
  CHECK(winners == 1);
}

TEST_CASE("A download is made only if object and file are as the conditions say") {
  const ContractProgram program;
  const TestBucket bucket;
  program.folder().Write("source", kDigits);
  program.folder().Write("there", "old");
  program.Succeed({"put-object", "source", bucket.Uri("o")});
  const std::string holds = "--if-match=" + Md5Of(kDigits);
  const std::string fails = "--if-match=" + Md5Of("other");
  program.Fail(6, {"get-object", bucket.Uri("o"), "target", fails});
  program.Fail(6, {"head-object", bucket.Uri("o"), fails});
  program.Fail(6, {"cat", bucket.Uri("o"), fails});
  program.Fail(6, {"get-object", bucket.Uri("o"), "there", "--if-none-match"});
  CHECK(program.Succeed({"get-object", bucket.Uri("o"), "there", "--no-clobber"})["Skipped"] == true);
  CHECK(program.Succeed({"get-object", bucket.Uri("o"), "target", "--dry-run"})["DryRun"] == true);
  CHECK(program.folder().Read("there") == "old");
  CHECK(program.folder().Names() == std::vector<std::string>{"source", "there"});

  program.Succeed({"head-object", bucket.Uri("o"), holds});
  program.Succeed({"get-object", bucket.Uri("o"), "target", holds, "--if-none-match"});
  CHECK(program.folder().Read("target") == kDigits);
}

TEST_CASE("A range is of those bytes and one that the object does not have is refused") {
  const ContractProgram program;
  const TestBucket bucket;
  program.folder().Write("source", kDigits);
  program.Succeed({"put-object", "source", bucket.Uri("o")});
  struct Range {
    std::string option;
    std::string bytes;
    std::string told;
  };
  for (const Range& range : {Range{"0-0", "0", "bytes 0-0/10"}, Range{"2-4", "234", "bytes 2-4/10"},
                             Range{"bytes=2-4", "234", "bytes 2-4/10"}, Range{"7-", "789", "bytes 7-9/10"},
                             Range{"-3", "789", "bytes 7-9/10"}, Range{"8-500", "89", "bytes 8-9/10"},
                             Range{"0-", kDigits, "bytes 0-9/10"}}) {
    CAPTURE(range.option);
    const std::string option = "--range=" + range.option;
    const Json got = program.Succeed({"get-object", bucket.Uri("o"), "target", option});
    CHECK(got["Size"] == 10);
    CHECK(got["ContentRange"] == range.told);
    CHECK(program.folder().Read("target") == range.bytes);
    CHECK(program.Run({"get-object", bucket.Uri("o"), "-", option}).out == range.bytes);
    CHECK(program.Run({"cat", bucket.Uri("o"), option}).out == range.bytes);
  }
  CHECK(program.Run({"cat", bucket.Uri("o"), "--range=-500"}).out == kDigits);
  for (const char* const option : {"--range=10-", "--range=20-30"}) {
    const Json error = program.Fail(2, {"get-object", bucket.Uri("o"), "new", option});
    CHECK(error["Code"] == "InvalidRange");
    CHECK(program.Fail(2, {"cat", bucket.Uri("o"), option})["HttpStatus"] == 416);
  }
  for (const char* const option : {"--range=3-1", "--range=-0", "--range=x", "--range=1-2,4-5"}) {
    CHECK(program.Fail(2, {"cat", bucket.Uri("o"), option})["Code"] == "Usage");
  }
  CHECK_FALSE(program.folder().Has("new"));
}

TEST_CASE("cat writes one object after the other and stops at the first that fails") {
  const ContractProgram program;
  const TestBucket bucket;
  const std::string large = RandomBytes(2 << 20);
  program.folder().Write("large", large);
  program.folder().Write("small", "small");
  program.Succeed({"put-object", "large", bucket.Uri("large")});
  program.Succeed({"put-object", "small", bucket.Uri("small")});
  const ProgramResult both =
      program.Run({"cat", bucket.Uri("small"), bucket.Uri("large"), bucket.Uri("small")});
  RequireExit(both, 0);
  RequireSilence(both);
  CHECK(both.out == "small" + large + "small");
  CHECK(program.Run({"cat", bucket.Uri("small"), bucket.Uri("large"), "--range=1-2"}).out ==
        "ma" + large.substr(1, 2));
  const ProgramResult failed =
      program.Run({"cat", bucket.Uri("small"), bucket.Uri("none"), bucket.Uri("large")});
  RequireExit(failed, 4);
  CHECK(failed.out == "small");
  CHECK(ErrorOf(failed)["Code"] == "NoSuchKey");
}

TEST_CASE("A version is read by its id whatever the current one is") {
  const ContractProgram program;
  const TestBucket bucket(TestBucket::AtTheEnd::kLeft);
  KeepVersions(bucket.name());
  std::vector<std::string> ids;
  for (const char* const bytes : {"first", "second"}) {
    program.folder().Write("source", bytes);
    ids.push_back(program.Succeed({"put-object", "source", bucket.Uri("o")})["VersionId"]);
  }
  REQUIRE(ids[0] != ids[1]);
  const std::string first = "--version-id=" + ids[0];
  const auto read_first = [&] {
    const Json head = program.Succeed({"head-object", bucket.Uri("o"), first});
    CHECK(head["VersionId"] == ids[0]);
    CHECK(head["Size"] == 5);
    CHECK(program.Succeed({"get-object", bucket.Uri("o"), "target", first})["VersionId"] == ids[0]);
    CHECK(program.folder().Read("target") == "first");
    CHECK(program.Run({"cat", bucket.Uri("o"), first}).out == "first");
  };
  CHECK(program.Succeed({"head-object", bucket.Uri("o")})["VersionId"] == ids[1]);
  CHECK(program.Run({"cat", bucket.Uri("o")}).out == "second");
  read_first();
  program.Succeed({"delete", bucket.Uri("o")});
  CHECK(program.Fail(4, {"get-object", bucket.Uri("o"), "gone"})["Code"] == "NoSuchKey");
  read_first();
}

TEST_CASE("An object that everyone may read is read without a signature") {
  const ContractProgram program;
  const TestBucket bucket;
  program.folder().Write("source", kDigits);
  const ServerTraits& traits = Server().traits;
  const ProgramResult put = program.Run({"put-object", "source", bucket.Uri("public"), "--acl=public-read"});
  if (put.exit_status != 0) {
    CHECK_FALSE(traits.knows_public_objects);
    CHECK(ErrorOf(put)["Code"] == "NotImplemented");
    return;
  }
  program.Succeed({"put-object", "source", bucket.Uri("private"), "--acl=private"});
  ContractProgram anyone;
  anyone.environment.erase("AWS_ACCESS_KEY_ID");
  anyone.environment.erase("AWS_SECRET_ACCESS_KEY");
  const int status = traits.knows_public_objects ? 0 : traits.without_signature;
  const ProgramResult read = anyone.Run({"cat", bucket.Uri("public"), "--no-sign-request"});
  RequireExit(read, status);
  CHECK(read.out == (status == 0 ? kDigits : ""));
  const ProgramResult refused = anyone.Run({"cat", bucket.Uri("private"), "--no-sign-request"});
  RequireExit(refused, traits.without_signature);
  CHECK(refused.out.empty());
}

TEST_CASE("An object has the storage class that was named or is not made") {
  const ContractProgram program;
  const TestBucket bucket;
  program.folder().Write("source", kDigits);
  const int refused = Server().traits.unknown_storage_class;
  program.Fail(refused, {"put-object", "source", bucket.Uri("new"), "--storage-class=ONE_OF_OUR_OWN"});
  program.Fail(2, {"put-object", "source", bucket.Uri("new"), "--storage-class=STANDARD_AI"});
  const std::string other_class(Server().traits.second_storage_class);
  if (other_class.empty()) {
    program.Fail(refused, {"put-object", "source", bucket.Uri("new"), "--storage-class=STANDARD_IA"});
    CHECK(Keys(program, bucket).empty());
    return;
  }
  CHECK(Keys(program, bucket).empty());
  program.Succeed({"put-object", "source", bucket.Uri("o"), "--storage-class=" + other_class});
  CHECK(program.Succeed({"head-object", bucket.Uri("o")})["StorageClass"] == other_class);
  CHECK(program.Succeed({"list-objects", bucket.Uri()})["Contents"][0]["StorageClass"] == other_class);
  CHECK(program.Run({"cat", bucket.Uri("o")}).out == kDigits);
}

TEST_CASE("Agreeing to pay does no harm where nobody has to") {
  const ContractProgram program;
  const TestBucket bucket;
  program.folder().Write("source", kDigits);
  program.Succeed({"put-object", "source", bucket.Uri("o"), "--request-payer"});
  program.Succeed({"head-object", bucket.Uri("o"), "--request-payer"});
  program.Succeed({"copy", bucket.Uri("o"), bucket.Uri("copy"), "--request-payer"});
  CHECK(KeysOf(program.Succeed({"list-objects", bucket.Uri(), "--request-payer"})) ==
        std::vector<std::string>{"copy", "o"});
  CHECK(program.Run({"cat", bucket.Uri("copy"), "--request-payer"}).out == kDigits);
  program.Succeed({"delete", bucket.Uri("o"), "--request-payer"});
}

}  // namespace s3conn
