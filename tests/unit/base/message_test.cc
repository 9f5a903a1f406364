#include "s3conn/base/message.h"

#include <string>
#include <string_view>
#include <vector>

#include "support/catch.h"

namespace s3conn {
namespace {

std::string Joined(const Headers& headers) {
  std::string text;
  for (const Header& field : headers) text += field.name + ":" + field.value + "|";
  return text;
}

TEST_CASE("header names are found whatever their letter case") {
  const Headers headers = {{"ETag", "\"1\""}, {"X-Amz-Meta-A", "b"}};
  CHECK(headers.Get("etag") == "\"1\"");
  CHECK(headers.Get("x-amz-meta-a") == "b");
  CHECK(headers.Get("ETa").empty());
  CHECK(headers.Find("Range") == nullptr);
}

TEST_CASE("a header without a value is told from an absent one") {
  const Headers headers = {{"If-Match", ""}};
  CHECK(headers.Find("if-match") != nullptr);
  CHECK(headers.Get("if-match").empty());
}

TEST_CASE("headers keep the order they were added in and the first of a name is found") {
  Headers headers;
  headers.Add("b", "1");
  headers.Add("a", "2");
  headers.Add("B", "3");
  CHECK(Joined(headers) == "b:1|a:2|B:3|");
  CHECK(headers.Get("B") == "1");
}

TEST_CASE("setting a header replaces all of its name and keeps the place of the first") {
  Headers headers = {{"b", "1"}, {"a", "2"}, {"B", "3"}, {"c", "4"}};
  headers.Set("B", "new");
  CHECK(Joined(headers) == "b:new|a:2|c:4|");
  headers.Set("d", "5");
  CHECK(Joined(headers) == "b:new|a:2|c:4|d:5|");
  CHECK(headers.size() == 4);
}

TEST_CASE("the Host header has brackets around IPv6 and leaves out the scheme's port") {
  CHECK(HostHeader({Scheme::kHttps, "s3.example.com", 443}) == "s3.example.com");
  CHECK(HostHeader({Scheme::kHttp, "s3.example.com", 80}) == "s3.example.com");
  CHECK(HostHeader({Scheme::kHttp, "s3.example.com", 443}) == "s3.example.com:443");
  CHECK(HostHeader({Scheme::kHttps, "s3.example.com", 80}) == "s3.example.com:80");
  CHECK(HostHeader({Scheme::kHttp, "::1", 9000}) == "[::1]:9000");
  CHECK(HostHeader({Scheme::kHttps, "::1", 443}) == "[::1]");
}

TEST_CASE("a query goes on the wire encoded and in the order given") {
  CHECK(WireQuery({}).empty());
  CHECK(WireQuery({{"uploads", std::nullopt}}) == "uploads");
  CHECK(WireQuery({{"prefix", ""}}) == "prefix=");
  CHECK(WireQuery({{"prefix", "a/b c+d&e=f%"}, {"list-type", "2"}}) ==
        "prefix=a%2Fb%20c%2Bd%26e%3Df%25&list-type=2");
  CHECK(WireQuery({{"a=b", "c"}}) == "a%3Db=c");
}

TEST_CASE("a URL is put together from what is sent") {
  HttpRequest request;
  request.origin = {Scheme::kHttp, "::1", 9000};
  request.path = "/b/a%20b";
  CHECK(Url(request) == "http://[::1]:9000/b/a%20b");
  request.query = {{"x", "y z"}, {"acl", std::nullopt}};
  CHECK(Url(request) == "http://[::1]:9000/b/a%20b?x=y%20z&acl");
}

TEST_CASE("every status of 200 to 299 is a success") {
  const auto ok = [](int status) {
    HttpResponse response;
    response.status = status;
    return response.ok();
  };
  CHECK(ok(200));
  CHECK(ok(206));
  CHECK(ok(299));
  CHECK_FALSE(ok(199));
  CHECK_FALSE(ok(300));
  CHECK_FALSE(ok(404));
}

}  // namespace
}  // namespace s3conn
