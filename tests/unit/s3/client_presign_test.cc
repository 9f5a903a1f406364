#include <chrono>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "s3conn/s3/client.h"
#include "s3conn/s3/head_object.h"
#include "support/catch.h"
#include "support/client_fixture.h"

namespace s3conn {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::seconds;

OperationRequest Get(std::string bucket = "b") {
  OperationRequest operation;
  operation.method = "GET";
  operation.bucket = std::move(bucket);
  operation.key = "a b";
  return operation;
}

PresignedRequest Presigned(ClientFixture& fixture, const OperationRequest& operation,
                           seconds valid_for = seconds(60)) {
  Result<PresignedRequest> presigned = fixture.client.Presign(operation, valid_for, {});
  REQUIRE(presigned);
  return *std::move(presigned);
}

bool Contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

}  // namespace

TEST_CASE("a presigned URL says who signed what and for how long") {
  ClientFixture fixture;
  const PresignedRequest presigned = Presigned(fixture, Get(), seconds(900));
  CHECK(presigned.url.starts_with("http://store.test:9000/b/a%20b?X-Amz-Algorithm=AWS4-HMAC-SHA256&"));
  CHECK(Contains(presigned.url, "&X-Amz-Credential=AKIDEXAMPLE%2F20260115%2Fus-east-1%2Fs3%2Faws4_request&"));
  CHECK(Contains(presigned.url, "&X-Amz-Date=20260115T000000Z&"));
  CHECK(Contains(presigned.url, "&X-Amz-Expires=900&"));
  CHECK(Contains(presigned.url, "&X-Amz-SignedHeaders=host&"));
  const std::size_t signature = presigned.url.find("&X-Amz-Signature=");
  REQUIRE(signature != std::string::npos);
  CHECK(presigned.url.size() - signature - std::string_view("&X-Amz-Signature=").size() == 64);
  CHECK(presigned.headers.size() == 0);
  CHECK(presigned.expires == fixture.clock.Now() + seconds(900));
  CHECK(fixture.sent_count() == 0);
}

TEST_CASE("the method and the query and the secret of a presigned URL are signed") {
  std::set<std::string> signatures;
  const auto add = [&signatures](ClientFixture& fixture, const OperationRequest& operation) {
    const std::string url = Presigned(fixture, operation).url;
    signatures.insert(url.substr(url.find("&X-Amz-Signature=")));
  };
  ClientFixture fixture;
  add(fixture, Get());
  OperationRequest operation = Get();
  operation.method = "PUT";
  add(fixture, operation);
  operation = Get();
  operation.query.push_back({"versionId", "v1"});
  add(fixture, operation);
  fixture.credentials.given =
      Credentials{"AKIDEXAMPLE", Secret(std::string("another")), Secret(), std::nullopt};
  add(fixture, Get());
  CHECK(signatures.size() == 4);
}

TEST_CASE("whoever sends a presigned request must send its headers too") {
  ClientFixture fixture;
  OperationRequest operation = Get();
  operation.method = "PUT";
  operation.headers = {{"Content-Type", "text/plain"}, {"x-amz-acl", "private"}};
  const PresignedRequest presigned = Presigned(fixture, operation);
  CHECK(Contains(presigned.url, "&X-Amz-SignedHeaders=content-type%3Bhost%3Bx-amz-acl&"));
  REQUIRE(presigned.headers.size() == 2);
  CHECK(presigned.headers.Get("Content-Type") == "text/plain");
  CHECK(presigned.headers.Get("x-amz-acl") == "private");
}

TEST_CASE("who pays for a presigned request stands in its URL") {
  ClientOptions options = CustomStore();
  options.request_payer = true;
  ClientFixture fixture({}, options);
  const PresignedRequest presigned = Presigned(fixture, Get());
  CHECK(presigned.headers.Find("x-amz-request-payer") == nullptr);
  CHECK(Contains(presigned.url, "x-amz-request-payer=requester&"));
  CHECK(Contains(presigned.url, "&X-Amz-SignedHeaders=host&"));
}

