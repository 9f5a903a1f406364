#include <string>
#include <vector>

#include "support/catch.h"
#include "unit/transfer/move_fixture.h"

namespace s3conn {
namespace {

// "bucket/from" becomes "other/from", and the store calls one bucket by both names.
struct AliasFixture : MoveFixture {
  explicit AliasFixture(ClientOptions options = CustomStore()) : MoveFixture(std::move(options)) {
    order.destination = {"other", "from"};
  }
};

TEST_CASE("a move to what is the source in every respect is refused before the copy") {
  AliasFixture move;
  move.store.objects["other/from"] = move.store.objects.at("bucket/from");
  const Error error = move.FailBeforeDeletion();
  CHECK(error.kind == ErrorKind::kPrecondition);
  CHECK(Says(error, "may be one by two names"));
  CHECK(move.store.Count("PUT") == 0);
}

TEST_CASE("a move to another bucket under the same key works where nothing or something else is there") {
  for (const bool something : {false, true}) {
    AliasFixture move;
    if (something) move.store.Put("other/from", "something else");
    REQUIRE(move.Run());
    CHECK_FALSE(move.store.Has("bucket/from"));
    CHECK(move.store.objects.at("other/from").bytes == kMovedBytes);
  }
}

TEST_CASE("a destination that may not be looked at is not written to by a move under the same key") {
  AliasFixture move;
  move.AnswerTo("HEAD other/from", Reply(403));
  CHECK(move.FailBeforeDeletion().kind == ErrorKind::kDenied);
  CHECK(move.store.Count("PUT") == 0);
}

TEST_CASE("a source that has other metadata by now is not deleted") {
  MoveFixture move;
  move.Before("HEAD bucket/to", [&] {
    move.store.Put("bucket/from", kMovedBytes, {{"x-amz-meta-written", "meanwhile"}});
  });
  const Error error = move.FailBeforeDeletion();
  CHECK(error.kind == ErrorKind::kPrecondition);
  CHECK(Says(error, "the source was written to meanwhile"));
}

}  // namespace
}  // namespace s3conn
