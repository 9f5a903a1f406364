#include "s3conn/base/units.h"

#include "support/catch.h"

namespace s3conn {
namespace {

TEST_CASE("byte counts have units of 1024") {
  static_assert((1_KiB).bytes() == 1024);
  static_assert(1_MiB == ByteCount(1U << 20));
  static_assert((5_GiB).bytes() == 5'368'709'120);
  static_assert(1_KiB + 1_B > 1_KiB);
  CHECK(ByteCount().bytes() == 0);
}

TEST_CASE("people see three or four digits and a unit") {
  CHECK(HumanBytes(0_B) == "0 B");
  CHECK(HumanBytes(1_B) == "1 B");
  CHECK(HumanBytes(1023_B) == "1023 B");
  CHECK(HumanBytes(1024_B) == "1.0 KiB");
  CHECK(HumanBytes(1536_B) == "1.5 KiB");
  CHECK(HumanBytes(42_MiB) == "42.0 MiB");
  CHECK(HumanBytes(5_GiB) == "5.0 GiB");
  CHECK(HumanBytes(ByteCount(~std::uint64_t{0})) == "16.0 EiB");
}

TEST_CASE("a count just below a unit never shows as 1024") {
  CHECK(HumanBytes(ByteCount((1U << 20) - 1)) == "1.0 MiB");
  CHECK(HumanBytes(ByteCount((1U << 30) - 1)) == "1.0 GiB");
  CHECK(HumanBytes(1023_KiB) == "1023.0 KiB");
}

}  // namespace
}  // namespace s3conn
