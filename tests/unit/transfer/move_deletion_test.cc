#include <optional>
#include <string>
#include <utility>

#include "support/catch.h"
#include "unit/transfer/move_fixture.h"

namespace s3conn {
namespace {

TEST_CASE("a source that was replaced since the copy stays") {
  MoveFixture custom;
  custom.Before("HEAD bucket/to", [&custom] { custom.store.Put("bucket/from", "9876543210"); });
  const Error seen = custom.FailBeforeDeletion();
  CHECK(seen.kind == ErrorKind::kPrecondition);
  CHECK(Says(seen, "the source was written to meanwhile, so it was not deleted"));

  MoveFixture aws(Aws());
  aws.Before("HEAD bucket/to", [&aws] { aws.store.Put("bucket/from", "newer"); });
  const Result<MoveResult> moved = aws.Run();
  REQUIRE_FALSE(moved);
  CHECK(moved.error().kind == ErrorKind::kPrecondition);
  CHECK(aws.store.Count("DELETE") == 1);
  CHECK(aws.store.objects.at("bucket/from").bytes == "newer");
}

TEST_CASE("a source that was written again with the same bytes counts as replaced") {
  const Headers earlier = {{"Last-Modified", "Wed, 01 Jul 2026 10:20:30 GMT"}, {"x-amz-version-id", "v1"}};
  for (const Header& changed :
       {Header{"Last-Modified", "Wed, 01 Jul 2026 10:20:31 GMT"}, Header{"x-amz-version-id", "v2"}}) {
    MoveFixture move;
    move.store.objects["bucket/from"].more = earlier;
    move.Before("HEAD bucket/to",
                [&] { move.store.objects["bucket/from"].more.Set(changed.name, changed.value); });
    CHECK(move.FailBeforeDeletion().kind == ErrorKind::kPrecondition);
  }
}

TEST_CASE("a source that cannot be looked at again stays and the failure says that it was copied") {
  MoveFixture move;
  move.store.interfere = [&move](const SentRequest& sent) {
    const bool again = FakeStore::Line(sent) == "HEAD bucket/from" && move.store.Has("bucket/to");
    return again ? std::optional(Reply(403)) : std::nullopt;
  };
  const Error error = move.FailBeforeDeletion();
  CHECK(error.kind == ErrorKind::kDenied);
  CHECK(Says(error, "copied, but the source was not deleted: look at the source again"));
}

TEST_CASE("a source that is replaced after the second look stays where conditions hold") {
  MoveFixture move;
  move.Before("DELETE bucket/from", [&move] { move.store.Put("bucket/from", "newer"); });
  const Result<MoveResult> moved = move.Run();
  REQUIRE_FALSE(moved);
  CHECK(moved.error().kind == ErrorKind::kPrecondition);
  CHECK(move.store.objects.at("bucket/from").bytes == "newer");
}

TEST_CASE("a deletion that is refused is told with the copy in place") {
  MoveFixture move;
  move.AnswerTo("DELETE bucket/from", Reply(403, {}, ErrorXml("AccessDenied")));
  const Result<MoveResult> moved = move.Run();
  REQUIRE_FALSE(moved);
  CHECK(moved.error().kind == ErrorKind::kDenied);
  CHECK(Says(moved.error(), "copied, but the source could not be deleted"));
  CHECK(move.store.Has("bucket/from"));
  CHECK(move.store.Has("bucket/to"));
}

TEST_CASE("a store that compares ETags without quotes gets the condition in its form") {
  MoveFixture move;
  move.store.compares_bare_etags = true;
  REQUIRE(move.Run());
  CHECK_FALSE(move.store.Has("bucket/from"));
  CHECK(move.store.Count("DELETE") == 2);
  const auto& sent = move.store.fixture.http.requests();
  CHECK(sent.at(sent.size() - 2).Header("If-Match") == ETagOf(kMovedBytes));
  CHECK(sent.back().Header("If-Match") == UnquoteETag(ETagOf(kMovedBytes)));
}

TEST_CASE("AWS is never sent an ETag without quotes") {
  MoveFixture move(Aws());
  move.store.compares_bare_etags = true;
  CHECK_FALSE(move.Run());
  CHECK(move.store.Count("DELETE") == 1);
  CHECK(move.store.Has("bucket/from"));
}

TEST_CASE("a store that knows no conditional deletions deletes after the second look") {
  MoveFixture move;
  move.store.interfere = [](const SentRequest& sent) {
    const bool conditional = sent.request.method == "DELETE" && !sent.Header("If-Match").empty();
    return conditional ? std::optional(Reply(501, {}, ErrorXml("NotImplemented"))) : std::nullopt;
  };
  REQUIRE(move.Run());
  CHECK_FALSE(move.store.Has("bucket/from"));

  MoveFixture aws(Aws());
  aws.store.interfere = move.store.interfere;
  CHECK_FALSE(aws.Run());
  CHECK(aws.store.Has("bucket/from"));
}

TEST_CASE("a deletion whose answer was lost is found done") {
  for (ClientOptions options : {CustomStore(), Aws()}) {
    MoveFixture move(std::move(options));  // the second one finds nothing, and its condition does not hold
    move.LoseDeletion();
    REQUIRE(move.Run());
    CHECK_FALSE(move.store.Has("bucket/from"));
    CHECK(move.store.sent(move.store.fixture.sent_count() - 1).request.method == "HEAD");
  }
}

TEST_CASE("a deletion whose answer was lost may be answered by not found") {
  MoveFixture move(Aws());
  int deletions = 0;
  move.store.interfere = [&](const SentRequest& sent) -> std::optional<Answer> {
    if (sent.request.method != "DELETE") return std::nullopt;
    if (++deletions > 1) return Reply(404, {}, ErrorXml("NoSuchKey"));
    move.store.Process(sent);
    return FailWith(ConnectionReset());
  };
  CHECK(move.Run());
  CHECK(deletions == 2);
}

TEST_CASE("what was written after a deletion whose answer was lost stays and is told") {
  for (ClientOptions options : {CustomStore(), Aws()}) {
    MoveFixture move(std::move(options));
    move.LoseDeletion([&move] { move.store.Put("bucket/from", "newer"); });
    const Result<MoveResult> moved = move.Run();
    REQUIRE_FALSE(moved);
    CHECK(moved.error().kind == ErrorKind::kPrecondition);
    CHECK(move.store.objects.at("bucket/from").bytes == "newer");
  }
}

TEST_CASE("a source that somebody else deleted is not taken for our own work") {
  MoveFixture move(Aws());
  move.Before("DELETE bucket/from", [&move] { move.store.objects.erase("bucket/from"); });
  const Result<MoveResult> moved = move.Run();
  REQUIRE_FALSE(moved);
  CHECK(moved.error().kind == ErrorKind::kPrecondition);
}

TEST_CASE("a version that was named is copied and looked at and deleted by its name") {
  for (ClientOptions options : {CustomStore(), Aws()}) {
    MoveFixture move(std::move(options));
    move.order.source_options.version_id = "v 1";
    move.store.objects["bucket/from"].more = {{"x-amz-version-id", "v 1"}};
    REQUIRE(move.Run());
    for (const SentRequest& sent : move.store.fixture.http.requests()) {
      CAPTURE(FakeStore::Line(sent));
      if (sent.request.path.ends_with("/to")) {
        CHECK(sent.request.query.empty());
        continue;
      }
      REQUIRE(sent.request.query.size() == 1);
      CHECK(sent.request.query[0].name == "versionId");
      CHECK(sent.request.query[0].value == "v 1");
    }
    CHECK(move.store.sent(1).Header("x-amz-copy-source") == "/bucket/from?versionId=v%201");
    // A version never changes.
    CHECK(move.store.fixture.http.requests().back().Header("If-Match").empty());
  }
}

TEST_CASE("a version that was not named is not deleted although the store names it") {
  MoveFixture move;
  move.store.objects["bucket/from"].more = {{"x-amz-version-id", "v1"}};
  REQUIRE(move.Run());
  CHECK(move.store.fixture.http.requests().back().request.query.empty());
  CHECK(move.store.sent(1).Header("x-amz-copy-source") == "/bucket/from");
}

TEST_CASE("a marker that hides the source is told") {
  MoveFixture move;
  move.AnswerTo("DELETE bucket/from",
                Reply(204, {{"x-amz-delete-marker", "true"}, {"x-amz-version-id", "m"}}));
  const Result<MoveResult> moved = move.Run();
  REQUIRE(moved);
  CHECK(moved->delete_marker);
}

}  // namespace
}  // namespace s3conn
