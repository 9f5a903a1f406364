#include "output/error_report.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>

#include "support/catch.h"

namespace s3conn {
namespace {

Error Denied() {
  Error error;
  error.kind = ErrorKind::kDenied;
  error.message = "get s3://b/k: access denied (AccessDenied)";
  error.hint = "check the policies";
  ServiceDetail detail;
  detail.http_status = 403;
  detail.code = "AccessDenied";
  detail.request_id = "R1";
  detail.host_id = "H1";
  detail.resource = "/b/k";
  detail.canonical_request = "GET\nx-amz-security-token:c4nary";
  error.service = detail;
  return error;
}

TEST_CASE("a service's error is one line of JSON with the fields that are promised") {
  const std::string text = ErrorAsJson(Denied());
  CHECK(std::count(text.begin(), text.end(), '\n') == 1);
  CHECK(text.back() == '\n');
  CHECK(
      nlohmann::ordered_json::parse(text).dump() ==
      R"x({"Error":{"Kind":"Denied","Code":"AccessDenied","Message":"get s3://b/k: access denied (AccessDenied)",)x"
      R"x("HttpStatus":403,"RequestId":"R1","Resource":"/b/k","Retryable":false,"Hint":"check the policies"}})x");
}

TEST_CASE("an error of our own has its kind for a code and nothing of a service") {
  Error error;
  error.kind = ErrorKind::kNetwork;
  error.message = "connection reset";
  error.retryable = true;
  CHECK(nlohmann::ordered_json::parse(ErrorAsJson(error)).dump() ==
        R"({"Error":{"Kind":"Network","Code":"Network","Message":"connection reset","Retryable":true}})");
}

TEST_CASE("an error without a code of the service's has its kind for a code") {
  Error error = Denied();
  error.service->code.clear();
  CHECK(nlohmann::json::parse(ErrorAsJson(error))["Error"]["Code"] == "Denied");
}

TEST_CASE("an error stays one line of JSON whatever the service says") {
  Error error = Denied();
  error.service->code = "a\n\"\xff";
  error.service->resource = "\r\n";
  const std::string text = ErrorAsJson(error);
  CHECK(std::count(text.begin(), text.end(), '\n') == 1);
  CHECK(nlohmann::json::parse(text)["Error"]["CodeBase64"] == "YQoi/w==");
}

TEST_CASE("an error for people is its message and its hint") {
  CHECK(ErrorAsText(Denied()) ==
        "s3conn: get s3://b/k: access denied (AccessDenied)\n  hint: check the policies\n");
  Error error = Denied();
  error.hint.clear();
  CHECK(ErrorAsText(error) == "s3conn: get s3://b/k: access denied (AccessDenied)\n");
}

TEST_CASE("no report shows what was signed") {
  CHECK(ErrorAsText(Denied()).find("c4nary") == std::string::npos);
  CHECK(ErrorAsJson(Denied()).find("c4nary") == std::string::npos);
}

}  // namespace
}  // namespace s3conn
