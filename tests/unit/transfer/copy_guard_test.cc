#include <optional>
#include <string>
#include <utility>

#include "support/catch.h"
#include "unit/transfer/copy_fixture.h"

namespace s3conn {
namespace {

// An object that came in parts, in a store that compares the condition on a source with another ETag than it
// shows.
struct PartsFixture : CopyFixture {
  PartsFixture() {
    store.objects.at("bucket/from").etag = "\"abc-2\"";
    store.interfere = [](const SentRequest& sent) {
      const bool guarded = !sent.Header("x-amz-copy-source-if-match").empty();
      return guarded ? std::optional(WasReplaced()) : std::nullopt;
    };
  }
};

}  // namespace

TEST_CASE(
    "a source of parts that a store misjudges is copied without the guard and looked at before and after") {
  PartsFixture copy;
  const Result<CopyResult> copied = copy.Run();
  REQUIRE(copied);
  CHECK_FALSE(copied->guarded);
  CHECK(copy.store.Sent() == std::vector<std::string>{"HEAD bucket/from", "PUT bucket/to", "HEAD bucket/from",
                                                      "PUT bucket/to", "HEAD bucket/from"});
}

TEST_CASE("a source of parts that was really replaced is not copied without the guard") {
  PartsFixture copy;
  copy.store.interfere = [&copy](const SentRequest& sent) -> std::optional<Answer> {
    if (sent.Header("x-amz-copy-source-if-match").empty()) return std::nullopt;
    copy.store.Put("bucket/from", "another");
    return WasReplaced();
  };
  const Result<CopyResult> copied = copy.Run();
  REQUIRE_FALSE(copied);
  CHECK(copied.error().kind == ErrorKind::kPrecondition);
  CHECK(copy.store.Count("PUT") == 1);
  CHECK_FALSE(copy.store.Has("bucket/to"));
}

TEST_CASE("a conditional copy whose answer was lost finds its own work") {
  for (const bool ours : {true, false}) {
    CAPTURE(ours);
    CopyFixture copy(Aws());
    copy.order.conditions.if_none_match = true;
    copy.store.interfere = [&copy, ours,
                            done = false](const SentRequest& sent) mutable -> std::optional<Answer> {
      if (sent.request.method != "PUT" || std::exchange(done, true)) return std::nullopt;
      copy.store.Process(sent);
      if (!ours) copy.store.Put("bucket/to", "of someone else");
      return FailWith(ConnectionReset());
    };
    const Result<CopyResult> copied = copy.Run();
    CHECK(copied.has_value() == ours);
    if (!ours) CHECK(copied.error().kind == ErrorKind::kPrecondition);
  }
}

TEST_CASE("tags that could not be set are no sign that the copy exists already") {
  CopyFixture copy;
  copy.order.changes.tags = NamedValues{{"a", "b"}};
  copy.store.interfere = [](const SentRequest& sent) {
    return FakeStore::Line(sent) == "PUT bucket/to?tagging"
               ? std::optional(Reply(409, {}, ErrorXml("Conflict")))
               : std::nullopt;
  };
  const Result<CopyResult> copied = copy.Run();
  REQUIRE_FALSE(copied);
  CHECK(copied.error().kind == ErrorKind::kService);
  CHECK(copied.error().message.find("copied, but its tags could not be set") != std::string::npos);
}

TEST_CASE("metadata that the source has already is taken along whatever it is") {
  CopyFixture copy;
  copy.store.Put("bucket/from", kCopiedBytes,
                 {{"x-amz-meta-name",
                   "Gr\xc3\xbc\xc3\x9f"
                   "e"}});
  copy.order.destination = copy.order.source;
  copy.order.changes.content_type = "text/html";
  REQUIRE(copy.Run());
  CHECK(copy.sent().Header("x-amz-meta-name") ==
        "Gr\xc3\xbc\xc3\x9f"
        "e");
}

}  // namespace s3conn
