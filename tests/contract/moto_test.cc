#include <string>
#include <vector>

#include "contract/contract_fixture.h"
#include "contract/direct_client.h"
#include "contract/direct_operations.h"
#include "s3conn/s3/object_tagging.h"

// What neither real server can show. These cases are hidden from them, and moto runs no others: it verifies
// no signature, and is wrong about much.
namespace s3conn {

TEST_CASE("moto: encryption by the store is told back without a warning", "[.moto]") {
  const ContractProgram program;
  const TestBucket bucket;
  program.folder().Write("source", "bytes");
  const Json put = program.Succeed({"put-object", "source", bucket.Uri("o"), "--sse=aes256"});
  CHECK(put["ServerSideEncryption"] == "AES256");
  CHECK(program.Succeed({"head-object", bucket.Uri("o")})["ServerSideEncryption"] == "AES256");
  // Encryption is not taken over by a copy.
  const Json copied = program.Succeed({"copy", bucket.Uri("o"), bucket.Uri("copy"), "--sse=AES256"});
  CHECK(copied["ServerSideEncryption"] == "AES256");
}

TEST_CASE("moto: a put under an ETag is made by the first request", "[.moto]") {
  const ContractProgram program;
  const TestBucket bucket;
  program.folder().Write("old", "old");
  program.folder().Write("new", "new");
  program.Succeed({"put-object", "old", bucket.Uri("o")});
  const ProgramResult put =
      program.Run({"put-object", "new", bucket.Uri("o"), "--if-match=" + Md5Of("old"), "-vv"});
  RequireExit(put, 0);
  INFO(put.Describe());
  REQUIRE(SplitLines(put.err).size() == 2);  // a look, and the upload: the ETag with its quotes is understood
  CHECK(SplitLines(put.err)[0].starts_with("HEAD "));
  CHECK(SplitLines(put.err)[1].starts_with("PUT "));
  CHECK(program.Run({"cat", bucket.Uri("o")}).out == "new");
  program.Fail(6, {"put-object", "old", bucket.Uri("o"), "--if-match=" + Md5Of("old")});
}

TEST_CASE("moto: an archived object is listed and looked at but not read", "[.moto]") {
  const ContractProgram program;
  const TestBucket bucket;
  program.folder().Write("source", "bytes");
  program.Succeed({"put-object", "source", bucket.Uri("o"), "--storage-class=glacier"});
  CHECK(program.Succeed({"head-object", bucket.Uri("o")})["StorageClass"] == "GLACIER");
  CHECK(program.Succeed({"list-objects", bucket.Uri()})["Contents"][0]["StorageClass"] == "GLACIER");
  const Json archived = program.Fail(6, {"get-object", bucket.Uri("o"), "target"});
  CHECK(archived["Code"] == "InvalidObjectState");
  CHECK(Contains(archived["Hint"].get<std::string>(), "s3conn restore"));
  CHECK_FALSE(program.folder().Has("target"));
}

TEST_CASE("moto: an archived object is read after it was restored", "[.moto]") {
  const ContractProgram program;
  const TestBucket bucket;
  program.folder().Write("source", "bytes");
  program.Succeed({"put-object", "source", bucket.Uri("o"), "--storage-class=glacier"});
  CHECK_FALSE(program.Succeed({"head-object", bucket.Uri("o")}).contains("RestoreStatus"));
  CHECK(program.Succeed({"restore", bucket.Uri("o"), "--days=2"})["RestoreStatus"] == "Started");
  const Json restored = program.Succeed({"head-object", bucket.Uri("o")})["RestoreStatus"];
  CHECK(restored["IsRestoreInProgress"] == false);
  CHECK(IsRfc3339(restored["RestoreExpiryDate"].get<std::string>()));
  CHECK(program.Succeed({"restore", bucket.Uri("o"), "--days=3"})["RestoreStatus"] == "Extended");
  program.Succeed({"get-object", bucket.Uri("o"), "target"});
  CHECK(program.folder().Read("target") == "bytes");
}

TEST_CASE("moto: an object that is not archived is not restored", "[.moto]") {
  const ContractProgram program;
  const TestBucket bucket;
  bucket.Fill({"o"});
  const Json refused = program.Fail(6, {"restore", bucket.Uri("o")});
  CHECK(Contains(refused["Hint"].get<std::string>(), "only archived objects are restored"));
}

TEST_CASE("moto: a copy has the tags that are named in place of its source's", "[.moto]") {
  const ContractProgram program;
  const TestBucket bucket;
  program.folder().Write("source", "bytes");
  program.Succeed(
      {"put-object", "source", bucket.Uri("o"), "--tag=one=1", "--tag=two=2", "--metadata=m=kept"});
  program.Succeed({"copy", bucket.Uri("o"), bucket.Uri("copy"), "--tag=three=a b/c"});
  CHECK(DirectClient().Call<GetObjectTagging>({bucket.name(), "copy"}).tags ==
        NamedValues{{"three", "a b/c"}});
  CHECK(program.Succeed({"head-object", bucket.Uri("copy")})["Metadata"] == Json({{"m", "kept"}}));
}

}  // namespace s3conn
