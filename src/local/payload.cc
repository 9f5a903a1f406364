#include "local/payload.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>
#include <vector>

#include "base/hash.h"
#include "base/text.h"
#include "local/aws_chunked.h"
#include "local/checksum_demand.h"

namespace s3conn::local {
namespace {

using Kind = PayloadRules::Kind;

bool HasChunks(Kind kind) {
  return kind != Kind::kUnsigned && kind != Kind::kSha256;
}

bool HasBody(const Request& request) {
  return request.headers.Find("content-length") != nullptr ||
         request.headers.Find("transfer-encoding") != nullptr;
}

Answer<std::uint64_t> ReadLength(const Request& request, Kind kind, std::uint64_t limit) {
  const std::string_view header = HasChunks(kind) ? "x-amz-decoded-content-length" : "content-length";
  const std::string* const text = request.headers.Find(header);
  if (text == nullptr) return Refuse(Code::kMissingContentLength);
  const std::optional<std::uint64_t> length = ParseUnsigned(*text);
  if (!length) return Refuse(Code::kInvalidRequest, std::string(header) + " is no length");
  if (*length <= limit) return *length;
  return Refuse(Code::kEntityTooLarge, {},
                {{"ProposedSize", std::to_string(*length)}, {"MaxSizeAllowed", std::to_string(limit)}});
}

// The digest itself; "" where there is no such header.
Answer<std::string> ReadContentMd5(const Headers& headers) {
  const std::string* const text = headers.Find("content-md5");
  if (text == nullptr) return std::string();
  std::optional<std::string> digest = Base64Decode(*text);
  if (!digest || digest->size() != Md5Digest{}.size()) return Refuse(Code::kInvalidDigest);
  return std::move(*digest);
}

std::span<const unsigned char> AsOctets(std::string_view bytes) {
  return {reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size()};
}

}  // namespace

struct Payload::State {
  State(const PayloadRules& payload_rules, ByteStream& stream) : rules(payload_rules), raw(stream) {}

  PayloadRules rules;
  ByteStream& raw;
  std::unique_ptr<AwsChunkedStream> chunked{};
  std::uint64_t size = 0;
  std::uint64_t seen = 0;
  std::string content_md5{};
  ChecksumDemand demand{};

  Hasher md5{Hasher::Algorithm::kMd5};
  std::optional<Hasher> sha256{};
  std::optional<ChecksumHasher> checksum_hasher{};

  bool ended = false;
  std::optional<Refusal> failure{};
  std::string md5_hex{};
  std::optional<Checksum> checksum{};

