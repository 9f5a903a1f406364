#include "transfer/move.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "support/catch.h"
#include "unit/transfer/move_fixture.h"

namespace s3conn {
namespace {

using Lines = std::vector<std::string>;

constexpr std::string_view kSourceKey = "0123456789abcdef0123456789abcdef";
constexpr std::string_view kKeyHeader = "x-amz-server-side-encryption-customer-key";
constexpr std::string_view kSourceKeyHeader = "x-amz-copy-source-server-side-encryption-customer-key";

Headers HeadOf(std::string_view etag, std::string_view size) {
  return {{"ETag", std::string(etag)}, {"Content-Length", std::string(size)}};
}

TEST_CASE("a move copies and looks at the copy and the source once more and only then deletes") {
  MoveFixture move;
  const Result<MoveResult> moved = move.Run();
  REQUIRE(moved);
  CHECK(move.store.Sent() == Lines{"HEAD bucket/from", "PUT bucket/to", "HEAD bucket/to", "HEAD bucket/from",
                                   "DELETE bucket/from"});
  CHECK_FALSE(move.store.Has("bucket/from"));
  CHECK(move.store.objects.at("bucket/to").bytes == kMovedBytes);
  CHECK(moved->copy.verified == "md5");
  CHECK(moved->copy.guarded);
  CHECK_FALSE(moved->delete_marker);
}

TEST_CASE("a move on AWS leaves the last look to the condition of the deletion") {
  MoveFixture move(Aws());
  REQUIRE(move.Run());
  CHECK(move.store.Sent() ==
        Lines{"HEAD bucket/from", "PUT bucket/to", "HEAD bucket/to", "DELETE bucket/from"});
}

TEST_CASE("the copy and the deletion are only of what was looked at") {
  for (ClientOptions options : {CustomStore(), Aws()}) {
    MoveFixture move(std::move(options));
    REQUIRE(move.Run());
    const std::string etag = ETagOf(kMovedBytes);
    CHECK(move.store.sent(1).Header("x-amz-copy-source-if-match") == etag);
    CHECK(move.store.fixture.http.requests().back().Header("If-Match") == etag);
    CHECK(move.store.fixture.http.requests().back().request.query.empty());
  }
}

TEST_CASE("a copy that fails leaves the source") {
  for (const Answer& answer :
       {Reply(403, {}, ErrorXml("AccessDenied")), Reply(500, {}, ErrorXml("InternalError")),
        Reply(200, {}, ErrorXml("InternalError")), Reply(200, {}, "<html/>"), Reply(200),
        FailWith(ConnectionReset()), WasReplaced()}) {
    MoveFixture move;
    move.AnswerTo("PUT bucket/to", answer);
    move.FailBeforeDeletion();
  }
}

TEST_CASE("a copy that cannot be looked at leaves the source and says that it was copied") {
  for (const Answer& answer : {Reply(403), Reply(404), Reply(500), Reply(200), FailWith(ConnectionReset())}) {
    for (ClientOptions options : {CustomStore(), Aws()}) {
      MoveFixture move(std::move(options));
      move.AnswerTo("HEAD bucket/to", answer);
      CHECK(Says(move.FailBeforeDeletion(), "copied, but the source was not deleted: look at the copy"));
    }
  }
}

TEST_CASE("a copy of another size leaves the source") {
  for (ClientOptions options : {CustomStore(), Aws()}) {
    MoveFixture move(std::move(options));
    move.AnswerTo("HEAD bucket/to", Reply(200, HeadOf(ETagOf(kMovedBytes), "9")));
    const Error error = move.FailBeforeDeletion();
    CHECK(error.kind == ErrorKind::kIntegrity);
    CHECK(Says(error, "copied, but the source was not deleted: the copy has 9 bytes, its source 10"));
  }
}

TEST_CASE("a copy that something else has replaced leaves the source") {
  for (ClientOptions options : {CustomStore(), Aws()}) {
    MoveFixture move(std::move(options));
    move.Before("HEAD bucket/to", [&move] { move.store.Put("bucket/to", "9876543210"); });
    const Error error = move.FailBeforeDeletion();
    CHECK(error.kind == ErrorKind::kIntegrity);
    CHECK(Says(error, "something else has been written to the destination"));
  }
}

TEST_CASE("a copy with another checksum leaves the source") {
  for (ClientOptions options : {CustomStore(), Aws()}) {
    MoveFixture move(std::move(options));
    move.store.objects["bucket/from"].more = {{"x-amz-checksum-crc32c", "4waSgw=="}};
    move.store.checksum_of_copies = "<ChecksumCRC32C>AAAAAA==</ChecksumCRC32C>";
    const Error error = move.FailBeforeDeletion();
    CHECK(error.kind == ErrorKind::kIntegrity);
    CHECK(Says(error, "crc32c"));
  }
}

TEST_CASE("a copy on AWS whose ETag says nothing is trusted for its guard") {
  MoveFixture move(Aws());
  move.store.etag_of_copies = "\"opaque\"";
  const Result<MoveResult> moved = move.Run();
  REQUIRE(moved);
  CHECK(moved->copy.verified == "size");
  CHECK(move.store.Count("GET") == 0);
}

TEST_CASE("a copy on a store of one's own whose ETag says nothing is read and compared") {
  MoveFixture move;
  move.store.etag_of_copies = "\"opaque\"";
  const Result<MoveResult> moved = move.Run();
  REQUIRE(moved);
  CHECK(moved->copy.verified == "sha256");
  CHECK(move.store.Count("GET bucket/from") == 1);
  CHECK(move.store.Count("GET bucket/to") == 1);
  for (const SentRequest& sent : move.store.fixture.http.requests()) {
    if (sent.request.method == "GET") CHECK_FALSE(sent.Header("If-Match").empty());
  }
  CHECK_FALSE(move.store.Has("bucket/from"));
}

TEST_CASE("a copy that reads otherwise than its source leaves the source") {
  MoveFixture move;
  move.store.etag_of_copies = "\"opaque\"";
  move.Before("GET bucket/to", [&move] { move.store.objects["bucket/to"].bytes = "012345678X"; });
  const Error error = move.FailBeforeDeletion();
  CHECK(error.kind == ErrorKind::kIntegrity);
  CHECK(Says(error, "copied, but the source was not deleted: the copy has other bytes than its source"));
}

TEST_CASE("a copy or a source that cannot be read leaves the source") {
  for (const char* const line : {"GET bucket/from", "GET bucket/to"}) {
    MoveFixture move;
    move.store.etag_of_copies = "\"opaque\"";
    move.AnswerTo(line, Reply(403, {}, ErrorXml("AccessDenied")));
    CHECK(move.FailBeforeDeletion().kind == ErrorKind::kDenied);
  }
}

TEST_CASE("keys of one's own are sent with every look and every read") {
  MoveFixture move(CustomStoreOverTls());
  move.order.source_options.customer_key = Secret(std::string(kSourceKey));
  move.order.changes.encryption.customer_key = Secret(std::string(32, 'd'));
  move.store.etag_of_copies = "\"opaque\"";
  move.store.told_of_writes = {{"x-amz-server-side-encryption-customer-algorithm", "AES256"}};
  const Result<MoveResult> moved = move.Run();
  REQUIRE(moved);
  CHECK(moved->copy.verified == "sha256");
  const std::string of_source = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";
  const std::string of_copy = "ZGRkZGRkZGRkZGRkZGRkZGRkZGRkZGRkZGRkZGRkZGQ=";
  int looks = 0;
  for (const SentRequest& sent : move.store.fixture.http.requests()) {
    CAPTURE(FakeStore::Line(sent));
    const bool at_copy = sent.request.path.ends_with("/to");
    if (sent.request.method == "DELETE") {
      CHECK(sent.Header(kKeyHeader).empty());
      continue;
    }
    CHECK(sent.Header(kKeyHeader) == (at_copy ? of_copy : of_source));
    if (sent.request.method == "PUT") CHECK(sent.Header(kSourceKeyHeader) == of_source);
    if (sent.request.method == "HEAD") ++looks;
  }
  CHECK(looks == 4);  // at the source, twice; at the copy, by size and for what it is now
}

TEST_CASE("a move does not go on where the store forgot to encrypt") {
  MoveFixture move(CustomStoreOverTls());
  move.order.changes.encryption.customer_key = Secret(std::string(32, 'd'));
  const Error error = move.FailBeforeDeletion();
  CHECK(error.kind == ErrorKind::kIntegrity);
  CHECK(Says(error, "unencrypted"));
}

TEST_CASE("a move does not go on where the tags of the source cannot be kept") {
  MoveFixture move;
  move.store.objects["bucket/from"].more = {{"x-amz-tagging-count", "1"}};
  move.order.changes.content_type = "text/html";
  move.AnswerTo("PUT bucket/to?tagging", Reply(501, {}, ErrorXml("NotImplemented")));
  CHECK(Says(move.FailBeforeDeletion(), "copied, but its tags could not be set"));
}

TEST_CASE("a move onto itself is refused") {
  CopyOrder order;
  order.source = {"b", "k"};
  order.destination = {"b", "k"};
  order.source_options.version_id = "v1";
  order.changes.storage_class = "GLACIER";
  const Status refused = CheckMove(order);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().kind == ErrorKind::kUsage);
  CHECK(Says(refused.error(), "s3://b/k would be moved onto itself"));
}

TEST_CASE("a move of the same key by an access point might be onto itself and is refused") {
  const std::string arn = "arn:aws:s3:eu-west-1:111122223333:accesspoint/mine";
  for (const auto& [from, to] : std::vector<std::pair<std::string, std::string>>{
           {"b", arn}, {arn, "b"}, {"b", "mine-abc-s3alias"}, {"mine-abc--ol-s3", "b"}, {arn, arn + "2"}}) {
    CAPTURE(from, to);
    CopyOrder order;
    order.source = {from, "k"};
    order.destination = {to, "k"};
    const Status refused = CheckMove(order);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().kind == ErrorKind::kUsage);
    order.destination.key = "other";
    CHECK(CheckMove(order));
  }
}

TEST_CASE("a move to the same key in another bucket or to another key is fine") {
  CopyOrder order;
  order.source = {"b", "k"};
  order.destination = {"c", "k"};
  CHECK(CheckMove(order));
  order.destination = {"b", "l"};
  CHECK(CheckMove(order));
  order.destination.key = "\xff";
  CHECK_FALSE(CheckMove(order));
}

}  // namespace
}  // namespace s3conn
