#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

#include "s3conn/s3/read_options.h"
#include "support/catch.h"

namespace s3conn {
namespace {

// The header that a text leads to, or "none".
std::string HeaderOf(std::string_view text) {
  const std::optional<ByteRange> range = ParseByteRange(text);
  return range ? range->Header() : "none";
}

TEST_CASE("a byte range is read with and without its unit and goes out with it") {
  for (const std::string_view text : {"0-0", "0-99", "5-5", "100-", "0-", "-500", "-1"}) {
    CAPTURE(text);
    const std::string header = "bytes=" + std::string(text);
    CHECK(HeaderOf(text) == header);
    CHECK(HeaderOf(header) == header);
  }
}

TEST_CASE("each end of a byte range that is given has a value") {
  const auto both = ParseByteRange("3-7");
  REQUIRE(both);
  CHECK(both->first == 3U);
  CHECK(both->last == 7U);
  const auto rest = ParseByteRange("3-");
  REQUIRE(rest);
  CHECK(rest->first == 3U);
  CHECK_FALSE(rest->last);
  const auto tail = ParseByteRange("-7");
  REQUIRE(tail);
  CHECK_FALSE(tail->first);
  CHECK(tail->last == 7U);
}

TEST_CASE("a byte range reaches to the largest number and no further") {
  const std::string largest = std::to_string(std::numeric_limits<std::uint64_t>::max());
  CHECK(HeaderOf("0-" + largest) == "bytes=0-" + largest);
  CHECK(HeaderOf(largest + "-") == "bytes=" + largest + "-");
  for (const std::string_view past : {"0-18446744073709551616", "18446744073709551616-",
                                      "-18446744073709551616", "0-99999999999999999999999"}) {
    CAPTURE(past);
    CHECK(HeaderOf(past) == "none");
  }
}

TEST_CASE("a byte range that holds no byte is refused") {
  for (const std::string_view empty : {"9-8", "1-0", "-0", "18446744073709551615-0"}) {
    CAPTURE(empty);
    CHECK(HeaderOf(empty) == "none");
  }
}

TEST_CASE("several byte ranges are refused") {
  for (const std::string_view several : {"0-1,3-4", "bytes=0-1, 3-4", "0-,-1", "0-1-2", "0-1,"}) {
    CAPTURE(several);
    CHECK(HeaderOf(several) == "none");
  }
}

TEST_CASE("what is no byte range is refused") {
  for (const std::string_view bad : {"",
                                     "-",
                                     "bytes=",
                                     "bytes=-",
                                     "5",
                                     "bytes=5",
                                     "a-b",
                                     "0x1-2",
                                     "0-9a",
                                     " 0-9",
                                     "0-9 ",
                                     "0 - 9",
                                     "+1-2",
                                     "--5",
                                     "1--5",
                                     "0-9\r\n",
                                     "bytes 0-9",
                                     "bytes=bytes=0-9",
                                     "octets=0-9",
                                     "1.5-2",
                                     "0\xe2\x80\x93"
                                     "9"}) {
    CAPTURE(bad);
    CHECK(HeaderOf(bad) == "none");
  }
}

}  // namespace
}  // namespace s3conn
