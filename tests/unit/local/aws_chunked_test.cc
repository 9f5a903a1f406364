#include "local/aws_chunked.h"

#include <array>
#include <random>
#include <string>
#include <utility>

#include "base/crc.h"
#include "chunk_encoder.h"
#include "memory_stream.h"
#include "support/catch.h"
#include "support/fake_clock.h"

namespace s3conn::local {
namespace {

using Kind = PayloadRules::Kind;

constexpr std::string_view kCrc32c = "x-amz-checksum-crc32c";

struct Body {
  PayloadRules rules;
  std::uint64_t length = 0;
  std::vector<std::string> trailers{};
  std::string text{};
};

struct Pieces {
  std::size_t raw = std::size_t{1} << 20;
  std::size_t read = 64 * 1024;
};

Answer<std::string> Decode(const Body& body, Pieces pieces = {}) {
  MemoryStream raw(body.text, pieces.raw);
  AwsChunkedStream stream(body.rules, {body.length, body.trailers}, raw);
  return ReadAll(stream, pieces.read);
}

Code CodeOf(const Answer<std::string>& answer) {
  REQUIRE_FALSE(answer);
  return answer.error().code;
}

std::string Crc32cOf(std::string_view content) {
  Crc crc(CrcKind::kCrc32c);
  crc.Update(content);
  return crc.Base64();
}

// A body as the SDKs send it.
Body Framed(Kind kind, const std::string& content, std::size_t chunk) {
  Body body{ChunkRules(kind), content.size()};
  ChunkEncoder encoder(body.rules);
  encoder.Chunks(content, chunk);
  if (kind != Kind::kSignedChunks) {
    body.trailers = {std::string(kCrc32c)};
    encoder.Trailer(kCrc32c, Crc32cOf(content));
    if (kind == Kind::kSignedChunksTrailer) encoder.SignTrailers();
  }
  encoder.End();
  body.text = encoder.text;
  return body;
}

// The same, of one small chunk, with a stretch of it replaced.
Body Replaced(Kind kind, std::string_view from, std::string_view to) {
  Body body = Framed(kind, "content", 8192);
  body.text.replace(body.text.find(from), from.size(), to);
  return body;
}

// --- the examples of S3's documentation: 65 KiB of the letter a, in chunks of 64 KiB

constexpr std::string_view kExampleDate = "20130524T000000Z";

Request ExampleRequest(std::string_view payload, std::string_view signed_headers,
                       std::string_view signature) {
  Request request{"PUT", "/examplebucket/chunkObject.txt", {}, "test"};
  request.headers = {{"Host", "s3.amazonaws.com"},
                     {"x-amz-date", std::string(kExampleDate)},
                     {"x-amz-storage-class", "REDUCED_REDUNDANCY"},
                     {"x-amz-content-sha256", std::string(payload)},
                     {"Content-Encoding", "aws-chunked"},
                     {"x-amz-decoded-content-length", "66560"}};
  request.headers.Add("Authorization",
                      "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,"
                      "SignedHeaders=" +
                          std::string(signed_headers) + ",Signature=" + std::string(signature));
  return request;
}

PayloadRules ExampleRules(const Request& request) {
  const FakeClock clock(ParseAmzDate(kExampleDate).value());
  const KeyPair keys{"AKIAIOSFODNN7EXAMPLE", Secret("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY")};
  auto answer = Authorizer({keys}, clock).Verify(request);
  REQUIRE(answer);
  return answer->payload;
}

std::string Chunk(std::string_view size, std::string_view signature, const std::string& content) {
  std::string text(size);
  text += ";chunk-signature=";
  text += signature;
  return text + "\r\n" + content;
}

TEST_CASE("aws-chunked: the documented example of signed chunks verifies from its request on") {
  Request request = ExampleRequest("STREAMING-AWS4-HMAC-SHA256-PAYLOAD",
                                   "content-encoding;content-length;host;x-amz-content-sha256;x-amz-date;"
                                   "x-amz-decoded-content-length;x-amz-storage-class",
                                   "4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9");
  request.headers.Add("Content-Length", "66824");
  Body body{ExampleRules(request), 66560};
  body.text = Chunk("10000", "ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648",
                    std::string(65536, 'a') + "\r\n") +
              Chunk("400", "0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497",
                    std::string(1024, 'a') + "\r\n") +
              Chunk("0", "b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9", "\r\n");
  CHECK(body.text.size() == 66824);
  CHECK(Decode(body) == std::string(66560, 'a'));
}

TEST_CASE("aws-chunked: the documented example of a signed trailer verifies from its request on") {
  Request request = ExampleRequest("STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER",
                                   "content-encoding;host;x-amz-content-sha256;x-amz-date;"
                                   "x-amz-decoded-content-length;x-amz-storage-class;x-amz-trailer",
                                   "106e2a8a18243abcf37539882f36619c00e2dfc72633413f02d3b74544bfeb8e");
  request.headers.Add("x-amz-trailer", std::string(kCrc32c));
  Body body{ExampleRules(request), 66560, {std::string(kCrc32c)}};
  body.text = Chunk("10000", "b474d8862b1487a5145d686f57f013e54db672cee1c953b3010fb58501ef5aa2",
                    std::string(65536, 'a') + "\r\n") +
              Chunk("400", "1c1344b170168f8e65b41376b44b20fe354e373826ccbbe2c1d40a8cae51e5c7",
                    std::string(1024, 'a') + "\r\n") +
              Chunk("0", "2ca2aba2005185cf7159c6277faf83795951dd77a3a99e6e65d5c9f85863f992",
                    "x-amz-checksum-crc32c:sOO8/Q==\n\r\n"
                    "x-amz-trailer-signature:"
                    "d81f82fc3505edab99d459891051a732e8730629a2e4a59689829ca17fe2e435\r\n\r\n");
  CHECK(Decode(body) == std::string(66560, 'a'));
}

// ---

TEST_CASE("aws-chunked: each kind decodes however it is cut") {
  const std::string content = Pattern(40'000);
  for (const Kind kind : {Kind::kSignedChunks, Kind::kSignedChunksTrailer, Kind::kUnsignedChunksTrailer}) {
    for (const std::size_t chunk : {8192U, 10'000U, 20'000U, 40'000U}) {
      const Body body = Framed(kind, content, chunk);
      for (const Pieces pieces : {Pieces{}, Pieces{1, 1}, Pieces{7, 65'536}, Pieces{100'000, 1},
                                  Pieces{1, 9000}, Pieces{16'384, 8191}, Pieces{5000, 20'000}}) {
        CAPTURE(static_cast<int>(kind), chunk, pieces.raw, pieces.read);
        CHECK(Decode(body, pieces) == content);
      }
    }
  }
}

TEST_CASE("aws-chunked: an empty body is one empty chunk") {
  for (const Kind kind : {Kind::kSignedChunks, Kind::kSignedChunksTrailer, Kind::kUnsignedChunksTrailer}) {
    CHECK(Decode(Framed(kind, "", 8192)) == "");
  }
}

TEST_CASE("aws-chunked: the trailers are known after the end") {
  const Body body = Framed(Kind::kSignedChunksTrailer, "abc", 8192);
  MemoryStream raw(body.text);
  AwsChunkedStream stream(body.rules, {body.length, body.trailers}, raw);
  CHECK(ReadAll(stream) == "abc");
  CHECK(stream.trailers().size() == 1);
  CHECK(stream.trailers().Get(kCrc32c) == Crc32cOf("abc"));
}

TEST_CASE("aws-chunked: the line ends and empty lines of all clients are read") {
  Body body{ChunkRules(Kind::kUnsignedChunksTrailer), 3, {std::string(kCrc32c)}};
  const std::string head = "3\r\nabc\r\n0\r\nX-Amz-Checksum-CRC32C: " + Crc32cOf("abc");
  for (const std::string_view end : {"\r\n\r\n", "\r\n", "\n\r\n\r\n"}) {
    body.text = head + std::string(end);
    CHECK(Decode(body) == "abc");
  }
  body.text = head;
  CHECK(CodeOf(Decode(body)) == Code::kIncompleteBody);
  body.trailers = {};
  for (const std::string_view end : {"", "\r\n"}) {
    body.text = "3\r\nabc\r\n0\r\n" + std::string(end);
    CHECK(Decode(body) == "abc");
  }
}

TEST_CASE("aws-chunked: a chunk that is not what was signed fails") {
  const Body body = Framed(Kind::kSignedChunks, Pattern(20'000), 8192);
  for (const std::size_t at : {100U, 8192U, 9000U, 20'000U}) {
    Body changed = body;
    changed.text[at] = static_cast<char>(changed.text[at] + 1);
    CHECK(CodeOf(Decode(changed)) == Code::kSignatureDoesNotMatch);
  }
  Body other = body;
  other.rules.seed_signature[0] = 'b';
  CHECK(CodeOf(Decode(other)) == Code::kSignatureDoesNotMatch);
}

TEST_CASE("aws-chunked: chunks can be neither swapped nor left out nor repeated") {
  const std::string content = Pattern(3 * 8192);
  const Body body = Framed(Kind::kSignedChunks, content, 8192);
  const std::size_t size = body.text.find("2000;", 1);
  const std::string first = body.text.substr(0, size);
  const std::string second = body.text.substr(size, size);
  const std::string rest = body.text.substr(2 * size);
  Body changed = body;
  changed.text = second + first + rest;
  CHECK(CodeOf(Decode(changed)) == Code::kSignatureDoesNotMatch);
  changed.text = first + first + rest;
  CHECK(CodeOf(Decode(changed)) == Code::kSignatureDoesNotMatch);
  changed.text = first + rest;
  changed.length -= 8192;
  CHECK(CodeOf(Decode(changed)) == Code::kSignatureDoesNotMatch);
}

TEST_CASE("aws-chunked: the empty chunk at the end is signed too") {
  Body body = Replaced(Kind::kSignedChunks, "\r\n0;chunk-signature=", "\r\n0;chunk-signature=0");
  CHECK(CodeOf(Decode(body)) == Code::kSignatureDoesNotMatch);
  body = Replaced(Kind::kSignedChunks, ";chunk-signature=", "");
  CHECK(CodeOf(Decode(body)) == Code::kIncompleteBody);
}

TEST_CASE("aws-chunked: the trailers are signed") {
  const Kind kind = Kind::kSignedChunksTrailer;
  CHECK(CodeOf(Decode(Replaced(kind, "crc32c:", "crc32c:A"))) == Code::kSignatureDoesNotMatch);
  CHECK(CodeOf(Decode(Replaced(kind, "trailer-signature:", "trailer-signature:0"))) ==
        Code::kSignatureDoesNotMatch);
  Body body = Framed(kind, "content", 8192);
  body.text.resize(body.text.find("x-amz-trailer-signature"));
  CHECK(CodeOf(Decode(body)) == Code::kSignatureDoesNotMatch);
}

TEST_CASE("aws-chunked: trailers are exactly those that were announced") {
  const Kind kind = Kind::kUnsignedChunksTrailer;
  CHECK(CodeOf(Decode(Replaced(kind, "crc32c:", "crc32:"))) == Code::kMalformedTrailer);
  CHECK(CodeOf(Decode(Replaced(kind, "crc32c:", "crc32c="))) == Code::kMalformedTrailer);
  CHECK(CodeOf(Decode(Replaced(kind, "crc32c:", "crc32c :"))) == Code::kMalformedTrailer);
  CHECK(CodeOf(Decode(Replaced(kind, "crc32c:", "crc32c:\r\nx:"))) == Code::kMalformedTrailer);
  CHECK(CodeOf(Decode(Replaced(kind, "x-amz", "x-amz-checksum-crc32c:1\r\nx-amz"))) ==
        Code::kMalformedTrailer);
  CHECK(CodeOf(Decode(Replaced(kind, "x-amz", "x-amz-trailer-signature:1\r\nx-amz"))) ==
        Code::kMalformedTrailer);
  Body body = Framed(kind, "content", 8192);
  body.text.resize(body.text.find("x-amz"));
  CHECK(CodeOf(Decode(body)) == Code::kMalformedTrailer);
  body = Framed(kind, "content", 8192);
  body.trailers = {};
  CHECK(CodeOf(Decode(body)) == Code::kMalformedTrailer);
  body = Framed(kind, "content", 8192);
  body.text += std::string(5000, '\n');
  CHECK(CodeOf(Decode(body)) == Code::kMalformedTrailer);
  body = Framed(Kind::kSignedChunksTrailer, "content", 8192);
  body.text += "x-amz-checksum-crc32c:1\r\n";
  CHECK(CodeOf(Decode(body)) == Code::kMalformedTrailer);
}

TEST_CASE("aws-chunked: a trailer that no kind allows fails") {
  Body body = Framed(Kind::kSignedChunks, "content", 8192);
  body.text += "x-amz-checksum-crc32c:1\r\n";
  CHECK(CodeOf(Decode(body)) == Code::kMalformedTrailer);
}

TEST_CASE("aws-chunked: the length is the one that was announced") {
  Body body = Framed(Kind::kSignedChunks, "content", 8192);
  body.length = 6;
  CHECK(CodeOf(Decode(body)) == Code::kIncompleteBody);
  body.length = 8;
  CHECK(CodeOf(Decode(body)) == Code::kIncompleteBody);
}

TEST_CASE("aws-chunked: a body may end nowhere but at its end") {
  for (const Kind kind : {Kind::kSignedChunks, Kind::kSignedChunksTrailer, Kind::kUnsignedChunksTrailer}) {
    const Body whole = Framed(kind, Pattern(9000), 8192);
    const std::size_t end = whole.text.find_last_not_of("\r\n") + 1;
    for (std::size_t size = 0; size<end; size += size> 100 && size < 8000 ? 97 : 1) {
      CAPTURE(static_cast<int>(kind), size);
      Body cut = whole;
      cut.text.resize(size);
      CHECK_FALSE(Decode(cut));
    }
  }
}

TEST_CASE("aws-chunked: a head of a chunk that is none fails") {
  Body body{ChunkRules(Kind::kUnsignedChunksTrailer), 3};
  for (const std::string_view text :
       {"", "\r\n", "g\r\n", "-3\r\nabc\r\n0\r\n\r\n", "+3\r\nabc\r\n0\r\n\r\n", "0x3\r\nabc\r\n0\r\n\r\n",
        " 3\r\nabc\r\n0\r\n\r\n", "3\nabc\n0\n\n", "3\r\nabc0\r\n\r\n", "3\r\nabcd\r\n0\r\n\r\n",
        "3;a=b\r\nabc\r\n0\r\n\r\n", "ffffffffffffffff\r\nabc", "10000000000000000\r\nabc",
        "4\r\nabcd\r\n0\r\n\r\n", "2\r\nab\r\n0\r\n\r\n"}) {
    CAPTURE(text);
    body.text = text;
    CHECK(CodeOf(Decode(body)) == Code::kIncompleteBody);
  }
  body.text = std::string(100'000, '0') + "3\r\nabc\r\n0\r\n\r\n";
  CHECK(CodeOf(Decode(body)) == Code::kIncompleteBody);
}

TEST_CASE("aws-chunked: no byte is given out of a chunk that is more than was announced") {
  MemoryStream raw("ffffffffffffffff\r\nabc");
  AwsChunkedStream stream(ChunkRules(Kind::kUnsignedChunksTrailer), {3, {}}, raw);
  std::array<char, 3> buffer{};
  CHECK_FALSE(stream.Read(buffer));
}

TEST_CASE("aws-chunked: only the last chunk may be smaller than 8 KiB") {
  const std::string content = Pattern(8192 + 100);
  Body body{ChunkRules(Kind::kSignedChunks), content.size()};
  ChunkEncoder encoder(body.rules);
  encoder.Chunks(content, 8191);
  encoder.End();
  body.text = encoder.text;
  CHECK(CodeOf(Decode(body)) == Code::kInvalidChunkSizeError);
  CHECK(Decode(Framed(Kind::kSignedChunks, content, 8192)) == content);
}

TEST_CASE("aws-chunked: what has failed once fails ever after") {
  Body body = Framed(Kind::kSignedChunks, "content", 8192);
  body.text[90] = 'C';
  MemoryStream raw(body.text);
  AwsChunkedStream stream(body.rules, {body.length, {}}, raw);
  CHECK(CodeOf(ReadAll(stream)) == Code::kSignatureDoesNotMatch);
  CHECK(CodeOf(ReadAll(stream)) == Code::kSignatureDoesNotMatch);
}

TEST_CASE("aws-chunked: random damage never changes what is accepted") {
  std::mt19937 random(6);
  const auto pick = [&](std::size_t count) {
    return std::uniform_int_distribution<std::size_t>(0, count - 1)(random);
  };
  const std::string content = Pattern(8192 + 300);
  for (const Kind kind : {Kind::kSignedChunks, Kind::kSignedChunksTrailer}) {
    const Body whole = Framed(kind, content, 8192);
    for (int round = 0; round < 3000; ++round) {
      Body body = whole;
      const std::size_t at = pick(4) == 0 ? pick(body.text.size()) : body.text.size() - 1 - pick(700);
      if (pick(2) == 0) {
        body.text[at] = static_cast<char>(pick(256));
      } else if (pick(2) == 0) {
        body.text.erase(at, 1 + pick(30));
      } else {
        body.text.insert(at, body.text.substr(pick(body.text.size()), pick(200)));
      }
      const auto answer = Decode(body, {1 + pick(20'000), 1 + pick(20'000)});
      if (answer && *answer != content) FAIL_CHECK("accepted: " << round);
    }
  }
}

TEST_CASE("aws-chunked: noise is survived") {
  std::mt19937 random(7);
  constexpr std::string_view kAlphabet = "0123456789abcdef;=\r\n:x-amz-chunk-signature";
  for (int round = 0; round < 3000; ++round) {
    Body body{ChunkRules(round % 2 == 0 ? Kind::kSignedChunksTrailer : Kind::kUnsignedChunksTrailer), 1000};
    while (body.text.size() < 60) body.text += kAlphabet[random() % kAlphabet.size()];
    CHECK_FALSE(Decode(body, {1 + random() % 50, 1 + random() % 50}));
  }
}

TEST_CASE("aws-chunked: what is kept of a content encoding does not name the framing") {
  CHECK(WithoutAwsChunked("aws-chunked").empty());
  CHECK(WithoutAwsChunked("aws-chunked,gzip") == "gzip");
  CHECK(WithoutAwsChunked("gzip, AWS-Chunked , br") == "gzip,br");
  CHECK(WithoutAwsChunked("gzip") == "gzip");
  CHECK(WithoutAwsChunked("").empty());
}

}  // namespace
}  // namespace s3conn::local
