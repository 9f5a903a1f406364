#include "base/redaction.h"

#include <string>
#include <string_view>

#include "support/catch.h"

namespace s3conn {
namespace {

constexpr std::string_view kCanary = "c4nary";

bool Leaks(std::string_view text) {
  return text.find(kCanary) != std::string_view::npos;
}

TEST_CASE("headers that carry secrets are hidden") {
  for (const std::string_view name :
       {"X-Amz-Security-Token", "x-amz-s3session-token", "X-AMZ-SECURITY-TOKEN", "Cookie", "Set-Cookie",
        "Proxy-Authorization", "WWW-Authenticate", "x-amz-server-side-encryption-customer-key",
        "x-amz-server-side-encryption-customer-key-MD5",
        "x-amz-copy-source-server-side-encryption-customer-key", "X-Auth-Token", "x-aws-ec2-metadata-token",
        "X-Something-New"}) {
    CAPTURE(name);
    CHECK(RedactHeader(name, kCanary) == "(hidden)");
  }
}

TEST_CASE("headers that are harmless are shown") {
  for (const std::string_view name :
       {"Host", "content-length", "ETag", "Range", "x-amz-date", "X-Amz-Content-SHA256", "x-amz-meta-colour",
        "x-amz-checksum-crc64nvme", "x-amz-request-id"}) {
    CAPTURE(name);
    CHECK(RedactHeader(name, "value") == "value");
  }
}

TEST_CASE("an Authorization header keeps its credential and loses its signature") {
  CHECK(RedactHeader("Authorization",
                     "AWS4-HMAC-SHA256 Credential=AKID/20260115/us-east-1/s3/aws4_request, "
                     "SignedHeaders=host, Signature=c4nary0123") ==
        "AWS4-HMAC-SHA256 Credential=AKID/20260115/us-east-1/s3/aws4_request, SignedHeaders=host, "
        "Signature=(hidden)");
}

TEST_CASE("an Authorization header of any other kind is hidden as a whole") {
  for (const std::string_view value : {"Basic c4nary", "Bearer c4nary", "AWS AKID:c4nary",
                                       "AWS4-HMAC-SHA256 c4nary", "Bearer Signature=c4nary", "c4nary"}) {
    CAPTURE(value);
    CHECK(RedactHeader("authorization", value) == "(hidden)");
  }
}

TEST_CASE("a presigned URL loses what opens it and keeps the rest") {
  CHECK(
      RedactUrl("https://h/b/k?X-Amz-Algorithm=A&X-Amz-Credential=c4nary%2F1&X-Amz-Date=D&"
                "x-amz-security-token=c4nary&X-Amz-S3session-Token=c4nary&X-Amz-Signature=c4nary&a=b") ==
      "https://h/b/k?X-Amz-Algorithm=A&X-Amz-Credential=(hidden)&X-Amz-Date=D&x-amz-security-token=(hidden)&"
      "X-Amz-S3session-Token=(hidden)&X-Amz-Signature=(hidden)&a=b");
}

TEST_CASE("a URL without secrets stays as it is") {
  for (const std::string_view url : {"https://h/b/k", "https://h/b?list-type=2&prefix=a%2F&uploads",
                                     "https://h/?", "https://h/?a&&b=", ""}) {
    CHECK(RedactUrl(url) == url);
  }
}

TEST_CASE("a presigned Location is redacted like any URL") {
  CHECK(RedactHeader("Location", "https://h/?X-Amz-Signature=c4nary") ==
        "https://h/?X-Amz-Signature=(hidden)");
  CHECK(RedactHeader("Location", "/b") == "/b");
}

TEST_CASE("a canonical request loses its secrets and keeps every other byte") {
  const std::string canonical =
      "GET\n/b/k%20x\nX-Amz-Security-Token=c4nary&prefix=a\n"
      "host:h\nx-amz-date:20260115T093000Z\nx-amz-security-token:c4nary\nx-unknown:c4nary\n\n"
      "host;x-amz-date;x-amz-security-token;x-unknown\nUNSIGNED-PAYLOAD";
  CHECK(RedactCanonicalRequest(canonical) ==
        "GET\n/b/k%20x\nX-Amz-Security-Token=(hidden)&prefix=a\n"
        "host:h\nx-amz-date:20260115T093000Z\nx-amz-security-token:(hidden)\nx-unknown:(hidden)\n\n"
        "host;x-amz-date;x-amz-security-token;x-unknown\nUNSIGNED-PAYLOAD");
}

TEST_CASE("a canonical request that ends anywhere leaks nothing") {
  const std::string canonical =
      "GET\n/\nX-Amz-Security-Token=c4nary\nhost:h\nx-amz-security-token:c4nary\n\nhost\nUNSIGNED-PAYLOAD\n";
  for (std::size_t length = 0; length <= canonical.size(); ++length) {
    CAPTURE(length);
    CHECK_FALSE(Leaks(RedactCanonicalRequest(canonical.substr(0, length))));
  }
  CHECK(RedactCanonicalRequest("POST\n/\n\nhost:h\n\nhost\nhash") == "POST\n/\n\nhost:h\n\nhost\nhash");
}

TEST_CASE("a secret in a canonical request of another shape is hidden too") {
  CHECK_FALSE(Leaks(RedactCanonicalRequest("GET\n/\n\n\nx-amz-security-token:c4nary\nhost\nhash")));
  CHECK_FALSE(Leaks(RedactCanonicalRequest("GET\n/\n\nhost:h\n\nx-amz-security-token:c4nary\nhash")));
  CHECK_FALSE(Leaks(RedactCanonicalRequest("x\nGET\n/\nX-Amz-Signature=c4nary&a=b\nhost:h\n\nhost\nhash")));
  CHECK_FALSE(Leaks(RedactCanonicalRequest("GET\n/b?X-Amz-Signature=c4nary\n\nhost:h\n\nhost\nhash")));
}

}  // namespace
}  // namespace s3conn
