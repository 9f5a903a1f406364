#include <algorithm>

#include "contract/contract_fixture.h"

namespace s3conn {
namespace {

const Json* Find(const Json& buckets, const std::string& name) {
  for (const Json& bucket : buckets["Buckets"]) {
    if (bucket["BucketName"] == name) return &bucket;
  }
  return nullptr;
}

}  // namespace

TEST_CASE("A bucket is created and seen and deleted and then it is gone") {
  const ContractProgram program;
  const std::string name = NewBucketName();
  CHECK(FieldNames(program.Succeed({"create-bucket", name})) == std::vector<std::string>{"Location"});

  const Json listing = program.Succeed({"list-buckets"});
  CHECK(FieldNames(listing) == std::vector<std::string>{"Buckets"});
  const Json* const bucket = Find(listing, name);
  REQUIRE(bucket != nullptr);
  CHECK(FieldNames(*bucket) == std::vector<std::string>{"BucketName", "CreationDate"});
  CHECK(IsRfc3339((*bucket)["CreationDate"].get<std::string>()));
  CHECK(program.Succeed({"head-bucket", name})["BucketName"] == name);

  CHECK(program.Succeed({"delete-bucket", name}) == Json({{"BucketName", name}, {"Deleted", true}}));
  CHECK(program.Fail(4, {"head-bucket", name})["HttpStatus"] == 404);
  CHECK(program.Fail(4, {"delete-bucket", name})["Code"] == "NoSuchBucket");
  CHECK(Find(program.Succeed({"list-buckets"}), name) == nullptr);
}

TEST_CASE("Creating one's own bucket again leaves it as it is") {
  const ContractProgram program;
  const TestBucket bucket;
  bucket.Fill({"kept"});
  const ProgramResult again = program.Run({"create-bucket", bucket.name()});
  RequireExit(again, Server().traits.creating_own_bucket_again);
  if (again.exit_status != 0) CHECK(ErrorOf(again)["Code"] == "BucketAlreadyOwnedByYou");
  CHECK(KeysOf(program.Succeed({"list-objects", bucket.Uri()})) == std::vector<std::string>{"kept"});
}

TEST_CASE("A bucket that is not empty is refused and stays") {
  const ContractProgram program;
  const TestBucket bucket;
  bucket.Fill({"kept"});
  const Json error = program.Fail(6, {"delete-bucket", bucket.name()});
  CHECK(error["Kind"] == "Conflict");
  CHECK(error["Code"] == "BucketNotEmpty");
  CHECK(error["HttpStatus"] == 409);
  CHECK(program.Succeed({"head-object", bucket.Uri("kept")})["Size"] == 0);
}

TEST_CASE("The short names of the bucket commands do the same") {
  const ContractProgram program;
  const std::string uri = "s3://" + NewBucketName();
  program.Succeed({"mb", uri});
  program.Succeed({"head-bucket", uri + "/"});
  program.Succeed({"rb", uri});
}

TEST_CASE("A bucket name with dots works") {
  const ContractProgram program;
  const std::string name = NewBucketName() + ".with.dots";
  program.Succeed({"create-bucket", name});
  program.Succeed({"head-bucket", name});
  program.Succeed({"delete-bucket", name});
}

}  // namespace s3conn
