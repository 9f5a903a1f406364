#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "base/hash.h"
#include "base/text.h"
#include "example.h"
#include "sign/canonical_request.h"
#include "sign/signer.h"
#include "signature_stages.h"
#include "support/catch.h"
#include "vector_file.h"

namespace s3conn {
namespace {

// What stands before '?', then the parameters sorted: their order on the wire is free.
std::vector<std::string> UrlParts(std::string_view url) {
  const std::size_t question = url.find('?');
  std::vector<std::string> parts{std::string(url.substr(0, question)), ""};
  if (question == std::string_view::npos) return parts;
  for (const char octet : url.substr(question + 1)) {
    if (octet == '&') {
      parts.emplace_back();
    } else {
      parts.back().push_back(octet);
    }
  }
  std::sort(parts.begin() + 1, parts.end());
  return parts;
}

}  // namespace

TEST_CASE("Presign: every query vector agrees at every stage") {
  const std::vector<SigningVector> vectors = LoadVectors("query");
  REQUIRE(vectors.size() == 41);
  for (const SigningVector& vector : vectors) {
    INFO("vector " << vector.id);
    REQUIRE(vector.expires.has_value());
    CHECK(vector.request.path == vector.wire_path);
    CHECK(WireQuery(vector.request.query) == vector.wire_query);
    CHECK(HostHeader(vector.request.origin) == vector.host_header);
    CHECK(SignedHeaderNames(vector.request) == vector.signed_headers);

    const auto presigned =
        Presign(vector.request, vector.credentials, vector.scope, *vector.expires, vector.now);
    REQUIRE(presigned.has_value());
    CheckStages(presigned->signature, vector);
    CHECK(UrlParts(presigned->url) == UrlParts(vector.presigned_url));
  }
}

TEST_CASE("Presign: a time outside 1 second to 7 days is refused as a usage error") {
  using std::chrono::seconds;
  for (const seconds expires : {seconds(0), seconds(-1), seconds(604801), seconds::max(), seconds::min()}) {
    CAPTURE(expires.count());
    const auto presigned =
        Presign(ExampleRequest(), ExampleCredentials(), ExampleScope(), expires, ExampleTime());
    REQUIRE(!presigned.has_value());
    CHECK(presigned.error().kind == ErrorKind::kUsage);
    CHECK(!presigned.error().hint.empty());
  }
}

TEST_CASE("Presign: a repeated parameter and one without a value go out as they were given") {
  HttpRequest request = ExampleRequest();
  request.query = {{"p", "2"}, {"acl", std::nullopt}, {"p", "1"}};
  const auto presigned =
      Presign(request, ExampleCredentials(), ExampleScope(), std::chrono::seconds(60), ExampleTime());
  REQUIRE(presigned.has_value());
  CHECK(presigned->url.find("/key?p=2&acl&p=1&X-Amz-Algorithm=") != std::string::npos);
  const std::string query = Lines(presigned->signature.canonical_request).at(2);
  CHECK(query.substr(query.find("&acl=")) == "&acl=&p=1&p=2");
}

TEST_CASE("Presign: a session token is part of the signed query under the name its service uses") {
  const auto token_of = [](const std::string& service) {
    const auto presigned = Presign(ExampleRequest(), ExampleCredentials("to+ken"), {"eu-west-1", service},
                                   std::chrono::seconds(60), ExampleTime());
    REQUIRE(presigned.has_value());
    return Lines(presigned->signature.canonical_request).at(2);
  };
  CHECK(token_of("s3").find("&X-Amz-Security-Token=to%2Bken") != std::string::npos);
  CHECK(token_of("s3express").find("&X-Amz-S3session-Token=to%2Bken") != std::string::npos);
  CHECK(token_of("s3express").find("X-Amz-Security-Token") == std::string::npos);
}

}  // namespace s3conn
