#include "handler_fixture.h"
#include "support/catch.h"

namespace s3conn::local {

TEST_CASE("DeleteObject: what is not there is deleted too") {
  HandlerFixture fixture;
  fixture.MakeBucket("b-1");
  CHECK(fixture.Put("/b-1/k", "x").status == 200);
  for (int i = 0; i < 2; ++i) {
    const Outcome deleted = fixture.Delete("/b-1/k");
    CHECK(deleted.status == 204);
    CHECK(deleted.headers.size() == 0);
  }
  CHECK(fixture.Get("/b-1/k").code == "NoSuchKey");
  CHECK(fixture.Delete("/none/k").code == "NoSuchBucket");
}

TEST_CASE("DeleteObject: only the object with that ETag") {
  HandlerFixture fixture;
  fixture.MakeBucket("b-1");
  const std::string etag(fixture.Put("/b-1/k", "x").header("ETag"));
  CHECK(fixture.Delete("/b-1/k", {{"If-Match", "\"other\""}}).code == "PreconditionFailed");
  CHECK(fixture.Get("/b-1/k").body == "x");
  CHECK(fixture.Delete("/b-1/k", {{"If-Match", etag}}).status == 204);
}

TEST_CASE("DeleteObject: lays markers and takes versions away") {
  HandlerFixture fixture;
  fixture.MakeBucket("b-1", Versioning::kEnabled);
  const std::string version(fixture.Put("/b-1/k", "x").header("x-amz-version-id"));
  const Outcome hidden = fixture.Delete("/b-1/k");
  CHECK(hidden.status == 204);
  CHECK(hidden.header("x-amz-delete-marker") == "true");
  const std::string marker(hidden.header("x-amz-version-id"));
  const Outcome shown = fixture.Delete("/b-1/k?versionId=" + marker);
  CHECK(shown.header("x-amz-delete-marker") == "true");
  CHECK(shown.header("x-amz-version-id") == marker);
  CHECK(fixture.Get("/b-1/k").body == "x");
  const Outcome gone = fixture.Delete("/b-1/k?versionId=" + version);
  CHECK(gone.headers.Find("x-amz-delete-marker") == nullptr);
  CHECK(gone.header("x-amz-version-id") == version);
  CHECK(fixture.Get("/b-1/k").status == 404);
  CHECK(fixture.Delete("/b-1/k?versionId=").code == "InvalidArgument");
}

}  // namespace s3conn::local