  Answer<void> Prepare(const Request& request, std::uint64_t limit,
                       std::optional<ChecksumAlgorithm> default_algorithm);
  Answer<std::size_t> ReadOn(std::span<char> into);
  void Hash(std::string_view bytes);
  Answer<void> Finish();
  Answer<void> VerifySha256();
  Answer<void> VerifyMd5();
  Answer<void> VerifyChecksum();
};

Answer<void> Payload::State::Prepare(const Request& request, std::uint64_t limit,
                                     std::optional<ChecksumAlgorithm> default_algorithm) {
  const Answer<std::uint64_t> length = ReadLength(request, rules.kind, limit);
  if (!length) return Refuse(length.error());
  size = *length;
  Answer<std::string> digest = ReadContentMd5(request.headers);
  if (!digest) return Refuse(std::move(digest.error()));
  content_md5 = std::move(*digest);
  if (rules.kind == Kind::kSha256) sha256.emplace(Hasher::Algorithm::kSha256);
  const auto algorithm = demand.algorithm ? demand.algorithm : default_algorithm;
  if (algorithm) {
    checksum_hasher.emplace(*algorithm);
    checksum = Checksum{*algorithm, ChecksumType::kFullObject, {}};
  }
  if (HasChunks(rules.kind)) {
    AwsChunkedStream::Announced announced{size, {}};
    if (demand.in_trailer) announced.trailers = {ChecksumHeader(*demand.algorithm)};
    chunked = std::make_unique<AwsChunkedStream>(rules, std::move(announced), raw);
  }
  return {};
}

void Payload::State::Hash(std::string_view bytes) {
  md5.Update(bytes);
  if (sha256) sha256->Update(bytes);
  if (checksum_hasher) checksum_hasher->Update(bytes);
}

Answer<std::size_t> Payload::State::ReadOn(std::span<char> into) {
  if (ended || into.empty()) return 0;
  ByteStream& source = chunked ? static_cast<ByteStream&>(*chunked) : raw;
  Answer<std::size_t> read = source.Read(into);
  if (!read) return read;
  if (*read > 0) {
    if (*read > size - seen) return Refuse(Code::kIncompleteBody);
    seen += *read;
    Hash({into.data(), *read});
    return read;
  }
  if (Answer<void> right = Finish(); !right) return Refuse(std::move(right.error()));
  ended = true;
  return 0;
}

Answer<void> Payload::State::Finish() {
  if (seen != size) return Refuse(Code::kIncompleteBody);
  Answer<void> right = VerifySha256();
  if (right) right = VerifyMd5();
  if (right) right = VerifyChecksum();
  return right;
}

Answer<void> Payload::State::VerifySha256() {
  if (!sha256) return {};
  const std::string computed = sha256->FinishHex();
  if (computed == rules.sha256) return {};
  return Refuse(Code::kContentSha256Mismatch, {},
                {{"ClientComputedContentSHA256", rules.sha256}, {"S3ComputedContentSHA256", computed}});
}

Answer<void> Payload::State::VerifyMd5() {
  const std::string digest = md5.FinishBytes();
  md5_hex = HexEncode(AsOctets(digest));
  if (content_md5.empty() || content_md5 == digest) return {};
  return Refuse(Code::kBadDigest, "The Content-MD5 you specified did not match what we received.",
                {{"ExpectedDigest", HexEncode(AsOctets(content_md5))},
                 {"CalculatedDigest", Base64Encode(AsOctets(digest))}});
}

Answer<void> Payload::State::VerifyChecksum() {
  if (!checksum) return {};
  checksum->value = checksum_hasher->FinishBase64();
  const std::string header = ChecksumHeader(checksum->algorithm);
  std::string expected = demand.value;
  if (demand.in_trailer) {
    expected = chunked->trailers().Get(header);
    if (!IsChecksumValue(checksum->algorithm, expected)) {
      return Refuse(Code::kInvalidRequest, "Value for " + header + " trailing header is invalid.");
    }
  }
  if (expected.empty() || expected == checksum->value) return {};
  return Refuse(Code::kBadDigest, "The " + std::string(ChecksumName(checksum->algorithm)) +
                                      " you specified did not match the calculated checksum.");
}

Answer<std::unique_ptr<Payload>> Payload::Make(const Request& request, const PayloadRules& rules,
                                               ByteStream& raw, std::uint64_t limit,
                                               std::optional<ChecksumAlgorithm> default_algorithm,
                                               ChecksumHeaders headers) {
  auto state = std::make_unique<State>(rules, raw);
  if (headers == ChecksumHeaders::kOfBody) {
    Answer<ChecksumDemand> demand = ReadChecksumDemand(request.headers, rules.kind);
    if (!demand) return Refuse(std::move(demand.error()));
    state->demand = std::move(*demand);
  }
  if (Answer<void> ready = state->Prepare(request, limit, default_algorithm); !ready) {
    return Refuse(std::move(ready.error()));
  }
  return std::unique_ptr<Payload>(new Payload(std::move(state)));
}

Payload::Payload(std::unique_ptr<State> state) : state_(std::move(state)) {}
Payload::~Payload() = default;

Answer<std::size_t> Payload::Read(std::span<char> into) {
  if (state_->failure) return Refuse(*state_->failure);
  Answer<std::size_t> read = state_->ReadOn(into);
  if (!read) state_->failure = read.error();
  return read;
}

std::uint64_t Payload::size() const {
  return state_->size;
}

const std::string& Payload::md5_hex() const {
  return state_->md5_hex;
}

const std::optional<Checksum>& Payload::checksum() const {
  return state_->checksum;
}

Answer<std::string> ReadDocument(const Request& request, const PayloadRules& rules, ByteStream& raw,
                                 std::uint64_t limit, ChecksumHeaders headers) {
  if (!HasBody(request) && !HasChunks(rules.kind)) {
    if (rules.kind == Kind::kSha256 && rules.sha256 != HexEncode(Sha256("")))
      return Refuse(Code::kIncompleteBody);
    return std::string();
  }
  const auto payload = Payload::Make(request, rules, raw, limit, std::nullopt, headers);
  if (!payload) return Refuse(payload.error());
  std::string document(static_cast<std::size_t>((*payload)->size()), '\0');
  std::size_t filled = 0;
  std::array<char, 1> beyond{};
  while (true) {
    // Only the read behind the last byte tells that all was right.
    const std::span<char> rest = std::span(document).subspan(filled);
    const Answer<std::size_t> read = (*payload)->Read(rest.empty() ? std::span<char>(beyond) : rest);
    if (!read) return Refuse(read.error());
    if (*read == 0) return document;
    filled += *read;
  }
}

}  // namespace s3conn::local
