#include "transfer/empty_bucket.h"

#include <chrono>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "support/catch.h"
#include "support/client_fixture.h"
#include "unit/transfer/fake_bucket.h"

namespace s3conn {
namespace {

using Mode = EmptyBucketRequest::Mode;
using Lines = std::vector<std::string>;

// A bucket that is emptied, with what was told of it: "version k v1", "marker k v2 AccessDenied", "upload k
// u1".
struct Emptying {
  Emptying() {
    fixture.http.AnswerWith([this](const SentRequest& sent) { return bucket(sent); });
  }

  Status Run(Mode mode = Mode::kForReal, std::uint64_t page_size = 1000) {
    RetryQuota quota;
    RetrySettings settings;
    settings.max_attempts = 3;
    const RetryTools retry{settings, [] { return 1.0; }, quota, fixture.clock};
    return EmptyBucket(fixture.client, {"b", mode, page_size}, retry, context,
                       [this](const std::vector<Removal>& removals) { return Tell(removals); });
  }

  Status Tell(const std::vector<Removal>& removals) {
    largest = std::max(largest, removals.size());
    for (const Removal& removal : removals) {
      std::string line = removal.what == Removal::What::kUpload         ? "upload"
                         : removal.what == Removal::What::kDeleteMarker ? "marker"
                                                                        : "version";
      line += " " + removal.key + " " + removal.id;
      if (removal.error) {
        line += " " + (removal.error->service ? removal.error->service->code : removal.error->message);
        messages.push_back(removal.error->message);
      }
      told.push_back(line);
    }
    return answer;
  }

  std::size_t Count(std::string_view method, std::string_view parameter) const {
    std::size_t count = 0;
    for (const SentRequest& sent : fixture.http.requests()) {
      if (sent.request.method == method && FakeBucket::Has(sent, parameter)) ++count;
    }
    return count;
  }

