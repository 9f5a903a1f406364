#include "s3conn/s3/copy_object.h"

#include <string>
#include <string_view>
#include <utility>

#include "support/catch.h"

namespace s3conn {
namespace {

constexpr Timestamp kTime{std::chrono::seconds(1'768'469'400)};  // 2026-01-15T09:30:00Z

CopyObjectRequest Copy() {
  CopyObjectRequest request;
  request.source_bucket = "from";
  request.source_key = "a";
  request.bucket = "to";
  request.key = "b";
  return request;
}

OperationRequest Built(const CopyObjectRequest& request) {
  auto built = CopyObject::Build(request);
  REQUIRE(built);
  return *std::move(built);
}

// The x-amz-copy-source of a key.
std::string SourceOf(std::string key, std::string version = "") {
  CopyObjectRequest request = Copy();
  request.source_key = std::move(key);
  request.source.version_id = std::move(version);
  return std::string(Built(request).headers.Get("x-amz-copy-source"));
}

ErrorKind RefusedAs(const CopyObjectRequest& request) {
  const auto built = CopyObject::Build(request);
  REQUIRE_FALSE(built);
  return built.error().kind;
}

HttpResponse Answered(std::string body, Headers headers = {}) {
  HttpResponse response;
  response.status = 200;
  response.headers = std::move(headers);
  response.body = std::move(body);
  return response;
}

// The names of all headers, in their order.
std::string Names(const OperationRequest& request) {
  std::string names;
  for (const Header& header : request.headers) names += header.name + " ";
  return names;
}

ObjectSettings EverySetting() {
  ObjectSettings settings;
  settings.content_type = "text/plain";
  settings.content_encoding = "gzip";
  settings.content_disposition = "inline";
  settings.content_language = "de";
  settings.cache_control = "no-cache";
  settings.expires = "Thu, 15 Jan 2026 09:30:00 GMT";
  settings.metadata = {{"colour", "red"}};
  settings.tags = {{"team", "a b"}};
  settings.storage_class = "STANDARD_IA";
  settings.acl = "private";
  settings.encryption.algorithm = "aws:kms";
  settings.encryption.kms_key_id = "key-1";
  return settings;
}

}  // namespace

TEST_CASE("a copy is a PUT of the destination that names its source and nothing else") {
  const OperationRequest request = Built(Copy());
  CHECK(request.method == "PUT");
  CHECK(request.bucket == "to");
  CHECK(request.key == "b");
  CHECK(request.query.empty());
  CHECK(request.body.empty());
  CHECK(Names(request) == "x-amz-copy-source ");
}

TEST_CASE("the source of a copy is encoded but for its slashes") {
  CHECK(SourceOf("a") == "/from/a");
  CHECK(SourceOf("a b/c+d%20e") == "/from/a%20b/c%2Bd%2520e");
  CHECK(SourceOf("a//b") == "/from/a//b");
  CHECK(SourceOf("/a/") == "/from//a/");
  CHECK(SourceOf("../up/./x") == "/from/../up/./x");
  CHECK(SourceOf("caf\xc3\xa9") == "/from/caf%C3%A9");
  CHECK(SourceOf("a?versionId=1#x&y=z") == "/from/a%3FversionId%3D1%23x%26y%3Dz");
  CHECK(SourceOf("\xff\r\n") == "/from/%FF%0D%0A");
}

TEST_CASE("a version of the source stands behind the key whatever is in either") {
  CHECK(SourceOf("a", "3/L4kq+x=") == "/from/a?versionId=3%2FL4kq%2Bx%3D");
  CHECK(SourceOf("a?b", "null") == "/from/a%3Fb?versionId=null");
}

TEST_CASE("the bucket of the source is encoded too") {
  CopyObjectRequest request = Copy();
  request.source_bucket = "tenant:old_Bucket";
  CHECK(Built(request).headers.Get("x-amz-copy-source") == "/tenant%3Aold_Bucket/a");
}

TEST_CASE("an object behind an access point is named by its ARN") {
  CopyObjectRequest request = Copy();
  request.source_bucket = "arn:aws:s3:us-west-2:123456789012:accesspoint/my-point";
  request.source_key = "a b/c";
  request.source.version_id = "v1";
  CHECK(
      Built(request).headers.Get("x-amz-copy-source") ==
      "arn%3Aaws%3As3%3Aus-west-2%3A123456789012%3Aaccesspoint%2Fmy-point%2Fobject%2Fa%20b%2Fc?versionId=v1");
}

TEST_CASE("a copy refuses a bad source or destination before any request") {
  for (std::string CopyObjectRequest::*const bucket :
       {&CopyObjectRequest::source_bucket, &CopyObjectRequest::bucket}) {
    for (const char* const bad : {"", "..", "a/b", "a\nb"}) {
      CopyObjectRequest request = Copy();
      request.*bucket = bad;
      CHECK(RefusedAs(request) == ErrorKind::kUsage);
    }
  }
  for (std::string CopyObjectRequest::*const key :
       {&CopyObjectRequest::source_key, &CopyObjectRequest::key}) {
    for (const std::string& bad : {std::string(), std::string(1025, 'k')}) {
      CopyObjectRequest request = Copy();
      request.*key = bad;
      CHECK(RefusedAs(request) == ErrorKind::kUsage);
    }
  }
  CopyObjectRequest request = Copy();
  request.source_bucket = "arn:aws:s3:us-west-2:1:accesspoint/p\r\nx";
  CHECK(RefusedAs(request) == ErrorKind::kUsage);
}

TEST_CASE("a copy takes a source that is not UTF-8 to a key that is") {
  CopyObjectRequest request = Copy();
  request.source_key = "a\xff";
  CHECK(CopyObject::Build(request));
  std::swap(request.source_key, request.key);
  CHECK(RefusedAs(request) == ErrorKind::kUsage);
}

TEST_CASE("a copy refuses bad settings and bad keys on both sides") {
  CopyObjectRequest request = Copy();
  request.settings.storage_class = "a\nb";
  CHECK(RefusedAs(request) == ErrorKind::kUsage);
  request = Copy();
  request.settings.encryption.customer_key = Secret(std::string("short"));
  CHECK(RefusedAs(request) == ErrorKind::kUsage);
  request = Copy();
  request.source.customer_key = Secret(std::string("short"));
  CHECK(RefusedAs(request) == ErrorKind::kUsage);
}

TEST_CASE("a copy that keeps description and tags sends only where the object goes") {
  CopyObjectRequest request = Copy();
  request.settings = EverySetting();
  const OperationRequest built = Built(request);
  CHECK(Names(built) ==
        "x-amz-copy-source x-amz-storage-class x-amz-acl x-amz-server-side-encryption "
        "x-amz-server-side-encryption-aws-kms-key-id ");
  CHECK(built.headers.Get("x-amz-storage-class") == "STANDARD_IA");
  CHECK(built.headers.Get("x-amz-acl") == "private");
}

TEST_CASE("a copy that replaces the description sends all of it") {
  CopyObjectRequest request = Copy();
  request.settings = EverySetting();
  request.description_from = CopyObjectRequest::From::kSettings;
  const OperationRequest built = Built(request);
  CHECK(built.headers.Get("x-amz-metadata-directive") == "REPLACE");
  CHECK(built.headers.Get("Content-Type") == "text/plain");
  CHECK(built.headers.Get("x-amz-meta-colour") == "red");
  CHECK(built.headers.Get("Expires") == "Thu, 15 Jan 2026 09:30:00 GMT");
  CHECK(built.headers.Find("x-amz-tagging") == nullptr);
  CHECK(built.headers.Find("x-amz-tagging-directive") == nullptr);
}

TEST_CASE("a copy that replaces the tags sends them and without any takes them off") {
  CopyObjectRequest request = Copy();
  request.settings = EverySetting();
  request.tags_from = CopyObjectRequest::From::kSettings;
  OperationRequest built = Built(request);
  CHECK(built.headers.Get("x-amz-tagging-directive") == "REPLACE");
  CHECK(built.headers.Get("x-amz-tagging") == "team=a%20b");
  CHECK(built.headers.Find("x-amz-metadata-directive") == nullptr);
  CHECK(built.headers.Find("Content-Type") == nullptr);
  request.settings.tags.clear();
  built = Built(request);
  CHECK(built.headers.Get("x-amz-tagging-directive") == "REPLACE");
  CHECK(built.headers.Find("x-amz-tagging") == nullptr);
}

TEST_CASE("conditions on the source of a copy have names of their own") {
  CopyObjectRequest request = Copy();
  request.source.if_match = "e1";
  request.source.if_none_match = "*";
  request.source.if_modified_since = kTime;
  request.source.if_unmodified_since = kTime + std::chrono::hours(1);
  const OperationRequest built = Built(request);
  CHECK(built.headers.size() == 5);
  CHECK(built.headers.Get("x-amz-copy-source-if-match") == "\"e1\"");
  CHECK(built.headers.Get("x-amz-copy-source-if-none-match") == "*");
  CHECK(built.headers.Get("x-amz-copy-source-if-modified-since") == "Thu, 15 Jan 2026 09:30:00 GMT");
  CHECK(built.headers.Get("x-amz-copy-source-if-unmodified-since") == "Thu, 15 Jan 2026 10:30:00 GMT");
}

TEST_CASE("conditions on the destination of a copy are those of a write") {
  CopyObjectRequest request = Copy();
  request.conditions.if_none_match = true;
  CHECK(Built(request).headers.Get("If-None-Match") == "*");
  request.conditions = {.if_match = "e1"};
  CHECK(Built(request).headers.Get("If-Match") == "\"e1\"");
  CHECK(Built(request).headers.Find("If-None-Match") == nullptr);
}

TEST_CASE("a copy waits for a slow answer and begins a connection of its own only for a condition") {
  CopyObjectRequest request = Copy();
  CHECK(Built(request).slow_answer);
  CHECK_FALSE(Built(request).fresh_connection);
  request.source.if_match = "e1";
  CHECK_FALSE(Built(request).fresh_connection);
  request.conditions.if_none_match = true;
  CHECK(Built(request).slow_answer);
  CHECK(Built(request).fresh_connection);
}

TEST_CASE("each side of a copy has its own key of the customer") {
  CopyObjectRequest request = Copy();
  request.source.customer_key = Secret(std::string("0123456789abcdef0123456789abcdef"));
  request.settings.encryption.customer_key = Secret(std::string("abcdefghijklmnopqrstuvwxyz012345"));
  const Headers headers = Built(request).headers;
  CHECK(headers.size() == 7);
  CHECK(headers.Get("x-amz-copy-source-server-side-encryption-customer-algorithm") == "AES256");
  CHECK(headers.Get("x-amz-copy-source-server-side-encryption-customer-key") ==
        "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=");
  CHECK(headers.Get("x-amz-copy-source-server-side-encryption-customer-key-MD5") ==
        "hRasmdxgYDKV3nvbahU1MA==");
  CHECK(headers.Get("x-amz-server-side-encryption-customer-algorithm") == "AES256");
  CHECK(headers.Get("x-amz-server-side-encryption-customer-key") ==
        "YWJjZGVmZ2hpamtsbW5vcHFyc3R1dnd4eXowMTIzNDU=");
  CHECK(headers.Get("x-amz-server-side-encryption-customer-key-MD5") == "NX6C25NPxF9KJbS4Pci9GQ==");
}

TEST_CASE("the result of a copy is read with and without a namespace") {
  for (const char* const root :
       {"<CopyObjectResult>", "<CopyObjectResult xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">"}) {
    const auto copied = CopyObject::Parse(
        Answered(std::string("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n") + root +
                     "<LastModified>2026-01-15T09:30:00.000Z</LastModified><ETag>&quot;e1-2&quot;</ETag>"
                     "<ChecksumCRC64NVME>rosUhgp5mIg=</ChecksumCRC64NVME><ChecksumSHA1>c</ChecksumSHA1>"
                     "<ChecksumType>FULL_OBJECT</ChecksumType></CopyObjectResult>",
                 {{"x-amz-version-id", "v2"}, {"x-amz-copy-source-version-id", "v1"}}));
    REQUIRE(copied);
    CHECK(copied->etag == "e1-2");
    CHECK(copied->last_modified == kTime);
    CHECK(copied->version_id == "v2");
    CHECK(copied->source_version_id == "v1");
    REQUIRE(copied->checksums.size() == 2);
    CHECK(copied->checksums[0].name == "ChecksumCRC64NVME");
    CHECK(copied->checksums[0].value == "rosUhgp5mIg=");
    CHECK(copied->checksums[1].name == "ChecksumSHA1");
  }
}

TEST_CASE("a store may leave everything out of the result of a copy") {
  const auto copied = CopyObject::Parse(Answered("<CopyObjectResult/>"));
  REQUIRE(copied);
  CHECK(copied->etag.empty());
  CHECK_FALSE(copied->last_modified);
  CHECK(copied->version_id.empty());
  CHECK(copied->source_version_id.empty());
  CHECK(copied->checksums.empty());
}

TEST_CASE("white space that kept the connection alive is no part of a result") {
  const std::string wait(2000, ' ');
  const std::string result = "<CopyObjectResult><ETag>\"e\"</ETag></CopyObjectResult>";
  const std::string declaration = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
  for (const std::string& body : {declaration + wait + result, wait + result, wait + declaration + result}) {
    const auto copied = CopyObject::Parse(Answered(body));
    REQUIRE(copied);
    CHECK(copied->etag == "e");
  }
}

TEST_CASE("what is not the result of a copy is not taken for one") {
  for (const char* const body :
       {"", "   ", "<CopyObjectResult><ETag>\"e\"</ETag>", "<CopyObjectResult><ETag>", "copied",
        "<Error><Code>InternalError</Code></Error>", "<CopyPartResult><ETag>\"e\"</ETag></CopyPartResult>",
        "<html><body>please log in</body></html>"}) {
    CAPTURE(body);
    const auto copied = CopyObject::Parse(Answered(body, {{"ETag", "\"e\""}}));
    REQUIRE_FALSE(copied);
    CHECK(copied.error().kind == ErrorKind::kService);
    CHECK(copied.error().retryable);
  }
}

TEST_CASE("a copy is a transfer") {
  static_assert(CopyObject::kTransfer);
  CHECK(CopyObject::kName == "CopyObject");
  CHECK(kMaxSingleCopy == 5_GiB);
}

}  // namespace s3conn
