#include "s3/service_error.h"

#include <string>
#include <string_view>

#include "support/catch.h"
#include "support/client_fixture.h"

namespace s3conn {
namespace {

Error ErrorOf(int status, std::string body = {}, Headers headers = {}) {
  return ServiceError(HttpRequest(), Reply(status, std::move(headers), std::move(body)).response);
}

bool Contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

TEST_CASE("the service's code decides the kind of error and whether to try again") {
  struct Row {
    int status;
    std::string_view code;
    ErrorKind kind;
    bool retryable;
  };
  const Row rows[] = {
      {404, "NoSuchKey", ErrorKind::kNotFound, false},
      {404, "NoSuchBucket", ErrorKind::kNotFound, false},
      {404, "NoSuchVersion", ErrorKind::kNotFound, false},
      {404, "NoSuchUpload", ErrorKind::kNotFound, false},
      {409, "BucketAlreadyExists", ErrorKind::kConflict, false},
      {409, "BucketAlreadyOwnedByYou", ErrorKind::kConflict, false},
      {409, "BucketNotEmpty", ErrorKind::kConflict, false},
      {403, "InvalidObjectState", ErrorKind::kConflict, false},
      {403, "ObjectNotInActiveTierError", ErrorKind::kConflict, false},
      {409, "RestoreAlreadyInProgress", ErrorKind::kConflict, false},
      {503, "GlacierExpeditedRetrievalNotAvailable", ErrorKind::kService, true},
      {409, "OperationAborted", ErrorKind::kConflict, true},
      {412, "PreconditionFailed", ErrorKind::kPrecondition, false},
      {503, "SlowDown", ErrorKind::kThrottled, true},
      {400, "RequestLimitExceeded", ErrorKind::kThrottled, true},
      {400, "ThrottlingException", ErrorKind::kThrottled, true},
      {500, "InternalError", ErrorKind::kService, true},
      {503, "ServiceUnavailable", ErrorKind::kService, true},
      {400, "RequestTimeout", ErrorKind::kTimeout, true},
      {403, "AccessDenied", ErrorKind::kDenied, false},
      {403, "InvalidAccessKeyId", ErrorKind::kDenied, false},
      {403, "SignatureDoesNotMatch", ErrorKind::kDenied, false},
      {403, "RequestTimeTooSkewed", ErrorKind::kDenied, false},
      {400, "AuthorizationHeaderMalformed", ErrorKind::kConfig, false},
      {301, "PermanentRedirect", ErrorKind::kConfig, false},
      {400, "IllegalLocationConstraintException", ErrorKind::kConfig, false},
      {400, "ExpiredToken", ErrorKind::kCredentials, false},
      {400, "InvalidToken", ErrorKind::kCredentials, false},
      {400, "BadDigest", ErrorKind::kIntegrity, true},
      {400, "XAmzContentSHA256Mismatch", ErrorKind::kIntegrity, true},
      {400, "EntityTooLarge", ErrorKind::kUsage, false},
      {400, "InvalidArgument", ErrorKind::kService, false},
  };
  for (const Row& row : rows) {
    CAPTURE(row.code);
    const Error error = ErrorOf(row.status, ErrorXml(row.code));
    CHECK(error.kind == row.kind);
    CHECK(error.retryable == row.retryable);
    CHECK(error.message == "said the service (" + std::string(row.code) + ")");
    REQUIRE(error.service);
    CHECK(error.service->code == row.code);
    CHECK(error.service->http_status == row.status);
  }
}

TEST_CASE("an answer without a body is judged by its status") {
  struct Row {
    int status;
    ErrorKind kind;
    bool retryable;
  };
  for (const Row& row : {Row{301, ErrorKind::kConfig, false}, Row{304, ErrorKind::kPrecondition, false},
                         Row{307, ErrorKind::kConfig, false}, Row{400, ErrorKind::kService, false},
                         Row{401, ErrorKind::kDenied, false}, Row{403, ErrorKind::kDenied, false},
                         Row{404, ErrorKind::kNotFound, false}, Row{405, ErrorKind::kService, false},
                         Row{408, ErrorKind::kTimeout, true}, Row{409, ErrorKind::kConflict, false},
                         Row{412, ErrorKind::kPrecondition, false}, Row{416, ErrorKind::kUsage, false},
                         Row{429, ErrorKind::kThrottled, true}, Row{500, ErrorKind::kService, true},
                         Row{501, ErrorKind::kService, false}, Row{502, ErrorKind::kService, true},
                         Row{503, ErrorKind::kService, true}, Row{504, ErrorKind::kService, true},
                         Row{599, ErrorKind::kService, true}}) {
    CAPTURE(row.status);
    const Error error = ErrorOf(row.status);
    CHECK(error.kind == row.kind);
    CHECK(error.retryable == row.retryable);
    CHECK(Contains(error.message, "(HTTP " + std::to_string(row.status) + ")"));
  }
}

TEST_CASE("a code that nobody knows is judged by its status") {
  const Error denied = ErrorOf(403, ErrorXml("BrandNewRefusal"));
  CHECK(denied.kind == ErrorKind::kDenied);
  CHECK(denied.service->code == "BrandNewRefusal");
  CHECK(ErrorOf(409, ErrorXml("BrandNewConflict")).kind == ErrorKind::kConflict);
  CHECK(ErrorOf(503, ErrorXml("BrandNewTrouble")).retryable);
  CHECK(ErrorOf(418, ErrorXml("Teapot")).kind == ErrorKind::kService);
  CHECK_FALSE(ErrorOf(418, ErrorXml("Teapot")).retryable);
}

TEST_CASE("all that the service says is kept") {
  const Error error =
      ErrorOf(403, ErrorXml("SignatureDoesNotMatch", "no match",
                            "<RequestId>r</RequestId><HostId>h</HostId><Resource>/b/k</Resource>"
                            "<CanonicalRequest>GET\n/\n&amp;</CanonicalRequest>"
                            "<StringToSign>AWS4</StringToSign>"));
  REQUIRE(error.service);
  CHECK(error.service->request_id == "r");
  CHECK(error.service->host_id == "h");
  CHECK(error.service->resource == "/b/k");
  CHECK(error.service->canonical_request == "GET\n/\n&");
  CHECK(error.service->string_to_sign == "AWS4");
}

TEST_CASE("the ids of the headers win over those of the document") {
  const Error error = ErrorOf(404, ErrorXml("NoSuchKey", "m", "<RequestId>r</RequestId><HostId>h</HostId>"),
                              {{"x-amz-request-id", "R"}, {"x-amz-id-2", "H"}});
  CHECK(error.service->request_id == "R");
  CHECK(error.service->host_id == "H");
}

TEST_CASE("a wrong region is answered with the right one") {
  const Error by_document =
      ErrorOf(400, ErrorXml("AuthorizationHeaderMalformed", "m", "<Region>eu-central-1</Region>"));
  CHECK(by_document.service->region == "eu-central-1");
  CHECK(Contains(by_document.hint, "--region eu-central-1"));
  const Error by_header = ErrorOf(301, "", {{"x-amz-bucket-region", "eu-north-1"}});
  CHECK(Contains(by_header.hint, "--region eu-north-1"));
  const Error hostile = ErrorOf(301, "", {{"x-amz-bucket-region", "\x1b[2J"}});
  CHECK_FALSE(Contains(hostile.hint, "\x1b"));
}

TEST_CASE("a region in an error of another kind does not change its advice") {
  const Error error = ErrorOf(403, ErrorXml("AccessDenied"), {{"x-amz-bucket-region", "eu-north-1"}});
  CHECK_FALSE(Contains(error.hint, "--region"));
}

TEST_CASE("a proxy's page is quoted and escaped and cut") {
  const Error error = ErrorOf(502, "  <html>\x1b[31m" + std::string(1000, 'x') + "</html>");
  CHECK(Contains(error.message, "(HTTP 502): <html>\\x1b[31mxxx"));
  CHECK(error.message.size() < 300);
  CHECK(error.message.substr(error.message.size() - 3) == "\xe2\x80\xa6");
  CHECK(Contains(error.hint, "proxy"));
  CHECK(error.retryable);
  CHECK(error.service->code == "InternalError");
}

TEST_CASE("XML that is not S3's is a page like any other") {
  const Error error = ErrorOf(403, "<Refusal><Code>NoSuchKey</Code></Refusal>");
  CHECK(error.kind == ErrorKind::kDenied);
  CHECK(Contains(error.message, "<Refusal>"));
  CHECK(ErrorOf(404, "<Error></Error>").kind == ErrorKind::kNotFound);
}

TEST_CASE("a message of the service is escaped") {
  const Error error = ErrorOf(403, ErrorXml("Access\x1b", "no\x1b[2J\n&#x202e;way"));
  CHECK_FALSE(Contains(error.message, "\x1b"));
  CHECK(Contains(error.message, "no\\x1b[2J\\x0a\\u{202e}way"));
}

TEST_CASE("an error document without a message is told by its status") {
  CHECK(ErrorOf(404, "<Error><Code>NoSuchKey</Code></Error>").message == "not found (NoSuchKey)");
}

TEST_CASE("an error in an answer that began as a success is an error") {
  const Error error = ErrorOf(200, ErrorXml("SlowDown"));
  CHECK(error.kind == ErrorKind::kThrottled);
  CHECK(error.service->http_status == 200);
  const Error page = ErrorOf(200, "<html><Error></html>");
  CHECK(page.kind == ErrorKind::kService);
  CHECK(page.retryable);
}

TEST_CASE("the wait that the service asks for is taken in milliseconds and within an hour") {
  const auto after = [](std::string value) {
    return ErrorOf(503, "", {{"x-amz-retry-after", std::move(value)}}).service->retry_after;
  };
  CHECK(after("1500") == std::chrono::milliseconds(1500));
  CHECK_FALSE(after("3600000"));
  CHECK_FALSE(after("soon"));
  CHECK_FALSE(after("-1"));
  CHECK_FALSE(after(""));
}

TEST_CASE("a HEAD that is told no reason has advice that fits what it asked about") {
  const auto hint = [](int status, Headers headers) {
    HttpRequest request;
    request.method = "HEAD";
    request.headers = std::move(headers);
    return ServiceError(request, Reply(status).response).hint;
  };
  const Headers object = {{"x-amz-checksum-mode", "ENABLED"}};
  CHECK(Contains(hint(403, object), "the secret key may be wrong"));
  CHECK(Contains(hint(403, object), "'s3conn cat' says which"));
  CHECK(Contains(hint(403, {}), "'s3conn list-objects' says which"));
  CHECK(Contains(hint(400, object), "--sse-c-key"));
  CHECK_FALSE(Contains(hint(400, {}), "--sse-c-key"));
  CHECK(Contains(hint(404, object), "keys are taken byte for byte"));
  CHECK_FALSE(Contains(ErrorOf(403).hint, "a HEAD"));
}

TEST_CASE("errors that a user can mend come with advice") {
  for (const std::string_view code :
       {"NoSuchKey", "NoSuchBucket", "BucketAlreadyExists", "BucketNotEmpty", "AccessDenied",
        "InvalidAccessKeyId", "SignatureDoesNotMatch", "RequestTimeTooSkewed", "ExpiredToken", "SlowDown",
        "EntityTooLarge", "NotModified", "InvalidArgument"}) {
    CAPTURE(code);
    CHECK_FALSE(ErrorOf(400, ErrorXml(code)).hint.empty());
  }
}

}  // namespace
}  // namespace s3conn
