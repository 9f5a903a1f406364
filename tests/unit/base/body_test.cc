#include "s3conn/base/body.h"

#include <string>

#include "support/catch.h"
#include "support/read_all.h"

namespace s3conn {
namespace {

TEST_CASE("a memory source gives its bytes in pieces and again after a rewind") {
  MemorySource source("0123456789");
  CHECK(source.size() == 10_B);
  CHECK(ReadAll(source, 3) == std::string("0123456789"));
  CHECK(ReadAll(source, 3) == std::string());
  REQUIRE(source.Rewind());
  CHECK(ReadAll(source, 100) == std::string("0123456789"));
  CHECK(source.Contiguous() == "0123456789");
  CHECK(source.CheckUnchanged());
}

TEST_CASE("an empty memory source ends at once") {
  MemorySource source("");
  CHECK(source.size() == 0_B);
  CHECK(ReadAll(source) == std::string());
  REQUIRE(source.Contiguous());
  CHECK(source.Contiguous()->empty());
}

}  // namespace
}  // namespace s3conn
