#include "s3conn/s3/client.h"

#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "base/hash.h"
#include "base/text.h"
#include "s3conn/s3/buckets.h"
#include "s3conn/s3/copy_object.h"
#include "s3conn/s3/get_object.h"
#include "s3conn/s3/head_object.h"
#include "s3conn/s3/put_object.h"
#include "support/catch.h"
#include "support/client_fixture.h"

namespace s3conn {
namespace {

constexpr std::string_view kEmptyHash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

// Longer than the pieces it is read in.
std::string LongBody() {
  return std::string(5000, 'x') + "end";
}

Answer Stored() {
  return Reply(200, {{"ETag", "\"e\""}, {"Content-Length", "0"}});
}

bool Contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

// What an upload with those options says of its payload.
std::string UploadPayload(ClientOptions options) {
  ClientFixture fixture({Stored()}, std::move(options));
  MemorySource source(LongBody());
  REQUIRE(fixture.client.Call<PutObject>({"b", "k", ""}, {}, Body{&source, nullptr}));
  CHECK(fixture.sent(0).body == LongBody());
  return std::string(fixture.sent(0).Header("X-Amz-Content-SHA256"));
}

// A source whose bytes are never in memory as a whole.
class StreamedSource final : public BodySource {
 public:
  explicit StreamedSource(std::string bytes) : bytes_(std::move(bytes)) {}
  ByteCount size() const override { return bytes_.size(); }
  Result<std::size_t> Read(std::span<char> into) override {
    if (failure) return Failure(*failure);
    return bytes_.Read(into);
  }
  Status Rewind() override { return bytes_.Rewind(); }

  std::optional<Error> failure;

