#include "transfer/upload.h"

#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>

#include "support/catch.h"
#include "support/client_fixture.h"

namespace s3conn {
namespace {

constexpr std::string_view kText = "123456789";
constexpr std::string_view kTextCrc = "rosUhgp5mIg=";
constexpr std::string_view kTextSha256 = "15e2b0d3c33891ebb0f1ef609ec419420c20e320ce94c65fbc8c3312448eb225";

// A source whose bytes are never in memory as a whole, and that says what it is told to.
class ToldSource final : public BodySource {
 public:
  explicit ToldSource(std::string bytes) : bytes_(std::move(bytes)), told_size(bytes_.size()) {}
  ByteCount size() const override { return told_size; }
  Result<std::size_t> Read(std::span<char> into) override {
    ++reads;
    if (read_failure) return Failure(*read_failure);
    return bytes_.Read(into);
  }
  Status Rewind() override { return bytes_.Rewind(); }
  Status CheckUnchanged() const override {
    if (changed) return Failure(*changed);
    return {};
  }

 private:
  MemorySource bytes_;

 public:
  ByteCount told_size;
  int reads = 0;
  std::optional<Error> read_failure;
  std::optional<Error> changed;
};

Answer Stored(const Headers& more = {}) {
  Headers headers = {{"ETag", "\"e\""}, {"x-amz-version-id", "v"}};
  for (const Header& header : more) headers.Set(header.name, header.value);
  return Reply(200, std::move(headers));
}

TEST_CASE("an upload to AWS carries its CRC64NVME in a header") {
  ClientFixture fixture({Stored({{"x-amz-checksum-crc64nvme", std::string(kTextCrc)}})}, Aws());
  MemorySource source{std::string(kText)};
  const auto result = Upload(fixture.client, {"my-bucket", "k", ""}, source, {});
  REQUIRE(result);
  CHECK(fixture.sent(0).Header("x-amz-checksum-crc64nvme") == kTextCrc);
  CHECK(fixture.sent(0).Header("X-Amz-Content-SHA256") == "UNSIGNED-PAYLOAD");
  CHECK(fixture.sent(0).body == kText);
  CHECK(result->verified == "crc64nvme");
  CHECK(result->size == 9_B);
  CHECK(result->object.etag == "e");
  CHECK(result->object.version_id == "v");
}

TEST_CASE("a source that is not in memory has the same CRC and is sent from its start") {
  ClientFixture fixture({Stored()}, Aws());
  ToldSource source{std::string(kText)};
  REQUIRE(Upload(fixture.client, {"my-bucket", "k", ""}, source, {}));
  CHECK(fixture.sent(0).Header("x-amz-checksum-crc64nvme") == kTextCrc);
  CHECK(fixture.sent(0).body == kText);
}

TEST_CASE("an upload to a store of one's own has its bytes in the signature and no CRC") {
  ClientFixture fixture({Stored()});
  MemorySource source{std::string(kText)};
  const auto result = Upload(fixture.client, {"b", "k", ""}, source, {});
  REQUIRE(result);
  CHECK(fixture.sent(0).request.headers.Find("x-amz-checksum-crc64nvme") == nullptr);
  CHECK(fixture.sent(0).Header("X-Amz-Content-SHA256") == kTextSha256);
  CHECK(result->verified == "sha256");
}

TEST_CASE("an upload with a CRC and its bytes in the signature has both of the whole source") {
  ClientOptions options = CustomStore();
  options.send_checksums = true;
  ClientFixture fixture({Stored()}, options);
  ToldSource source{std::string(kText)};
  REQUIRE(Upload(fixture.client, {"b", "k", ""}, source, {}));
  CHECK(fixture.sent(0).Header("x-amz-checksum-crc64nvme") == kTextCrc);
  CHECK(fixture.sent(0).Header("X-Amz-Content-SHA256") == kTextSha256);
}

TEST_CASE("an upload whose checksum the store does not confirm is not called verified by it") {
  ClientFixture aws({Stored()}, Aws());
  MemorySource source{std::string(kText)};
  CHECK(Upload(aws.client, {"my-bucket", "k", ""}, source, {})->verified == "none");
  ClientOptions options = CustomStore();
  options.send_checksums = true;
  ClientFixture store({Stored()}, options);
  CHECK(Upload(store.client, {"b", "k", ""}, source, {})->verified == "sha256");
}

TEST_CASE("an upload with neither is not called verified") {
  ClientOptions options = CustomStore();
  options.payload_signing = false;
  ClientFixture fixture({Stored()}, options);
  MemorySource source{std::string(kText)};
  const auto result = Upload(fixture.client, {"b", "k", ""}, source, {});
  REQUIRE(result);
  CHECK(result->verified == "none");
}

TEST_CASE("an empty source is uploaded") {
  ClientFixture fixture({Stored()}, Aws());
  MemorySource source("");
  const auto result = Upload(fixture.client, {"my-bucket", "k", ""}, source, {});
  REQUIRE(result);
  CHECK(fixture.sent(0).Header("x-amz-checksum-crc64nvme") == "AAAAAAAAAAA=");
  CHECK(result->size == 0_B);
}

TEST_CASE("a store that reports another checksum than ours has other bytes") {
  ClientFixture fixture({Stored({{"x-amz-checksum-crc64nvme", "AAAAAAAAAAA="}})}, Aws());
  MemorySource source{std::string(kText)};
  const auto result = Upload(fixture.client, {"my-bucket", "k", ""}, source, {});
  REQUIRE_FALSE(result);
  CHECK(result.error().kind == ErrorKind::kIntegrity);
  CHECK(result.error().message.find(kTextCrc) != std::string::npos);
  CHECK(fixture.sent_count() == 1);
}

TEST_CASE("a checksum of another kind is not compared with ours") {
  ClientFixture fixture(
      {Stored({{"x-amz-checksum-crc32", "AAAAAA=="}}), Stored({{"x-amz-checksum-crc64nvme", "x"}})});
  MemorySource source{std::string(kText)};
  CHECK(Upload(fixture.client, {"b", "k", ""}, source, {}));
  CHECK(Upload(fixture.client, {"b", "k", ""}, source, {}));
}

TEST_CASE("more than 5 GiB are refused before anything is read or sent") {
  for (ClientOptions options : {Aws(), CustomStore()}) {
    ClientFixture fixture({Stored()}, std::move(options));
    ToldSource source{std::string(kText)};
    source.told_size = 5_GiB + 1_B;
    const auto result = Upload(fixture.client, {"my-bucket", "k", ""}, source, {});
    REQUIRE_FALSE(result);
    CHECK(result.error().kind == ErrorKind::kUsage);
    CHECK(source.reads == 0);
    CHECK(fixture.sent_count() == 0);
  }
}

TEST_CASE("exactly 5 GiB are not refused") {
  ClientFixture fixture({Stored()}, Aws());
  ToldSource source{std::string(kText)};
  source.told_size = 5_GiB;
  CHECK(Upload(fixture.client, {"my-bucket", "k", ""}, source, {}));
}

TEST_CASE("a source that changed meanwhile is an integrity error although the store took it") {
  ClientFixture fixture({Stored()});
  ToldSource source{std::string(kText)};
  source.changed = Failure(ErrorKind::kIntegrity, "'f' changed while it was being read").value();
  const auto result = Upload(fixture.client, {"b", "k", ""}, source, {});
  REQUIRE_FALSE(result);
  CHECK(result.error().kind == ErrorKind::kIntegrity);
  CHECK(fixture.sent_count() == 1);
}

TEST_CASE("a source that cannot be read ends the upload before anything is sent") {
  for (ClientOptions options : {Aws(), CustomStore()}) {
    ClientFixture fixture({Stored()}, std::move(options));
    ToldSource source{std::string(kText)};
    source.read_failure = Failure(ErrorKind::kLocalIo, "read 'f': I/O error").value();
    const auto result = Upload(fixture.client, {"my-bucket", "k", ""}, source, {});
    REQUIRE_FALSE(result);
    CHECK(result.error().message == "read 'f': I/O error");
    CHECK(fixture.sent_count() == 0);
  }
}

TEST_CASE("a retried upload sends the same bytes and the same checksum") {
  ClientFixture fixture({Reply(503), Stored()}, Aws());
  ToldSource source{std::string(kText)};
  REQUIRE(Upload(fixture.client, {"my-bucket", "k", ""}, source, {}));
  REQUIRE(fixture.sent_count() == 2);
  CHECK(fixture.sent(1).body == kText);
  CHECK(fixture.sent(1).Header("x-amz-checksum-crc64nvme") == kTextCrc);
}

TEST_CASE("a stop before the checksum is there ends the upload as cancelled") {
  ClientFixture fixture({Stored()}, Aws());
  ToldSource source{std::string(kText)};
  std::stop_source stop;
  stop.request_stop();
  const auto result = Upload(fixture.client, {"my-bucket", "k", ""}, source, {.stop = stop.get_token()});
  REQUIRE_FALSE(result);
  CHECK(result.error().kind == ErrorKind::kCancelled);
  CHECK(source.reads == 0);
  CHECK(fixture.sent_count() == 0);
}

}  // namespace
}  // namespace s3conn
