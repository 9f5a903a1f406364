#include "base/read_blocks.h"

#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "base/file.h"
#include "support/catch.h"
#include "support/temporary_folder.h"

namespace s3conn {
namespace {

struct Blocks {
  Status Read(BodySource& source, const CallContext& context = {}) {
    return ReadBlocks(source, context, [this](std::string_view block) {
      sizes.push_back(block.size());
      bytes += block;
    });
  }
  std::vector<std::size_t> sizes;
  std::string bytes;
};

TEST_CASE("bytes in memory come in one piece") {
  Blocks blocks;
  MemorySource source(std::string(3'000'000, 'x'));
  REQUIRE(blocks.Read(source));
  CHECK(blocks.sizes == std::vector<std::size_t>{3'000'000});
}

TEST_CASE("the bytes of a file come in blocks of 1 MiB") {
  const TemporaryFolder folder;
  const std::string bytes(2'500'000, 'x');
  const auto source = FileSource::Open(folder.Write("f", bytes));
  REQUIRE(source);
  Blocks blocks;
  REQUIRE(blocks.Read(**source));
  CHECK(blocks.sizes == std::vector<std::size_t>{1U << 20, 1U << 20, 2'500'000 - (2U << 20)});
  CHECK((blocks.bytes == bytes));
}

TEST_CASE("a stop ends the reading as cancelled") {
  const TemporaryFolder folder;
  const auto source = FileSource::Open(folder.Write("f", "x"));
  REQUIRE(source);
  std::stop_source stop;
  stop.request_stop();
  Blocks blocks;
  const Status read = blocks.Read(**source, {.stop = stop.get_token()});
  REQUIRE_FALSE(read);
  CHECK(read.error().kind == ErrorKind::kCancelled);
  CHECK(blocks.sizes.empty());
}

}  // namespace
}  // namespace s3conn
