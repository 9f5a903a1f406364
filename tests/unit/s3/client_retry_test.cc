#include <chrono>
#include <set>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "s3conn/s3/client.h"
#include "s3conn/s3/copy_object.h"
#include "s3conn/s3/delete_object.h"
#include "s3conn/s3/get_object.h"
#include "s3conn/s3/head_object.h"
#include "s3conn/s3/list_objects.h"
#include "s3conn/s3/put_object.h"
#include "support/catch.h"
#include "support/client_fixture.h"

namespace s3conn {
namespace {

using std::chrono::milliseconds;

Answer Stored() {
  return Reply(200, {{"ETag", "\"e\""}, {"Content-Length", "0"}});
}
Answer Busy() {
  return Reply(503, {}, ErrorXml("ServiceUnavailable"));
}

// Answers every request alike.
void AnswerAlways(ClientFixture& fixture, const Answer& answer) {
  fixture.http.AnswerWith([answer](const SentRequest&) { return answer; });
}

TEST_CASE("a 503 rewinds the body and signs anew") {
  ClientFixture fixture({Busy(), FailWith(ConnectionReset()), Stored()});
  fixture.clock.OnSleep([&fixture] { fixture.clock.Advance(std::chrono::minutes(1)); });
  const std::string body(5000, 'x');
  MemorySource source(body);
  REQUIRE(fixture.client.Call<PutObject>({"b", "k", ""}, {}, Body{&source, nullptr}));
  REQUIRE(fixture.sent_count() == 3);
  std::set<std::string> dates;
  std::set<std::string> signatures;
  for (const SentRequest& sent : fixture.http.requests()) {
    CHECK(sent.body == body);
    dates.insert(std::string(sent.Header("X-Amz-Date")));
    signatures.insert(std::string(sent.Header("Authorization")));
    CHECK(sent.Header("X-Amz-Content-SHA256") == fixture.sent(0).Header("X-Amz-Content-SHA256"));
  }
  CHECK(dates == std::set<std::string>{"20260115T000000Z", "20260115T000100Z", "20260115T000200Z"});
  CHECK(signatures.size() == 3);
  CHECK(fixture.credentials.fetches == 3);
}

TEST_CASE("answers that will not change are not asked for again") {
  for (const int status : {304, 403, 404, 405, 409, 412, 416, 501}) {
    CAPTURE(status);
    ClientFixture fixture;
    AnswerAlways(fixture, Reply(status));
    const auto head = fixture.client.Call<HeadObject>({"b", "k"}, {});
    REQUIRE_FALSE(head);
    CHECK(head.error().service->http_status == status);
    CHECK(fixture.sent_count() == 1);
    CHECK(fixture.clock.sleeps().empty());
  }
}

TEST_CASE("answers that may change are asked for again") {
  for (const int status : {408, 429, 500, 502, 503, 504}) {
    CAPTURE(status);
    ClientFixture fixture({Reply(status), Stored()});
    CHECK(fixture.client.Call<HeadObject>({"b", "k"}, {}));
    CHECK(fixture.sent_count() == 2);
  }
}

TEST_CASE("a network failure is tried again where that may help and only there") {
  ClientFixture passing({FailWith(ConnectionReset()), Stored()});
  CHECK(passing.client.Call<HeadObject>({"b", "k"}, {}));
  CHECK(passing.sent_count() == 2);
  Error certificate;
  certificate.kind = ErrorKind::kNetwork;
  certificate.message = "the certificate is not trusted";
  ClientFixture lasting({FailWith(certificate), Stored()});
  const auto head = lasting.client.Call<HeadObject>({"b", "k"}, {});
  REQUIRE_FALSE(head);
  CHECK(head.error().message == "the certificate is not trusted");
  CHECK(lasting.sent_count() == 1);
}

TEST_CASE("a single call is tried 3 times and a transfer 10 times") {
  ClientFixture fixture;
  AnswerAlways(fixture, Busy());
  CHECK_FALSE(fixture.client.Call<HeadObject>({"b", "k"}, {}));
  CHECK(fixture.sent_count() == 3);
  CHECK_FALSE(fixture.client.Call<GetObject>({"b", "k"}, {}));
  CHECK(fixture.sent_count() == 3 + 10);
  MemorySource source("x");
  CHECK_FALSE(fixture.client.Call<PutObject>({"b", "k", ""}, {}, Body{&source, nullptr}));
  CHECK(fixture.sent_count() == 3 + 10 + 10);
}

TEST_CASE("the number of attempts can be chosen for all calls") {
  ClientOptions options = CustomStore();
  options.max_attempts = 2;
  ClientFixture fixture({}, options);
  AnswerAlways(fixture, Busy());
  const auto head = fixture.client.Call<HeadObject>({"b", "k"}, {});
  REQUIRE_FALSE(head);
  CHECK(head.error().message == "said the service (ServiceUnavailable) (2 attempts)");
  CHECK_FALSE(fixture.client.Call<GetObject>({"b", "k"}, {}));
  CHECK(fixture.sent_count() == 4);
}

TEST_CASE("a success that turns out to be an error is tried again") {
  ClientFixture fixture(
      {Reply(200, {}, ErrorXml("InternalError")), Reply(200, {}, ErrorXml("AccessDenied")),
       Reply(200, {}, "<ListBucketResult><IsTruncated>false</IsTruncated></ListBucketResult>")});
  CHECK(fixture.client.Call<ListObjects>({.bucket = "b"}, {}));
  CHECK(fixture.sent_count() == 3);
}

TEST_CASE("an error that follows a long wait in a success is the error that the service tells") {
  constexpr std::string_view kDeclaration = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
  const std::string wait(1024, ' ');
  const std::string error = ErrorXml("AccessDenied");
  const std::string undeclared = error.substr(kDeclaration.size());
  ClientOptions options = CustomStore();
  options.max_attempts = 1;
  for (const std::string& body :
       {error, undeclared, wait + error, wait + undeclared, std::string(kDeclaration) + wait + undeclared,
        std::string("<Error xmlns=\"urn:x\"><Code>AccessDenied</Code></Error>")}) {
    CAPTURE(body);
    ClientFixture fixture({Reply(200, {}, body)}, options);
    const auto copied = fixture.client.Call<CopyObject>(
        {.source_bucket = "a", .source_key = "k", .bucket = "b", .key = "k"}, {});
    REQUIRE_FALSE(copied);
    CHECK(copied.error().kind == ErrorKind::kDenied);
    CHECK(copied.error().retryable);
    REQUIRE(copied.error().service);
    CHECK(copied.error().service->code == "AccessDenied");
  }
}

TEST_CASE("a result that holds errors is none itself") {
  for (const char* const body :
       {"<?xml version=\"1.0\"?><DeleteResult><Error><Key>k</Key></Error></DeleteResult>",
        "<Errors><Error/></Errors>", "<?xml", ""}) {
    CAPTURE(body);
    ClientFixture fixture({Reply(200, {{"ETag", "\"e\""}, {"Content-Length", "0"}}, body)});
    CHECK(fixture.client.Call<HeadObject>({"b", "k"}, {}));
  }
}

TEST_CASE("throttling waits as long as the service asks") {
  ClientFixture fixture({Reply(503, {{"x-amz-retry-after", "4000"}}, ErrorXml("SlowDown")), Stored()});
  REQUIRE(fixture.client.Call<HeadObject>({"b", "k"}, {}));
  CHECK(fixture.clock.sleeps() == std::vector<milliseconds>{milliseconds(4000)});
}

TEST_CASE("a call is changed before each attempt and what is changed is signed") {
  ClientFixture fixture({Busy(), Stored()});
  int attempts = 0;
  const AttemptHook hook = [&attempts](OperationRequest& request) {
    ++attempts;
    if (attempts == 2) request.headers.Set("Range", "bytes=5-");
  };
  REQUIRE(fixture.client.Call<HeadObject>({"b", "k"}, {}, {}, hook));
  CHECK(attempts == 2);
  CHECK(fixture.sent(0).request.headers.Find("Range") == nullptr);
  CHECK(fixture.sent(1).Header("Range") == "bytes=5-");
  CHECK(fixture.sent(1).Header("Authorization").find(";range;") != std::string_view::npos);
}

TEST_CASE("a change for one attempt is not left over for the next") {
  ClientFixture fixture({Busy(), Stored()});
  int attempts = 0;
  const AttemptHook hook = [&attempts](OperationRequest& request) {
    if (++attempts == 1) request.headers.Set("Range", "bytes=5-");
  };
  REQUIRE(fixture.client.Call<HeadObject>({"b", "k"}, {}, {}, hook));
  CHECK(fixture.sent(1).request.headers.Find("Range") == nullptr);
}

// A source that somebody writes to while it is sent.
class ChangingSource final : public BodySource {
 public:
  ByteCount size() const override { return bytes_.size(); }
  Result<std::size_t> Read(std::span<char> into) override { return bytes_.Read(into); }
  Status Rewind() override { return bytes_.Rewind(); }
  Status CheckUnchanged() const override { return Failure(ErrorKind::kIntegrity, "'f' changed"); }

