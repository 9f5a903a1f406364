#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "support/catch.h"
#include "unit/transfer/download_fixture.h"

namespace s3conn {
namespace {

using Asked = std::vector<std::string>;

constexpr std::uint64_t kEnd = kObject.size();  // 36

ByteRange FromTo(std::uint64_t first, std::uint64_t last) {
  return {first, last};
}
ByteRange From(std::uint64_t first) {
  return {first, std::nullopt};
}
ByteRange Last(std::uint64_t count) {
  return {std::nullopt, count};
}

struct RangeFixture : DownloadFixture {
  RangeFixture(const ByteRange& range, std::vector<Answer> script) : DownloadFixture(std::move(script)) {
    request.range = range;
  }
};

TEST_CASE("a range is asked for as it was named and comes without being verified") {
  struct Case {
    ByteRange range;
    std::string header;
    std::size_t first;
    std::size_t last;
  };
  for (const Case& one :
       {Case{FromTo(5, 9), "bytes=5-9", 5, 9}, Case{FromTo(0, 0), "bytes=0-0", 0, 0},
        Case{From(30), "bytes=30-", 30, kEnd - 1}, Case{From(kEnd - 1), "bytes=35-", 35, 35},
        Case{Last(6), "bytes=-6", 30, kEnd - 1}, Case{Last(1), "bytes=-1", 35, 35},
        Case{FromTo(30, 1000), "bytes=30-1000", 30, kEnd - 1},
        Case{FromTo(1, std::numeric_limits<std::uint64_t>::max()), "bytes=1-18446744073709551615", 1, 35}}) {
    CAPTURE(one.header);
    RangeFixture download(one.range, {Part(kObject, one.first, one.last)});
    const auto result = download.Run();
    REQUIRE(result);
    CHECK(download.target.bytes == kObject.substr(one.first, one.last - one.first + 1));
    CHECK(download.Asked() == Asked{one.header + "|"});
    CHECK(result->verified == "size");
    CHECK(result->received == ByteCount(one.last - one.first + 1));
    CHECK(result->object.size == ByteCount(kEnd));
    CHECK(result->content_range ==
          "bytes " + std::to_string(one.first) + "-" + std::to_string(one.last) + "/36");
  }
}

TEST_CASE("a range that is the whole object is verified as one") {
  for (const ByteRange& range : {FromTo(0, kEnd - 1), From(0), Last(kEnd), Last(1000), FromTo(0, 1000)}) {
    CAPTURE(range.Header());
    RangeFixture download(range, {Part(kObject, 0, kEnd - 1)});
    const auto result = download.Run();
    REQUIRE(result);
    CHECK(result->verified == "md5");
    CHECK(download.target.bytes == kObject);
  }
  RangeFixture corrupt(From(0), {Part(kObject, 0, kEnd - 1, {{"ETag", ETagOf("other")}})});
  corrupt.target.is_pipe = true;
  CHECK(corrupt.Run().error().kind == ErrorKind::kIntegrity);
}

TEST_CASE("a connection that breaks in a range is gone on with up to its end") {
  const std::string etag = ETagOf(kObject);
  struct Case {
    ByteRange range;
    std::size_t first;
    std::size_t last;
    std::string rest;
  };
  for (const Case& one : {Case{FromTo(5, 20), 5, 20, "bytes=9-20|"}, Case{From(5), 5, 35, "bytes=9-35|"},
                          Case{Last(31), 5, 35, "bytes=9-35|"}}) {
    CAPTURE(one.range.Header());
    RangeFixture download(one.range,
                          {CutAfter(4, Part(kObject, one.first, one.last)), Part(kObject, 9, one.last)});
    const auto result = download.Run();
    REQUIRE(result);
    CHECK(download.target.bytes == kObject.substr(one.first, one.last - one.first + 1));
    CHECK(download.Asked() == Asked{one.range.Header() + "|", one.rest + etag});
    // Of what was asked for, not of the rest.
    CHECK(result->content_range.starts_with("bytes 5-"));
    CHECK(result->received == ByteCount(one.last - one.first + 1));
  }
}

TEST_CASE("a whole object as a range is verified over a broken connection") {
  RangeFixture download(From(0), {CutAfter(10, Part(kObject, 0, kEnd - 1)), Part(kObject, 10, kEnd - 1)});
  const auto result = download.Run();
  REQUIRE(result);
  CHECK(result->verified == "md5");
}

TEST_CASE("a store that answers a range with something else is refused") {
  for (const Answer& answer :
       {Whole(kObject), Part(kObject, 5, 8), Part(kObject, 6, 9), Part(kObject, 5, 10),
        Part(kObject, 5, 9, {{"Content-Range", ""}}), Part(kObject, 5, 9, {{"Content-Range", "bytes 5-9/*"}}),
        Part(kObject, 5, 9, {{"Content-Range", "bytes 5-9/9"}}),
        Part(kObject, 5, 9, {{"Content-Range", "5-9/36"}}),
        Part(kObject, 5, 9, {{"Content-Range", "bytes */36"}})}) {
    CAPTURE(answer.response.headers.Get("Content-Range"));
    RangeFixture download(FromTo(5, 9), {answer});
    const auto result = download.Run();
    REQUIRE_FALSE(result);
    CHECK(result.error().kind == ErrorKind::kIntegrity);
    CHECK(result.error().message.find("'bytes=5-9' was asked for") != std::string::npos);
    CHECK(download.target.bytes.empty());
    CHECK(download.fixture.sent_count() == 1);
  }
}

TEST_CASE("a part of a range that is shorter than it says is an integrity error") {
  Answer shorter = Part(kObject, 5, 9);
  shorter.response.body.pop_back();
  RangeFixture download(FromTo(5, 9), {shorter});
  download.target.is_pipe = true;
  const auto result = download.Run();
  REQUIRE_FALSE(result);
  CHECK(result.error().message == "4 of 5 bytes were received");
}

TEST_CASE("a store that forgets the range in the middle is begun anew") {
  for (const Answer& forgetful : {Whole(kObject), Part(kObject, 5, 20), Part(kObject, 9, 35)}) {
    RangeFixture download(FromTo(5, 20),
                          {CutAfter(4, Part(kObject, 5, 20)), forgetful, Part(kObject, 5, 20)});
    REQUIRE(download.Run());
    CHECK(download.target.bytes == kObject.substr(5, 16));
    CHECK(download.target.restarts == 1);
  }
}

TEST_CASE("a range outside the object is a usage error and is not asked for again") {
  RangeFixture download(From(100), {Reply(416, {}, ErrorXml("InvalidRange"))});
  CHECK(download.Run().error().kind == ErrorKind::kUsage);
  CHECK(download.fixture.sent_count() == 1);
}

TEST_CASE("a store that answers a range of an empty object with all of it is told apart from a wrong range") {
  for (const ByteRange& range : {FromTo(0, 9), From(0), Last(5)}) {
    CAPTURE(range.Header());
    RangeFixture download(range, {Whole("")});
    const auto result = download.Run();
    REQUIRE_FALSE(result);
    CHECK(result.error().kind == ErrorKind::kUsage);
    CHECK(result.error().message == "the range lies outside the object, which is empty");
    CHECK(download.fixture.sent_count() == 1);
  }
}

TEST_CASE("the version and the condition that were named are kept over a broken connection") {
  DownloadFixture download({CutAfter(10, Whole(kObject)), Rest(kObject, 10)});
  download.request.options.version_id = "v1";
  download.request.options.if_match = UnquoteETag(ETagOf(kObject));
  REQUIRE(download.Run());
  const std::string etag = ETagOf(kObject);
  CHECK(download.Asked() == Asked{"|" + etag, "bytes=10-|" + etag});
  for (const SentRequest& sent : download.fixture.http.requests()) {
    REQUIRE(sent.request.query.size() == 1);
    CHECK(sent.request.query[0].value == "v1");
  }
}

TEST_CASE("an object that was replaced before a condition was met is not fetched") {
  DownloadFixture download({WasReplaced()});
  download.request.options.if_match = "older";
  CHECK(download.Run().error().kind == ErrorKind::kPrecondition);
  CHECK(download.Asked() == Asked{"|\"older\""});
  CHECK(download.target.restarts == 0);
}

}  // namespace
}  // namespace s3conn
