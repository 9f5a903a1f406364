#include "base/text.h"

#include <array>
#include <string>
#include <string_view>

#include "support/catch.h"

namespace s3conn {
namespace {

constexpr std::string_view kUnreserved = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";

std::span<const unsigned char> Bytes(std::string_view text) {
  return {reinterpret_cast<const unsigned char*>(text.data()), text.size()};
}

std::string AllBytes() {
  std::string all;
  for (int byte = 0; byte < 256; ++byte) all += static_cast<char>(byte);
  return all;
}

TEST_CASE("hexadecimal is lower-case and has two digits for each byte") {
  CHECK(HexEncode(Bytes("")).empty());
  CHECK(HexEncode(Bytes(std::string_view("\x00\x0f\xa0\xff", 4))) == "000fa0ff");
  CHECK(HexEncode(Bytes(AllBytes())).size() == 512);
  CHECK(HexDecode(HexEncode(Bytes(AllBytes()))) == AllBytes());
  CHECK(HexDecode("0aA0") == "\x0a\xa0");
  for (const char* const bad : {"0", "0g", "g0", "0x00", " 0"}) CHECK_FALSE(HexDecode(bad));
}

TEST_CASE("base64 gives the known answers of RFC 4648 and takes them back") {
  struct Row {
    std::string_view raw;
    std::string_view encoded;
  };
  for (const Row& row : {Row{"", ""}, Row{"f", "Zg=="}, Row{"fo", "Zm8="}, Row{"foo", "Zm9v"},
                         Row{"foob", "Zm9vYg=="}, Row{"fooba", "Zm9vYmE="}, Row{"foobar", "Zm9vYmFy"}}) {
    CAPTURE(row.raw);
    CHECK(Base64Encode(Bytes(row.raw)) == row.encoded);
    CHECK(Base64Decode(row.encoded) == std::string(row.raw));
  }
}

TEST_CASE("base64 carries every byte at every place of a group") {
  for (const std::string_view before : {"", "x", "xy"}) {
    const std::string raw = std::string(before) + AllBytes();
    CHECK(Base64Decode(Base64Encode(Bytes(raw))) == raw);
  }
}

TEST_CASE("what is not base64 has no value") {
  for (const std::string_view bad :
       {"Z", "Zg", "Zg=", "Z===", "====", "Zg==Zg==", "Zm9v ", "Zm9*", "Zm-_", "=m9v"}) {
    CAPTURE(bad);
    CHECK_FALSE(Base64Decode(bad));
  }
}

TEST_CASE("percent-encoding keeps the unreserved set of RFC 3986 and nothing else") {
  for (int byte = 0; byte < 256; ++byte) {
    const std::string raw(1, static_cast<char>(byte));
    CAPTURE(byte);
    const std::string encoded = PercentEncode(raw, Slash::kEncode);
    if (kUnreserved.find(raw) != std::string_view::npos) {
      CHECK(encoded == raw);
    } else {
      REQUIRE(encoded.size() == 3);
      CHECK(encoded[0] == '%');
      CHECK(std::stoi(encoded.substr(1), nullptr, 16) == byte);
      CHECK(encoded.find_first_of("abcdef") == std::string::npos);
    }
  }
}

TEST_CASE("a slash is kept in a path and encoded elsewhere") {
  CHECK(PercentEncode("a/b c", Slash::kKeep) == "a/b%20c");
  CHECK(PercentEncode("a/b c", Slash::kEncode) == "a%2Fb%20c");
}

TEST_CASE("percent-decoding takes back what was encoded and leaves a plus sign alone") {
  CHECK(PercentDecode(PercentEncode(AllBytes(), Slash::kEncode)) == AllBytes());
  CHECK(PercentDecode("a+b%2b%2B") == std::string("a+b++"));
}

TEST_CASE("a broken percent escape has no value") {
  for (const std::string_view bad : {"%", "%4", "a%", "%zz", "%4g", "%g4", "% 41", "%-1"}) {
    CAPTURE(bad);
    CHECK_FALSE(PercentDecode(bad));
  }
}

TEST_CASE("letter case is that of ASCII only") {
  CHECK(AsciiLower("ETag-\xc3\x84") == "etag-\xc3\x84");
  CHECK(EqualsIgnoringCase("Content-Length", "CONTENT-length"));
  CHECK_FALSE(EqualsIgnoringCase("ETag", "ETags"));
  CHECK_FALSE(EqualsIgnoringCase("@", "`"));
  CHECK_FALSE(EqualsIgnoringCase("[", "{"));
}

TEST_CASE("trimming takes white space off both ends and none out of the middle") {
  CHECK(Trim(" \t\r\n a b \n") == "a b");
  CHECK(Trim(" \t ").empty());
  CHECK(Trim("").empty());
}

TEST_CASE("control characters are C0 and DEL") {
  for (int byte = 0; byte < 256; ++byte) {
    CAPTURE(byte);
    CHECK(HasControlCharacter(std::string(1, static_cast<char>(byte))) == (byte < 0x20 || byte == 0x7f));
  }
  CHECK_FALSE(HasControlCharacter(""));
}

TEST_CASE("a token is made of the characters that RFC 9110 lists") {
  constexpr std::string_view kSeparators = "\"(),/:;<=>?@[\\]{} ";
  for (int byte = 0; byte < 256; ++byte) {
    const char c = static_cast<char>(byte);
    CAPTURE(byte);
    const bool allowed = byte > 0x20 && byte < 0x7f && kSeparators.find(c) == std::string_view::npos;
    CHECK(IsToken(std::string(1, c)) == allowed);
    CHECK(IsToken(std::string("a") + c + "b") == allowed);
  }
  CHECK_FALSE(IsToken(""));
}

TEST_CASE("an unsigned number is digits and nothing else") {
  CHECK(ParseUnsigned("0") == 0U);
  CHECK(ParseUnsigned("007") == 7U);
  CHECK(ParseUnsigned("18446744073709551615") == 18446744073709551615U);
  for (const std::string_view bad :
       {"", "-1", "+1", " 1", "1 ", "1.0", "0x1", "1e3", "18446744073709551616"}) {
    CAPTURE(bad);
    CHECK_FALSE(ParseUnsigned(bad));
  }
}

TEST_CASE("a slip of the finger finds the word that was meant") {
  constexpr std::array<std::string_view, 4> kWords = {"put-object", "get-object", "list-objects", "delete"};
  CHECK(Nearest("pu-object", kWords) == std::string_view("put-object"));
  CHECK(Nearest("list-object", kWords) == std::string_view("list-objects"));
  CHECK(Nearest("delte", kWords) == std::string_view("delete"));
  CHECK(Nearest("get-object", kWords) == std::string_view("get-object"));
}

TEST_CASE("a word that is far from all candidates finds none") {
  constexpr std::array<std::string_view, 3> kWords = {"put-object", "delete", "ls"};
  CHECK_FALSE(Nearest("synchronise", kWords));
  CHECK_FALSE(Nearest("xx", kWords));
  CHECK_FALSE(Nearest("put-object", {}));
  CHECK(Nearest("lx", kWords) == std::string_view("ls"));
}

}  // namespace
}  // namespace s3conn