TEST_CASE("a presigned URL tells of long-lived credentials and of a session") {
  ClientFixture fixture;
  const PresignedRequest lasting = Presigned(fixture, Get());
  CHECK_FALSE(lasting.session_credentials);
  CHECK_FALSE(lasting.credentials_expire);
  CHECK_FALSE(Contains(lasting.url, "X-Amz-Security-Token"));

  const Timestamp end = fixture.clock.Now() + hours(1);
  fixture.credentials.given =
      Credentials{"ASIA", Secret(std::string("secret")), Secret(std::string("to/ken")), end};
  const PresignedRequest session = Presigned(fixture, Get(), seconds(hours(24)));
  CHECK(session.session_credentials);
  CHECK(session.credentials_expire == end);
  CHECK(session.expires == fixture.clock.Now() + hours(24));
  CHECK(Contains(session.url, "&X-Amz-Security-Token=to%2Fken&"));
}

TEST_CASE("a presigned URL ends by the second that its date says") {
  ClientFixture fixture;
  const Timestamp full = fixture.clock.Now();
  fixture.clock.Advance(milliseconds(999));
  const PresignedRequest presigned = Presigned(fixture, Get(), seconds(60));
  CHECK(Contains(presigned.url, "&X-Amz-Date=20260115T000000Z&"));
  CHECK(presigned.expires == full + seconds(60));
}

TEST_CASE("a region that was learned of a bucket holds for its presigned URLs") {
  ClientFixture fixture({Reply(301, {{"x-amz-bucket-region", "eu-central-1"}}),
                         Reply(200, {{"ETag", "\"e\""}, {"Content-Length", "0"}})},
                        Aws());
  REQUIRE(fixture.client.Call<HeadObject>({"my-bucket", "k"}, {}));
  const std::string url = Presigned(fixture, Get("my-bucket")).url;
  CHECK(url.starts_with("https://my-bucket.s3.eu-central-1.amazonaws.com/a%20b?"));
  CHECK(Contains(url, "%2F20260115%2Feu-central-1%2Fs3%2Faws4_request&"));
  CHECK(Contains(Presigned(fixture, Get("another")).url, "another.s3.eu-west-1.amazonaws.com"));
}

TEST_CASE("a clock that was learned holds for presigned URLs") {
  ClientFixture fixture(
      {Reply(403, {{"Date", "Thu, 15 Jan 2026 01:00:00 GMT"}}, ErrorXml("RequestTimeTooSkewed")),
       Reply(200, {{"ETag", "\"e\""}, {"Content-Length", "0"}})});
  REQUIRE(fixture.client.Call<HeadObject>({"b", "k"}, {}));
  CHECK(Contains(Presigned(fixture, Get()).url, "&X-Amz-Date=20260115T010000Z&"));
}

TEST_CASE("a presigned URL is valid for 1 second to 7 days") {
  ClientFixture fixture;
  Presigned(fixture, Get(), seconds(1));
  Presigned(fixture, Get(), seconds(604'800));
  for (const seconds bad : {seconds(0), seconds(-1), seconds(604'801), seconds::max()}) {
    CAPTURE(bad.count());
    const auto refused = fixture.client.Presign(Get(), bad, {});
    REQUIRE_FALSE(refused);
    CHECK(refused.error().kind == ErrorKind::kUsage);
  }
}

TEST_CASE("without credentials nothing can be presigned") {
  ClientFixture fixture;
  fixture.credentials.given = std::optional<Credentials>();
  const auto none = fixture.client.Presign(Get(), seconds(60), {});
  REQUIRE_FALSE(none);
  CHECK(none.error().kind == ErrorKind::kCredentials);
  fixture.credentials.given = Failure(ErrorKind::kConfig, "half a key pair");
  const auto broken = fixture.client.Presign(Get(), seconds(60), {});
  REQUIRE_FALSE(broken);
  CHECK(broken.error().message == "half a key pair");
}

TEST_CASE("an anonymous client signs no URL whatever credentials there are") {
  ClientOptions options = CustomStore();
  options.signing = Signing::kAnonymous;
  ClientFixture fixture({}, options);
  const auto refused = fixture.client.Presign(Get(), seconds(60), {});
  REQUIRE_FALSE(refused);
  CHECK(refused.error().kind == ErrorKind::kUsage);
  CHECK_FALSE(refused.error().hint.empty());
  CHECK(fixture.credentials.fetches == 0);
}

}  // namespace s3conn
