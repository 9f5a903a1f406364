#include <algorithm>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "base/text.h"
#include "local/authorization.h"
#include "local/canonical_form.h"
#include "support/catch.h"
#include "support/fake_clock.h"
#include "wire_vectors.h"

namespace s3conn::local {
namespace {

Answer<Authorization> Verify(const WireVector& vector) {
  const FakeClock clock(vector.now);
  return Authorizer({vector.keys}, clock).Verify(vector.request);
}

Code CodeOf(const Answer<Authorization>& answer) {
  REQUIRE_FALSE(answer);
  return answer.error().code;
}

// Another letter or digit.
void Change(char& c) {
  c = c == 'x' ? 'y' : 'x';
}

TEST_CASE("Authorizer vectors: every request that is for this endpoint verifies as it comes over the wire") {
  std::size_t verified = 0;
  for (const WireVector& vector : LoadAcceptedVectors()) {
    CAPTURE(vector.id);
    const auto answer = Verify(vector);
    if (!answer) UNSCOPED_INFO(answer.error().message);
    CHECK(answer);
    verified += answer ? 1 : 0;
  }
  CHECK(verified == 261);
}

TEST_CASE("Authorizer vectors: session tokens and other services are refused for that") {
  std::vector<std::string> tokens;
  std::vector<std::string> services;
  for (const WireVector& vector : LoadWireVectors()) {
    CAPTURE(vector.id);
    if (!vector.is_s3) {
      services.push_back(vector.id);
      CHECK(CodeOf(Verify(vector)) == Code::kAuthorizationHeaderMalformed);
    } else if (vector.has_session_token) {
      tokens.push_back(vector.id);
      CHECK(CodeOf(Verify(vector)) == Code::kInvalidToken);
    }
  }
  CHECK(tokens == std::vector<std::string>{"token-get", "token-put", "token-long", "token-list",
                                           "token-unsigned", "presign-token", "presign-token-put"});
  CHECK(services ==
        std::vector<std::string>{"express-create-session", "express-get", "express-put", "express-control"});
}

TEST_CASE("Authorizer vectors: one other character anywhere in the secret is one too many") {
  for (WireVector& vector : LoadAcceptedVectors()) {
    CAPTURE(vector.id);
    std::string secret = vector.keys.secret_key.Expose();
    Change(secret[secret.size() / 2]);
    vector.keys.secret_key = Secret(secret);
    CHECK(CodeOf(Verify(vector)) == Code::kSignatureDoesNotMatch);
  }
}

TEST_CASE("Authorizer vectors: one other character in path or query or signature is one too many") {
  for (const WireVector& vector : LoadAcceptedVectors()) {
    const std::string& target = vector.request.target;
    for (std::size_t at = 1; at < target.size(); ++at) {
      CAPTURE(vector.id, at);
      WireVector changed = vector;
      Change(changed.request.target[at]);
      CHECK_FALSE(Verify(changed));
      if (target.size() > 300) at += 16;  // the longest keys would take minutes
    }
  }
}

TEST_CASE("Authorizer vectors: one other character in a signed header is one too many") {
  for (const WireVector& vector : LoadAcceptedVectors()) {
    for (const Header& header : vector.request.headers) {
      const std::string name = AsciiLower(header.name);
      const bool is_signed =
          std::binary_search(vector.signed_headers.begin(), vector.signed_headers.end(), name);
      if ((!is_signed && name != "authorization") || header.value.empty()) continue;
      CAPTURE(vector.id, name);
      for (const std::size_t at : {std::size_t{0}, header.value.size() / 2, header.value.size() - 1}) {
        WireVector changed = vector;
        std::string value = header.value;
        Change(value[at]);
        changed.request.headers.Set(header.name, value);
        CHECK_FALSE(Verify(changed));
      }
    }
  }
}

TEST_CASE("Authorizer vectors: another method or a field more of a signed name is one too many") {
  for (const WireVector& vector : LoadAcceptedVectors()) {
    CAPTURE(vector.id);
    WireVector changed = vector;
    changed.request.method = vector.request.method == "GET" ? "PUT" : "GET";
    CHECK(CodeOf(Verify(changed)) == Code::kSignatureDoesNotMatch);
    changed = vector;
    changed.request.headers.Add("HOST", "other");
    CHECK(CodeOf(Verify(changed)) == Code::kSignatureDoesNotMatch);
  }
}

// --- random damage

using Random = std::mt19937;

std::size_t Pick(Random& random, std::size_t count) {
  return std::uniform_int_distribution<std::size_t>(0, count - 1)(random);
}

void Damage(std::string& text, Random& random) {
  const char octet = static_cast<char>(Pick(random, 256));
  const std::size_t at = Pick(random, text.size() + 1);
  switch (Pick(random, 4)) {
    case 0:
      text.insert(text.begin() + static_cast<std::ptrdiff_t>(at), octet);
      break;
    case 1:
      if (at < text.size()) text[at] = octet;
      break;
    case 2:
      if (at < text.size()) text.erase(at, 1 + Pick(random, 20));
      break;
    default:
      text.insert(at, text.substr(Pick(random, text.size() + 1), Pick(random, 40)));
  }
}

Request Damaged(const Request& request, Random& random) {
  Request damaged = request;
  const std::size_t place = Pick(random, request.headers.size() + 3);
  if (place == 0) {
    Damage(damaged.method, random);
  } else if (place <= 2) {
    Damage(damaged.target, random);
  } else {
    damaged.headers = {};
    for (std::size_t i = 0; i < request.headers.size(); ++i) {
      Header header = request.headers.begin()[static_cast<std::ptrdiff_t>(i)];
      if (i == place - 3) Damage(Pick(random, 4) == 0 ? header.name : header.value, random);
      damaged.headers.Add(header.name, header.value);
    }
  }
  return damaged;
}

// An empty path is the root.
std::optional<std::string> DecodedPath(const Request& request) {
  const std::string_view path = SplitTarget(request.target).path;
  return PercentDecode(path.empty() ? "/" : path);
}

// Whether the request means the same: what is signed is equal once it is decoded.
bool MeansTheSame(const WireVector& vector, const Request& damaged) {
  return DecodedPath(damaged) == DecodedPath(vector.request) &&
         CanonicalRequest(damaged, vector.signed_headers, vector.payload_hash) == vector.canonical_request;
}

TEST_CASE("Authorizer vectors: random damage is never accepted where it changes the meaning") {
  Random random(4);
  std::size_t refused = 0;
  for (const WireVector& vector : LoadAcceptedVectors()) {
    const FakeClock clock(vector.now);
    const Authorizer authorizer({vector.keys}, clock);
    for (int round = 0; round < 300; ++round) {
      const Request damaged = Damaged(vector.request, random);
      if (!authorizer.Verify(damaged)) {
        ++refused;
        continue;
      }
      if (MeansTheSame(vector, damaged)) continue;
      CAPTURE(vector.id, damaged.method, damaged.target);
      FAIL_CHECK("accepted");
    }
  }
  CHECK(refused > 50'000);
}

TEST_CASE("Authorizer vectors: damage upon damage is survived") {
  Random random(5);
  for (const WireVector& vector : LoadAcceptedVectors()) {
    const FakeClock clock(vector.now);
    const Authorizer authorizer({vector.keys}, clock);
    Request damaged = vector.request;
    for (int round = 0; round < 100; ++round) {
      damaged = Damaged(damaged, random);
      const auto answer = authorizer.Verify(damaged);
      if (answer && !MeansTheSame(vector, damaged)) FAIL_CHECK(vector.id);
    }
  }
}

}  // namespace
}  // namespace s3conn::local
