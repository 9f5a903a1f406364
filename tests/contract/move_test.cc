#include <string>
#include <vector>

#include "contract/contract_fixture.h"
#include "contract/direct_operations.h"
#include "contract/direct_put.h"
#include "contract/odd_keys.h"

namespace s3conn {
namespace {

std::string PutAndTellVersion(const ContractProgram& program, const std::string& bytes,
                              const std::string& uri) {
  program.folder().Write("source", bytes);
  return program.Succeed({"put-object", "source", uri}).value("VersionId", "");
}

}  // namespace

TEST_CASE("A move leaves the object at its destination only") {
  const ContractProgram program;
  const TestBucket bucket;
  const TestBucket other;
  const std::string bytes = RandomBytes(70'000);
  program.folder().Write("source", bytes);
  program.Succeed({"put-object", "source", bucket.Uri("in/a"), "--metadata=one=1", "--content-type=text/x"});

  const Json moved = program.Succeed({"move", bucket.Uri("in/a"), bucket.Uri("done/")});
  CHECK(moved["Source"] == bucket.Uri("in/a"));
  CHECK(moved["Destination"] == bucket.Uri("done/a"));
  CHECK(moved["ETag"] == Md5Of(bytes));
  CHECK(moved["Size"] == bytes.size());
  CHECK(moved["Verified"] == Server().traits.verified_by);
  CHECK(moved["SourceDeleted"] == true);
  CHECK_FALSE(moved.contains("DeleteMarker"));
  CHECK(KeysOf(program.Succeed({"list-objects", bucket.Uri()})) == std::vector<std::string>{"done/a"});

  program.Succeed({"mv", bucket.Uri("done/a"), other.Uri("b")});
  CHECK(program.Succeed({"list-objects", bucket.Uri()})["KeyCount"] == 0);
  const Json head = program.Succeed({"head-object", other.Uri("b")});
  CHECK(head["ContentType"] == "text/x");
  CHECK(head["Metadata"] == Json({{"one", "1"}}));
  CHECK(program.Run({"cat", other.Uri("b")}).out == bytes);
}

TEST_CASE("A move replaces what is there and can change what the object has") {
  const ContractProgram program;
  const TestBucket bucket;
  PutAndTellVersion(program, "old", bucket.Uri("there"));
  PutAndTellVersion(program, "new", bucket.Uri("source"));
  program.Succeed({"move-object", bucket.Uri("source"), bucket.Uri("there"), "--metadata=two=2"});
  CHECK(program.Run({"cat", bucket.Uri("there")}).out == "new");
  CHECK(program.Succeed({"head-object", bucket.Uri("there")})["Metadata"] == Json({{"two", "2"}}));
  CHECK(KeysOf(program.Succeed({"list-objects", bucket.Uri()})) == std::vector<std::string>{"there"});
}

TEST_CASE("Every key can be copied and moved from and to") {
  const ContractProgram program;
  const TestBucket bucket;
  const TestBucket other;
  std::vector<NewObject> objects;
  for (const std::string& key : OddKeys()) objects.push_back({key, "the bytes of " + key});
  PutDirectly(bucket.name(), objects);
  for (const NewObject& object : objects) {
    CAPTURE(object.key);
    // A destination that ends in a slash would get a name appended.
    const std::string there = object.key.ends_with('/') ? object.key + "end" : object.key;
    // A move is a copy and a deletion.
    const Json moved = program.Succeed({"move", bucket.Uri(object.key), other.Uri(there)});
    CHECK(moved["ETag"] == Md5Of(object.bytes));
    CHECK(moved["Verified"] == Server().traits.verified_by);
  }
  CHECK(program.Succeed({"list-objects", bucket.Uri()})["KeyCount"] == 0);
  CHECK(program.Succeed({"list-objects", other.Uri()})["KeyCount"] == objects.size());
}

TEST_CASE("A move in a bucket that keeps versions hides the source behind a marker") {
  const ContractProgram program;
  const TestBucket bucket(TestBucket::AtTheEnd::kLeft);
  KeepVersions(bucket.name());
  const std::string version = PutAndTellVersion(program, "bytes", bucket.Uri("source"));
  REQUIRE_FALSE(version.empty());
  const Json moved = program.Succeed({"move", bucket.Uri("source"), bucket.Uri("moved")});
  CHECK(moved["SourceDeleted"] == true);
  CHECK(moved["DeleteMarker"] == true);
  program.Fail(4, {"head-object", bucket.Uri("source")});
  CHECK(program.Run({"cat", bucket.Uri("source"), "--version-id=" + version}).out == "bytes");
  CHECK(program.Run({"cat", bucket.Uri("moved")}).out == "bytes");
}

TEST_CASE("A move of a version takes that version away for good and no other") {
  const ContractProgram program;
  const TestBucket bucket(TestBucket::AtTheEnd::kLeft);
  KeepVersions(bucket.name());
  const std::string first = PutAndTellVersion(program, "first", bucket.Uri("source"));
  const std::string second = PutAndTellVersion(program, "second", bucket.Uri("source"));
  const Json moved =
      program.Succeed({"move", bucket.Uri("source"), bucket.Uri("moved"), "--version-id=" + first});
  CHECK_FALSE(moved.contains("DeleteMarker"));
  program.Fail(4, {"head-object", bucket.Uri("source"), "--version-id=" + first});
  CHECK(program.Run({"cat", bucket.Uri("source")}).out == "second");
  CHECK(program.Succeed({"head-object", bucket.Uri("source")})["VersionId"] == second);
  CHECK(program.Run({"cat", bucket.Uri("moved")}).out == "first");
}

TEST_CASE("A move that cannot be made leaves the source") {
  const ContractProgram program;
  const TestBucket bucket;
  PutAndTellVersion(program, "bytes", bucket.Uri("source"));
  PutAndTellVersion(program, "old", bucket.Uri("there"));
  const std::string nowhere = "s3://" + NewBucketName() + "/k";
  CHECK(program.Fail(4, {"move", bucket.Uri("source"), nowhere})["Code"] == "NoSuchBucket");
  CHECK(program.Fail(4, {"move", bucket.Uri("none"), bucket.Uri("moved")})["HttpStatus"] == 404);
  program.Fail(2, {"move", bucket.Uri("source"), bucket.Uri("source")});
  program.Fail(2, {"move", bucket.Uri("source"), bucket.Uri("source"), "--metadata=a=1"});
  program.Fail(6, {"move", bucket.Uri("source"), bucket.Uri("there"), "--if-none-match"});
  CHECK(program.Succeed({"move", bucket.Uri("source"), bucket.Uri("there"), "--no-clobber"})["Skipped"] ==
        true);
  CHECK(program.Succeed({"move", bucket.Uri("source"), bucket.Uri("x"), "--dry-run"})["DryRun"] == true);
  CHECK(KeysOf(program.Succeed({"list-objects", bucket.Uri()})) ==
        std::vector<std::string>{"source", "there"});
  CHECK(program.Run({"cat", bucket.Uri("source")}).out == "bytes");
  CHECK(program.Run({"cat", bucket.Uri("there")}).out == "old");
}

}  // namespace s3conn