 private:
  MemorySource bytes_{"0123456789"};
};

TEST_CASE("a failure with bytes that changed meanwhile is the change and is not tried again") {
  for (const Answer& answer : {Reply(400, {}, ErrorXml("BadDigest")), Busy(), FailWith(ConnectionReset())}) {
    ClientFixture fixture;
    AnswerAlways(fixture, answer);
    ChangingSource source;
    const auto put = fixture.client.Call<PutObject>({"b", "k", ""}, {}, Body{&source, nullptr});
    REQUIRE_FALSE(put);
    CHECK(put.error().kind == ErrorKind::kIntegrity);
    CHECK(put.error().message == "'f' changed");
    CHECK(fixture.sent_count() == 1);
  }
}

TEST_CASE("a key that holds the name of an error is listed like any other") {
  ClientFixture fixture(
      {Reply(200, {},
             "<ListBucketResult><IsTruncated>false</IsTruncated><Contents><Key>" + std::string(600, 'k') +
                 "&lt;Error></Key></Contents></ListBucketResult>")});
  CHECK(fixture.client.Call<ListObjects>({.bucket = "b"}, {}));
}

TEST_CASE("a stop during the wait ends the call as cancelled") {
  ClientFixture fixture;
  AnswerAlways(fixture, Busy());
  std::stop_source stop;
  fixture.clock.OnSleep([&stop] { stop.request_stop(); });
  const auto head = fixture.client.Call<HeadObject>({"b", "k"}, {.stop = stop.get_token()});
  REQUIRE_FALSE(head);
  CHECK(head.error().kind == ErrorKind::kCancelled);
  CHECK(fixture.sent_count() == 1);
}

// Asks for a stop as soon as it is read from.
class StoppingSource final : public BodySource {
 public:
  explicit StoppingSource(std::stop_source stop) : stop_(std::move(stop)) {}
  ByteCount size() const override { return 1_GiB; }
  Result<std::size_t> Read(std::span<char> into) override {
    ++reads;
    stop_.request_stop();
    return into.size();
  }
  Status Rewind() override { return {}; }

  int reads = 0;

 private:
  std::stop_source stop_;
};

TEST_CASE("a stop while a long source is hashed ends the call as cancelled") {
  ClientFixture fixture({Stored()});
  std::stop_source stop;
  StoppingSource source(stop);
  const auto put =
      fixture.client.Call<PutObject>({"b", "k", ""}, {.stop = stop.get_token()}, Body{&source, nullptr});
  REQUIRE_FALSE(put);
  CHECK(put.error().kind == ErrorKind::kCancelled);
  CHECK(source.reads == 1);
  CHECK(fixture.sent_count() == 0);
}

TEST_CASE("no attempt begins after the deadline") {
  ClientFixture fixture;
  AnswerAlways(fixture, Busy());
  const CallContext context{.deadline = fixture.clock.SteadyNow() + milliseconds(100)};
  CHECK_FALSE(fixture.client.Call<HeadObject>({"b", "k"}, context));
  CHECK(fixture.sent_count() == 2);
}

}  // namespace
}  // namespace s3conn
