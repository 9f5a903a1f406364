#include <sys/stat.h>

#include <string>
#include <vector>

#include "contract/contract_fixture.h"

namespace s3conn {
namespace {

// A file with a key that only its owner can read.
std::string WriteKey(const ContractProgram& program, const std::string& name) {
  const std::string path = program.folder().Write(name, RandomBytes(32));
  REQUIRE(chmod(path.c_str(), 0600) == 0);
  return name;
}

}  // namespace

TEST_CASE("An object is encrypted with a key of the KMS or not stored") {
  const ContractProgram program;
  const TestBucket bucket;
  program.folder().Write("source", "bytes");
  const Arguments put = {"put-object", "source", bucket.Uri("o"), "--sse=aws:kms",
                         "--sse-kms-key-id=testkey-1"};
  if (!Server().traits.knows_kms) {
    CHECK(program.Fail(1, put)["Code"] == "NotImplemented");
    CHECK(program.Succeed({"list-objects", bucket.Uri()})["KeyCount"] == 0);
    return;
  }
  CHECK(program.Succeed(put)["ServerSideEncryption"] == "aws:kms");
  const Json head = program.Succeed({"head-object", bucket.Uri("o")});
  CHECK(head["ServerSideEncryption"] == "aws:kms");
  CHECK(head["SSEKMSKeyId"] == "testkey-1");
  CHECK(program.Run({"cat", bucket.Uri("o")}).out == "bytes");
  program.Fail(5, {"put-object", "source", bucket.Uri("p"), "--sse=aws:kms", "--sse-kms-key-id=no-such-key"});
  CHECK(KeysOf(program.Succeed({"list-objects", bucket.Uri()})) == std::vector<std::string>{"o"});
}

TEST_CASE("Encryption that the store does not confirm is told") {
  const ContractProgram program;
  const TestBucket bucket;
  program.folder().Write("source", "bytes");
  const ProgramResult put = program.Run({"put-object", "source", bucket.Uri("o"), "--sse=AES256"});
  if (!Server().traits.knows_kms) {
    RequireExit(put, 1);
    CHECK(ErrorOf(put)["Code"] == "NotImplemented");
    return;
  }
  RequireExit(put, 0);
  CHECK(put.err == "s3conn: warning: the store does not say that it encrypted the object by AES256\n");
  CHECK(DocumentOf(put)["Verified"] == "sha256");
}

TEST_CASE("An object with a key of the customer is read with that key only") {
  if (!Server().traits.knows_customer_keys) return;
  const ContractProgram program;
  const TestBucket bucket;
  const std::string bytes = RandomBytes(70'000);
  const std::string key = "--sse-c-key=" + WriteKey(program, "key");
  const std::string other_key = "--sse-c-key=" + WriteKey(program, "other");
  program.folder().Write("source", bytes);
  CHECK(program.Succeed({"put-object", "source", bucket.Uri("o"), key})["ServerSideEncryption"] == "SSE-C");

  CHECK(program.Succeed({"head-object", bucket.Uri("o"), key})["ServerSideEncryption"] == "SSE-C");
  program.Succeed({"get-object", bucket.Uri("o"), "target", key});
  CHECK(program.folder().Read("target") == bytes);
  CHECK(program.Run({"cat", bucket.Uri("o"), key, "--range=100-199"}).out == bytes.substr(100, 100));

  for (const Arguments& without :
       {Arguments{"get-object", bucket.Uri("o"), "new"},
        Arguments{"get-object", bucket.Uri("o"), "new", other_key}, Arguments{"cat", bucket.Uri("o")},
        Arguments{"copy", bucket.Uri("o"), bucket.Uri("copy")}}) {
    CHECK(program.Fail(1, without)["HttpStatus"] == 400);
  }
  CHECK(
      Contains(program.Fail(1, {"head-object", bucket.Uri("o")})["Hint"].get<std::string>(), "--sse-c-key"));
  CHECK_FALSE(program.folder().Has("new"));
  // It exists, also for those who can't read it.
  CHECK(program.Succeed({"put-object", "source", bucket.Uri("o"), "--no-clobber"})["Skipped"] == true);
  program.Fail(6, {"put-object", "source", bucket.Uri("o"), "--if-none-match"});
  CHECK(KeysOf(program.Succeed({"list-objects", bucket.Uri()})) == std::vector<std::string>{"o"});
}

TEST_CASE("A key of the customer that the store leaves out or refuses is a failure") {
  if (Server().traits.knows_customer_keys) return;
  const ContractProgram program;
  const TestBucket bucket;
  const std::string key = "--sse-c-key=" + WriteKey(program, "key");
  program.folder().Write("source", "bytes");
  program.Succeed({"put-object", "source", bucket.Uri("plain")});
  for (const Arguments& command : {Arguments{"put-object", "source", bucket.Uri("o"), key},
                                   Arguments{"copy", bucket.Uri("plain"), bucket.Uri("o"), key},
                                   Arguments{"move", bucket.Uri("plain"), bucket.Uri("o"), key}}) {
    const int status = Server().traits.ignored_customer_key;
    const Json error = program.Fail(status, command);
    if (status != 8) continue;
    CHECK(error["Kind"] == "Integrity");
    CHECK(Contains(error["Message"].get<std::string>(), "stored unencrypted"));
  }
  // The move has left its source.
  CHECK(program.Run({"cat", bucket.Uri("plain")}).out == "bytes");
}

}  // namespace s3conn