  FakeBucket bucket;
  ClientFixture fixture;
  CallContext context;
  Status answer;  // of the callback
  Lines told;
  Lines messages;
  std::size_t largest = 0;
};

TEST_CASE("every version and marker and upload of a bucket is removed and told of") {
  Emptying emptying;
  emptying.bucket.versions = {{"a", "v1"}, {"a", "v2", true}, {"b", "null"}};
  emptying.bucket.uploads = {{"c", "u1"}, {"c", "u2"}};
  REQUIRE(emptying.Run());
  CHECK(emptying.bucket.versions.empty());
  CHECK(emptying.bucket.uploads.empty());
  CHECK(emptying.told ==
        Lines{"upload c u1", "upload c u2", "version a v1", "marker a v2", "version b null"});
  CHECK(emptying.Count("POST", "delete") == 1);
}

TEST_CASE("an empty bucket is listed once and nothing is told") {
  Emptying emptying;
  REQUIRE(emptying.Run());
  CHECK(emptying.told.empty());
  CHECK(emptying.fixture.sent_count() == 3);
}

TEST_CASE("a bucket is emptied by pages of the size that is asked for") {
  Emptying emptying;
  for (int i = 0; i < 7; ++i) {
    emptying.bucket.versions.push_back({"k" + std::to_string(i), "v"});
    emptying.bucket.uploads.push_back({"k" + std::to_string(i), "u"});
  }
  REQUIRE(emptying.Run(Mode::kForReal, 3));
  CHECK(emptying.bucket.versions.empty());
  CHECK(emptying.bucket.uploads.empty());
  CHECK(emptying.told.size() == 14);
  CHECK(emptying.largest == 3);
  CHECK(emptying.Count("POST", "delete") == 3);
}

TEST_CASE("keys that XML cannot carry are deleted one by one with their version") {
  Emptying emptying;
  emptying.bucket.versions = {{"a\x01", "v1"}, {"b", "v2"}, {"c\r\n", "v3"}, {"d\xff", "v4"}};
  REQUIRE(emptying.Run());
  CHECK(emptying.bucket.versions.empty());
  CHECK(emptying.told == Lines{"version b v2", "version c\r\n v3", "version a\x01 v1", "version d\xff v4"});
  CHECK(emptying.Count("DELETE", "versionId") == 2);
}

TEST_CASE("what cannot be deleted is told once and stops nothing else") {
  Emptying emptying;
  emptying.bucket.versions = {{"a", "v1"}, {"b", "v1"}, {"c", "v1"}, {"d\x01", "v1"}};
  emptying.bucket.uploads = {{"b", "u1"}, {"e", "u1"}};
  emptying.bucket.refusals = {{"b", {"AccessDenied"}}, {"d\x01", {"AccessDenied"}}};
  REQUIRE(emptying.Run(Mode::kForReal, 1));
  CHECK(emptying.told == Lines{"upload b u1 AccessDenied", "upload e u1", "version a v1",
                               "version b v1 AccessDenied", "version c v1", "version d\x01 v1 AccessDenied"});
  CHECK(emptying.messages == Lines{"abort upload 'u1' of s3://b/b: said the service (AccessDenied)",
                                   "delete version 'v1' of s3://b/b: no (AccessDenied)",
                                   "delete version 'v1' of s3://b/d\\x01: said the service (AccessDenied)"});
  CHECK(emptying.bucket.versions.size() == 2);
}

TEST_CASE("a refusal that passes is tried again after a wait and told only at its end") {
  for (const std::string code : {"InternalError", "SlowDown", "ServiceUnavailable"}) {
    CAPTURE(code);
    Emptying emptying;
    emptying.bucket.versions = {{"a", "v1"}, {"b", "v1"}, {"c", "v1"}};
    emptying.bucket.refusals = {{"b", {code, 2}}};
    REQUIRE(emptying.Run());
    CHECK(emptying.told == Lines{"version a v1", "version c v1", "version b v1"});
    CHECK(emptying.fixture.clock.sleeps().size() == 2);
    CHECK(emptying.Count("POST", "delete") == 3);
    CHECK(emptying.fixture.sent(4).body.find("<Key>a</Key>") == std::string::npos);
  }
}

TEST_CASE("a refusal that never passes is given up after some attempts") {
  Emptying emptying;
  emptying.bucket.versions = {{"a", "v1"}, {"b", "v1"}};
  emptying.bucket.refusals = {{"b", {"SlowDown"}}};
  REQUIRE(emptying.Run());
  CHECK(emptying.told == Lines{"version a v1", "version b v1 SlowDown"});
  CHECK(emptying.Count("POST", "delete") == 3);
}

TEST_CASE("other refusals are not tried again") {
  Emptying emptying;
  emptying.bucket.versions = {{"a", "v1"}};
  emptying.bucket.refusals = {{"a", {"OperationAborted"}}};
  REQUIRE(emptying.Run());
  CHECK(emptying.Count("POST", "delete") == 1);
  CHECK(emptying.fixture.clock.sleeps().empty());
}

TEST_CASE("a request that fails as a whole is a failure of each of its objects") {
  Emptying emptying;
  emptying.bucket.versions = {{"a", "v1"}, {"b", "v1"}, {"c", "v1"}};
  emptying.bucket.instead = [](const SentRequest& sent) {
    const bool hit = sent.request.method == "POST" && sent.body.find("<Key>a</Key>") != std::string::npos;
    return hit ? Reply(400, {}, ErrorXml("MalformedXML")) : Reply(0);
  };
  REQUIRE(emptying.Run(Mode::kForReal, 2));
  CHECK(emptying.told == Lines{"version a v1 MalformedXML", "version b v1 MalformedXML", "version c v1"});
}

TEST_CASE("an object that the answer does not mention is a failure of that object") {
  Emptying emptying;
  emptying.bucket.versions = {{"a", "v1"}};
  emptying.bucket.instead = [](const SentRequest& sent) {
    return sent.request.method == "POST" ? Reply(200, {}, "<DeleteResult></DeleteResult>") : Reply(0);
  };
  REQUIRE(emptying.Run());
  REQUIRE(emptying.told.size() == 1);
  CHECK(emptying.messages.at(0).find("does not say what became of it") != std::string::npos);
}

TEST_CASE("what appears while a bucket is emptied is removed in another round") {
  Emptying emptying;
  emptying.bucket.versions = {{"m", "v1"}};
  int more = 3;
  emptying.bucket.after_deletion = [&] {
    if (more-- > 0) emptying.bucket.versions.push_back({"a" + std::to_string(more), "v1"});
  };
  REQUIRE(emptying.Run());
  CHECK(emptying.bucket.versions.empty());
  CHECK(emptying.told.size() == 4);
}

TEST_CASE("a bucket that is filled as fast as it is emptied is left after some rounds") {
  Emptying emptying;
  emptying.bucket.versions = {{"k", "v1"}};
  emptying.bucket.after_deletion = [&] { emptying.bucket.versions = {{"k", "v1"}}; };
  REQUIRE(emptying.Run());
  CHECK(emptying.Count("POST", "delete") == 10);
}

TEST_CASE("a store without versions is emptied by its listing of objects") {
  struct Row {
    int status;
    std::string_view code;
  };
  for (const Row& row : {Row{501, "NotImplemented"}, Row{405, "MethodNotAllowed"},
                         Row{400, "InvalidArgument"}, Row{400, "NotImplemented"}, Row{501, ""}}) {
    CAPTURE(row.status, row.code);
    Emptying emptying;
    emptying.bucket.versions = {{"a", ""}, {"b\x01", ""}, {"c", ""}};
    emptying.bucket.instead = [&row](const SentRequest& sent) {
      if (!FakeBucket::Has(sent, "versions")) return Reply(0);
      return Reply(row.status, {}, row.code.empty() ? "" : ErrorXml(row.code));
    };
    REQUIRE(emptying.Run(Mode::kForReal, 1));
    CHECK(emptying.bucket.versions.empty());
    CHECK(emptying.told == Lines{"version a ", "version b\x01 ", "version c "});
    CHECK(emptying.Count("GET", "versions") == 1);
    CHECK(emptying.fixture.sent(3).body.find("VersionId") == std::string::npos);
  }
}

TEST_CASE("a store without DeleteObjects is emptied object by object") {
  Emptying emptying;
  emptying.bucket.versions = {{"a", "v1"}, {"b", "v1"}, {"c", "v1"}};
  emptying.bucket.instead = [](const SentRequest& sent) {
    return sent.request.method == "POST" ? Reply(501, {}, ErrorXml("NotImplemented")) : Reply(0);
  };
  REQUIRE(emptying.Run(Mode::kForReal, 2));
  CHECK(emptying.told == Lines{"version a v1", "version b v1", "version c v1"});
  CHECK(emptying.Count("POST", "delete") == 1);
}

TEST_CASE("uploads that a store does not list are none") {
  Emptying emptying;
  emptying.bucket.versions = {{"a", "v1"}};
  emptying.bucket.instead = [](const SentRequest& sent) {
    return FakeBucket::Has(sent, "uploads") ? Reply(501) : Reply(0);
  };
  REQUIRE(emptying.Run());
  CHECK(emptying.told == Lines{"version a v1"});
  CHECK(emptying.Count("GET", "uploads") == 1);
}

TEST_CASE("uploads that may not be listed are left with a warning") {
  Emptying emptying;
  Lines warnings;
  const EventSink sink = [&warnings](const Event& event) {
    if (const Warning* warning = std::get_if<Warning>(&event)) warnings.push_back(warning->text);
  };
  emptying.context.events = &sink;
  emptying.bucket.versions = {{"a", "v1"}};
  emptying.bucket.instead = [](const SentRequest& sent) {
    return FakeBucket::Has(sent, "uploads") ? Reply(403, {}, ErrorXml("AccessDenied")) : Reply(0);
  };
  REQUIRE(emptying.Run());
  CHECK(emptying.told == Lines{"version a v1"});
  REQUIRE(warnings.size() == 1);
  CHECK(warnings[0].find("uploads") != std::string::npos);
}

TEST_CASE("a listing that fails ends the emptying with its error") {
  for (const std::string parameter : {"uploads", "versions"}) {
    CAPTURE(parameter);
    Emptying emptying;
    emptying.bucket.instead = [&parameter](const SentRequest& sent) {
      return FakeBucket::Has(sent, parameter) ? Reply(404, {}, ErrorXml("NoSuchBucket")) : Reply(0);
    };
    const Status status = emptying.Run();
    REQUIRE_FALSE(status);
    CHECK(status.error().kind == ErrorKind::kNotFound);
  }
}

TEST_CASE("a refusal to list versions is not taken for a store without them") {
  Emptying emptying;
  emptying.bucket.versions = {{"a", "v1"}};
  emptying.bucket.instead = [](const SentRequest& sent) {
    return FakeBucket::Has(sent, "versions") ? Reply(403, {}, ErrorXml("AccessDenied")) : Reply(0);
  };
  const Status status = emptying.Run();
  REQUIRE_FALSE(status);
  CHECK(status.error().kind == ErrorKind::kDenied);
  CHECK(emptying.bucket.versions.size() == 1);
}

TEST_CASE("a later page without versions is an error and no reason to list objects") {
  Emptying emptying;
  emptying.bucket.versions = {{"a", "v1"}, {"b", "v1"}};
  emptying.bucket.instead = [](const SentRequest& sent) {
    return FakeBucket::Has(sent, "key-marker") ? Reply(400, {}, ErrorXml("InvalidArgument")) : Reply(0);
  };
  CHECK_FALSE(emptying.Run(Mode::kForReal, 1));
  CHECK(emptying.told == Lines{"version a v1"});
}

TEST_CASE("a rehearsal tells everything and changes nothing") {
  Emptying emptying;
  emptying.bucket.versions = {{"a", "v1"}, {"a", "v2", true}, {"b\x01", "v3"}};
  emptying.bucket.uploads = {{"c", "u1"}};
  REQUIRE(emptying.Run(Mode::kRehearsal, 2));
  CHECK(emptying.told == Lines{"upload c u1", "version a v1", "marker a v2", "version b\x01 v3"});
  for (const SentRequest& sent : emptying.fixture.http.requests()) CHECK(sent.request.method == "GET");
  CHECK(emptying.fixture.sent_count() == 3);
}

TEST_CASE("an upload whose key can be read in two ways is aborted in both") {
  for (const std::string key : {"up 2", "up%202"}) {
    CAPTURE(key);
    Emptying emptying;
    emptying.bucket.uploads = {{key, "u1"}};
    emptying.bucket.instead = [&emptying](const SentRequest& sent) {
      if (sent.request.method != "GET" || !FakeBucket::Has(sent, "uploads")) return Reply(0);
      const bool gone = emptying.bucket.uploads.empty();
      return Reply(200, {},
                   "<ListMultipartUploadsResult><IsTruncated>false</IsTruncated>" +
                       std::string(gone ? "" : "<Upload><Key>up%202</Key><UploadId>u1</UploadId></Upload>") +
                       "</ListMultipartUploadsResult>");
    };
    REQUIRE(emptying.Run());
    CHECK(emptying.bucket.uploads.empty());
    CHECK(emptying.told == Lines{"upload up 2 u1"});
  }
}

TEST_CASE("an object that the listing of versions lacks is deleted as it is") {
  Emptying emptying;
  emptying.bucket.versions = {{"a", "v1"}};
  emptying.bucket.instead = [](const SentRequest& sent) {
    if (!FakeBucket::Has(sent, "versions")) return Reply(0);
    return Reply(200, {}, "<ListVersionsResult><IsTruncated>false</IsTruncated></ListVersionsResult>");
  };
  REQUIRE(emptying.Run());
  CHECK(emptying.bucket.versions.empty());
  CHECK(emptying.told == Lines{"version a "});
}

TEST_CASE("objects that may not be listed are none where versions were") {
  Emptying emptying;
  emptying.bucket.versions = {{"a", "v1"}};
  emptying.bucket.instead = [](const SentRequest& sent) {
    return FakeBucket::Has(sent, "list-type") ? Reply(403, {}, ErrorXml("AccessDenied")) : Reply(0);
  };
  REQUIRE(emptying.Run());
  CHECK(emptying.told == Lines{"version a v1"});
}

TEST_CASE("an object whose version cannot be deleted gets no marker instead") {
  Emptying emptying;
  emptying.bucket.versions = {{"a", "v1"}};
  emptying.bucket.refusals = {{"a", {"AccessDenied"}}};
  REQUIRE(emptying.Run());
  CHECK(emptying.told == Lines{"version a v1 AccessDenied"});
  CHECK(emptying.Count("GET", "list-type") == 0);
}

TEST_CASE("an error of whoever is told ends the emptying") {
  Emptying emptying;
  emptying.bucket.versions = {{"a", "v1"}, {"b", "v1"}};
  emptying.answer = Failure(ErrorKind::kCancelled, "standard output is closed");
  const Status status = emptying.Run(Mode::kForReal, 1);
  REQUIRE_FALSE(status);
  CHECK(status.error().kind == ErrorKind::kCancelled);
  CHECK(emptying.bucket.versions.size() == 1);
}

TEST_CASE("whoever is stopped has told of everything that is gone") {
  Emptying emptying;
  std::stop_source stop;
  emptying.context.stop = stop.get_token();
  emptying.bucket.versions = {{"a\x01", "v1"}, {"b\x01", "v1"}, {"c\x01", "v1"}};
  int deletions = 0;
  emptying.bucket.after_deletion = [&] {
    if (++deletions == 2) stop.request_stop();
  };
  const Status status = emptying.Run();
  REQUIRE_FALSE(status);
  CHECK(status.error().kind == ErrorKind::kCancelled);
  CHECK(emptying.told == Lines{"version a\x01 v1", "version b\x01 v1"});
  CHECK(emptying.bucket.versions.size() == 1);
}

TEST_CASE("a wait before another attempt can be stopped") {
  Emptying emptying;
  std::stop_source stop;
  emptying.context.stop = stop.get_token();
  emptying.bucket.versions = {{"a", "v1"}, {"b", "v1"}};
  emptying.bucket.refusals = {{"b", {"SlowDown"}}};
  emptying.fixture.clock.OnSleep([&stop] { stop.request_stop(); });
  const Status status = emptying.Run();
  REQUIRE_FALSE(status);
  CHECK(status.error().kind == ErrorKind::kCancelled);
  CHECK(emptying.told == Lines{"version a v1"});
}

}  // namespace
}  // namespace s3conn
