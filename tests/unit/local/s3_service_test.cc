#include "local/s3_service.h"

#include <optional>
#include <string>
#include <vector>

#include "handler_fixture.h"
#include "sign/signer.h"
#include "support/catch.h"

namespace s3conn::local {
namespace {

// A service with one key, and requests signed for it by the client's own signer.
class ServiceFixture : public HandlerFixture {
 public:
  explicit ServiceFixture(S3Service::Access access = S3Service::Access::kReadWrite)
      : service_(*store, authorizer_, clock, access, [this](const Served& served) {
          log.push_back(std::string(served.operation) + " " + std::to_string(served.status) + " " +
                        std::string(served.code));
          message = served.message;
        }) {}

  Outcome Serve(HttpRequest request, const std::string& body = {}) {
    request.origin = {Scheme::kHttp, "127.0.0.1", 9000};
    if (request.method == "PUT" || request.method == "POST") {
      request.headers.Set("Content-Length", std::to_string(body.size()));
    }
    SignHeaders(request, {"key", Secret(secret), Secret(), {}}, SigningScope{.region = "us-east-1"},
                PayloadHash::Of(body), clock.Now());
    return Send(request, body);
  }

  Outcome Send(const HttpRequest& request, const std::string& body) {
    Request raw{request.method, request.path, request.headers, "test"};
    if (!request.query.empty()) raw.target += "?" + WireQuery(request.query);
    raw.headers.Set("Host", HostHeader(request.origin));
    TextStream stream(body);
    std::optional<Response> response = service_.Serve(raw, stream);
    REQUIRE(response);
    Outcome outcome;
    outcome.status = response->status;
    outcome.headers = response->headers;
    outcome.body = ReadBody(*response);
    outcome.code = outcome.element("Code");
    return outcome;
  }

  std::string secret = "secret";
  std::vector<std::string> log;
  std::string message;

