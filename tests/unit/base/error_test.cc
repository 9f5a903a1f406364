#include "s3conn/base/error.h"

#include <cerrno>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "support/catch.h"

namespace s3conn {
namespace {

TEST_CASE("each kind of error has a name of its own") {
  std::set<std::string_view> names;
  for (int kind = 0; kind <= static_cast<int>(ErrorKind::kCancelled); ++kind) {
    names.insert(ErrorKindName(static_cast<ErrorKind>(kind)));
  }
  CHECK(names.size() == 14);
  CHECK(ErrorKindName(ErrorKind::kNotFound) == "NotFound");
  CHECK(ErrorKindName(ErrorKind::kLocalIo) == "LocalIo");
}

TEST_CASE("what was being done comes in front and the rest of an error stays") {
  Error error;
  error.kind = ErrorKind::kDenied;
  error.message = "access denied";
  error.hint = "ask";
  error.retryable = true;
  error.service.emplace().code = "AccessDenied";
  const Error whole = std::move(error).Within("put s3://b/k");
  CHECK(whole.message == "put s3://b/k: access denied");
  CHECK(whole.kind == ErrorKind::kDenied);
  CHECK(whole.hint == "ask");
  CHECK(whole.retryable);
  REQUIRE(whole.service);
  CHECK(whole.service->code == "AccessDenied");
}

TEST_CASE("a system error says what was done and what the system said") {
  const Error missing = SystemError("read 'f'", ENOENT);
  CHECK(missing.kind == ErrorKind::kNotFound);
  CHECK(missing.message == "read 'f': No such file or directory");
  CHECK(SystemError("read 'f'", EIO).kind == ErrorKind::kLocalIo);
  CHECK_FALSE(SystemError("read 'f'", EIO).retryable);
}

TEST_CASE("a failure carries kind and message and hint and is not retryable") {
  const Result<int> result = Failure(ErrorKind::kUsage, "no", "yes");
  REQUIRE_FALSE(result);
  CHECK(result.error().kind == ErrorKind::kUsage);
  CHECK(result.error().message == "no");
  CHECK(result.error().hint == "yes");
  CHECK_FALSE(result.error().retryable);
  CHECK_FALSE(result.error().service);
}

}  // namespace
}  // namespace s3conn
