#include "sign/canonical_request.h"

#include <optional>
#include <string>
#include <string_view>

#include "support/catch.h"

namespace s3conn {
namespace {

HttpRequest RequestWith(Headers headers) {
  HttpRequest request;
  request.origin = {Scheme::kHttps, "h", 443};
  request.headers = std::move(headers);
  return request;
}

// The line of one header in the canonical request, or "(absent)".
std::string LineOf(const HttpRequest& request, std::string_view name) {
  const std::string text = MakeCanonicalRequest(request, "UNSIGNED-PAYLOAD").text;
  const std::string start = "\n" + std::string(name) + ":";
  const std::size_t at = text.find(start);
  if (at == std::string::npos) return "(absent)";
  return text.substr(at + 1, text.find('\n', at + 1) - at - 1);
}

}  // namespace

TEST_CASE("Canonical request: the path enters byte for byte") {
  HttpRequest request = RequestWith({});
  for (const std::string_view path : {"/a%2fb", "/a/../b", "//", "/a%2Bb+c", "/%25zz", "/./"}) {
    CAPTURE(path);
    request.path = path;
    CHECK(MakeCanonicalRequest(request, "UNSIGNED-PAYLOAD").text ==
          "GET\n" + std::string(path) + "\n\nhost:h\n\nhost\nUNSIGNED-PAYLOAD");
  }
}

TEST_CASE("Canonical request: headers that the transport may touch don't enter whatever their letter case") {
  const Headers headers{{"Authorization", "a"},
                        {"USER-AGENT", "a"},
                        {"Connection", "a"},
                        {"expect", "a"},
                        {"TE", "a"},
                        {"Trailer", "a"},
                        {"Transfer-Encoding", "a"},
                        {"Upgrade", "a"},
                        {"Keep-Alive", "a"},
                        {"Proxy-Authorization", "a"},
                        {"proxy-connection", "a"},
                        {"X-Amzn-Trace-Id", "a"}};
  CHECK(MakeCanonicalRequest(RequestWith(headers), "p").signed_headers == "host");
  for (const Header& header : headers) {
    CAPTURE(header.name);
    CHECK(!EntersSignature(header.name));
  }
}

TEST_CASE("Canonical request: headers with names near the excluded ones do enter") {
  for (const std::string_view name :
       {"host", "date", "content-length", "accept-encoding", "x-amz-date", "x-amzn-trace-ids", "proxy", "t",
        "tes", "user-agents", "content-type", "x-amz-meta-user-agent"}) {
    CAPTURE(name);
    CHECK(EntersSignature(name));
  }
}

TEST_CASE("Canonical request: white space of every kind collapses to one space and goes at the ends") {
  CHECK(LineOf(RequestWith({{"X-A", " \t one \t\t two  \"three   four\" \t"}}), "x-a") ==
        "x-a:one two \"three four\"");
  CHECK(LineOf(RequestWith({{"X-A", " \t "}}), "x-a") == "x-a:");
}

TEST_CASE("Canonical request: a line end in a value can't forge a header line") {
  CHECK(LineOf(RequestWith({{"x-a", "1\r\nx-b:2"}}), "x-a") == "x-a:1 x-b:2");
  CHECK(LineOf(RequestWith({{"x-a", "1\nx-b:2"}}), "x-b") == "(absent)");
}

TEST_CASE("Canonical request: values of a repeated header join in the order sent") {
  const HttpRequest request =
      RequestWith({{"X-B", "z"}, {"x-a", "2"}, {"X-A", " 1 "}, {"x-A", ""}, {"x-a", "0"}});
  CHECK(LineOf(request, "x-a") == "x-a:2,1,,0");
  CHECK(SignedHeaderNames(request) == "host;x-a;x-b");
}

TEST_CASE("Canonical query: sorts by encoded name before value and keeps repeated parameters") {
  CHECK(CanonicalQuery({}).empty());
  CHECK(CanonicalQuery({{"a-b", "1"}, {"a", "2"}}) == "a=2&a-b=1");
  CHECK(CanonicalQuery({{"p", "2"}, {"p", "1"}, {"p", "1"}, {"p", std::nullopt}}) == "p=&p=1&p=1&p=2");
  CHECK(CanonicalQuery({{"z", "/ +"}, {"\xC3\xA9", "1"}}) == "%C3%A9=1&z=%2F%20%2B");
}

}  // namespace s3conn
