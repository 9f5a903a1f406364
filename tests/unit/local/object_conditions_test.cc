#include <optional>

#include "handler_fixture.h"
#include "local/object_request.h"
#include "support/catch.h"

namespace s3conn::local {
namespace {

constexpr std::string_view kBefore = "Wed, 14 Jan 2026 00:00:00 GMT";
constexpr std::string_view kThen = "Thu, 15 Jan 2026 00:00:00 GMT";

StoredVersion Version() {
  StoredVersion version;
  version.version_id = "v1";
  version.etag = "abc";
  version.modified = Timestamp(std::chrono::sys_days(std::chrono::year{2026} / 1 / 15)) +
                     std::chrono::milliseconds(500);  // S3's dates have whole seconds
  return version;
}

// 200, or the status of the refusal.
int Check(HandlerFixture& fixture, Headers headers, ConditionsOf of = ConditionsOf::kRead) {
  int status = 0;
  const Request request{"GET", "/b/k", std::move(headers), "test"};
  TextStream body("");
  const Resource resource{"b", "k"};
  const PayloadRules rules;
  const Call call{request, resource, rules, body, *fixture.store, fixture.clock};
  const Answer<void> holds = CheckReadConditions(call, of, Version());
  status = holds ? 200 : CodeStatus(holds.error().code);
  return status;
}

std::string Date(std::string_view text) {
  return std::string(text);
}

struct Span {
  std::string header;
  std::uint64_t size;
  std::uint64_t offset;
  std::uint64_t length;
};

}  // namespace

TEST_CASE("Conditions: one at a time") {
  HandlerFixture fixture;
  CHECK(Check(fixture, {}) == 200);
  CHECK(Check(fixture, {{"If-Match", "\"abc\""}}) == 200);
  CHECK(Check(fixture, {{"If-Match", "abc"}}) == 200);
  CHECK(Check(fixture, {{"If-Match", "*"}}) == 200);
  CHECK(Check(fixture, {{"If-Match", "\"x\", \"abc\""}}) == 200);
  CHECK(Check(fixture, {{"If-Match", "\"x\""}}) == 412);
  CHECK(Check(fixture, {{"If-None-Match", "\"x\""}}) == 200);
  CHECK(Check(fixture, {{"If-None-Match", "W/\"abc\""}}) == 304);
  CHECK(Check(fixture, {{"If-None-Match", "*"}}) == 304);
  CHECK(Check(fixture, {{"If-Modified-Since", Date(kBefore)}}) == 200);
  CHECK(Check(fixture, {{"If-Modified-Since", Date(kThen)}}) == 304);
  CHECK(Check(fixture, {{"If-Unmodified-Since", Date(kThen)}}) == 200);
  CHECK(Check(fixture, {{"If-Unmodified-Since", Date(kBefore)}}) == 412);
  CHECK(Check(fixture, {{"If-Modified-Since", "yesterday"}}) == 200);
}

TEST_CASE("Conditions: an ETag outranks a date") {
  HandlerFixture fixture;
  CHECK(Check(fixture, {{"If-Match", "\"abc\""}, {"If-Unmodified-Since", Date(kBefore)}}) == 200);
  CHECK(Check(fixture, {{"If-Match", "\"x\""}, {"If-Unmodified-Since", Date(kThen)}}) == 412);
  CHECK(Check(fixture, {{"If-None-Match", "\"abc\""}, {"If-Modified-Since", Date(kBefore)}}) == 304);
  CHECK(Check(fixture, {{"If-None-Match", "\"x\""}, {"If-Modified-Since", Date(kThen)}}) == 200);
  CHECK(Check(fixture, {{"If-Match", "\"x\""}, {"If-None-Match", "\"abc\""}}) == 412);
}

TEST_CASE("Conditions: of a copy source have their prefix and are 412 throughout") {
  HandlerFixture fixture;
  constexpr ConditionsOf kCopy = ConditionsOf::kCopySource;
  CHECK(Check(fixture, {{"If-Match", "\"x\""}}, kCopy) == 200);
  CHECK(Check(fixture, {{"x-amz-copy-source-if-match", "\"abc\""}}, kCopy) == 200);
  CHECK(Check(fixture, {{"x-amz-copy-source-if-match", "\"x\""}}, kCopy) == 412);
  CHECK(Check(fixture, {{"x-amz-copy-source-if-none-match", "\"abc\""}}, kCopy) == 412);
  CHECK(Check(fixture, {{"x-amz-copy-source-if-modified-since", Date(kThen)}}, kCopy) == 412);
  CHECK(Check(fixture, {{"x-amz-copy-source-if-unmodified-since", Date(kBefore)}}, kCopy) == 412);
}

TEST_CASE("Ranges: within an object") {
  const auto spans = std::to_array<Span>({{"bytes=0-", 10, 0, 10},
                                          {"bytes=0-0", 10, 0, 1},
                                          {"bytes=3-5", 10, 3, 3},
                                          {"bytes=9-9", 10, 9, 1},
                                          {"bytes=3-99", 10, 3, 7},
                                          {"bytes=3-99999999999999999999999", 10, 3, 7},
                                          {"bytes=-3", 10, 7, 3},
                                          {"bytes=-99", 10, 0, 10}});
  for (const Span& row : spans) {
    CAPTURE(row.header);
    const Answer<std::optional<ByteSpan>> span = ParseRange(row.header, row.size);
    REQUIRE(span);
    REQUIRE(*span);
    CHECK((*span)->offset == row.offset);
    CHECK((*span)->length == row.length);
  }
}

TEST_CASE("Ranges: what is none is ignored") {
  for (const std::string header : {"", "bytes", "bytes=", "bytes=-", "bytes=5-3", "bytes=a-b",
                                   "bytes=0-1,3-4", "lines=0-1", "bytes=+1-2", "bytes=1", "bytes=1-2-3"}) {
    CAPTURE(header);
    const Answer<std::optional<ByteSpan>> span = ParseRange(header, 10);
    REQUIRE(span);
    CHECK_FALSE(*span);
  }
}

TEST_CASE("Ranges: what begins beyond the end is refused with the size") {
  for (const std::string header :
       {"bytes=10-", "bytes=10-20", "bytes=-0", "bytes=99999999999999999999999-"}) {
    CAPTURE(header);
    const Answer<std::optional<ByteSpan>> span = ParseRange(header, 10);
    REQUIRE_FALSE(span);
    CHECK(span.error().code == Code::kInvalidRange);
    CHECK(span.error().headers.Get("Content-Range") == "bytes */10");
  }
  CHECK_FALSE(ParseRange("bytes=0-", 0));
  CHECK_FALSE(ParseRange("bytes=-1", 0));
}

}  // namespace s3conn::local
