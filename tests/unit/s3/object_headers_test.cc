// How the settings, conditions and keys of the operations on objects go out.

#include "s3/object_headers.h"

#include <chrono>
#include <string>
#include <string_view>
#include <utility>

#include "s3conn/s3/delete_object.h"
#include "s3conn/s3/get_object.h"
#include "s3conn/s3/head_object.h"
#include "s3conn/s3/put_object.h"
#include "support/catch.h"

namespace s3conn {
namespace {

constexpr Timestamp kTime{std::chrono::seconds(1'768'469'400)};  // 2026-01-15T09:30:00Z
constexpr std::string_view kKey = "0123456789abcdef0123456789abcdef";
constexpr std::string_view kKeyBase64 = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";
constexpr std::string_view kKeyMd5 = "hRasmdxgYDKV3nvbahU1MA==";

template <typename Op>
OperationRequest Built(const typename Op::Request& request) {
  Result<OperationRequest> built = Op::Build(request);
  REQUIRE(built);
  return *std::move(built);
}

template <typename Op>
ErrorKind RefusedAs(const typename Op::Request& request) {
  const auto built = Op::Build(request);
  REQUIRE_FALSE(built);
  return built.error().kind;
}

OperationRequest Put(ObjectSettings settings, WriteConditions conditions = {}) {
  return Built<PutObject>({"b", "k", "", std::move(settings), std::move(conditions)});
}

// "name=value" of every query parameter.
std::string QueryOf(const OperationRequest& request) {
  std::string text;
  for (const QueryParameter& parameter : request.query)
    text += parameter.name + "=" + parameter.value.value_or("(none)") + " ";
  return text;
}

std::string Tagging(NamedValues tags) {
  ObjectSettings settings;
  settings.tags = std::move(tags);
  return std::string(Put(settings).headers.Get("x-amz-tagging"));
}

void CheckCustomerKeyHeaders(const Headers& headers) {
  CHECK(headers.Get("x-amz-server-side-encryption-customer-algorithm") == "AES256");
  CHECK(headers.Get("x-amz-server-side-encryption-customer-key") == kKeyBase64);
  CHECK(headers.Get("x-amz-server-side-encryption-customer-key-MD5") == kKeyMd5);
}

}  // namespace

TEST_CASE("PutObject sends each setting as a header of its own") {
  ObjectSettings settings;
  settings.content_type = "text/plain";
  settings.content_encoding = "gzip";
  settings.content_disposition = "attachment; filename=\"a\"";
  settings.content_language = "de, en";
  settings.cache_control = "max-age=60";
  settings.expires = "whenever";
  settings.metadata = {{"Colour", "dark red"}, {"empty", ""}};
  settings.tags = {{"team", "s3"}};
  settings.storage_class = "GLACIER_IR";
  settings.acl = "public-read";
  settings.encryption.algorithm = "aws:kms:dsse";
  settings.encryption.kms_key_id = "arn:aws:kms:eu-west-1:1:key/2";
  const OperationRequest request = Put(settings);
  const Headers& headers = request.headers;
  CHECK(headers.size() == 13);
  CHECK(headers.Get("Content-Type") == "text/plain");
  CHECK(headers.Get("Content-Encoding") == "gzip");
  CHECK(headers.Get("Content-Disposition") == "attachment; filename=\"a\"");
  CHECK(headers.Get("Content-Language") == "de, en");
  CHECK(headers.Get("Cache-Control") == "max-age=60");
  CHECK(headers.Get("Expires") == "whenever");
  CHECK(headers.Get("x-amz-meta-Colour") == "dark red");
  REQUIRE(headers.Find("x-amz-meta-empty") != nullptr);
  CHECK(headers.Get("x-amz-meta-empty").empty());
  CHECK(headers.Get("x-amz-tagging") == "team=s3");
  CHECK(headers.Get("x-amz-storage-class") == "GLACIER_IR");
  CHECK(headers.Get("x-amz-acl") == "public-read");
  CHECK(headers.Get("x-amz-server-side-encryption") == "aws:kms:dsse");
  CHECK(headers.Get("x-amz-server-side-encryption-aws-kms-key-id") == "arn:aws:kms:eu-west-1:1:key/2");
  CHECK_FALSE(request.fresh_connection);
  CHECK_FALSE(request.slow_answer);
}

TEST_CASE("PutObject refuses settings that no header can carry") {
  ObjectSettings settings;
  settings.cache_control = "a\r\nx-amz-acl: public-read";
  CHECK(RefusedAs<PutObject>({"b", "k", "", settings, {}}) == ErrorKind::kUsage);
}

TEST_CASE("tags are one query string with everything but the unreserved encoded") {
  CHECK(Tagging({}).empty());
  CHECK(Tagging({{"a", "1"}, {"b", ""}}) == "a=1&b=");
  CHECK(Tagging({{"a b/c", "d+e&f=g%20?/"}, {"caf\xc3\xa9", "-._~"}}) ==
        "a%20b%2Fc=d%2Be%26f%3Dg%2520%3F%2F&caf%C3%A9=-._~");
}

TEST_CASE("PutObject sends a customer's key with its digest") {
  ObjectSettings settings;
  settings.encryption.customer_key = Secret(std::string(kKey));
  const OperationRequest request = Put(settings);
  CHECK(request.headers.size() == 3);
  CheckCustomerKeyHeaders(request.headers);
}

TEST_CASE("a key that is not text is encoded byte for byte") {
  Headers headers;
  AddCustomerKey(headers, "p-", Secret(std::string("\0\xff\n", 3)));
  CHECK(headers.Get("p-key") == "AP8K");
  CHECK(headers.Get("p-algorithm") == "AES256");
}

TEST_CASE("a write that depends on the destination says so on a connection of its own") {
  OperationRequest request = Put({}, {.if_none_match = true});
  CHECK(request.headers.size() == 1);
  CHECK(request.headers.Get("If-None-Match") == "*");
  CHECK(request.fresh_connection);
  request = Put({}, {.if_match = "e1"});
  CHECK(request.headers.size() == 1);
  CHECK(request.headers.Get("If-Match") == "\"e1\"");
  CHECK(request.fresh_connection);
  request = Put({}, {.if_match = "*"});
  CHECK(request.headers.Get("If-Match") == "*");
}

TEST_CASE("an ETag goes out bare where the store wants that") {
  const auto bare = WriteConditions::ETagForm::kBare;
  CHECK(Put({}, {.if_match = "e1", .etag_form = bare}).headers.Get("If-Match") == "e1");
  CHECK(Put({}, {.etag_form = bare}).headers.size() == 0);
  CHECK_FALSE(Put({}, {.etag_form = bare}).fresh_connection);
}

TEST_CASE("GetObject and HeadObject send version and conditions and key of what they read") {
  ReadOptions options;
  options.version_id = "3/L4+x=";
  options.if_match = "e1-2";
  options.if_none_match = "e3";
  options.if_modified_since = kTime;
  options.if_unmodified_since = kTime - std::chrono::hours(24);
  options.customer_key = Secret(std::string(kKey));
  for (const OperationRequest& request :
       {Built<GetObject>({"b", "k", options, {}}), Built<HeadObject>({"b", "k", options})}) {
    CAPTURE(request.method);
    CHECK(QueryOf(request) == "versionId=3/L4+x= ");
    CHECK(request.headers.size() == 8);
    CHECK(request.headers.Get("If-Match") == "\"e1-2\"");
    CHECK(request.headers.Get("If-None-Match") == "\"e3\"");
    CHECK(request.headers.Get("If-Modified-Since") == "Thu, 15 Jan 2026 09:30:00 GMT");
    CHECK(request.headers.Get("If-Unmodified-Since") == "Wed, 14 Jan 2026 09:30:00 GMT");
    CheckCustomerKeyHeaders(request.headers);
    CHECK_FALSE(request.fresh_connection);
  }
}

TEST_CASE("GetObject and HeadObject ask for no more than they are told to") {
  for (const OperationRequest& request :
       {Built<GetObject>({"b", "k", {}, {}}), Built<HeadObject>({"b", "k", {}})}) {
    CHECK(request.query.empty());
    CHECK(request.headers.size() == 1);  // x-amz-checksum-mode
  }
}

TEST_CASE("a read with a key of another length is refused") {
  ReadOptions options;
  options.customer_key = Secret(std::string(31, 'k'));
  CHECK(RefusedAs<GetObject>({"b", "k", options, {}}) == ErrorKind::kUsage);
  CHECK(RefusedAs<HeadObject>({"b", "k", options}) == ErrorKind::kUsage);
}

TEST_CASE("GetObject asks for a range of bytes") {
  CHECK(Built<GetObject>({"b", "k", {}, ByteRange{0, 99}}).headers.Get("Range") == "bytes=0-99");
  CHECK(Built<GetObject>({"b", "k", {}, ByteRange{{}, 5}}).headers.Get("Range") == "bytes=-5");
}

TEST_CASE("DeleteObject names a version and a condition where it has them") {
  const OperationRequest plain = Built<DeleteObject>({"b", "k"});
  CHECK(plain.query.empty());
  CHECK(plain.headers.size() == 0);
  CHECK_FALSE(plain.fresh_connection);
  const OperationRequest version = Built<DeleteObject>({"b", "k", "null"});
  CHECK(QueryOf(version) == "versionId=null ");
  CHECK(version.headers.size() == 0);
  const OperationRequest matching = Built<DeleteObject>({"b", "k", "", {.if_match = "e1"}});
  CHECK(matching.query.empty());
  CHECK(matching.headers.Get("If-Match") == "\"e1\"");
  CHECK(matching.fresh_connection);
}

TEST_CASE("a read is conditional with any one condition") {
  CHECK_FALSE(ReadOptions{}.conditional());
  CHECK_FALSE(ReadOptions{.version_id = "v"}.conditional());
  CHECK(ReadOptions{.if_match = "e"}.conditional());
  CHECK(ReadOptions{.if_none_match = "e"}.conditional());
  CHECK(ReadOptions{.if_modified_since = kTime}.conditional());
  CHECK(ReadOptions{.if_unmodified_since = kTime}.conditional());
}

}  // namespace s3conn
