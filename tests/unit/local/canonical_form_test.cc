#include "local/canonical_form.h"

#include <string>

#include "support/catch.h"
#include "wire_vectors.h"

namespace s3conn::local {
namespace {

std::optional<std::string> CanonicalTarget(const std::string& target) {
  Request request{"GET", target, {{"Host", "h"}}, "test"};
  std::optional<std::string> text = CanonicalRequest(request, {"host"}, "HASH");
  if (text) text = text->substr(4, text->find("\nhost:") - 4);
  return text;
}

TEST_CASE("canonical form: every vector gives the canonical request of botocore") {
  for (const WireVector& vector : LoadWireVectors()) {
    CAPTURE(vector.id);
    CHECK(CanonicalRequest(vector.request, vector.signed_headers, vector.payload_hash) ==
          vector.canonical_request);
  }
}

TEST_CASE("canonical form: a path is encoded once however the client wrote it") {
  CHECK(CanonicalTarget("/b/a'(b)") == "/b/a%27%28b%29\n");
  CHECK(CanonicalTarget("/b/%e2%82%ac") == "/b/%E2%82%AC\n");
  CHECK(CanonicalTarget("/b/\xe2\x82\xac") == "/b/%E2%82%AC\n");
  CHECK(CanonicalTarget("/b/a+b") == "/b/a%2Bb\n");
  CHECK(CanonicalTarget("/b/%41%7e") == "/b/A~\n");
  CHECK(CanonicalTarget("/b/%2541") == "/b/%2541\n");
  CHECK(CanonicalTarget("//b/./../c//") == "//b/./../c//\n");
  CHECK(CanonicalTarget("") == "/\n");
}

TEST_CASE("canonical form: a query is sorted by encoded names and then by values") {
  CHECK(CanonicalTarget("/?b=2&a=2&a=1&uploads") == "/\na=1&a=2&b=2&uploads=");
  CHECK(CanonicalTarget("/?a-=1&a=2&A=3") == "/\nA=3&a=2&a-=1");
  CHECK(CanonicalTarget("/?&&a=1&&") == "/\na=1");
  CHECK(CanonicalTarget("/?a=b=c&=d") == "/\n=d&a=b%3Dc");
  CHECK(CanonicalTarget("/?") == "/\n");
}

TEST_CASE("canonical form: a query is encoded anew and a plus in it is a space") {
  CHECK(CanonicalTarget("/?prefix=a/b%2fc+d%2B'") == "/\nprefix=a%2Fb%2Fc%20d%2B%27");
  CHECK(CanonicalTarget("/?a?b=1") == "/\na%3Fb=1");
}

TEST_CASE("canonical form: the signature is no part of the query") {
  CHECK(CanonicalTarget("/?X-Amz-Signature=1&a=1&X-Amz-Signature") == "/\na=1");
  CHECK(CanonicalTarget("/?x-amz-signature=1") == "/\nx-amz-signature=1");
}

TEST_CASE("canonical form: a broken escape has none") {
  CHECK_FALSE(CanonicalTarget("/%"));
  CHECK_FALSE(CanonicalTarget("/%4"));
  CHECK_FALSE(CanonicalTarget("/?a=%zz"));
  CHECK_FALSE(CanonicalTarget("/?%g1"));
}

TEST_CASE("canonical form: a parameter without a value differs from an empty one") {
  const auto query = ParseQuery("uploads&prefix=");
  REQUIRE(query);
  REQUIRE(query->size() == 2);
  CHECK(query->at(0).name == "uploads");
  CHECK_FALSE(query->at(0).value);
  CHECK(query->at(1).value == "");
}

TEST_CASE("canonical form: fields of one name are joined and white space collapses") {
  const Headers headers{{"X-A", "  one \t two "}, {"x-b", "no"}, {"x-a", ""}, {"X-a", "three"}};
  CHECK(CanonicalFieldValue(headers, "x-a") == "one two,,three");
  CHECK(CanonicalFieldValue(headers, "x-c").empty());
  const Request request{"GET", "/", headers, "test"};
  CHECK(CanonicalRequest(request, {"x-a", "x-c"}, "HASH") ==
        "GET\n/\n\nx-a:one two,,three\nx-c:\n\nx-a;x-c\nHASH");
}

}  // namespace
}  // namespace s3conn::local
