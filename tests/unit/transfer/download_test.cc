#include "transfer/download.h"

#include <string>
#include <string_view>

#include "support/catch.h"
#include "unit/transfer/download_fixture.h"

namespace s3conn {
namespace {

constexpr std::string_view kCorrupt = "0123456789abcdefghijklmnopqrstuvwxyZ";

Answer Corrupt() {
  return Whole(kCorrupt, {{"ETag", ETagOf(kObject)}});
}

TEST_CASE("an object is fetched by one request and verified") {
  DownloadFixture download({Whole(kObject, {{"Content-Type", "text/plain"}})});
  const auto result = download.Run();
  REQUIRE(result);
  CHECK(download.target.bytes == kObject);
  CHECK(download.fixture.sent_count() == 1);
  CHECK(result->verified == "md5");
  CHECK(result->object.size == ByteCount(kObject.size()));
  CHECK(result->object.content_type == "text/plain");
  CHECK(download.warnings.empty());
}

TEST_CASE("an empty object is fetched and verified") {
  DownloadFixture download({Whole("")});
  const auto result = download.Run();
  REQUIRE(result);
  CHECK(download.target.bytes.empty());
  CHECK(result->verified == "md5");
  CHECK(result->object.size == 0_B);
}

TEST_CASE("bytes that fail their check are fetched again from the start") {
  DownloadFixture download({Corrupt(), Whole(kObject)});
  REQUIRE(download.Run());
  CHECK(download.target.bytes == kObject);
  CHECK(download.target.restarts == 1);
  CHECK(download.Asked() == std::vector<std::string>{"|", "|"});
  REQUIRE(download.warnings.size() == 1);
  CHECK(download.warnings[0].find("again from the start") != std::string::npos);
}

TEST_CASE("bytes that stay wrong are fetched again twice and then an integrity error") {
  DownloadFixture download({Corrupt(), Corrupt(), Corrupt(), Whole(kObject)});
  const auto result = download.Run();
  REQUIRE_FALSE(result);
  CHECK(result.error().kind == ErrorKind::kIntegrity);
  CHECK(result.error().message.find("md5") != std::string::npos);
  CHECK(download.fixture.sent_count() == 3);
  CHECK(download.target.restarts == 2);
}

TEST_CASE("wrong bytes in a pipe are an integrity error at once") {
  DownloadFixture download({Corrupt(), Whole(kObject)});
  download.target.is_pipe = true;
  const auto result = download.Run();
  REQUIRE_FALSE(result);
  CHECK(result.error().kind == ErrorKind::kIntegrity);
  CHECK(download.fixture.sent_count() == 1);
}

TEST_CASE("an answer that does not name the object or its length is refused") {
  for (const Headers& headers : {Headers{{"ETag", ETagOf(kObject)}}, Headers{{"Content-Length", "36"}},
                                 Headers{{"ETag", ETagOf(kObject)}, {"Content-Length", "many"}}}) {
    DownloadFixture download({});
    download.fixture.http.AnswerWith(
        [&headers](const SentRequest&) { return Reply(200, headers, std::string(kObject)); });
    const auto result = download.Run();
    REQUIRE_FALSE(result);
    CHECK(result.error().kind == ErrorKind::kService);
    CHECK(result.error().hint.find("proxy") != std::string::npos);
    CHECK(download.target.bytes.empty());
  }
}

TEST_CASE("a range that nobody asked for is refused") {
  DownloadFixture download({Rest(kObject, 10)});
  const auto result = download.Run();
  REQUIRE_FALSE(result);
  CHECK(result.error().kind == ErrorKind::kIntegrity);
  CHECK(download.target.bytes.empty());
}

TEST_CASE("an object that does not fill its announced size is an integrity error") {
  DownloadFixture download({Whole(kObject, {{"Content-Length", "100"}})});
  download.target.is_pipe = true;
  const auto result = download.Run();
  REQUIRE_FALSE(result);
  CHECK(result.error().kind == ErrorKind::kIntegrity);
  CHECK(result.error().message == "36 of 100 bytes were received");
}

TEST_CASE("a service error leaves the target alone") {
  DownloadFixture download({Reply(404, {}, ErrorXml("NoSuchKey"))});
  const auto result = download.Run();
  REQUIRE_FALSE(result);
  CHECK(result.error().kind == ErrorKind::kNotFound);
  CHECK(download.target.bytes.empty());
  CHECK(download.target.restarts == 0);
}

TEST_CASE("a target that cannot be written ends the download at once") {
  DownloadFixture download({Whole(kObject), Whole(kObject)});
  download.target.write_failure = Failure(ErrorKind::kLocalIo, "write 'f': No space left on device").value();
  const auto result = download.Run();
  REQUIRE_FALSE(result);
  CHECK(result.error().message == "write 'f': No space left on device");
  CHECK(download.fixture.sent_count() == 1);
}

TEST_CASE("a target that cannot start over ends the download with its error") {
  DownloadFixture download({Corrupt(), Whole(kObject)});
  download.target.restart_failure = Failure(ErrorKind::kLocalIo, "write 'f': I/O error").value();
  const auto result = download.Run();
  REQUIRE_FALSE(result);
  CHECK(result.error().kind == ErrorKind::kLocalIo);
  CHECK(download.fixture.sent_count() == 1);
}

TEST_CASE("an object under a key of its own is checked by its size only") {
  for (const char* encryption : {"aws:kms", "aws:kms:dsse"}) {
    DownloadFixture download(
        {Whole(kCorrupt, {{"ETag", ETagOf(kObject)}, {"x-amz-server-side-encryption", encryption}})});
    const auto result = download.Run();
    REQUIRE(result);
    CHECK(result->verified == "size");
  }
}

TEST_CASE("a checksum of the whole object is preferred to the ETag") {
  DownloadFixture download(
      {Whole("123456789", {{"ETag", ETagOf("other")}, {"x-amz-checksum-crc64nvme", "rosUhgp5mIg="}})});
  const auto result = download.Run();
  REQUIRE(result);
  CHECK(result->verified == "crc64nvme");
}

}  // namespace
}  // namespace s3conn
