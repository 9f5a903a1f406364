#include <string>
#include <vector>

#include "s3conn/s3/buckets.h"
#include "s3conn/s3/client.h"
#include "s3conn/s3/put_object.h"
#include "support/catch.h"
#include "support/client_fixture.h"

namespace s3conn {
namespace {

Answer OwnedByYou() {
  return Reply(409, {}, ErrorXml("BucketAlreadyOwnedByYou"));
}
Answer NoSuchBucket() {
  return Reply(404, {}, ErrorXml("NoSuchBucket"));
}

Error TimedOut() {
  Error error = ConnectionReset();
  error.kind = ErrorKind::kTimeout;
  return error;
}

Result<CreateBucketResponse> Create(std::vector<Answer> script) {
  ClientFixture fixture(std::move(script));
  return fixture.client.Call<CreateBucket>({"my-bucket", ""}, {});
}

Result<DeleteBucketResponse> Delete(std::vector<Answer> script) {
  ClientFixture fixture(std::move(script));
  return fixture.client.Call<DeleteBucket>({"my-bucket"}, {});
}

TEST_CASE("CreateBucket whose answer was lost is done when the bucket turns out to be ours") {
  for (const Answer& lost : {FailWith(ConnectionReset()), FailWith(TimedOut()), Reply(500), Reply(504),
                             Reply(200, {}, ErrorXml("InternalError"))}) {
    const auto created = Create({lost, OwnedByYou()});
    REQUIRE(created);
    CHECK(created->location == "/my-bucket");
  }
}

TEST_CASE("CreateBucket of a bucket that is ours already is a conflict") {
  const auto created = Create({OwnedByYou()});
  REQUIRE_FALSE(created);
  CHECK(created.error().kind == ErrorKind::kConflict);
}

TEST_CASE("CreateBucket of someone else's bucket is a conflict even after a lost answer") {
  const auto created = Create({FailWith(ConnectionReset()), Reply(409, {}, ErrorXml("BucketAlreadyExists"))});
  REQUIRE_FALSE(created);
  CHECK(created.error().kind == ErrorKind::kConflict);
}

TEST_CASE("CreateBucket that was refused before is not done by what comes after") {
  Error unsent = ConnectionReset();
  unsent.unsent = true;
  for (const Answer& refused : {Reply(429), Reply(503, {}, ErrorXml("SlowDown")),
                                Reply(409, {}, ErrorXml("OperationAborted")), FailWith(unsent)}) {
    const auto created = Create({refused, OwnedByYou()});
    REQUIRE_FALSE(created);
    CHECK(created.error().kind == ErrorKind::kConflict);
  }
}

TEST_CASE("DeleteBucket whose answer was lost is done when the bucket is gone") {
  CHECK(Delete({FailWith(ConnectionReset()), NoSuchBucket()}));
  CHECK(Delete({Reply(500), FailWith(TimedOut()), NoSuchBucket()}));
}

TEST_CASE("DeleteBucket of a bucket that never was is not found") {
  const auto deleted = Delete({NoSuchBucket()});
  REQUIRE_FALSE(deleted);
  CHECK(deleted.error().kind == ErrorKind::kNotFound);
}

TEST_CASE("an answer that stays lost is the error that it is") {
  const auto created =
      Create({FailWith(ConnectionReset()), FailWith(ConnectionReset()), FailWith(ConnectionReset())});
  REQUIRE_FALSE(created);
  CHECK(created.error().kind == ErrorKind::kNetwork);
}

// Whether the error of a conditional upload that was answered so says that it may be of its own making.
bool Repeated(std::vector<Answer> answers) {
  ClientFixture fixture(std::move(answers));
  const auto put = fixture.client.Call<PutObject>({"b", "k", "", {}, {.if_none_match = true}}, {});
  REQUIRE_FALSE(put);
  return put.error().repeated;
}

TEST_CASE("an error after a lost answer says that the request may have been carried out") {
  for (const Answer& lost : {FailWith(ConnectionReset()), FailWith(TimedOut()), Reply(500), Reply(504),
                             Reply(200, {}, ErrorXml("InternalError")), Reply(200, {}, "<html/>")}) {
    CHECK(Repeated({lost, Reply(412)}));
    CHECK(Repeated({lost, Reply(503, {}, ErrorXml("SlowDown")), Reply(412)}));
  }
}

TEST_CASE("an answer that stays lost may have been to a request that was carried out") {
  ClientFixture fixture;
  fixture.http.AnswerWith([](const SentRequest&) { return FailWith(TimedOut()); });
  const auto deleted = fixture.client.Call<DeleteBucket>({"my-bucket"}, {});
  REQUIRE_FALSE(deleted);
  CHECK(deleted.error().repeated);
}

TEST_CASE("an error without a lost answer says nothing of the kind") {
  Error unsent = ConnectionReset();
  unsent.unsent = true;
  CHECK_FALSE(Repeated({Reply(412)}));
  CHECK_FALSE(Repeated({Reply(501, {}, ErrorXml("NotImplemented"))}));  // Swift's to every condition
  for (const Answer& refused :
       {Reply(429), Reply(503, {}, ErrorXml("SlowDown")), FailWith(unsent),
        Reply(409, {}, ErrorXml("ConditionalRequestConflict")), Reply(400, {}, ErrorXml("BadDigest"))}) {
    CHECK_FALSE(Repeated({refused, Reply(412)}));
  }
}

}  // namespace
}  // namespace s3conn
