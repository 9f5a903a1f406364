#include "local/payload.h"

#include <array>
#include <optional>
#include <random>
#include <string>
#include <utility>

#include "base/hash.h"
#include "base/text.h"
#include "chunk_encoder.h"
#include "memory_stream.h"
#include "support/catch.h"

namespace s3conn::local {
namespace {

using Kind = PayloadRules::Kind;

constexpr std::uint64_t kLimit = 1'000'000;
constexpr std::string_view kText = "123456789";
constexpr std::string_view kMd5 = "JfnnlDI7RTiF9RgfG2JNCw==";

Request Put(std::uint64_t length, const Headers& more = {}) {
  Request request{"PUT", "/b/k", {{"Content-Length", std::to_string(length)}}, "test"};
  for (const Header& header : more) request.headers.Add(header.name, header.value);
  return request;
}

PayloadRules Hashed(std::string_view content) {
  PayloadRules rules;
  rules.kind = Kind::kSha256;
  rules.sha256 = HexEncode(Sha256(content));
  return rules;
}

std::string ChecksumOf(ChecksumAlgorithm algorithm, std::string_view bytes) {
  ChecksumHasher hasher(algorithm);
  hasher.Update(bytes);
  return hasher.FinishBase64();
}

struct Outcome {
  std::string content{};
  std::string md5{};
  std::optional<Checksum> checksum{};
};

Answer<Outcome> Receive(const Request& request, const PayloadRules& rules, std::string body,
                        std::optional<ChecksumAlgorithm> default_algorithm = std::nullopt,
                        std::size_t piece = 64 * 1024) {
  MemoryStream raw(std::move(body), piece);
  const auto payload = Payload::Make(request, rules, raw, kLimit, default_algorithm);
  if (!payload) return Refuse(payload.error());
  Answer<std::string> content = ReadAll(**payload, piece);
  if (!content) return Refuse(content.error());
  CHECK((*payload)->size() == content->size());
  return Outcome{std::move(*content), (*payload)->md5_hex(), (*payload)->checksum()};
}

template <typename T>
Code CodeOf(const Answer<T>& answer) {
  REQUIRE_FALSE(answer);
  return answer.error().code;
}

TEST_CASE("Payload: a plain body passes with its MD5") {
  for (const std::size_t piece : {1U, 4U, 65'536U}) {
    const auto outcome = Receive(Put(9), {}, std::string(kText), std::nullopt, piece);
    REQUIRE(outcome);
    CHECK(outcome->content == kText);
    CHECK(outcome->md5 == "25f9e794323b453885f5181f1b624d0b");
    CHECK_FALSE(outcome->checksum);
  }
  const auto empty = Receive(Put(0), {}, "");
  REQUIRE(empty);
  CHECK(empty->md5 == "d41d8cd98f00b204e9800998ecf8427e");
}

TEST_CASE("Payload: the signed hash of a body has to be that of the body") {
  CHECK(Receive(Put(9), Hashed(kText), std::string(kText)));
  const auto answer = Receive(Put(9), Hashed(kText), "123456780");
  CHECK(CodeOf(answer) == Code::kContentSha256Mismatch);
  CHECK(answer.error().details.at(0).second == HexEncode(Sha256(kText)));
  CHECK(answer.error().details.at(1).second == HexEncode(Sha256("123456780")));
}

TEST_CASE("Payload: Content-MD5 has to be that of the body") {
  CHECK(Receive(Put(9, {{"Content-MD5", std::string(kMd5)}}), {}, std::string(kText)));
  CHECK(CodeOf(Receive(Put(9, {{"Content-MD5", std::string(kMd5)}}), {}, "123456780")) == Code::kBadDigest);
  for (const std::string_view value : {"", "x", "AAAA", "25f9e794323b453885f5181f1b624d0b"}) {
    CAPTURE(value);
    CHECK(CodeOf(Receive(Put(9, {{"Content-MD5", std::string(value)}}), {}, std::string(kText))) ==
          Code::kInvalidDigest);
  }
}

TEST_CASE("Payload: the checksum of the header is verified and handed on") {
  for (const auto algorithm :
       {ChecksumAlgorithm::kCrc32, ChecksumAlgorithm::kCrc32c, ChecksumAlgorithm::kCrc64Nvme,
        ChecksumAlgorithm::kSha1, ChecksumAlgorithm::kSha256}) {
    CAPTURE(ChecksumName(algorithm));
    const std::string value = ChecksumOf(algorithm, kText);
    const Request request = Put(9, {{ChecksumHeader(algorithm), value}});
    const auto outcome = Receive(request, {}, std::string(kText), ChecksumAlgorithm::kCrc64Nvme);
    REQUIRE(outcome);
    CHECK(outcome->checksum == Checksum{algorithm, ChecksumType::kFullObject, value});
    CHECK(CodeOf(Receive(request, {}, "123456780")) == Code::kBadDigest);
  }
}

TEST_CASE("Payload: what is named without a value or by default is computed") {
  const auto named = Receive(Put(9, {{"x-amz-sdk-checksum-algorithm", "CRC32C"}}), {}, std::string(kText),
                             ChecksumAlgorithm::kCrc64Nvme);
  CHECK(named->checksum == Checksum{ChecksumAlgorithm::kCrc32c, ChecksumType::kFullObject, "4waSgw=="});
  const auto standard = Receive(Put(9), {}, std::string(kText), ChecksumAlgorithm::kCrc64Nvme);
  CHECK(standard->checksum ==
        Checksum{ChecksumAlgorithm::kCrc64Nvme, ChecksumType::kFullObject, "rosUhgp5mIg="});
}

TEST_CASE("Payload: two checksums are one too many") {
  const Headers headers{{"x-amz-checksum-crc32", "y/Q5Jg=="}, {"x-amz-checksum-crc32c", "4waSgw=="}};
  CHECK(CodeOf(Receive(Put(9, headers), {}, std::string(kText))) == Code::kInvalidRequest);
}

TEST_CASE("Payload: a length has to be said") {
  const Request request{"PUT", "/b/k", {{"Transfer-Encoding", "chunked"}}, "test"};
  CHECK(CodeOf(Receive(request, {}, std::string(kText))) == Code::kMissingContentLength);
  CHECK(CodeOf(Receive({"PUT", "/b/k", {}, "test"}, {}, "")) == Code::kMissingContentLength);
  CHECK(CodeOf(Receive(Put(9), ChunkRules(Kind::kSignedChunks), "")) == Code::kMissingContentLength);
  for (const std::string_view value : {"", "-1", "9x", "99999999999999999999"}) {
    const Request odd{"PUT", "/b/k", {{"Content-Length", std::string(value)}}, "test"};
    CHECK(CodeOf(Receive(odd, {}, "")) == Code::kInvalidRequest);
  }
}

TEST_CASE("Payload: more than the limit is refused before it is read") {
  CHECK(Receive(Put(kLimit), {}, std::string(kLimit, 'x')));
  const auto answer = Receive(Put(kLimit + 1), {}, "");
  CHECK(CodeOf(answer) == Code::kEntityTooLarge);
  CHECK(answer.error().details.at(0).second == "1000001");
  const Request request = Put(9, {{"x-amz-decoded-content-length", "1000001"}});
  CHECK(CodeOf(Receive(request, ChunkRules(Kind::kSignedChunks), "")) == Code::kEntityTooLarge);
}

TEST_CASE("Payload: a body of another length than said is incomplete") {
  CHECK(CodeOf(Receive(Put(10), {}, std::string(kText))) == Code::kIncompleteBody);
  CHECK(CodeOf(Receive(Put(8), {}, std::string(kText))) == Code::kIncompleteBody);
}

// A body in chunks with a checksum behind it, as the SDKs send it.
std::string Framed(const PayloadRules& rules, const std::string& content, std::string_view checksum) {
  ChunkEncoder encoder(rules);
  encoder.Chunks(content, 8192);
  encoder.Trailer("x-amz-checksum-crc32", checksum);
  if (rules.kind == Kind::kSignedChunksTrailer) encoder.SignTrailers();
  encoder.End();
  return encoder.text;
}

Request PutFramed(std::size_t length, std::size_t decoded) {
  return Put(length, {{"x-amz-decoded-content-length", std::to_string(decoded)},
                      {"x-amz-trailer", "x-amz-checksum-crc32"},
                      {"Content-Encoding", "aws-chunked"}});
}

TEST_CASE("Payload: chunks are taken out of their frames and the trailer is verified") {
  const std::string content = Pattern(20'000);
  const std::string right = ChecksumOf(ChecksumAlgorithm::kCrc32, content);
  for (const Kind kind : {Kind::kSignedChunksTrailer, Kind::kUnsignedChunksTrailer}) {
    const PayloadRules rules = ChunkRules(kind);
    const std::string body = Framed(rules, content, right);
    for (const std::size_t piece : {1U, 1000U, 65'536U}) {
      const auto outcome = Receive(PutFramed(body.size(), content.size()), rules, body, std::nullopt, piece);
      REQUIRE(outcome);
      CHECK(outcome->content == content);
      CHECK(outcome->md5 == HexEncode(Md5(content)));
      CHECK(outcome->checksum == Checksum{ChecksumAlgorithm::kCrc32, ChecksumType::kFullObject, right});
    }
    const std::string wrong = Framed(rules, content, "AAAAAA==");
    CHECK(CodeOf(Receive(PutFramed(wrong.size(), content.size()), rules, wrong)) == Code::kBadDigest);
    const std::string odd = Framed(rules, content, "AAAA");
    CHECK(CodeOf(Receive(PutFramed(odd.size(), content.size()), rules, odd)) == Code::kInvalidRequest);
  }
}

TEST_CASE("Payload: a checksum in the header covers chunks too") {
  const PayloadRules rules = ChunkRules(Kind::kSignedChunks);
  ChunkEncoder encoder(rules);
  encoder.Chunks(kText, 8192);
  encoder.End();
  const Headers length{{"x-amz-decoded-content-length", "9"}};
  Request request = Put(encoder.text.size(), length);
  request.headers.Add("x-amz-checksum-crc32", "y/Q5Jg==");
  CHECK(Receive(request, rules, encoder.text)->content == kText);
  request.headers.Set("x-amz-checksum-crc32", "AAAAAA==");
  CHECK(CodeOf(Receive(request, rules, encoder.text)) == Code::kBadDigest);
}

TEST_CASE("Payload: the end comes only when all was right") {
  MemoryStream raw("123456780");
  const auto payload = Payload::Make(Put(9), Hashed(kText), raw, kLimit, std::nullopt);
  REQUIRE(payload);
  std::array<char, 9> buffer{};
  CHECK((*payload)->Read(buffer) == std::size_t{9});
  CHECK(CodeOf((*payload)->Read(buffer)) == Code::kContentSha256Mismatch);
  CHECK(CodeOf((*payload)->Read(buffer)) == Code::kContentSha256Mismatch);
}

TEST_CASE("Payload: no byte is given out beyond the length that was said") {
  MemoryStream raw("123456789");
  const auto payload = Payload::Make(Put(8), {}, raw, kLimit, std::nullopt);
  REQUIRE(payload);
  std::array<char, 9> buffer{};
  CHECK(CodeOf((*payload)->Read(buffer)) == Code::kIncompleteBody);
}

// Fails at first, and then goes on as if nothing had been.
class FailingOnce final : public ByteStream {
 public:
  Answer<std::size_t> Read(std::span<char> into) override {
    if (!std::exchange(failed_, true)) return Refuse(Code::kRequestTimeout);
    return rest_.Read(into);
  }

 private:
  MemoryStream rest_{std::string(kText)};
  bool failed_ = false;
};

TEST_CASE("Payload: what has failed once fails ever after") {
  FailingOnce raw;
  const auto payload = Payload::Make(Put(9), {}, raw, kLimit, std::nullopt);
  REQUIRE(payload);
  CHECK(CodeOf(ReadAll(**payload)) == Code::kRequestTimeout);
  CHECK(CodeOf(ReadAll(**payload)) == Code::kRequestTimeout);
}

TEST_CASE("Payload: the end stays the end") {
  MemoryStream raw("123456789");
  const auto payload = Payload::Make(Put(9), Hashed(kText), raw, kLimit, std::nullopt);
  REQUIRE(payload);
  CHECK(ReadAll(**payload) == kText);
  CHECK(ReadAll(**payload) == "");
  CHECK((*payload)->md5_hex() == "25f9e794323b453885f5181f1b624d0b");
}

TEST_CASE("Payload: random damage never changes what is accepted") {
  std::mt19937 random(8);
  const auto pick = [&](std::size_t count) {
    return std::uniform_int_distribution<std::size_t>(0, count - 1)(random);
  };
  const std::string content = Pattern(8192 + 300);
  const std::string checksum = ChecksumOf(ChecksumAlgorithm::kCrc32, content);
  for (const Kind kind : {Kind::kSignedChunksTrailer, Kind::kUnsignedChunksTrailer}) {
    const PayloadRules rules = ChunkRules(kind);
    const std::string whole = Framed(rules, content, checksum);
    for (int round = 0; round < 2000; ++round) {
      std::string body = whole;
      const std::size_t at = pick(body.size());
      if (pick(2) == 0) {
        body[at] = static_cast<char>(pick(256));
      } else if (pick(2) == 0) {
        body.erase(at, 1 + pick(30));
      } else {
        body.insert(at, body.substr(pick(body.size()), pick(200)));
      }
      const auto outcome =
          Receive(PutFramed(body.size(), content.size()), rules, body, std::nullopt, 1 + pick(20'000));
      if (outcome && outcome->content != content) FAIL_CHECK("accepted: " << round);
    }
  }
}

TEST_CASE("ReadDocument: gives the whole of a small body") {
  MemoryStream raw("<Delete/>", 2);
  CHECK(ReadDocument(Put(9), Hashed("<Delete/>"), raw, 100) == "<Delete/>");
  MemoryStream large("<Delete/>");
  CHECK(CodeOf(ReadDocument(Put(9), {}, large, 8)) == Code::kEntityTooLarge);
  MemoryStream wrong("<delete/>");
  CHECK(CodeOf(ReadDocument(Put(9), Hashed("<Delete/>"), wrong, 100)) == Code::kContentSha256Mismatch);
}

TEST_CASE("ReadDocument: a request without a body has an empty document") {
  const Request request{"PUT", "/b", {}, "test"};
  MemoryStream raw("");
  CHECK(ReadDocument(request, {}, raw, 100) == "");
  CHECK(ReadDocument(request, Hashed(""), raw, 100) == "");
  CHECK(CodeOf(ReadDocument(request, Hashed("x"), raw, 100)) == Code::kIncompleteBody);
  CHECK(CodeOf(ReadDocument(request, ChunkRules(Kind::kSignedChunks), raw, 100)) ==
        Code::kMissingContentLength);
}

TEST_CASE("ReadDocument: checksums may be about the object and not about the body") {
  const Request request =
      Put(9, {{"x-amz-checksum-crc32", "AAAAAA==-2"}, {"x-amz-checksum-type", "COMPOSITE"}});
  MemoryStream raw("<Delete/>");
  CHECK(ReadDocument(request, {}, raw, 100, ChecksumHeaders::kOfObject) == "<Delete/>");
  MemoryStream again("<Delete/>");
  CHECK(CodeOf(ReadDocument(request, {}, again, 100)) == Code::kInvalidRequest);
}

}  // namespace
}  // namespace s3conn::local
