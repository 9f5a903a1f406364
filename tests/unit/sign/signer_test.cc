#include "sign/signer.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/hash.h"
#include "base/text.h"
#include "example.h"
#include "sign/canonical_request.h"
#include "signature_stages.h"
#include "support/catch.h"
#include "vector_file.h"

namespace s3conn {
namespace {

PayloadHash PayloadOf(const SigningVector& vector) {
  return vector.payload_signed ? PayloadHash::Of(vector.body) : PayloadHash::Unsigned();
}

// Names in lower case, and neither the order nor Authorization, which is compared by itself.
template <typename Fields>
std::vector<std::pair<std::string, std::string>> Comparable(const Fields& fields) {
  std::vector<std::pair<std::string, std::string>> comparable;
  for (const Header& field : fields) {
    std::string name = AsciiLower(field.name);
    if (name != "authorization") comparable.emplace_back(std::move(name), field.value);
  }
  std::stable_sort(comparable.begin(), comparable.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  return comparable;
}

// Stage by stage, so that the first line that differs says which step is wrong.
void CheckVector(const SigningVector& vector) {
  INFO("vector " << vector.id);
  HttpRequest request = vector.request;
  const PayloadHash payload = PayloadOf(vector);

  CHECK(request.path == vector.wire_path);
  CHECK(WireQuery(request.query) == vector.wire_query);
  CHECK(HostHeader(request.origin) == vector.host_header);
  CHECK(payload.text == vector.payload_hash);
  CHECK(CanonicalQuery(request.query) == vector.canonical_query);

  SigningKeyCache cache;
  const Signature signature =
      SignHeaders(request, vector.credentials, vector.scope, payload, vector.now, &cache);

  CHECK(SignedHeaderNames(request) == vector.signed_headers);
  CheckStages(signature, vector);
  CHECK(request.headers.Get("Authorization") == vector.authorization);
  CHECK(Comparable(request.headers) == Comparable(vector.headers_to_send));
}

std::size_t CountOf(const Headers& headers, std::string_view name) {
  return static_cast<std::size_t>(std::count_if(headers.begin(), headers.end(), [name](const Header& field) {
    return EqualsIgnoringCase(field.name, name);
  }));
}

}  // namespace

TEST_CASE("SignHeaders: every header vector agrees at every stage") {
  const std::vector<SigningVector> vectors = LoadVectors("header");
  REQUIRE(vectors.size() == 229);
  for (const SigningVector& vector : vectors) CheckVector(vector);
}

TEST_CASE("SignHeaders: every S3 Express vector agrees at every stage") {
  const std::vector<SigningVector> vectors = LoadVectors("express");
  REQUIRE(vectors.size() == 2);
  for (const SigningVector& vector : vectors) CheckVector(vector);
}

TEST_CASE("SignHeaders: signing every vector again gives the same headers and signature") {
  const std::vector<SigningVector> vectors = LoadVectors("header");
  REQUIRE(vectors.size() == 229);
  for (const SigningVector& vector : vectors) {
    INFO("vector " << vector.id);
    HttpRequest request = vector.request;
    const PayloadHash payload = PayloadOf(vector);
    SignHeaders(request, vector.credentials, vector.scope, payload, vector.now);
    const Signature again = SignHeaders(request, vector.credentials, vector.scope, payload, vector.now);
    CHECK(again.canonical_request == vector.canonical_request);
    CHECK(request.headers.Get("Authorization") == vector.authorization);
    CHECK(Comparable(request.headers) == Comparable(vector.headers_to_send));
  }
}

TEST_CASE("SignHeaders: a retry replaces what the first attempt added") {
  HttpRequest retried = ExampleRequest();
  SignHeaders(retried, ExampleCredentials("first-token"), ExampleScope(), PayloadHash::Unsigned(),
              ExampleTime());
  const Timestamp later = ExampleTime() + std::chrono::hours(24);
  SignHeaders(retried, ExampleCredentials("second-token"), ExampleScope(), PayloadHash::Of("body"), later);

  for (const std::string_view name :
       {"Authorization", "X-Amz-Date", "X-Amz-Content-SHA256", "X-Amz-Security-Token"}) {
    CAPTURE(name);
    CHECK(CountOf(retried.headers, name) == 1);
  }
  HttpRequest fresh = ExampleRequest();
  SignHeaders(fresh, ExampleCredentials("second-token"), ExampleScope(), PayloadHash::Of("body"), later);
  CHECK(Comparable(retried.headers) == Comparable(fresh.headers));
  CHECK(retried.headers.Get("Authorization") == fresh.headers.Get("Authorization"));
}

TEST_CASE("SignHeaders: a retry with credentials that have no session token drops the old token") {
  for (const std::string_view service : {"s3", "s3express"}) {
    CAPTURE(service);
    const SigningScope scope{"eu-west-1", std::string(service)};
    HttpRequest retried = ExampleRequest();
    SignHeaders(retried, ExampleCredentials("token"), scope, PayloadHash::Unsigned(), ExampleTime());
    SignHeaders(retried, ExampleCredentials(), scope, PayloadHash::Unsigned(), ExampleTime());

    HttpRequest fresh = ExampleRequest();
    SignHeaders(fresh, ExampleCredentials(), scope, PayloadHash::Unsigned(), ExampleTime());
    CHECK(CountOf(retried.headers, "X-Amz-Security-Token") == 0);
    CHECK(CountOf(retried.headers, "x-amz-s3session-token") == 0);
    CHECK(retried.headers.Get("Authorization") == fresh.headers.Get("Authorization"));
  }
}

TEST_CASE("SignHeaders: a retry under another service sends the token under one name only") {
  HttpRequest request = ExampleRequest();
  SignHeaders(request, ExampleCredentials("token"), ExampleScope(), PayloadHash::Unsigned(), ExampleTime());
  SignHeaders(request, ExampleCredentials("token"), {"eu-west-1", "s3express"}, PayloadHash::Unsigned(),
              ExampleTime());
  CHECK(CountOf(request.headers, "X-Amz-Security-Token") == 0);
  CHECK(CountOf(request.headers, "x-amz-s3session-token") == 1);
}

TEST_CASE("SignHeaders: the secret key appears in nothing it produces") {
  const Credentials credentials = ExampleCredentials("token");
  HttpRequest request = ExampleRequest();
  const Signature signature =
      SignHeaders(request, credentials, ExampleScope(), PayloadHash::Unsigned(), ExampleTime());
  const std::string& secret = credentials.secret_access_key.Expose();
  CHECK(signature.canonical_request.find(secret) == std::string::npos);
  CHECK(signature.string_to_sign.find(secret) == std::string::npos);
  for (const Header& field : request.headers) {
    CAPTURE(field.name);
    CHECK(field.value.find(secret) == std::string::npos);
  }
}

TEST_CASE("SignHeaders: milliseconds don't change a signature") {
  HttpRequest whole = ExampleRequest();
  HttpRequest fraction = ExampleRequest();
  SignHeaders(whole, ExampleCredentials(), ExampleScope(), PayloadHash::Unsigned(), ExampleTime());
  SignHeaders(fraction, ExampleCredentials(), ExampleScope(), PayloadHash::Unsigned(),
              ExampleTime() + std::chrono::milliseconds(999));
  CHECK(whole.headers.Get("Authorization") == fraction.headers.Get("Authorization"));
}

}  // namespace s3conn
