#include <string>

#include "unit/local/multipart_fixture.h"

namespace s3conn::local {
namespace {

constexpr const char* kTail = "the end";

// An upload of two parts: a long one with the number 2, and the tail with the number 5.
struct TwoParts : MultipartFixture {
  std::string Begin(Headers headers = {}) {
    std::string id = Start(std::move(headers));
    REQUIRE(Upload(id, "2", LongPart('a')).status == 200);
    REQUIRE(Upload(id, "5", kTail).status == 200);
    return id;
  }
  std::string Both() const { return Part(2, "&quot;" + etag_a + "&quot;") + Part(5, etag_tail); }

  std::string etag_a = Md5Of(LongPart('a'));
  std::string etag_tail = Md5Of(kTail);
  std::string whole = LongPart('a') + kTail;
};

std::string RawMd5s(const std::string& first, const std::string& second) {
  return std::string(AsBytes(Md5(first))) + std::string(AsBytes(Md5(second)));
}

}  // namespace

TEST_CASE_METHOD(TwoParts, "CompleteMultipartUpload: the parts are an object") {
  const std::string id = Begin({{"Content-Type", "text/plain"}, {"x-amz-meta-a", "b"}});
  const Outcome done = Complete(id, Both(), {{"Host", "localhost:9000"}});
  REQUIRE(done.status == 200);
  const std::string etag = Md5Of(RawMd5s(LongPart('a'), kTail)) + "-2";
  CHECK(
      done.has("<CompleteMultipartUploadResult xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">"
               "<Location>http://localhost:9000/b/k</Location><Bucket>b</Bucket><Key>k</Key>"
               "<ETag>&quot;" +
               etag + "&quot;</ETag>"));
  CHECK(done.element("ChecksumCRC64NVME") == ChecksumOf(ChecksumAlgorithm::kCrc64Nvme, whole));
  CHECK(done.element("ChecksumType") == "FULL_OBJECT");
  CHECK(done.header("x-amz-version-id").empty());
  const Outcome got = Get("/b/k");
  CHECK((got.body == whole));  // in brackets: nobody wants to read it
  CHECK(got.header("ETag") == "\"" + etag + "\"");
  CHECK(got.header("Content-Type") == "text/plain");
  CHECK(got.header("x-amz-meta-a") == "b");
  CHECK(Complete(id, Both()).code == "NoSuchUpload");
}

TEST_CASE_METHOD(TwoParts, "CompleteMultipartUpload: checksums are of all bytes or of those of the parts") {
  for (const char* const name : {"CRC32", "CRC32C", "CRC64NVME"}) {
    CAPTURE(name);
    const std::string id =
        Begin({{"x-amz-checksum-algorithm", name}, {"x-amz-checksum-type", "FULL_OBJECT"}});
    const std::string sum = ChecksumOf(*ParseChecksumName(name), whole);
    const std::string header = "x-amz-checksum-" + AsciiLower(name);
    CHECK(Complete(id, Both(), {{header, ChecksumOf(*ParseChecksumName(name), "x")}}).code == "BadDigest");
    const Outcome done = Complete(id, Both(), {{header, sum}, {"x-amz-checksum-type", "FULL_OBJECT"}});
    CHECK(done.element(std::string("Checksum") + name) == sum);
    CHECK(done.element("ChecksumType") == "FULL_OBJECT");
  }
  for (const char* const name : {"CRC32", "CRC32C", "SHA1", "SHA256"}) {
    CAPTURE(name);
    const ChecksumAlgorithm algorithm = *ParseChecksumName(name);
    const std::string id = Begin({{"x-amz-checksum-algorithm", name}});
    const std::string raw =
        *Base64Decode(ChecksumOf(algorithm, LongPart('a'))) + *Base64Decode(ChecksumOf(algorithm, kTail));
    const Outcome done = Complete(id, Both());
    CHECK(done.element(std::string("Checksum") + name) == ChecksumOf(algorithm, raw) + "-2");
    CHECK(done.element("ChecksumType") == "COMPOSITE");
  }
}

TEST_CASE_METHOD(TwoParts, "CompleteMultipartUpload: an upload that names no checksum takes any") {
  for (const ChecksumAlgorithm algorithm : {ChecksumAlgorithm::kCrc32, ChecksumAlgorithm::kSha256}) {
    CAPTURE(ChecksumName(algorithm));
    const std::string id = Start();
    const auto with_checksum = [&](const std::string& bytes) {
      return Headers{{ChecksumHeader(algorithm), ChecksumOf(algorithm, bytes)}};
    };
    REQUIRE(Upload(id, "2", LongPart('a'), with_checksum(LongPart('a'))).status == 200);
    REQUIRE(Upload(id, "5", kTail, with_checksum(kTail)).status == 200);
    const Outcome done = Complete(id, Both());
    REQUIRE(done.status == 200);
    // Hashes of parts make none of the whole.
    const bool is_crc = algorithm == ChecksumAlgorithm::kCrc32;
    CHECK(done.element("ChecksumCRC32") == (is_crc ? ChecksumOf(algorithm, whole) : ""));
    CHECK(done.element("ChecksumSHA256").empty());
  }
}

TEST_CASE_METHOD(TwoParts, "CompleteMultipartUpload: what the client expects has to be so") {
  const std::string id = Begin({{"x-amz-checksum-algorithm", "CRC32"}});
  const std::string size = std::to_string(whole.size());
  CHECK(Complete(id, Both(), {{"x-amz-mp-object-size", "5"}}).code == "InvalidRequest");
  CHECK(Complete(id, Both(), {{"x-amz-mp-object-size", "many"}}).code == "InvalidRequest");
  CHECK(Complete(id, Both(), {{"x-amz-checksum-type", "FULL_OBJECT"}}).code == "InvalidRequest");
  const std::string sha1 = ChecksumOf(ChecksumAlgorithm::kSha1, whole);
  CHECK(Complete(id, Both(), {{"x-amz-checksum-sha1", sha1}}).code == "InvalidRequest");
  const std::string crc = ChecksumOf(ChecksumAlgorithm::kCrc32, kTail);
  CHECK(Complete(id, Part(2, etag_a) + Part(5, etag_tail, "<ChecksumCRC32>AAAAAA==</ChecksumCRC32>")).code ==
        "InvalidPart");
  CHECK(
      Complete(id, Part(2, etag_a) + Part(5, etag_tail, "<ChecksumSHA1>" + sha1 + "</ChecksumSHA1>")).code ==
      "InvalidPart");
  CHECK(Complete(id, Part(2, etag_a) + Part(5, etag_tail, "<ChecksumCRC32>" + crc + "</ChecksumCRC32>"),
                 {{"x-amz-mp-object-size", size}, {"x-amz-checksum-type", "COMPOSITE"}})
            .status == 200);
}

TEST_CASE_METHOD(TwoParts, "CompleteMultipartUpload: parts are there in their order and as they were") {
  const std::string id = Begin();
  CHECK(Complete(id, Part(5, etag_tail) + Part(2, etag_a)).code == "InvalidPartOrder");
  CHECK(Complete(id, Part(2, etag_a) + Part(2, etag_a)).code == "InvalidPartOrder");
  const Outcome other = Complete(id, Part(2, etag_tail) + Part(5, etag_tail));
  CHECK(other.code == "InvalidPart");
  CHECK(other.detail("PartNumber") == "2");
  CHECK(other.detail("ETag") == etag_tail);
  CHECK(Complete(id, Part(1, etag_a)).code == "InvalidPart");
  CHECK(Complete(id, Part(0, etag_a)).code == "InvalidPart");
  CHECK(Get("/b/k").code == "NoSuchKey");
}

TEST_CASE_METHOD(TwoParts, "CompleteMultipartUpload: only the last part may be short") {
  const std::string id = Begin();
  REQUIRE(Upload(id, "9", "short").status == 200);
  const Outcome refused = Complete(id, Both() + Part(9, Md5Of("short")));
  CHECK(refused.code == "EntityTooSmall");
  CHECK(refused.detail("PartNumber") == "5");
  CHECK(refused.detail("ETag") == etag_tail);
  CHECK(refused.detail("ProposedSize") == "7");
  CHECK(refused.detail("MinSizeAllowed") == "5242880");
  CHECK(Complete(id, Part(9, Md5Of("short"))).status == 200);
  CHECK(Get("/b/k").body == "short");
}

TEST_CASE_METHOD(TwoParts, "CompleteMultipartUpload: the document is one") {
  const std::string id = Begin();
  std::string many;
  for (int number = 1; number <= 10'001; ++number) many += Part(number, etag_a);
  for (const std::string& parts :
       {std::string(), std::string("<Part>"), many, std::string("<Part><PartNumber>1</PartNumber></Part>"),
        std::string("<Part><PartNumber>x</PartNumber><ETag>e</ETag></Part>"),
        std::string("<Part><ETag>e</ETag></Part>")}) {
    CAPTURE(parts.substr(0, 100));
    CHECK(Complete(id, parts).code == "MalformedXML");
  }
  const auto raw = [&](std::string body) {
    return Send(CompleteMultipartUpload, {"POST", "/b/k?uploadId=" + id, {}, std::move(body)});
  };
  CHECK(raw("").code == "MalformedXML");
  CHECK(raw("<Delete>" + Both() + "</Delete>").code == "MalformedXML");
  CHECK(raw("<CompleteMultipartUpload>" + Both() + "</CompleteMultipartUpload>").status == 200);
}

TEST_CASE_METHOD(TwoParts, "CompleteMultipartUpload: is conditional where it says so") {
  std::string id = Begin();
  CHECK(Complete(id, Both(), {{"If-Match", "\"x\""}}).code == "NoSuchKey");
  REQUIRE(Put("/b/k", "there").status == 200);
  CHECK(Complete(id, Both(), {{"If-None-Match", "*"}}).code == "PreconditionFailed");
  CHECK(Complete(id, Both(), {{"If-Match", "\"x\""}}).code == "PreconditionFailed");
  CHECK(Get("/b/k").body == "there");
  CHECK(Complete(id, Both(), {{"If-Match", "\"" + Md5Of("there") + "\""}}).status == 200);
  id = Begin();
  REQUIRE(Delete("/b/k").status == 204);
  CHECK(Complete(id, Both(), {{"If-None-Match", "*"}}).status == 200);
}

TEST_CASE_METHOD(TwoParts, "CompleteMultipartUpload: names the version that it made") {
  REQUIRE(store->SetVersioning("b", Versioning::kEnabled));
  const Outcome done = Complete(Begin(), Both());
  const std::string version(done.header("x-amz-version-id"));
  CHECK(version.size() == 32);
  CHECK((Get("/b/k?versionId=" + version).body == whole));  // in brackets: nobody wants to read it
}

}  // namespace s3conn::local
