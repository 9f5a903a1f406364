#include "transfer/remove.h"

#include <string>

#include "support/catch.h"
#include "support/client_fixture.h"

namespace s3conn {
namespace {

Answer Stored(const std::string& etag) {
  return Reply(200, {{"ETag", "\"" + etag + "\""}, {"Content-Length", "0"}});
}

DeleteObjectRequest IfMatch(std::string etag) {
  DeleteObjectRequest request{"b", "k"};
  request.conditions.if_match = std::move(etag);
  return request;
}

std::string MethodsOf(const ClientFixture& fixture) {
  std::string methods;
  for (std::size_t i = 0; i < fixture.sent_count(); ++i) methods += fixture.sent(i).request.method + " ";
  return methods;
}

}  // namespace

TEST_CASE("Remove: one request where nothing is asked for") {
  ClientFixture fixture({Reply(204, {{"x-amz-version-id", "v"}, {"x-amz-delete-marker", "true"}})});
  const auto removed = Remove(fixture.client, {"b", "k", "v1"}, Look::kFirst, {});
  REQUIRE(removed);
  CHECK(removed->version_id == "v");
  CHECK(removed->delete_marker);
  CHECK(MethodsOf(fixture) == "DELETE ");
  CHECK(Url(fixture.sent(0).request) == "http://store.test:9000/b/k?versionId=v1");
}

TEST_CASE("Remove: on AWS the condition goes with the request") {
  ClientFixture fixture({Reply(204)}, Aws());
  REQUIRE(Remove(fixture.client, IfMatch("e"), Look::kFirst, {}));
  CHECK(MethodsOf(fixture) == "DELETE ");
  CHECK(fixture.sent(0).Header("If-Match") == "\"e\"");
  CHECK(fixture.sent(0).request.fresh_connection);
}

TEST_CASE("Remove: other stores are looked at first") {
  SECTION("it holds") {
    ClientFixture fixture({Stored("e"), Reply(204)});
    CHECK(Remove(fixture.client, IfMatch("e"), Look::kFirst, {}));
    CHECK(MethodsOf(fixture) == "HEAD DELETE ");
  }
  SECTION("it does not hold and nothing is deleted") {
    ClientFixture fixture({Stored("another")});
    const auto removed = Remove(fixture.client, IfMatch("e"), Look::kFirst, {});
    REQUIRE_FALSE(removed);
    CHECK(removed.error().kind == ErrorKind::kPrecondition);
    CHECK(MethodsOf(fixture) == "HEAD ");
  }
  SECTION("the caller has looked") {
    ClientFixture fixture({Reply(204)});
    CHECK(Remove(fixture.client, IfMatch("e"), Look::kDone, {}));
    CHECK(MethodsOf(fixture) == "DELETE ");
  }
  SECTION("a store that compares with the quotes is asked without them") {
    ClientFixture fixture({Stored("e"), Reply(412), Reply(204)});
    CHECK(Remove(fixture.client, IfMatch("e"), Look::kFirst, {}));
    CHECK(fixture.sent(2).Header("If-Match") == "e");
  }
}

TEST_CASE("Remove: the look is at the version that is deleted") {
  ClientFixture fixture({Stored("e"), Reply(204)});
  DeleteObjectRequest request = IfMatch("e");
  request.version_id = "v1";
  CHECK(Remove(fixture.client, request, Look::kFirst, {}));
  CHECK(Url(fixture.sent(0).request) == "http://store.test:9000/b/k?versionId=v1");
  CHECK(Url(fixture.sent(1).request) == "http://store.test:9000/b/k?versionId=v1");
}

TEST_CASE("Remove: a deletion whose answer was lost is found done") {
  for (const int status : {404, 412}) {
    CAPTURE(status);
    ClientFixture fixture({FailWith(ConnectionReset()), Reply(status), Reply(404)}, Aws());
    CHECK(Remove(fixture.client, IfMatch("e"), Look::kFirst, {}));
  }
}

TEST_CASE("Remove: an object that is another one after a lost answer is left and told") {
  ClientFixture fixture({FailWith(ConnectionReset()), Reply(412), Stored("another")}, Aws());
  const auto removed = Remove(fixture.client, IfMatch("e"), Look::kFirst, {});
  REQUIRE_FALSE(removed);
  CHECK(removed.error().kind == ErrorKind::kPrecondition);
}

TEST_CASE("Remove: what was never there is not found where no answer was lost") {
  ClientFixture fixture({Reply(404)}, Aws());
  const auto removed = Remove(fixture.client, IfMatch("e"), Look::kFirst, {});
  REQUIRE_FALSE(removed);
  CHECK(removed.error().kind == ErrorKind::kNotFound);
}

}  // namespace s3conn
