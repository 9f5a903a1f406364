#include "contract/odd_keys.h"

namespace s3conn {
namespace {

// Two spellings of é: one character, and e with an accent. They are two keys.
constexpr const char* kComposed = "caf\xc3\xa9";
constexpr const char* kDecomposed = "cafe\xcc\x81";

}  // namespace

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

}  // namespace s3conn
