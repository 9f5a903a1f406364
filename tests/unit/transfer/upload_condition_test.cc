#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "support/catch.h"
#include "transfer/upload.h"
#include "unit/transfer/fake_store.h"

namespace s3conn {
namespace {

using Lines = std::vector<std::string>;

constexpr std::string_view kText = "123456789";

struct ConditionFixture {
  explicit ConditionFixture(ClientOptions options = CustomStore()) : store(std::move(options)) {}

  Result<UploadResult> Run() {
    MemorySource source{std::string(kText)};
    return Upload(store.fixture.client, request, source, store.context());
  }
  // The first PUT is carried out and its answer lost; then `then` happens.
  void LoseAnswer(std::function<void()> then = [] {}) {
    store.interfere = [this, then = std::move(then),
                       done = false](const SentRequest& sent) mutable -> std::optional<Answer> {
      if (sent.request.method != "PUT" || std::exchange(done, true)) return std::nullopt;
      store.Process(sent);
      then();
      return FailWith(ConnectionReset());
    };
  }

  FakeStore store;
  PutObjectRequest request{"bucket", "k", ""};
};

// Bytes that have to be read again for every request, as a file's have.
class ReadSource final : public BodySource {
 public:
  explicit ReadSource(std::string bytes) : bytes_(std::move(bytes)) {}
  ByteCount size() const override { return bytes_.size(); }
  Result<std::size_t> Read(std::span<char> into) override { return bytes_.Read(into); }
  Status Rewind() override { return bytes_.Rewind(); }

