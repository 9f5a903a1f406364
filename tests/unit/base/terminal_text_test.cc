#include <string>
#include <string_view>

#include "base/text.h"
#include "support/catch.h"

namespace s3conn {
namespace {

TEST_CASE("text in any script is valid UTF-8") {
  for (const std::string_view good :
       {"", "a", "\xc2\x80", "\xdf\xbf", "\xe0\xa0\x80", "\xed\x9f\xbf", "\xee\x80\x80", "\xef\xbf\xbf",
        "\xf0\x90\x80\x80", "\xf4\x8f\xbf\xbf", "Gr\xc3\xbc\xc3\x9f"}) {
    CAPTURE(good);
    CHECK(IsValidUtf8(good));
  }
  CHECK(IsValidUtf8(std::string_view("a\0b", 3)));
}

TEST_CASE("overlong forms are not valid UTF-8") {
  for (const std::string_view bad : {"\xc0\x80", "\xc0\xaf", "\xc1\xbf", "\xe0\x80\xaf", "\xe0\x9f\xbf",
                                     "\xf0\x80\x80\xaf", "\xf0\x8f\xbf\xbf"}) {
    CAPTURE(bad);
    CHECK_FALSE(IsValidUtf8(bad));
  }
}

TEST_CASE("surrogates and what lies beyond the last code point are not valid UTF-8") {
  for (const std::string_view bad :
       {"\xed\xa0\x80", "\xed\xbf\xbf", "\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "\xff"}) {
    CAPTURE(bad);
    CHECK_FALSE(IsValidUtf8(bad));
  }
}

TEST_CASE("stray and missing continuation bytes are not valid UTF-8") {
  for (const std::string_view bad : {"\x80", "\xbf", "a\x80", "\xc3", "\xc3(", "\xe2\x82", "\xe2\x28\xa1",
                                     "\xf0\x9f\x98", "\xf0\x9f\x98(", "\xc3\xa4\xa4"}) {
    CAPTURE(bad);
    CHECK_FALSE(IsValidUtf8(bad));
  }
}

TEST_CASE("a terminal sees no control character") {
  for (unsigned byte = 0; byte < 256; ++byte) {
    CAPTURE(byte);
    const std::string shown = EscapeForTerminal(std::string(1, static_cast<char>(byte)));
    if (byte < 0x20 || byte >= 0x7f) {
      REQUIRE(shown.size() == 4);
      CHECK(shown.substr(0, 2) == "\\x");
      CHECK(std::stoul(shown.substr(2), nullptr, 16) == byte);
    } else if (byte != '\\') {
      CHECK(shown == std::string(1, static_cast<char>(byte)));
    }
  }
  CHECK(EscapeForTerminal("\x1b[2J\r\n") == "\\x1b[2J\\x0d\\x0a");
}

TEST_CASE("a backslash is doubled so that an escape cannot be forged") {
  CHECK(EscapeForTerminal("a\\x1b") == "a\\\\x1b");
}

TEST_CASE("a terminal sees no C1 control written as UTF-8") {
  CHECK(EscapeForTerminal("\xc2\x80") == "\\u{0080}");
  CHECK(EscapeForTerminal("\xc2\x9b"
                          "2J") == "\\u{009b}2J");
  CHECK(EscapeForTerminal("\xc2\x9f") == "\\u{009f}");
  CHECK(EscapeForTerminal("\xc2\xa0") == "\xc2\xa0");
}

TEST_CASE("a terminal sees nothing that reorders or breaks its lines") {
  struct Row {
    std::string_view raw;
    std::string_view shown;
  };
  for (const Row& row :
       {Row{"\xd8\x9c", "\\u{061c}"}, Row{"\xe2\x80\x8e", "\\u{200e}"}, Row{"\xe2\x80\x8f", "\\u{200f}"},
        Row{"\xe2\x80\xa8", "\\u{2028}"}, Row{"\xe2\x80\xa9", "\\u{2029}"}, Row{"\xe2\x80\xaa", "\\u{202a}"},
        Row{"\xe2\x80\xae", "\\u{202e}"}, Row{"\xe2\x81\xa6", "\\u{2066}"}, Row{"\xe2\x81\xa9", "\\u{2069}"},
        Row{"\xef\xbb\xbf", "\\u{feff}"}}) {
    CAPTURE(row.shown);
    CHECK(EscapeForTerminal(row.raw) == row.shown);
  }
}

TEST_CASE("a terminal sees letters of every script as they are") {
  constexpr std::string_view kText = "a~ \xc3\xa4 \xe6\x97\xa5 \xf0\x9f\x98\x80 \xd7\x90";
  CHECK(EscapeForTerminal(kText) == kText);
}

TEST_CASE("bytes that are not UTF-8 are shown one by one and the text around them stays") {
  CHECK(EscapeForTerminal("a\xff\xc3\xa4\xe2\x82z") == "a\\xff\xc3\xa4\\xe2\\x82z");
  CHECK(EscapeForTerminal("\xc0\xaf") == "\\xc0\\xaf");
}

TEST_CASE("a long text is cut between two characters and says so") {
  CHECK(Abbreviate("abc", 3) == "abc");
  CHECK(Abbreviate("abcd", 3) == "abc\xe2\x80\xa6");
  CHECK(Abbreviate("ab\xc3\xa4z", 3) == "ab\xe2\x80\xa6");
  CHECK(Abbreviate("ab\xc3\xa4z", 4) == "ab\xc3\xa4\xe2\x80\xa6");
  CHECK(Abbreviate("a\nb", 2) == "a\\x0a\xe2\x80\xa6");
  CHECK(Abbreviate("\x80\x80\x80", 2) == "\xe2\x80\xa6");
  CHECK(Abbreviate("", 0).empty());
}

}  // namespace
}  // namespace s3conn
