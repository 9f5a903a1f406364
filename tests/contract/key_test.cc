#include <algorithm>
#include <string>
#include <vector>

#include "contract/contract_fixture.h"
#include "contract/direct_put.h"

namespace s3conn {
namespace {

// Two spellings of é: one character, and e with an accent. They are two keys.
constexpr const char* kComposed = "caf\xc3\xa9";
constexpr const char* kDecomposed = "cafe\xcc\x81";

const std::vector<std::string>& OddKeys() {
  static const std::vector<std::string> kKeys = {
      "plain",
      "with space",
      " leading space",
      "trailing space ",
      "two  spaces",
      "plus+plus",
      "per%cent",
      "%2F",
      "%2f",
      "%",
      "%zz",
      "a//b",
      "a///b",
      "/leading",
      "//leading",
      "trailing/",
      "trailing//",
      "/",
      ".",
      "..",
      "a/./b",
      "a/../b",
      "../up",
      "a/..",
      kComposed,
      kDecomposed,
      "\xe6\x97\xa5\xe6\x9c\xac\xe8\xaa\x9e/\xd1\x80\xd1\x83\xd1\x81",
      "\xf0\x9f\x98\x80 emoji",
      "control \x01 one",
      "new\nline",
      "tab\there",
      "delete\x7f",
      "<&>\"'",
      "~!*'()",
      "semi;colon:at@equals=comma,",
      "question?query=1&x=2",
      "hash#fragment",
      "back\\slash|pipe^caret`tick",
      "{braces}[brackets]",
      "$dollar",
      "-",
      "--output",
      "*",
      std::string(1024, 'k'),
      "e/" + std::string(1022, '%'),
  };
  return kKeys;
}

}  // namespace

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
