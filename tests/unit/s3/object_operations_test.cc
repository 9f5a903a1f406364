#include <string>
#include <string_view>

#include "s3conn/s3/delete_object.h"
#include "s3conn/s3/get_object.h"
#include "s3conn/s3/head_object.h"
#include "s3conn/s3/put_object.h"
#include "support/catch.h"

namespace s3conn {
namespace {

HttpResponse Ok(Headers headers) {
  HttpResponse response;
  response.status = 200;
  response.headers = std::move(headers);
  return response;
}

template <typename Op>
void CheckRefusals() {
  typename Op::Request request;
  request.bucket = "b";
  const auto error_kind = [&request] {
    const auto built = Op::Build(request);
    REQUIRE_FALSE(built);
    return built.error().kind;
  };
  CHECK(error_kind() == ErrorKind::kUsage);
  request.key = std::string(1025, 'k');
  CHECK(error_kind() == ErrorKind::kUsage);
  request.key = "k";
  request.bucket = "";
  CHECK(error_kind() == ErrorKind::kUsage);
  request.bucket = "..";
  CHECK(error_kind() == ErrorKind::kUsage);
}

template <typename Op>
OperationRequest Built(const std::string& key) {
  typename Op::Request request;
  request.bucket = "b";
  request.key = key;
  const auto built = Op::Build(request);
  REQUIRE(built);
  CHECK(built->bucket == "b");
  CHECK(built->key == key);
  return *built;
}

TEST_CASE("every operation on an object refuses a bad bucket or key before any request") {
  CheckRefusals<GetObject>();
  CheckRefusals<HeadObject>();
  CheckRefusals<PutObject>();
  CheckRefusals<DeleteObject>();
}

TEST_CASE("GetObject and HeadObject ask for the checksums that are kept") {
  const OperationRequest get = Built<GetObject>("a//b");
  CHECK(get.method == "GET");
  CHECK(get.headers.Get("x-amz-checksum-mode") == "ENABLED");
  const OperationRequest head = Built<HeadObject>("../k");
  CHECK(head.method == "HEAD");
  CHECK(head.headers.Get("x-amz-checksum-mode") == "ENABLED");
  CHECK(head.query.empty());
  const auto version = HeadObject::Build({"b", "k", {.version_id = "v1"}});
  REQUIRE(version);
  CHECK(WireQuery(version->query) == "versionId=v1");
}

TEST_CASE("keys that are not UTF-8 can be read and deleted but not made") {
  Built<GetObject>("\xff");
  Built<HeadObject>("\xff");
  Built<DeleteObject>("\xff");
  const auto put = PutObject::Build({"b", "a\xff", ""});
  REQUIRE_FALSE(put);
  CHECK(put.error().kind == ErrorKind::kUsage);
  CHECK(put.error().message.find("a\\xff") != std::string::npos);
}

TEST_CASE("PutObject sends a checksum only where it has one") {
  const OperationRequest plain = Built<PutObject>("k");
  CHECK(plain.method == "PUT");
  CHECK(plain.headers.size() == 0);
  const auto with = PutObject::Build({"b", "k", "rosUhgp5mIg="});
  REQUIRE(with);
  CHECK(with->headers.Get("x-amz-checksum-crc64nvme") == "rosUhgp5mIg=");
}

TEST_CASE("PutObject gives ETag and version and checksums") {
  const auto response = PutObject::Parse(
      Ok({{"ETag", "\"e1\""}, {"x-amz-version-id", "v1"}, {"x-amz-checksum-crc64nvme", "rosUhgp5mIg="}}));
  REQUIRE(response);
  CHECK(response->etag == "e1");
  CHECK(response->version_id == "v1");
  REQUIRE(response->checksums.size() == 1);
  CHECK(response->checksums[0].name == "ChecksumCRC64NVME");
}

TEST_CASE("an upload without an ETag is not taken for done") {
  const auto response = PutObject::Parse(Ok({}));
  REQUIRE_FALSE(response);
  CHECK(response.error().kind == ErrorKind::kService);
  CHECK(response.error().retryable);
}

TEST_CASE("a success that does not describe an object is not taken for one") {
  for (const Headers& headers : {Headers{{"Content-Length", "5"}}, Headers{{"ETag", "\"e\""}},
                                 Headers{{"ETag", "\"e\""}, {"Content-Length", "many"}}}) {
    const auto head = HeadObject::Parse(Ok(headers));
    REQUIRE_FALSE(head);
    CHECK(head.error().kind == ErrorKind::kService);
    CHECK(head.error().retryable);
    CHECK_FALSE(GetObject::Parse(Ok(headers)));
  }
  CHECK(HeadObject::Parse(Ok({{"ETag", "\"e\""}, {"Content-Length", "5"}})));
}

TEST_CASE("a page in answer to an upload or a deletion is not taken for done") {
  HttpResponse page = Ok({{"ETag", "\"e\""}});
  page.body = "<html>please log in</html>";
  const auto put = PutObject::Parse(page);
  REQUIRE_FALSE(put);
  CHECK(put.error().kind == ErrorKind::kService);
  CHECK(put.error().message.find("please log in") != std::string::npos);
  CHECK_FALSE(DeleteObject::Parse(page));
}

TEST_CASE("DeleteObject tells a marker from a deletion") {
  CHECK(Built<DeleteObject>("k").method == "DELETE");
  const auto marker = DeleteObject::Parse(Ok({{"x-amz-delete-marker", "true"}, {"x-amz-version-id", "v2"}}));
  REQUIRE(marker);
  CHECK(marker->delete_marker);
  CHECK(marker->version_id == "v2");
  const auto plain = DeleteObject::Parse(Ok({}));
  REQUIRE(plain);
  CHECK_FALSE(plain->delete_marker);
  CHECK(plain->version_id.empty());
}

TEST_CASE("DeleteObject names a version only where one is given") {
  CHECK(Built<DeleteObject>("k").query.empty());
  const auto version = DeleteObject::Build({"b", "k", "v+1"});
  REQUIRE(version);
  CHECK(WireQuery(version->query) == "versionId=v%2B1");
}

TEST_CASE("transfers are marked as such") {
  static_assert(GetObject::kTransfer && PutObject::kTransfer);
  static_assert(!HeadObject::kTransfer && !DeleteObject::kTransfer);
  CHECK(GetObject::kName == "GetObject");
}

}  // namespace
}  // namespace s3conn
