#ifndef S3CONN_TESTS_UNIT_TRANSFER_MOVE_FIXTURE_H_
#define S3CONN_TESTS_UNIT_TRANSFER_MOVE_FIXTURE_H_

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "support/catch.h"
#include "transfer/move.h"
#include "unit/transfer/fake_store.h"

namespace s3conn {

inline constexpr std::string_view kMovedBytes = "0123456789";

// "bucket/from" becomes "bucket/to".
struct MoveFixture {
  explicit MoveFixture(ClientOptions options = CustomStore()) : store(std::move(options)) {
    order.source = {"bucket", "from"};
    order.destination = {"bucket", "to"};
    store.Put("bucket/from", kMovedBytes);
  }

  Result<MoveResult> Run() {
    const Result<ObjectProperties> source = LookAtSource(store.fixture.client, order, store.context());
    REQUIRE(source);
    Result<std::optional<MoveResult>> moved =
        Move(store.fixture.client, order, *source, Existing::kReplaced, store.context());
    if (!moved) return Failure(std::move(moved.error()));
    REQUIRE(*moved);
    return std::move(**moved);
  }
  // Requires that it fails with the source in place and no deletion sent.
  Error FailBeforeDeletion() {
    const Result<MoveResult> moved = Run();
    REQUIRE_FALSE(moved);
    CHECK(store.Count("DELETE") == 0);
    CHECK(store.Has("bucket/from"));
    return moved.error();
  }
  // The answer to every request of that line.
  void AnswerTo(const std::string& line, const Answer& answer) {
    store.interfere = [line, answer](const SentRequest& sent) {
      return FakeStore::Line(sent) == line ? std::optional(answer) : std::nullopt;
    };
  }
  // What happens before the first request of that line is answered.
  void Before(const std::string& line, std::function<void()> happens) {
    store.interfere = [line, happens = std::move(happens), done = false](const SentRequest& sent) mutable {
      if (FakeStore::Line(sent) == line && !std::exchange(done, true)) happens();
      return std::optional<Answer>();
    };
  }
  // The first deletion is carried out, and its answer lost; then `then` happens.
  void LoseDeletion(std::function<void()> then = [] {}) {
    store.interfere = [this, then = std::move(then),
                       done = false](const SentRequest& sent) mutable -> std::optional<Answer> {
      if (sent.request.method != "DELETE" || std::exchange(done, true)) return std::nullopt;
      store.Process(sent);
      then();
      return FailWith(ConnectionReset());
    };
  }

  FakeStore store;
  CopyOrder order;
};

inline bool Says(const Error& error, std::string_view part) {
  return error.message.find(part) != std::string::npos;
}

}  // namespace s3conn

#endif  // S3CONN_TESTS_UNIT_TRANSFER_MOVE_FIXTURE_H_
