#include "local/authorization.h"

#include <map>
#include <string>
#include <utility>

#include "base/text.h"
#include "signed_request.h"
#include "support/catch.h"
#include "support/fake_clock.h"

namespace s3conn::local {
namespace {

using Kind = PayloadRules::Kind;

Timestamp At(std::string_view amz_date) {
  return ParseAmzDate(amz_date).value();
}

Answer<Authorization> Verify(const Request& request, Timestamp now = At(kTestDate)) {
  const FakeClock clock(now);
  return Authorizer({{"OTHER", Secret("other")}, TestKeys()}, clock).Verify(request);
}

Code CodeOf(const Answer<Authorization>& answer) {
  REQUIRE_FALSE(answer);
  return answer.error().code;
}

std::map<std::string, std::string> DetailsOf(const Answer<Authorization>& answer) {
  REQUIRE_FALSE(answer);
  return {answer.error().details.begin(), answer.error().details.end()};
}

Request Get(std::string target = "/b/k") {
  return {"GET", std::move(target), {}, "test"};
}

Request WithAuthorization(std::string value) {
  Request request = SignedRequest(Get());
  request.headers.Set("Authorization", std::move(value));
  return request;
}

// The signed request with a stretch of its Authorization replaced.
Request WithChange(std::string_view from, std::string_view to) {
  Request request = SignedRequest(Get());
  std::string value(request.headers.Get("Authorization"));
  value.replace(value.find(from), from.size(), to);
  request.headers.Set("Authorization", std::move(value));
  return request;
}

Request WithUrlChange(std::string_view from, std::string_view to) {
  Request request = PresignedRequest("/b/k");
  request.target.replace(request.target.find(from), from.size(), to);
  return request;
}

TEST_CASE("Authorizer: a signed request tells whose it is") {
  const auto answer = Verify(SignedRequest(Get()));
  REQUIRE(answer);
  CHECK(answer->access_key == kTestAccessKey);
  CHECK(answer->payload.kind == Kind::kUnsigned);
  CHECK(Verify(PresignedRequest("/b/k?versionId=1")));
}

TEST_CASE("Authorizer: no signature is AccessDenied") {
  CHECK(CodeOf(Verify(Get())) == Code::kAccessDenied);
  CHECK(CodeOf(Verify(Get("/b?prefix=Signature"))) == Code::kAccessDenied);
}

TEST_CASE("Authorizer: an unknown access key is named") {
  const auto answer = Verify(WithChange("AKTEST", "AKTESS"));
  CHECK(CodeOf(answer) == Code::kInvalidAccessKeyId);
  CHECK(DetailsOf(answer)["AWSAccessKeyId"] == "AKTESS");
}

TEST_CASE("Authorizer: a wrong signature shows what should have been signed") {
  Request request = SignedRequest(Get());
  request.target = "/b/other";
  const auto answer = Verify(request);
  CHECK(CodeOf(answer) == Code::kSignatureDoesNotMatch);
  auto details = DetailsOf(answer);
  CHECK(details["AWSAccessKeyId"] == kTestAccessKey);
  CHECK(details["StringToSign"].starts_with(
      "AWS4-HMAC-SHA256\n20260115T093000Z\n20260115/eu-west-1/s3/aws4_req"));
  CHECK(details["StringToSignBytes"].starts_with("41 57 53 34 2d"));
  CHECK(details["CanonicalRequest"].starts_with("GET\n/b/other\n\nhost:h:1\n"));
  CHECK(details["CanonicalRequestBytes"].starts_with("47 45 54 0a 2f"));
  CHECK(details["SignatureProvided"].size() == 64);
}

TEST_CASE("Authorizer: a clock may be fifteen minutes off and no more") {
  const Request request = SignedRequest(Get());
  CHECK(Verify(request, At("20260115T094500Z")));
  CHECK(Verify(request, At("20260115T091500Z")));
  CHECK(CodeOf(Verify(request, At("20260115T091459Z"))) == Code::kRequestTimeTooSkewed);
  const auto answer = Verify(request, At("20260115T094501Z"));
  CHECK(CodeOf(answer) == Code::kRequestTimeTooSkewed);
  CHECK(DetailsOf(answer) == std::map<std::string, std::string>{{"RequestTime", "20260115T093000Z"},
                                                                {"ServerTime", "2026-01-15T09:45:01Z"},
                                                                {"MaxAllowedSkewMilliseconds", "900000"}});
}

TEST_CASE("Authorizer: the day of the scope is that of the request") {
  CHECK(CodeOf(Verify(WithChange("20260115", "20260114"))) == Code::kAuthorizationHeaderMalformed);
  CHECK(CodeOf(Verify(WithUrlChange("20260115", "20260114"))) == Code::kAuthorizationQueryParametersError);
}

TEST_CASE("Authorizer: the Date header will do and has two forms") {
  for (const std::string_view date : {"Thu, 15 Jan 2026 09:30:00 GMT", "20260115T093000Z"}) {
    CAPTURE(date);
    Request request{"GET", "/b", {{"Host", "h"}, {"Date", std::string(date)}}, "test"};
    request.headers.Add("x-amz-content-sha256", "UNSIGNED-PAYLOAD");
    const std::vector<std::string> names = {"date", "host", "x-amz-content-sha256"};
    request.headers.Add("Authorization", "AWS4-HMAC-SHA256 Credential=AKTEST/" + std::string(kTestScope) +
                                             ",SignedHeaders=" + JoinNames(names) + ",Signature=" +
                                             TestSignature(request, names, "UNSIGNED-PAYLOAD"));
    CHECK(Verify(request));
    CHECK(CodeOf(Verify(request, At("20260115T100000Z"))) == Code::kRequestTimeTooSkewed);
    request.headers.Set("Date", "yesterday");
    CHECK(CodeOf(Verify(request)) == Code::kAccessDenied);
  }
}

TEST_CASE("Authorizer: an Authorization header that is no such thing is malformed") {
  const Request rows[] = {
      WithChange("Credential=", "Credentials="),
      WithChange("Credential=AKTEST/", "Credential="),
      WithChange("Credential=AKTEST/", "Credential=/"),
      WithChange("/eu-west-1/", "//"),
      WithChange("/20260115/", "/2026-1-5/"),
      WithChange("/s3/", "/s3express/"),
      WithChange("aws4_request", "aws4_requests"),
      WithChange("SignedHeaders=", "SignedHeaders=Accept;"),
      WithChange("SignedHeaders=", "SignedHeaders=z;"),
      WithChange("SignedHeaders=", "SignedHeaders=;"),
      WithChange("SignedHeaders=host;", "SignedHeaders=host;host;"),
      WithChange(", Signature=", ", Signature=1, Signature="),
      WithChange("Signature=", "Sig="),
      WithAuthorization("AWS4-HMAC-SHA256"),
      WithAuthorization("AWS4-HMAC-SHA256 Credential=AKTEST/" + std::string(kTestScope)),
      WithAuthorization("AWS4-HMAC-SHA256 ,,,"),
      WithAuthorization("AWS4-HMAC-SHA256 Credential=a/b/c, SignedHeaders=host, Signature=1"),
  };
  for (const Request& request : rows) {
    CAPTURE(request.headers.Get("Authorization"));
    CHECK(CodeOf(Verify(request)) == Code::kAuthorizationHeaderMalformed);
  }
}

TEST_CASE("Authorizer: what is written without blanks or in another order is read too") {
  Request request = SignedRequest(Get());
  std::string value(request.headers.Get("Authorization"));
  const std::size_t signature = value.find(", Signature=");
  value = "AWS4-HMAC-SHA256 " + value.substr(signature + 2) + "," + value.substr(17, signature - 17);
  request.headers.Set("Authorization", value);
  CHECK(Verify(request));
}

TEST_CASE("Authorizer: an access key may hold a slash") {
  Request request = WithChange("AKTEST", "AK/TEST");
  const FakeClock clock(At(kTestDate));
  const Authorizer authorizer({{"AK/TEST", Secret(std::string(kTestSecret))}}, clock);
  CHECK(authorizer.Verify(request));
}

TEST_CASE("Authorizer: other schemes are refused for what they are") {
  CHECK(CodeOf(Verify(WithAuthorization("AWS AKTEST:c2lnbmF0dXJl"))) == Code::kInvalidRequest);
  CHECK(CodeOf(Verify(Get("/b/k?AWSAccessKeyId=AKTEST&Expires=1&Signature=x"))) == Code::kInvalidRequest);
  CHECK(CodeOf(Verify(WithAuthorization("Basic YTpi"))) == Code::kInvalidArgument);
  CHECK(CodeOf(Verify(WithAuthorization(""))) == Code::kInvalidArgument);
  CHECK(CodeOf(Verify(WithChange("AWS4-HMAC-SHA256", "AWS4-ECDSA-P256-SHA256"))) == Code::kNotImplemented);
  CHECK(CodeOf(Verify(WithUrlChange("AWS4-HMAC-SHA256", "AWS4-ECDSA-P256-SHA256"))) == Code::kNotImplemented);
  CHECK(CodeOf(Verify(WithUrlChange("AWS4-HMAC-SHA256", "AWS4-HMAC-SHA512"))) ==
        Code::kAuthorizationQueryParametersError);
}

TEST_CASE("Authorizer: only one signature may come with a request") {
  Request both = PresignedRequest("/b/k");
  both.headers.Add("Authorization", "AWS4-HMAC-SHA256 Credential=");
  CHECK(CodeOf(Verify(both)) == Code::kInvalidArgument);
  Request twice = SignedRequest(Get());
  twice.headers.Add("authorization", std::string(twice.headers.Get("Authorization")));
  CHECK(CodeOf(Verify(twice)) == Code::kInvalidArgument);
}

TEST_CASE("Authorizer: host and all that begins with x-amz has to be signed") {
  Request request = SignedRequest(Get());
  request.headers.Add("X-Amz-Acl", "public-read");
  request.headers.Add("x-amz-meta-a", "1");
  const auto answer = Verify(request);
  CHECK(CodeOf(answer) == Code::kAccessDenied);
  CHECK(DetailsOf(answer)["HeadersNotSigned"] == "x-amz-acl, x-amz-meta-a");
  CHECK(DetailsOf(Verify(WithChange("host;", "")))["HeadersNotSigned"] == "host");
  CHECK(DetailsOf(Verify(WithUrlChange("SignedHeaders=host", "SignedHeaders=range")))["HeadersNotSigned"] ==
        "host");
  Request url = PresignedRequest("/b/k");
  url.headers.Add("x-amz-storage-class", "GLACIER");
  CHECK(CodeOf(Verify(url)) == Code::kAccessDenied);
}

TEST_CASE("Authorizer: what is not of S3 need not be signed") {
  Request request = SignedRequest(Get());
  request.headers.Add("Content-MD5", "x");
  request.headers.Add("Range", "bytes=0-1");
  request.headers.Add("x-amzn-trace-id", "1");
  CHECK(Verify(request));
}

TEST_CASE("Authorizer: nobody has a session token here") {
  Request request = Get();
  request.headers.Add("x-amz-security-token", "t");
  CHECK(CodeOf(Verify(SignedRequest(request))) == Code::kInvalidToken);
  CHECK(CodeOf(Verify(PresignedRequest("/b/k?X-Amz-Security-Token=t"))) == Code::kInvalidToken);
}

TEST_CASE("Authorizer: a presigned URL lives as long as it says") {
  const Request request = PresignedRequest("/b/k", "60");
  CHECK(Verify(request, At("20260115T093100Z")));
  CHECK(Verify(request, At("20260115T091500Z")));
  const auto expired = Verify(request, At("20260115T093101Z"));
  CHECK(CodeOf(expired) == Code::kAccessDenied);
  CHECK(expired.error().message == "Request has expired");
  CHECK(DetailsOf(expired) == std::map<std::string, std::string>{{"X-Amz-Expires", "60"},
                                                                 {"Expires", "2026-01-15T09:31:00Z"},
                                                                 {"ServerTime", "2026-01-15T09:31:01Z"}});
  const auto early = Verify(request, At("20260115T091459Z"));
  CHECK(CodeOf(early) == Code::kAccessDenied);
  CHECK(early.error().message == "Request is not yet valid");
}

TEST_CASE("Authorizer: a presigned URL lives a week at most") {
  CHECK(Verify(PresignedRequest("/b/k", "1")));
  CHECK(Verify(PresignedRequest("/b/k", "604800")));
  for (const std::string_view expires : {"0", "604801", "-1", "", "1h", "99999999999999999999"}) {
    CAPTURE(expires);
    CHECK(CodeOf(Verify(PresignedRequest("/b/k", expires))) == Code::kAuthorizationQueryParametersError);
  }
}

TEST_CASE("Authorizer: each parameter of a presigned URL has to be there once") {
  for (const std::string_view name :
       {"Algorithm", "Credential", "Date", "Expires", "SignedHeaders", "Signature"}) {
    CAPTURE(name);
    const std::string parameter = "X-Amz-" + std::string(name);
    CHECK(CodeOf(Verify(WithUrlChange(parameter, "X-Amz-Other"))) ==
          Code::kAuthorizationQueryParametersError);
    CHECK(CodeOf(Verify(PresignedRequest("/b/k?" + parameter + "=AWS4-HMAC-SHA256"))) ==
          Code::kAuthorizationQueryParametersError);
  }
  CHECK(CodeOf(Verify(WithUrlChange("X-Amz-Date=2", "X-Amz-Date=x2"))) ==
        Code::kAuthorizationQueryParametersError);
}

TEST_CASE("Authorizer: the hash of the body has to be said in a header") {
  Request request = SignedRequest(Get(), "");
  CHECK(CodeOf(Verify(request)) == Code::kInvalidRequest);
  for (const std::string_view value : {"UNSIGNED", "e3b0", "STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD"}) {
    CAPTURE(value);
    CHECK(CodeOf(Verify(SignedRequest(Get(), value))) == Code::kInvalidArgument);
  }
}

TEST_CASE("Authorizer: the rules for the body follow from the header") {
  const std::string hash = "E3B0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
  const auto signed_body = Verify(SignedRequest(Get(), hash));
  REQUIRE(signed_body);
  CHECK(signed_body->payload.kind == Kind::kSha256);
  CHECK(signed_body->payload.sha256 == AsciiLower(hash));
  CHECK(Verify(SignedRequest(Get(), "STREAMING-UNSIGNED-PAYLOAD-TRAILER"))->payload.kind ==
        Kind::kUnsignedChunksTrailer);
  CHECK(Verify(SignedRequest(Get(), "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER"))->payload.kind ==
        Kind::kSignedChunksTrailer);

  const Request request = SignedRequest(Get(), "STREAMING-AWS4-HMAC-SHA256-PAYLOAD");
  const auto chunks = Verify(request);
  REQUIRE(chunks);
  CHECK(chunks->payload.kind == Kind::kSignedChunks);
  CHECK(request.headers.Get("Authorization").ends_with("Signature=" + chunks->payload.seed_signature));
  CHECK(chunks->payload.amz_date == kTestDate);
  CHECK(chunks->payload.scope == kTestScope);
  CHECK(chunks->payload.signing_key == TestSigningKey());
}

TEST_CASE("Authorizer: a presigned URL may say the hash of the body itself") {
  Request request = Get("/b/k?X-Amz-Content-Sha256=" + std::string(64, 'a'));
  request = PresignedRequest(request.target);
  CHECK(CodeOf(Verify(request)) == Code::kSignatureDoesNotMatch);  // signed as UNSIGNED-PAYLOAD
  request.target.replace(request.target.size() - 64, 64,
                         TestSignature(request, {"host"}, std::string(64, 'a')));
  const auto answer = Verify(request);
  REQUIRE(answer);
  CHECK(answer->payload.kind == Kind::kSha256);
}

TEST_CASE("Authorizer: a broken escape is no signed request") {
  CHECK(CodeOf(Verify(Get("/b?%"))) == Code::kInvalidUri);
  Request request = SignedRequest(Get());
  request.target = "/b/%zz";
  CHECK(CodeOf(Verify(request)) == Code::kInvalidUri);
}

}  // namespace
}  // namespace s3conn::local
