#include "s3/corrections.h"

#include <string>
#include <string_view>
#include <vector>

#include "s3conn/s3/get_object.h"
#include "s3conn/s3/head_object.h"
#include "s3conn/s3/put_object.h"
#include "support/catch.h"
#include "support/client_fixture.h"

namespace s3conn {
namespace {

Answer Stored() {
  return Reply(200, {{"ETag", "\"e\""}, {"Content-Length", "0"}});
}

// S3's answer to a request for a bucket of another region.
Answer Redirect(int status, std::string_view region) {
  return Reply(status, {{"x-amz-bucket-region", std::string(region)}},
               ErrorXml(status == 307 ? "TemporaryRedirect" : "PermanentRedirect"));
}

// S3's answer to a signature for another region than the one it is in.
Answer Malformed(std::string_view region) {
  return Reply(400, {},
               ErrorXml("AuthorizationHeaderMalformed", "the region is wrong",
                        "<Region>" + std::string(region) + "</Region>"));
}

std::string_view ScopeRegion(const SentRequest& sent) {
  std::string_view authorization = sent.Header("Authorization");
  authorization.remove_prefix(authorization.find("20260115/") + 9);
  return authorization.substr(0, authorization.find('/'));
}

// Collects what is emitted of one kind.
template <typename Kind, typename Told>
EventSink Collect(std::vector<Told>& into, Told (*tell)(const Kind&)) {
  return [&into, tell](const Event& event) {
    if (const Kind* kind = std::get_if<Kind>(&event)) into.push_back(tell(*kind));
  };
}

std::string TellRegion(const RegionCorrected& corrected) {
  return std::string(corrected.bucket) + " " + std::string(corrected.used) + " " +
         std::string(corrected.named);
}

std::string TellWarning(const Warning& warning) {
  return warning.text;
}

}  // namespace

TEST_CASE("a request is signed once more for the region that the service names") {
  std::vector<std::string> told;
  const EventSink sink = Collect<RegionCorrected>(told, TellRegion);
  CallContext context;
  context.events = &sink;
  for (const Answer& answer :
       {Redirect(301, "eu-central-1"), Redirect(307, "eu-central-1"), Malformed("eu-central-1"),
        Reply(400, {{"x-amz-bucket-region", "eu-central-1"}})}) {
    told.clear();
    ClientFixture fixture({answer, Stored(), Stored()}, Aws());
    REQUIRE(fixture.client.Call<HeadObject>({"my-bucket", "k"}, context));
    REQUIRE(fixture.sent_count() == 2);
    CHECK(ScopeRegion(fixture.sent(0)) == "eu-west-1");
    CHECK(ScopeRegion(fixture.sent(1)) == "eu-central-1");
    CHECK(fixture.sent(1).request.origin.host == "my-bucket.s3.eu-central-1.amazonaws.com");
    CHECK(told == std::vector<std::string>{"my-bucket eu-west-1 eu-central-1"});
    CHECK(fixture.clock.sleeps().empty());

    // The next request begins there, and nothing is told again.
    REQUIRE(fixture.client.Call<HeadObject>({"my-bucket", "k"}, context));
    CHECK(ScopeRegion(fixture.sent(2)) == "eu-central-1");
    CHECK(told.size() == 1);
  }
}

TEST_CASE("what is learned of one bucket is not held for another") {
  ClientFixture fixture({Redirect(301, "eu-central-1"), Stored(), Stored()}, Aws());
  REQUIRE(fixture.client.Call<HeadObject>({"my-bucket", "k"}, {}));
  REQUIRE(fixture.client.Call<HeadObject>({"another", "k"}, {}));
  CHECK(fixture.sent(2).request.origin.host == "another.s3.eu-west-1.amazonaws.com");
}

TEST_CASE("a store of one's own keeps its address and gets the region it names") {
  ClientFixture fixture({Malformed("my-place"), Stored()});
  MemorySource source("bytes");
  REQUIRE(fixture.client.Call<PutObject>({"b", "k", ""}, {}, Body{&source, nullptr}));
  CHECK(Url(fixture.sent(1).request) == "http://store.test:9000/b/k");
  CHECK(ScopeRegion(fixture.sent(1)) == "my-place");
  CHECK(fixture.sent(1).body == "bytes");
}

TEST_CASE("a redirect without a region is resolved by asking for the bucket") {
  ClientFixture fixture({Reply(301), Redirect(301, "eu-central-1"), Stored()}, Aws());
  REQUIRE(fixture.client.Call<GetObject>({"my-bucket", "k"}, {}));
  CHECK(fixture.sent(1).request.method == "HEAD");
  CHECK(fixture.sent(1).request.path == "/");
  CHECK(fixture.sent(2).request.origin.host == "my-bucket.s3.eu-central-1.amazonaws.com");
}

TEST_CASE("a bare refusal of a HEAD by a store of one's own is resolved by a GET that is told the reason") {
  ClientFixture fixture({Reply(400), Malformed("my-place"), Stored()});
  REQUIRE(fixture.client.Call<HeadObject>({"b", "k"}, {}));
  REQUIRE(fixture.sent_count() == 3);
  CHECK(fixture.sent(1).request.method == "GET");
  CHECK(Url(fixture.sent(1).request) == "http://store.test:9000/b?location=");
  CHECK(fixture.sent(2).request.method == "HEAD");
  CHECK(ScopeRegion(fixture.sent(2)) == "my-place");
}

TEST_CASE("a bare refusal of a HEAD that has another reason stays one") {
  ClientFixture fixture({Reply(400), Reply(200, {}, "<LocationConstraint/>")});
  const auto head = fixture.client.Call<HeadObject>({"b", "k"}, {});
  REQUIRE_FALSE(head);
  CHECK(head.error().service->http_status == 400);
  CHECK(fixture.sent_count() == 2);
}

TEST_CASE("a region is followed once") {
  ClientFixture fixture({Redirect(301, "eu-central-1"), Redirect(301, "eu-north-1")}, Aws());
  const auto head = fixture.client.Call<HeadObject>({"my-bucket", "k"}, {});
  REQUIRE_FALSE(head);
  CHECK(head.error().kind == ErrorKind::kConfig);
  CHECK(fixture.sent_count() == 2);
}

TEST_CASE("a request that was under way while another learned its region is signed again too") {
  std::vector<std::string> told;
  const EventSink sink = Collect<RegionCorrected>(told, TellRegion);
  CallContext context;
  context.events = &sink;
  ClientFixture fixture({}, Aws());
  int asked = 0;
  fixture.http.AnswerWith([&](const SentRequest& sent) {
    if (ScopeRegion(sent) == "eu-central-1") return Stored();
    // The first is answered only after the second has come back.
    if (++asked == 1) REQUIRE(fixture.client.Call<HeadObject>({"my-bucket", "second"}, context));
    return Redirect(301, "eu-central-1");
  });
  CHECK(fixture.client.Call<HeadObject>({"my-bucket", "first"}, context));
  CHECK(asked == 2);
  CHECK(told.size() == 1);
}

TEST_CASE("a region that would lead elsewhere is not followed") {
  for (const std::string_view region :
       {"evil.test/", "a b", "", "cn-north-1", "us-gov-west-1", "eu-west-1"}) {
    CAPTURE(region);
    ClientFixture fixture({Malformed(region)}, Aws());
    const auto head = fixture.client.Call<HeadObject>({"my-bucket", "k"}, {});
    REQUIRE_FALSE(head);
    for (std::size_t i = 0; i < fixture.sent_count(); ++i) {
      CHECK(fixture.sent(i).request.origin.host == "my-bucket.s3.eu-west-1.amazonaws.com");
    }
    CHECK(fixture.sent_count() <= 2);  // the second asks for the bucket where no region was named
  }
}

TEST_CASE("a request is signed once more by the service's clock") {
  std::vector<std::string> told;
  const EventSink sink = Collect<Warning>(told, TellWarning);
  CallContext context;
  context.events = &sink;
  const Headers twenty_minutes_on = {{"Date", "Thu, 15 Jan 2026 00:20:00 GMT"}};
  const std::string server_time = "<ServerTime>2026-01-15T00:20:00Z</ServerTime>";
  for (const Answer& answer : {Reply(403, twenty_minutes_on, ErrorXml("RequestTimeTooSkewed")),
                               Reply(403, {}, ErrorXml("RequestTimeTooSkewed", "off", server_time)),
                               // What a HEAD gets.
                               Reply(403, twenty_minutes_on)}) {
    told.clear();
    ClientFixture fixture({answer, Stored(), Stored()});
    REQUIRE(fixture.client.Call<HeadObject>({"b", "k"}, context));
    CHECK(fixture.sent(0).Header("X-Amz-Date") == "20260115T000000Z");
    CHECK(fixture.sent(1).Header("X-Amz-Date") == "20260115T002000Z");
    REQUIRE(told.size() == 1);
    CHECK(told[0].find("20 minutes behind the store's") != std::string::npos);
    CHECK(fixture.clock.sleeps().empty());
    REQUIRE(fixture.client.Call<HeadObject>({"b", "k"}, context));
    CHECK(fixture.sent(2).Header("X-Amz-Date") == "20260115T002000Z");
    CHECK(told.size() == 1);
  }
}

TEST_CASE("a request that was under way while another learned the clock is signed again too") {
  std::vector<std::string> told;
  const EventSink sink = Collect<Warning>(told, TellWarning);
  CallContext context;
  context.events = &sink;
  ClientFixture fixture;
  int asked = 0;
  fixture.http.AnswerWith([&](const SentRequest& sent) {
    if (sent.Header("X-Amz-Date") == "20260115T002000Z") return Stored();
    if (++asked == 1) REQUIRE(fixture.client.Call<HeadObject>({"b", "second"}, context));
    return Reply(403, {{"Date", "Thu, 15 Jan 2026 00:20:00 GMT"}});
  });
  CHECK(fixture.client.Call<HeadObject>({"b", "first"}, context));
  CHECK(asked == 2);
  CHECK(told.size() == 1);
}

TEST_CASE("how far a clock is off is rounded to whole minutes") {
  std::vector<std::string> told;
  const EventSink sink = Collect<Warning>(told, TellWarning);
  CallContext context;
  context.events = &sink;
  // Services tell whole seconds: 20 minutes are mostly a little less.
  const Headers almost_twenty_on = {{"Date", "Thu, 15 Jan 2026 00:19:59 GMT"}};
  ClientFixture fixture({Reply(403, almost_twenty_on, ErrorXml("RequestTimeTooSkewed")), Stored()});
  REQUIRE(fixture.client.Call<HeadObject>({"b", "k"}, context));
  REQUIRE(told.size() == 1);
  CHECK(told[0].find("20 minutes behind the store's") != std::string::npos);
}

TEST_CASE("a clock that stays wrong is told after one more try") {
  const Answer skewed =
      Reply(403, {{"Date", "Wed, 14 Jan 2026 23:00:00 GMT"}}, ErrorXml("RequestTimeTooSkewed"));
  ClientFixture fixture({skewed, skewed});
  const auto head = fixture.client.Call<HeadObject>({"b", "k"}, {});
  REQUIRE_FALSE(head);
  CHECK(head.error().service->code == "RequestTimeTooSkewed");
  CHECK(fixture.sent_count() == 2);
}

TEST_CASE("a denial by a service whose clock agrees is a denial") {
  ClientFixture fixture({Reply(403, {{"Date", "Thu, 15 Jan 2026 00:10:00 GMT"}})});
  const auto head = fixture.client.Call<HeadObject>({"b", "k"}, {});
  REQUIRE_FALSE(head);
  CHECK(head.error().kind == ErrorKind::kDenied);
  CHECK(fixture.sent_count() == 1);
}

}  // namespace s3conn