 private:
  MemorySource bytes_;
};

TEST_CASE("a body that is sent again without the quotes of its condition is hashed from its start") {
  for (ClientOptions options : {CustomStore(), Aws()}) {
    options.send_checksums = true;
    ConditionFixture upload(options);
    upload.store.Put("bucket/k", "before");
    upload.store.compares_bare_etags = true;
    upload.request.conditions.if_match = UnquoteETag(ETagOf("before"));
    ReadSource source{std::string(kText)};
    const auto result = Upload(upload.store.fixture.client, upload.request, source, upload.store.context());
    if (!upload.store.fixture.client.is_aws()) REQUIRE(result);
    std::vector<std::string> hashes;
    for (const SentRequest& sent : upload.store.fixture.http.requests()) {
      if (sent.request.method == "PUT") hashes.emplace_back(sent.Header("X-Amz-Content-SHA256"));
    }
    REQUIRE_FALSE(hashes.empty());
    for (const std::string& hash : hashes) CHECK(hash == hashes.front());
  }
}

TEST_CASE("an upload that shall not replace anything looks first on a store of one's own") {
  ConditionFixture upload;
  upload.request.conditions.if_none_match = true;
  REQUIRE(upload.Run());
  CHECK(upload.store.Sent() == Lines{"HEAD bucket/k", "PUT bucket/k"});
  CHECK(upload.store.sent(1).Header("If-None-Match") == "*");
  upload.store.Put("bucket/k", "theirs");
  const auto second = upload.Run();
  REQUIRE_FALSE(second);
  CHECK(second.error().kind == ErrorKind::kPrecondition);
  CHECK(upload.store.Count("PUT") == 1);
}

TEST_CASE("an upload to AWS leaves its condition to AWS") {
  ConditionFixture upload(Aws());
  upload.store.Put("bucket/k", "theirs");
  upload.request.conditions.if_none_match = true;
  CHECK(upload.Run().error().kind == ErrorKind::kPrecondition);
  CHECK(upload.store.Sent() == Lines{"PUT bucket/k"});
  CHECK(upload.store.objects.at("bucket/k").bytes == "theirs");
}

TEST_CASE("an upload in place of the object that was meant sends its ETag") {
  ConditionFixture upload(Aws());
  upload.store.Put("bucket/k", "old");
  upload.request.conditions.if_match = UnquoteETag(ETagOf("old"));
  REQUIRE(upload.Run());
  CHECK(upload.store.sent(0).Header("If-Match") == ETagOf("old"));
  CHECK(upload.Run().error().kind == ErrorKind::kPrecondition);
}

TEST_CASE("an upload to a store that compares ETags without quotes sends both forms with the bytes") {
  ConditionFixture upload;
  upload.store.compares_bare_etags = true;
  upload.store.Put("bucket/k", "old");
  upload.request.conditions.if_match = UnquoteETag(ETagOf("old"));
  REQUIRE(upload.Run());
  CHECK(upload.store.Sent() == Lines{"HEAD bucket/k", "PUT bucket/k", "PUT bucket/k"});
  CHECK(upload.store.sent(1).Header("If-Match") == ETagOf("old"));
  CHECK(upload.store.sent(2).Header("If-Match") == UnquoteETag(ETagOf("old")));
  CHECK(upload.store.sent(2).body == kText);
}

TEST_CASE("a conditional upload whose answer was lost finds its own bytes and is done") {
  for (ClientOptions options : {CustomStore(), Aws()}) {
    ConditionFixture upload(std::move(options));
    upload.request.conditions.if_none_match = true;
    upload.LoseAnswer();
    const auto result = upload.Run();
    REQUIRE(result);
    CHECK(result->object.etag == UnquoteETag(ETagOf(kText)));
    CHECK(upload.store.Count("PUT") == 2);
    CHECK(upload.store.Sent().back() == "HEAD bucket/k");
  }
}

TEST_CASE("a conditional upload whose answer was lost and that finds other bytes is refused") {
  for (const std::string_view theirs : {"987654321", "shorter", ""}) {
    ConditionFixture upload(Aws());
    upload.request.conditions.if_none_match = true;
    upload.LoseAnswer([&upload, theirs] { upload.store.Put("bucket/k", theirs); });
    const auto result = upload.Run();
    REQUIRE_FALSE(result);
    CHECK(result.error().kind == ErrorKind::kPrecondition);
    CHECK(upload.store.objects.at("bucket/k").bytes == theirs);
  }
}

TEST_CASE("bytes of the same length that cannot be told from ours are not called ours") {
  ConditionFixture upload(Aws());
  upload.request.conditions.if_none_match = true;
  upload.LoseAnswer([&upload] { upload.store.objects["bucket/k"].etag = "\"opaque\""; });
  CHECK(upload.Run().error().kind == ErrorKind::kPrecondition);
}

TEST_CASE("own bytes are not looked for where no answer was lost") {
  ConditionFixture upload(Aws());
  upload.store.Put("bucket/k", kText);
  upload.request.conditions.if_none_match = true;
  CHECK(upload.Run().error().kind == ErrorKind::kPrecondition);
  CHECK(upload.store.Sent() == Lines{"PUT bucket/k"});
}

TEST_CASE("own bytes under a key of one's own are looked for with the key") {
  ConditionFixture upload(Aws());
  upload.request.conditions.if_none_match = true;
  upload.request.settings.encryption.customer_key = Secret(std::string(32, 'k'));
  upload.store.told_of_writes = {{"x-amz-server-side-encryption-customer-algorithm", "AES256"}};
  upload.LoseAnswer([&upload] {
    upload.store.objects["bucket/k"].more = {{"x-amz-server-side-encryption-customer-algorithm", "AES256"},
                                             {"x-amz-checksum-crc64nvme", "rosUhgp5mIg="}};
  });
  CHECK(upload.Run());
  const auto& look = upload.store.fixture.http.requests().back();
  CHECK(look.request.method == "HEAD");
  CHECK_FALSE(look.Header("x-amz-server-side-encryption-customer-key").empty());
}

TEST_CASE("an upload that the store did not encrypt with the key is an integrity error") {
  ConditionFixture upload(Aws());
  upload.request.settings.encryption.customer_key = Secret(std::string(32, 'k'));
  const auto result = upload.Run();
  REQUIRE_FALSE(result);
  CHECK(result.error().kind == ErrorKind::kIntegrity);
  CHECK(result.error().message.find("unencrypted") != std::string::npos);
}

TEST_CASE("an upload whose encryption the store does not confirm is warned of") {
  ConditionFixture upload(Aws());
  upload.request.settings.encryption.algorithm = "AES256";
  REQUIRE(upload.Run());
  CHECK(upload.store.warnings.size() == 1);
  upload.store.told_of_writes = {{"x-amz-server-side-encryption", "AES256"}};
  const auto confirmed = upload.Run();
  REQUIRE(confirmed);
  CHECK(upload.store.warnings.size() == 1);
  CHECK(confirmed->object.server_side_encryption == "AES256");
}

}  // namespace
}  // namespace s3conn
