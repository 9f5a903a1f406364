#include "handler_fixture.h"
#include "support/catch.h"

namespace s3conn::local {
namespace {

Outcome Restore(HandlerFixture& fixture, const std::string& elements) {
  return fixture.Send(RestoreObject,
                      {"POST", "/b-1/k?restore", {}, "<RestoreRequest>" + elements + "</RestoreRequest>"});
}

constexpr std::string_view kTwoDays =
    "ongoing-request=\"false\", expiry-date=\"Sun, 18 Jan 2026 00:00:00 GMT\"";

// An archived "x" at noon.
struct ArchiveFixture : HandlerFixture {
  ArchiveFixture() {
    clock.Advance(std::chrono::hours(12));
    MakeBucket("b-1");
    if (Put("/b-1/k", "x", {{"x-amz-storage-class", "GLACIER"}}).status != 200) std::abort();
  }
};

}  // namespace

TEST_CASE("RestoreObject: makes an archived object readable until the midnight after its days") {
  ArchiveFixture fixture;
  CHECK(fixture.Head("/b-1/k").headers.Find("x-amz-restore") == nullptr);
  CHECK(Restore(fixture, "<Days>2</Days><GlacierJobParameters><Tier>Bulk</Tier></GlacierJobParameters>")
            .status == 202);
  CHECK(fixture.Get("/b-1/k").body == "x");
  CHECK(fixture.Head("/b-1/k").header("x-amz-restore") == kTwoDays);
  CHECK(fixture.Head("/b-1/k").header("x-amz-storage-class") == "GLACIER");
}

TEST_CASE("RestoreObject: once more gives it another end") {
  ArchiveFixture fixture;
  CHECK(Restore(fixture, "<Days>1</Days>").status == 202);
  CHECK(Restore(fixture, "<Days>2</Days>").status == 200);
  CHECK(fixture.Head("/b-1/k").header("x-amz-restore") == kTwoDays);
}

TEST_CASE("RestoreObject: afterwards it is archived again") {
  ArchiveFixture fixture;
  CHECK(Restore(fixture, "<Days>1</Days>").status == 202);
  fixture.clock.Advance(std::chrono::hours(36) - std::chrono::milliseconds(1));
  CHECK(fixture.Get("/b-1/k").status == 200);
  fixture.clock.Advance(std::chrono::milliseconds(1));
  CHECK(fixture.Get("/b-1/k").code == "InvalidObjectState");
  CHECK(fixture.Head("/b-1/k").headers.Find("x-amz-restore") == nullptr);
  CHECK(Restore(fixture, "<Days>1</Days>").status == 202);
}

TEST_CASE("RestoreObject: only of archived objects") {
  ArchiveFixture fixture;
  CHECK(fixture.Put("/b-1/k", "x", {{"x-amz-storage-class", "STANDARD_IA"}}).status == 200);
  const Outcome refused = Restore(fixture, "<Days>1</Days>");
  CHECK(refused.status == 403);
  CHECK(refused.code == "InvalidObjectState");
  CHECK(refused.detail("StorageClass") == "STANDARD_IA");
  CHECK(fixture.Delete("/b-1/k").status == 204);
  CHECK(Restore(fixture, "<Days>1</Days>").code == "NoSuchKey");
}

TEST_CASE("RestoreObject: refuses what it does not understand") {
  ArchiveFixture fixture;
  CHECK(Restore(fixture, "").code == "MalformedXML");
  CHECK(Restore(fixture, "<Days>0</Days>").code == "MalformedXML");
  CHECK(Restore(fixture, "<Days>x</Days>").code == "MalformedXML");
  CHECK(Restore(fixture, "<Days>1</Days><Tier>Fast</Tier>").code == "MalformedXML");
  CHECK(Restore(fixture, "<Days>1000000</Days>").code == "InvalidArgument");
  CHECK(Restore(fixture, "<Type>SELECT</Type>").code == "NotImplemented");
  CHECK(fixture.Get("/b-1/k").code == "InvalidObjectState");
}

}  // namespace s3conn::local