 private:
  Authorizer authorizer_{{{"key", Secret("secret")}}, clock};
  S3Service service_;
};

HttpRequest Make(std::string method, std::string path, std::vector<QueryParameter> query = {}) {
  HttpRequest request;
  request.method = std::move(method);
  request.path = std::move(path);
  request.query = std::move(query);
  return request;
}

}  // namespace

TEST_CASE("S3Service: serves what the signer signs") {
  ServiceFixture fixture;
  CHECK(fixture.Serve(Make("PUT", "/b-1")).status == 200);
  CHECK(fixture.Serve(Make("PUT", "/b-1/a%20b/%C3%A4%2B"), "hello").status == 200);
  const Outcome got = fixture.Serve(Make("GET", "/b-1/a%20b/%C3%A4%2B"));
  CHECK(got.status == 200);
  CHECK(got.body == "hello");
  CHECK(got.header("x-amz-request-id").size() == 16);
  CHECK_FALSE(got.header("x-amz-id-2").empty());
  CHECK(fixture.Serve(Make("GET", "/b-1/a%20b/%C3%A4%2B", {{"tagging", std::nullopt}})).has("<TagSet>"));
  CHECK(fixture.log == std::vector<std::string>{"CreateBucket 200 ", "PutObject 200 ", "GetObject 200 ",
                                                "GetObjectTagging 200 "});
}

TEST_CASE("S3Service: serves presigned URLs") {
  ServiceFixture fixture;
  fixture.MakeBucket("b-1");
  CHECK(fixture.Put("/b-1/k", "hello").status == 200);
  HttpRequest request = Make("GET", "/b-1/k");
  request.origin = {Scheme::kHttp, "127.0.0.1", 9000};
  const Result<PresignedUrl> url =
      Presign(request, {"key", Secret("secret"), Secret(), {}}, SigningScope{.region = "us-east-1"},
              std::chrono::seconds(60), fixture.clock.Now());
  REQUIRE(url);
  HttpRequest presigned = request;
  presigned.path = url->url.substr(url->url.find("/b-1"));
  CHECK(fixture.Send(presigned, "").body == "hello");
  fixture.clock.Advance(std::chrono::seconds(61));
  CHECK(fixture.Send(presigned, "").code == "AccessDenied");
}

TEST_CASE("S3Service: a refusal is a document with its details and where it comes from") {
  ServiceFixture fixture;
  fixture.MakeBucket("b-1");
  HttpRequest request = Make("GET", "/b-1/a%3Cb", {{"versionId", ""}});
  const Outcome refused = fixture.Serve(request);
  CHECK(refused.status == 400);
  CHECK(refused.header("Content-Type") == "application/xml");
  CHECK(refused.body ==
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>InvalidArgument</Code><Message>Version id "
        "cannot be the empty string</Message><ArgumentName>versionId</ArgumentName><ArgumentValue>"
        "</ArgumentValue><Resource>/b-1/a%3Cb</Resource><RequestId>" +
            std::string(refused.header("x-amz-request-id")) + "</RequestId><HostId>" +
            std::string(refused.header("x-amz-id-2")) + "</HostId></Error>");
}

TEST_CASE("S3Service: a refusal brings its headers") {
  ServiceFixture fixture;
  fixture.MakeBucket("b-1");
  CHECK(fixture.Put("/b-1/k", "hello").status == 200);
  HttpRequest request = Make("GET", "/b-1/k");
  request.headers.Add("Range", "bytes=9-");
  const Outcome refused = fixture.Serve(request);
  CHECK(refused.status == 416);
  CHECK(refused.header("Content-Range") == "bytes */5");
  CHECK(refused.element("ActualObjectSize") == "5");
}

TEST_CASE("S3Service: HEAD and 304 have no document") {
  ServiceFixture fixture;
  fixture.MakeBucket("b-1");
  const std::string etag(fixture.Put("/b-1/k", "hello").header("ETag"));
  const Outcome missing = fixture.Serve(Make("HEAD", "/b-1/none"));
  CHECK(missing.status == 404);
  CHECK(missing.body.empty());
  HttpRequest request = Make("GET", "/b-1/k");
  request.headers.Add("If-None-Match", etag);
  const Outcome unchanged = fixture.Serve(request);
  CHECK(unchanged.status == 304);
  CHECK(unchanged.body.empty());
  CHECK(unchanged.headers.Find("Content-Type") == nullptr);
  CHECK(unchanged.header("ETag") == etag);
  CHECK(fixture.log.back() == "GetObject 304 NotModified");
}

TEST_CASE("S3Service: a wrong signature is refused before anything else is looked at") {
  ServiceFixture fixture;
  fixture.secret = "other";
  CHECK(fixture.Serve(Make("GET", "/none/k", {{"acl", std::nullopt}})).code == "SignatureDoesNotMatch");
  CHECK(fixture.log.back() == " 403 SignatureDoesNotMatch");
  CHECK(fixture.Send(Make("PUT", "/b-1"), "").code == "AccessDenied");
  CHECK_FALSE(fixture.store->FindBucket("b-1"));
}

TEST_CASE("S3Service: read-only it refuses to write") {
  ServiceFixture fixture(S3Service::Access::kReadOnly);
  fixture.MakeBucket("b-1");
  CHECK(fixture.Put("/b-1/k", "hello").status == 200);
  CHECK(fixture.Serve(Make("PUT", "/b-1/k"), "new").code == "AccessDenied");
  CHECK(fixture.Serve(Make("DELETE", "/b-1/k")).code == "AccessDenied");
  CHECK(fixture.Serve(Make("GET", "/b-1/k")).body == "hello");
}

TEST_CASE("S3Service: a header that asks for what is not done here is refused for every operation") {
  ServiceFixture fixture;
  fixture.MakeBucket("b-1");
  HttpRequest request = Make("PUT", "/b-1/k");
  request.headers.Add("x-amz-server-side-encryption", "AES256");
  const Outcome refused = fixture.Serve(request, "hello");
  CHECK(refused.status == 501);
  CHECK(refused.element("Header") == "x-amz-server-side-encryption");
  CHECK(fixture.Get("/b-1/k").code == "NoSuchKey");
  HttpRequest owner = Make("GET", "/b-1");
  owner.headers.Add("x-amz-expected-bucket-owner", "123456789012");
  CHECK(fixture.Serve(owner).code == "AccessDenied");
}

TEST_CASE("S3Service: who says that they pay are told so") {
  ServiceFixture fixture;
  fixture.MakeBucket("b-1");
  CHECK(fixture.Put("/b-1/k", "hello").status == 200);
  HttpRequest request = Make("GET", "/b-1/k");
  request.headers.Add("x-amz-request-payer", "requester");
  CHECK(fixture.Serve(request).header("x-amz-request-charged") == "requester");
  CHECK(fixture.Serve(Make("GET", "/b-1/k")).headers.Find("x-amz-request-charged") == nullptr);
}

TEST_CASE("S3Service: what fails on this machine goes to the log and not to the client") {
  ServiceFixture fixture;
  fixture.MakeBucket("b-1");
  CHECK(fixture.Put("/b-1/k", "hello").status == 200);
  std::filesystem::remove_all(fixture.folder.Path("store/blobs"));
  std::filesystem::remove_all(fixture.folder.Path("store/incoming"));
  const Outcome failed = fixture.Serve(Make("GET", "/b-1/k"));
  CHECK(failed.status == 500);
  CHECK(failed.code == "InternalError");
  CHECK_FALSE(failed.has(fixture.folder.path()));
  CHECK(fixture.log.back() == "GetObject 500 InternalError");
  CHECK(fixture.message != CodeText(Code::kInternalError));
}

TEST_CASE("S3Service: a resource that can't be read is refused with a readable document") {
  ServiceFixture fixture;
  const Outcome refused = fixture.Send(Make("GET", "/b-1/\xff<%"), "");
  CHECK(refused.code == "InvalidURI");
  CHECK(refused.element("Resource") == "/b-1/%FF%3C%25");
}

}  // namespace s3conn::local
