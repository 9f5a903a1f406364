#include "s3conn/s3/restore_object.h"

#include <string>

#include "support/catch.h"
#include "support/client_fixture.h"

namespace s3conn {
namespace {

TEST_CASE("RestoreObject asks for a number of days and a tier") {
  const auto request =
      RestoreObject::Build({.bucket = "b", .key = "k", .days = 7, .tier = RestoreTier::kBulk});
  REQUIRE(request);
  CHECK(request->method == "POST");
  CHECK(request->key == "k");
  CHECK(WireQuery(request->query) == "restore");
  CHECK(request->body ==
        "<RestoreRequest xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><Days>7</Days>"
        "<GlacierJobParameters><Tier>Bulk</Tier></GlacierJobParameters></RestoreRequest>");
}

TEST_CASE("RestoreObject names a version and leaves the days out where there are none") {
  const auto request = RestoreObject::Build({.bucket = "b", .key = "k", .version_id = "v 1"});
  REQUIRE(request);
  CHECK(WireQuery(request->query) == "restore&versionId=v%201");
  CHECK(request->body.find("Days") == std::string::npos);
  CHECK(request->body.find("<Tier>Standard</Tier>") != std::string::npos);
  CHECK_FALSE(RestoreObject::Build({.bucket = "b", .key = ""}));
}

TEST_CASE("tiers have the names of S3") {
  CHECK(RestoreTierName(RestoreTier::kStandard) == "Standard");
  CHECK(RestoreTierName(RestoreTier::kBulk) == "Bulk");
  CHECK(RestoreTierName(RestoreTier::kExpedited) == "Expedited");
}

TEST_CASE("a restore that begins is told from one that is prolonged") {
  const auto begun = RestoreObject::Parse(Reply(202).response);
  REQUIRE(begun);
  CHECK_FALSE(begun->already_restored);
  const auto prolonged = RestoreObject::Parse(Reply(200).response);
  REQUIRE(prolonged);
  CHECK(prolonged->already_restored);
  CHECK_FALSE(RestoreObject::Parse(Reply(200, {}, "<html/>").response));
}

TEST_CASE("a restore under way is a conflict") {
  ClientFixture fixture({Reply(409, {}, ErrorXml("RestoreAlreadyInProgress"))});
  const auto answer = fixture.client.Call<RestoreObject>({.bucket = "b", .key = "k", .days = 1}, {});
  REQUIRE_FALSE(answer);
  CHECK(answer.error().kind == ErrorKind::kConflict);
  CHECK(fixture.sent_count() == 1);
}

TEST_CASE("a restore that an attempt without an answer began is begun") {
  ClientFixture fixture({FailWith(ConnectionReset()), Reply(409, {}, ErrorXml("RestoreAlreadyInProgress"))});
  const auto answer = fixture.client.Call<RestoreObject>({.bucket = "b", .key = "k", .days = 1}, {});
  REQUIRE(answer);
  CHECK_FALSE(answer->already_restored);
}

}  // namespace
}  // namespace s3conn