 private:
  MemorySource bytes_;
};

TEST_CASE("a request is addressed and signed for its region and time") {
  ClientFixture fixture({Stored()});
  REQUIRE(fixture.client.Call<HeadObject>({"b", "a b"}, {}));
  const SentRequest& sent = fixture.sent(0);
  CHECK(Url(sent.request) == "http://store.test:9000/b/a%20b");
  CHECK(sent.request.method == "HEAD");
  CHECK(sent.Header("X-Amz-Date") == "20260115T000000Z");
  CHECK(sent.Header("X-Amz-Content-SHA256") == kEmptyHash);
  CHECK(Contains(sent.Header("Authorization"),
                 "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20260115/us-east-1/s3/aws4_request, "
                 "SignedHeaders=host;x-amz-checksum-mode;x-amz-content-sha256;x-amz-date, Signature="));
}

TEST_CASE("a request on an access point is signed for the region and service of its ARN") {
  ClientFixture fixture({Stored()}, Aws());
  REQUIRE(fixture.client.Call<HeadObject>(
      {"arn:aws:s3-object-lambda:us-west-2:123456789012:accesspoint/my-ap", "k"}, {}));
  const SentRequest& sent = fixture.sent(0);
  CHECK(Url(sent.request) == "https://my-ap-123456789012.s3-object-lambda.us-west-2.amazonaws.com/k");
  CHECK(Contains(sent.Header("Authorization"), "/20260115/us-west-2/s3-object-lambda/aws4_request, "));
}

TEST_CASE("an address that can not be made ends the call before anything is sent") {
  ClientOptions options = Aws();
  options.fips = true;
  options.accelerate = true;
  ClientFixture fixture({Stored()}, options);
  const auto head = fixture.client.Call<HeadObject>({"b", "k"}, {});
  REQUIRE_FALSE(head);
  CHECK(head.error().kind == ErrorKind::kConfig);
  CHECK(fixture.sent_count() == 0);
  CHECK(fixture.clock.sleeps().empty());
  CHECK(fixture.credentials.fetches == 0);
}

TEST_CASE("a session token is sent and signed") {
  ClientFixture fixture({Stored()});
  fixture.credentials.given =
      Credentials{"ASIA", Secret(std::string("secret")), Secret(std::string("token")), std::nullopt};
  REQUIRE(fixture.client.Call<HeadObject>({"b", "k"}, {}));
  CHECK(fixture.sent(0).Header("X-Amz-Security-Token") == "token");
  CHECK(Contains(fixture.sent(0).Header("Authorization"), "x-amz-security-token"));
}

TEST_CASE("an anonymous request carries nothing of a signature") {
  ClientOptions options = CustomStore();
  options.signing = Signing::kAnonymous;
  ClientFixture fixture({Stored(), Stored()}, options);
  REQUIRE(fixture.client.Call<HeadObject>({"b", "k"}, {}));
  MemorySource source(LongBody());
  REQUIRE(fixture.client.Call<PutObject>({"b", "k", ""}, {}, Body{&source, nullptr}));
  for (const std::string_view name :
       {"Authorization", "X-Amz-Date", "X-Amz-Content-SHA256", "X-Amz-Security-Token"}) {
    CAPTURE(name);
    CHECK(fixture.sent(0).request.headers.Find(name) == nullptr);
    CHECK(fixture.sent(1).request.headers.Find(name) == nullptr);
  }
  CHECK(fixture.credentials.fetches == 0);
}

TEST_CASE("who agrees to pay says so in requests on buckets and their objects alone") {
  ClientOptions options = CustomStore();
  options.request_payer = true;
  ClientFixture fixture({Stored(), Reply(200), Reply(200, {}, "<ListAllMyBucketsResult/>")}, options);
  REQUIRE(fixture.client.Call<HeadObject>({"b", "k"}, {}));
  REQUIRE(fixture.client.Call<HeadBucket>({"b"}, {}));
  REQUIRE(fixture.client.Call<ListBuckets>({}, {}));
  for (const std::size_t on_bucket : {0U, 1U}) {
    CHECK(fixture.sent(on_bucket).Header("x-amz-request-payer") == "requester");
    CHECK(Contains(fixture.sent(on_bucket).Header("Authorization"), ";x-amz-request-payer"));
  }
  CHECK(fixture.sent(2).request.headers.Find("x-amz-request-payer") == nullptr);
}

TEST_CASE("who does not agree to pay says nothing of it") {
  ClientFixture fixture({Stored()});
  REQUIRE(fixture.client.Call<HeadObject>({"b", "k"}, {}));
  CHECK(fixture.sent(0).request.headers.Find("x-amz-request-payer") == nullptr);
}

TEST_CASE("an operation says how its request goes over the wire") {
  ClientFixture fixture({Stored(), Reply(200, {}, "<CopyObjectResult/>"), Stored()});
  REQUIRE(fixture.client.Call<HeadObject>({"b", "k"}, {}));
  REQUIRE(fixture.client.Call<CopyObject>(
      {.source_bucket = "a", .source_key = "k", .bucket = "b", .key = "k"}, {}));
  REQUIRE(fixture.client.Call<PutObject>({"b", "k", "", {}, {.if_none_match = true}}, {}));
  const auto ways = [&fixture](std::size_t index) {
    const HttpRequest& request = fixture.sent(index).request;
    return std::pair(request.slow_answer, request.fresh_connection);
  };
  CHECK(ways(0) == std::pair(false, false));
  CHECK(ways(1) == std::pair(true, false));
  CHECK(ways(2) == std::pair(false, true));
}

TEST_CASE("a client knows whether it talks to AWS") {
  CHECK(ClientFixture({}, Aws()).client.is_aws());
  CHECK_FALSE(ClientFixture().client.is_aws());
}

TEST_CASE("the bytes of an upload are in the signature on a store of one's own") {
  CHECK(UploadPayload(CustomStore()) == HexEncode(Sha256(LongBody())));
}

TEST_CASE("the bytes of an upload to AWS are left to TLS") {
  CHECK(UploadPayload(Aws()) == "UNSIGNED-PAYLOAD");
}

TEST_CASE("whether the bytes of an upload are signed can be chosen") {
  ClientOptions options = CustomStore();
  options.payload_signing = false;
  CHECK(UploadPayload(options) == "UNSIGNED-PAYLOAD");
  options = Aws();
  options.payload_signing = true;
  CHECK(UploadPayload(options) == HexEncode(Sha256(LongBody())));
}

TEST_CASE("a source that is not in memory is hashed and then sent from its start") {
  ClientFixture fixture({Stored()});
  StreamedSource source(LongBody());
  REQUIRE(fixture.client.Call<PutObject>({"b", "k", ""}, {}, Body{&source, nullptr}));
  CHECK(fixture.sent(0).body == LongBody());
  CHECK(fixture.sent(0).Header("X-Amz-Content-SHA256") == HexEncode(Sha256(LongBody())));
}

TEST_CASE("documents and requests without a body are signed on AWS too") {
  ClientFixture fixture({Reply(200), Reply(200)}, Aws());
  REQUIRE(fixture.client.Call<CreateBucket>({"my-bucket", "eu-west-1"}, {}));
  CHECK(Contains(fixture.sent(0).body, "<LocationConstraint>eu-west-1<"));
  CHECK(fixture.sent(0).Header("X-Amz-Content-SHA256") == HexEncode(Sha256(fixture.sent(0).body)));
  REQUIRE(fixture.client.Call<HeadBucket>({"my-bucket"}, {}));
  CHECK(fixture.sent(1).Header("X-Amz-Content-SHA256") == kEmptyHash);
}

TEST_CASE("how uploads are protected follows from endpoint and options") {
  const auto integrity = [](ClientOptions options) {
    return ClientFixture({}, std::move(options)).client.upload_integrity();
  };
  CHECK_FALSE(integrity(Aws()).signed_payload);
  CHECK(integrity(Aws()).crc64nvme_header);
  CHECK(integrity(CustomStore()).signed_payload);
  CHECK_FALSE(integrity(CustomStore()).crc64nvme_header);
  ClientOptions options = CustomStore();
  options.send_checksums = true;
  options.signing = Signing::kAnonymous;
  CHECK_FALSE(integrity(options).signed_payload);
  CHECK(integrity(options).crc64nvme_header);
  options = Aws();
  options.send_checksums = false;
  CHECK_FALSE(integrity(options).crc64nvme_header);
}

TEST_CASE("a bad request is refused before anything is sent") {
  ClientFixture fixture({Stored()});
  const auto head = fixture.client.Call<HeadObject>({"b", ""}, {});
  REQUIRE_FALSE(head);
  CHECK(head.error().kind == ErrorKind::kUsage);
  CHECK(fixture.sent_count() == 0);
}

TEST_CASE("without credentials nothing is sent") {
  ClientFixture fixture({Stored()});
  fixture.credentials.given = std::optional<Credentials>();
  const auto none = fixture.client.Call<HeadObject>({"b", "k"}, {});
  REQUIRE_FALSE(none);
  CHECK(none.error().kind == ErrorKind::kCredentials);
  fixture.credentials.given = Failure(ErrorKind::kConfig, "half a key pair");
  const auto broken = fixture.client.Call<HeadObject>({"b", "k"}, {});
  REQUIRE_FALSE(broken);
  CHECK(broken.error().kind == ErrorKind::kConfig);
  CHECK(broken.error().message == "half a key pair");
  CHECK(fixture.sent_count() == 0);
}

TEST_CASE("a source that fails while it is hashed ends the call before anything is sent") {
  ClientFixture fixture({Stored()});
  StreamedSource source(LongBody());
  source.failure = Failure(ErrorKind::kLocalIo, "read f: I/O error").value();
  const auto put = fixture.client.Call<PutObject>({"b", "k", ""}, {}, Body{&source, nullptr});
  REQUIRE_FALSE(put);
  CHECK(put.error().message == "read f: I/O error");
  CHECK(fixture.sent_count() == 0);
}

TEST_CASE("whoever watches sees what was signed") {
  ClientFixture fixture({Stored()});
  std::string canonical;
  std::string to_sign;
  const EventSink events = [&](const Event& event) {
    if (const auto* computed = std::get_if<SignatureComputed>(&event)) {
      canonical = computed->canonical_request;
      to_sign = computed->string_to_sign;
    }
  };
  REQUIRE(fixture.client.Call<HeadObject>({"b", "k"}, {.events = &events}));
  CHECK(Contains(canonical, "HEAD\n/b/k\n\nhost:store.test:9000\n"));
  CHECK(Contains(to_sign, HexEncode(Sha256(canonical))));
}

TEST_CASE("a wrong signature is blamed on the secret when both sides signed the same text") {
  ClientFixture fixture;
  std::string to_sign;
  const EventSink events = [&](const Event& event) {
    if (const auto* computed = std::get_if<SignatureComputed>(&event)) to_sign = computed->string_to_sign;
  };
  bool same = true;
  fixture.http.AnswerWith([&](const SentRequest&) {
    const std::string theirs = same ? to_sign : to_sign + "x";
    return Reply(403, {},
                 ErrorXml("SignatureDoesNotMatch", "m", "<StringToSign>" + theirs + "</StringToSign>"));
  });
  const auto mismatch = [&] {
    const auto head = fixture.client.Call<GetObject>({"b", "k"}, {.events = &events});
    REQUIRE_FALSE(head);
    CHECK(head.error().kind == ErrorKind::kDenied);
    return head.error().hint;
  };
  CHECK(Contains(mismatch(), "secret key is wrong"));
  same = false;
  CHECK(Contains(mismatch(), "changed the request on its way"));
}

}  // namespace
}  // namespace s3conn
