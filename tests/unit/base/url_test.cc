#include "s3conn/base/url.h"

#include <string>
#include <string_view>

#include "support/catch.h"

namespace s3conn {
namespace {

struct Row {
  std::string_view text;
  std::string_view host;
  Scheme scheme = Scheme::kHttps;
  std::uint16_t port = 0;
  std::string_view path_prefix{};
};

TEST_CASE("an endpoint URL gives scheme and host and port and path prefix") {
  const Row rows[] = {
      {"https://s3.example.com", "s3.example.com", Scheme::kHttps, 443},
      {"http://s3.example.com/", "s3.example.com", Scheme::kHttp, 80},
      {"http://127.0.0.1:9000", "127.0.0.1", Scheme::kHttp, 9000},
      {"https://h:1", "h", Scheme::kHttps, 1},
      {"https://h:65535/", "h", Scheme::kHttps, 65535},
      {"HTTPS://S3.Example.COM:8443", "s3.example.com", Scheme::kHttps, 8443},
      {"http://[::1]:9000", "::1", Scheme::kHttp, 9000},
      {"https://[2001:DB8::A]", "2001:db8::a", Scheme::kHttps, 443},
      {"https://h/gateway", "h", Scheme::kHttps, 443, "/gateway"},
      {"https://h:8080/a/b%20c/", "h", Scheme::kHttps, 8080, "/a/b%20c"},
      {"https://h///", "h", Scheme::kHttps, 443},
      {"http://my_store.local", "my_store.local", Scheme::kHttp, 80},
      {"http://[::1]/x", "::1", Scheme::kHttp, 80, "/x"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    const Result<EndpointUrl> url = ParseEndpointUrl(row.text);
    REQUIRE(url);
    CHECK(url->origin.scheme == row.scheme);
    CHECK(url->origin.host == row.host);
    CHECK(url->origin.port == row.port);
    CHECK(url->path_prefix == row.path_prefix);
  }
}

TEST_CASE("an endpoint URL that is not one is a usage error with advice") {
  const std::string_view bad[] = {
      "",
      "s3.example.com",
      "s3.example.com:9000",
      "://h",
      "ftp://h",
      "file:///etc/passwd",
      "https:/h",
      "https://",
      "https:///bucket",
      "https://:9000",
      "https://h:",
      "https://h:0",
      "https://h:65536",
      "https://h:99999999999999999999",
      "https://h:80a",
      "https://h:-1",
      "https://h:80:80",
      "https://h?a=b",
      "https://h/p?x",
      "https://h/#f",
      "https://h h",
      " https://h",
      "https://h\t",
      "https://h\n",
      "https://h\\b",
      "https://h\x7f",
      "https://h..example",
      "https://.example",
      "https://h\xc3\xa4",
      "https://h%41",
      "https://[::1",
      "https://[::1]9000",
      "https://[]",
      "https://[127.0.0.1]",
      "https://[::1%25eth0]",
      "https://::1",
  };
  for (const std::string_view text : bad) {
    CAPTURE(text);
    const Result<EndpointUrl> url = ParseEndpointUrl(text);
    REQUIRE_FALSE(url);
    CHECK(url.error().kind == ErrorKind::kUsage);
    CHECK_FALSE(url.error().hint.empty());
  }
  CHECK_FALSE(ParseEndpointUrl(std::string_view("https://h\0x", 11)));
  CHECK_FALSE(ParseEndpointUrl("https://" + std::string(254, 'a')));
}

TEST_CASE("a password in an endpoint URL is refused and never repeated whatever else is wrong") {
  for (const std::string_view text :
       {"https://user:c4nary@host", "https://c4nary@host/path", "https://user:c4nary@host?query",
        "https://user:c4nary pass@host", "https://user:c4na?c4nary@host", "https://user:c4nary\n@host",
        "ftp://user:c4nary@host", "user:c4nary@host", "https://user:c4nary@", "https://user:c4nary@[::1",
        "https://user:c4na/c4nary@host#f"}) {
    CAPTURE(text);
    const Result<EndpointUrl> url = ParseEndpointUrl(text);
    REQUIRE_FALSE(url);
    CHECK(url.error().kind == ErrorKind::kUsage);
    CHECK(url.error().message.find("c4nary") == std::string::npos);
    CHECK(url.error().hint.find("c4nary") == std::string::npos);
  }
}

TEST_CASE("control bytes of a bad endpoint URL are escaped in the message") {
  const Result<EndpointUrl> url = ParseEndpointUrl("https://h\x1b[2J");
  REQUIRE_FALSE(url);
  CHECK(url.error().message.find('\x1b') == std::string::npos);
  CHECK(url.error().message.find("\\x1b") != std::string::npos);
}

TEST_CASE("a host label is 1 to 63 lower-case letters and digits and inner hyphens") {
  for (const std::string_view good : {"a", "0", "us-east-1", "a--b"}) CHECK(IsHostLabel(good));
  CHECK(IsHostLabel(std::string(63, 'a')));
  CHECK_FALSE(IsHostLabel(std::string(64, 'a')));
  for (const std::string_view bad :
       {"", "-a", "a-", "A", "a.b", "a_b", "a b", "a/b", "a@b", "\xc3\xa4", "a\n"}) {
    CAPTURE(bad);
    CHECK_FALSE(IsHostLabel(bad));
  }
}

TEST_CASE("a loopback host is this machine whatever else its name says") {
  for (const std::string_view good : {"127.0.0.1", "127.1.2.3", "::1", "localhost", "bucket.localhost"})
    CHECK(IsLoopback(good));
  for (const std::string_view bad : {"", "0.0.0.0", "::", "128.0.0.1", "127.0.0.1.example", "notlocalhost"}) {
    CAPTURE(bad);
    CHECK_FALSE(IsLoopback(bad));
  }
}

TEST_CASE("an IP address is a literal of version 4 or 6 without brackets") {
  for (const std::string_view good : {"127.0.0.1", "::1", "fe80::1", "::ffff:1.2.3.4"})
    CHECK(IsIpAddress(good));
  for (const std::string_view bad :
       {"", "1.2.3", "1.2.3.4.5", "256.1.1.1", "[::1]", "localhost", "1.2.3.4 "}) {
    CAPTURE(bad);
    CHECK_FALSE(IsIpAddress(bad));
  }
}

}  // namespace
}  // namespace s3conn
