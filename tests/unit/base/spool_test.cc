#include "base/spool.h"

#include <string>
#include <vector>

#include "support/catch.h"
#include "support/read_all.h"
#include "support/temporary_folder.h"

namespace s3conn {
namespace {

// Bytes of 1,000 in pieces of all sizes.
std::string Fill(Spool& spool) {
  std::string all;
  for (std::size_t piece = 0; all.size() < 1000; ++piece) {
    const std::string bytes(piece, static_cast<char>('a' + piece % 26));
    REQUIRE(spool.Append(bytes));
    all += bytes;
  }
  return all;
}

TEST_CASE("a spool gives the same bytes from memory and from a file") {
  const TemporaryFolder folder;
  for (const ByteCount limit : {0_B, 1_B, 500_B, 999_B, 1_MiB}) {
    CAPTURE(limit.bytes());
    Spool spool(limit, folder.path());
    const std::string all = Fill(spool);
    CHECK(spool.size() == ByteCount(all.size()));
    auto source = spool.TakeSource();
    REQUIRE(source);
    CHECK((*source)->size() == ByteCount(all.size()));
    CHECK((*source)->Contiguous().has_value() == (limit == 1_MiB));
    CHECK(ReadAll(**source, 64) == all);
    REQUIRE((*source)->Rewind());
    CHECK(ReadAll(**source) == all);
    CHECK((*source)->CheckUnchanged());
  }
}

TEST_CASE("a spool's file has no name") {
  const TemporaryFolder folder;
  Spool spool(1_B, folder.path());
  Fill(spool);
  CHECK(folder.Names().empty());
}

TEST_CASE("a spool that stays within its limit never touches the folder") {
  Spool spool(10_B, "/nonexistent");
  CHECK(spool.Append("0123456789"));
  const Status over = spool.Append("x");
  REQUIRE_FALSE(over);
  CHECK(over.error().kind == ErrorKind::kLocalIo);
  CHECK(over.error().message.find("/nonexistent") != std::string::npos);
  CHECK(over.error().hint.find("TMPDIR") != std::string::npos);
}

TEST_CASE("a spool is empty after its bytes are taken and can be used again") {
  const TemporaryFolder folder;
  for (const ByteCount limit : {1_B, 1_MiB}) {
    Spool spool(limit, folder.path());
    REQUIRE(spool.Append("first"));
    const auto first = spool.TakeSource();
    REQUIRE(first);
    CHECK(spool.size() == 0_B);
    REQUIRE(spool.Append("second"));
    const auto second = spool.TakeSource();
    REQUIRE(second);
    CHECK(ReadAll(**first) == std::string("first"));
    CHECK(ReadAll(**second) == std::string("second"));
  }
}

TEST_CASE("a spool that was given nothing is an empty source") {
  Spool spool(1_B, "/nonexistent");
  auto source = spool.TakeSource();
  REQUIRE(source);
  CHECK((*source)->size() == 0_B);
  CHECK(ReadAll(**source) == std::string());
}

}  // namespace
}  // namespace s3conn
