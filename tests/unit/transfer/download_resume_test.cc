#include <string>
#include <string_view>
#include <vector>

#include "support/catch.h"
#include "unit/transfer/download_fixture.h"

namespace s3conn {
namespace {

using Asked = std::vector<std::string>;

constexpr std::string_view kOther = "the object that came in its place";

TEST_CASE("a connection that breaks is gone on with at the same byte of the same object") {
  DownloadFixture download({CutAfter(10, Whole(kObject)), CutAfter(5, Rest(kObject, 10)), Rest(kObject, 15)});
  const auto result = download.Run();
  REQUIRE(result);
  CHECK(download.target.bytes == kObject);
  CHECK(result->verified == "md5");
  CHECK(result->object.size == ByteCount(kObject.size()));
  const std::string etag = ETagOf(kObject);
  CHECK(download.Asked() == Asked{"|", "bytes=10-|" + etag, "bytes=15-|" + etag});
  CHECK(download.target.restarts == 0);
}

TEST_CASE("a connection that breaks before the first byte begins anew") {
  DownloadFixture download(
      {CutAfter(0, Whole(kOther)), FailWith(ConnectionReset()), Reply(503), Whole(kObject)});
  REQUIRE(download.Run());
  CHECK(download.target.bytes == kObject);
  CHECK(download.Asked() == Asked{"|", "|", "|", "|"});
}

TEST_CASE("an object is whole wherever the connection breaks") {
  for (std::size_t cut = 1; cut < kObject.size(); ++cut) {
    CAPTURE(cut);
    DownloadFixture download({CutAfter(cut, Whole(kObject)), Rest(kObject, cut)});
    CHECK(download.Run());
    CHECK(download.target.bytes == kObject);
  }
}

TEST_CASE("a busy service between two pieces does not lose the place") {
  DownloadFixture download(
      {CutAfter(10, Whole(kObject)), Reply(503), FailWith(ConnectionReset()), Rest(kObject, 10)});
  REQUIRE(download.Run());
  CHECK(download.target.bytes == kObject);
}

TEST_CASE("a store that ignores ranges is read past what is there already") {
  DownloadFixture download({CutAfter(10, Whole(kObject)), Whole(kObject)});
  REQUIRE(download.Run());
  CHECK(download.target.bytes == kObject);
  CHECK(download.target.restarts == 0);
}

TEST_CASE("a connection that breaks while bytes are passed over is gone on with at the right byte") {
  DownloadFixture ranges({CutAfter(20, Whole(kObject)), CutAfter(8, Whole(kObject)), Rest(kObject, 20)});
  REQUIRE(ranges.Run());
  CHECK(ranges.target.bytes == kObject);
  CHECK(ranges.target.restarts == 0);
  DownloadFixture no_ranges({CutAfter(20, Whole(kObject)), CutAfter(8, Whole(kObject)),
                             CutAfter(25, Whole(kObject)), Whole(kObject)});
  REQUIRE(no_ranges.Run());
  CHECK(no_ranges.target.bytes == kObject);
  CHECK(no_ranges.target.restarts == 0);
}

TEST_CASE("a range other than the one asked for is refused") {
  for (const char* range :
       {"bytes 0-35/36", "bytes 11-35/36", "bytes 10-34/36", "bytes 10-35/*", "10-35/36", ""}) {
    CAPTURE(range);
    DownloadFixture download({CutAfter(10, Whole(kObject)), Rest(kObject, 10, {{"Content-Range", range}})});
    download.target.is_pipe = true;
    const auto result = download.Run();
    REQUIRE_FALSE(result);
    CHECK(result.error().kind != ErrorKind::kNetwork);
    CHECK(download.target.bytes == kObject.substr(0, 10));
    CHECK(download.fixture.sent_count() == 2);
  }
}

TEST_CASE("a refused range is fetched again from the start where that can be done") {
  DownloadFixture download({CutAfter(10, Whole(kObject)),
                            Rest(kObject, 10, {{"Content-Range", "bytes 0-25/36"}}), Whole(kObject)});
  REQUIRE(download.Run());
  CHECK(download.target.bytes == kObject);
  CHECK(download.target.restarts == 1);
}

TEST_CASE("an object that is replaced meanwhile is fetched anew from the start") {
  DownloadFixture download({CutAfter(10, Whole(kObject)), WasReplaced(), Whole(kOther)});
  const auto result = download.Run();
  REQUIRE(result);
  CHECK(download.target.bytes == kOther);
  CHECK(result->object.etag == UnquoteETag(ETagOf(kOther)));
  CHECK(download.target.restarts == 1);
  CHECK(download.Asked().back() == "|");
  CHECK(download.warnings.size() == 1);
}

TEST_CASE("an object that is replaced again and again is an error in the end") {
  DownloadFixture download({CutAfter(10, Whole(kObject)), WasReplaced(), CutAfter(10, Whole(kObject)),
                            WasReplaced(), CutAfter(10, Whole(kObject)), WasReplaced(), Whole(kObject)});
  const auto result = download.Run();
  REQUIRE_FALSE(result);
  CHECK(result.error().kind == ErrorKind::kPrecondition);
  CHECK(download.fixture.sent_count() == 6);
}

TEST_CASE("an object that is replaced meanwhile is an error for a pipe") {
  DownloadFixture download({CutAfter(10, Whole(kObject)), WasReplaced(), Whole(kOther)});
  download.target.is_pipe = true;
  const auto result = download.Run();
  REQUIRE_FALSE(result);
  CHECK(result.error().kind == ErrorKind::kPrecondition);
  CHECK(download.target.bytes == kObject.substr(0, 10));
}

TEST_CASE("a store that ignores If-Match never mixes two objects") {
  const std::vector<Answer> answers = {
      Rest(kObject, 10, {{"ETag", ETagOf(kOther)}}), Whole(kOther),
      Rest(std::string(kObject) + "longer", 10, {{"ETag", ETagOf(kObject)}})};
  for (const Answer& answer : answers) {
    DownloadFixture download({CutAfter(10, Whole(kObject)), answer});
    download.target.is_pipe = true;
    const auto result = download.Run();
    REQUIRE_FALSE(result);
    CHECK(result.error().kind == ErrorKind::kPrecondition);
    CHECK(download.target.bytes == kObject.substr(0, 10));
  }
}

TEST_CASE("a weak ETag does not prove that it is the same object") {
  const std::string weak = "W/" + ETagOf(kObject);
  DownloadFixture download({CutAfter(10, Whole(kObject, {{"ETag", weak}})),
                            Rest(kObject, 10, {{"ETag", weak}}), Whole(kOther, {{"ETag", weak}})});
  REQUIRE(download.Run());
  CHECK(download.target.bytes == kOther);
  CHECK(download.target.restarts == 1);
}

TEST_CASE("an object that is deleted meanwhile is not found") {
  DownloadFixture download({CutAfter(10, Whole(kObject)), Reply(404, {}, ErrorXml("NoSuchKey"))});
  const auto result = download.Run();
  REQUIRE_FALSE(result);
  CHECK(result.error().kind == ErrorKind::kNotFound);
  CHECK(download.fixture.sent_count() == 2);
}

TEST_CASE("a network that never holds is an error after ten attempts") {
  std::vector<Answer> script = {CutAfter(1, Whole(kObject))};
  for (std::size_t from = 1; from < 12; ++from) script.push_back(CutAfter(1, Rest(kObject, from)));
  DownloadFixture download(script);
  const auto result = download.Run();
  REQUIRE_FALSE(result);
  CHECK(result.error().kind == ErrorKind::kNetwork);
  CHECK(download.fixture.sent_count() == 10);
}

}  // namespace
}  // namespace s3conn
