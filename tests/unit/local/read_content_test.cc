#include "local/read_content.h"

#include <fcntl.h>

#include <optional>
#include <string>
#include <vector>

#include "base/file.h"
#include "support/catch.h"
#include "support/temporary_folder.h"

namespace s3conn::local {
namespace {

class Stretches final : public Content {
 public:
  explicit Stretches(std::vector<Stretch> stretches) : stretches_(std::move(stretches)) {}
  std::uint64_t size() const override { return 0; }
  Result<std::optional<Stretch>> Next() override {
    if (next_ == stretches_.size()) return std::nullopt;
    return stretches_[next_++];
  }

 private:
  std::vector<Stretch> stretches_;
  std::size_t next_ = 0;
};

}  // namespace

TEST_CASE("ReadContent: gives out memory and files and knows a file that is too short") {
  const TemporaryFolder folder;
  const std::string long_text(300'000, 'x');
  const Descriptor file(open(folder.Write("f", long_text + "end").c_str(), O_RDONLY));
  std::string all;
  const auto use = [&all](std::string_view bytes) { all += bytes; };
  Stretches whole({{.bytes = "begin "}, {.fd = file.get(), .offset = 1, .length = 300'001}});
  REQUIRE(ReadContent(whole, use));
  CHECK(all == "begin " + long_text.substr(1) + "en");

  Stretches short_one({{.fd = file.get(), .offset = 0, .length = 300'004}});
  const Answer<void> refused = ReadContent(short_one, use);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == Code::kInternalError);
}

}  // namespace s3conn::local
