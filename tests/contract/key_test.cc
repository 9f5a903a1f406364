#include <algorithm>
#include <string>
#include <vector>

#include "contract/contract_fixture.h"
#include "contract/direct_put.h"
#include "contract/odd_keys.h"

namespace s3conn {

TEST_CASE("Every key goes through put and head and list and get and delete byte for byte") {
  const ContractProgram program;
  const TestBucket bucket;
  for (const std::string& key : OddKeys()) {
    CAPTURE(key);
    const std::string bytes = "the bytes of " + key;
    if (key.ends_with('/')) {
      PutDirectly(bucket.name(), {{key, bytes}});
    } else {
      program.folder().Write("source", bytes);
      CHECK(program.Succeed({"put-object", "source", bucket.Uri(key)})["Key"] == key);
    }
    const Json head = program.Succeed({"head-object", bucket.Uri(key)});
    CHECK(head["Key"] == key);
    CHECK(head["ETag"] == Md5Of(bytes));
    CHECK(program.Succeed({"get-object", bucket.Uri(key), "target"})["Key"] == key);
    CHECK(program.folder().Read("target") == bytes);
  }

  std::vector<std::string> expected = OddKeys();
  std::sort(expected.begin(), expected.end());
  CHECK(KeysOf(program.Succeed({"list-objects", bucket.Uri()})) == expected);

  for (const std::string& key : expected) {
    CAPTURE(key);
    CHECK(KeysOf(program.Succeed({"list-objects", bucket.Uri(), "--prefix=" + key})).front() == key);
    CHECK(program.Succeed({"delete", bucket.Uri(key)})["Key"] == key);
  }
  CHECK(program.Succeed({"list-objects", bucket.Uri()})["KeyCount"] == 0);
}

}  // namespace s3conn
