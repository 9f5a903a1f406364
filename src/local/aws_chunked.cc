#include "local/aws_chunked.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "base/text.h"

namespace s3conn::local {
namespace {

using Kind = PayloadRules::Kind;

constexpr std::size_t kBufferBytes = 16'384;
constexpr std::size_t kLongestHead = 256;      // "10000;chunk-signature=" and 64 digits are 86
constexpr std::size_t kLongestTrailer = 4096;  // all trailing fields
constexpr std::uint64_t kSmallestChunk = 8192;
constexpr std::string_view kTrailerSignature = "x-amz-trailer-signature";

tl::unexpected<Refusal> RefuseFraming() {
  return Refuse(Code::kIncompleteBody, "The request body terminated unexpectedly");
}

std::string HexSha256(std::string_view bytes) {
  return HexEncode(Sha256(bytes));
}

std::optional<std::uint64_t> ParseHex(std::string_view digits) {
  std::uint64_t value = 0;
  const char* const end = digits.data() + digits.size();
  const auto [stop, error] = std::from_chars(digits.data(), end, value, 16);
  if (digits.empty() || error != std::errc() || stop != end) return std::nullopt;
  return value;
}

}  // namespace

AwsChunkedStream::AwsChunkedStream(PayloadRules rules, Announced announced, ByteStream& raw)
    : rules_(std::move(rules)),
      announced_(std::move(announced)),
      raw_(raw),
      buffer_(kBufferBytes, '\0'),
      previous_signature_(rules_.seed_signature) {}

bool AwsChunkedStream::chunks_are_signed() const {
  return rules_.kind != Kind::kUnsignedChunksTrailer;
}

Answer<std::size_t> AwsChunkedStream::Read(std::span<char> into) {
  if (failure_) return Refuse(*failure_);
  Answer<std::size_t> read = ReadOn(into);
  if (!read) failure_ = read.error();
  return read;
}

Answer<std::size_t> AwsChunkedStream::ReadOn(std::span<char> into) {
  if (ended_ || into.empty()) return 0;
  if (left_ == 0) {
    Answer<void> done = EndChunk();
    if (done) done = BeginChunk();
    if (done && left_ == 0) done = ReadTrailers();
    if (!done) return Refuse(std::move(done.error()));
    if (left_ == 0) {
      ended_ = true;
      return 0;
    }
  }
  return ReadContent(into);
}

// Straight into the caller's buffer, but for what came together with the head of the chunk.
Answer<std::size_t> AwsChunkedStream::ReadContent(std::span<char> into) {
  std::size_t size = static_cast<std::size_t>(std::min<std::uint64_t>(into.size(), left_));
  if (begin_ < end_) {
    size = std::min(size, end_ - begin_);
    std::copy_n(buffer_.data() + begin_, size, into.data());
    begin_ += size;
  } else if (size < kBufferBytes / 2) {
    const Answer<std::size_t> filled = FillBuffer();
    if (!filled) return Refuse(filled.error());
    if (*filled == 0) return RefuseFraming();
    return ReadContent(into);
  } else {
    Answer<std::size_t> read = raw_.Read(into.first(size));
    if (!read) return read;
    if (*read == 0) return RefuseFraming();
    size = *read;
  }
  if (chunks_are_signed()) chunk_hash_.Update({into.data(), size});
  left_ -= size;
  produced_ += size;
  return size;
}

// The line end behind the content of the present chunk, and its signature.
Answer<void> AwsChunkedStream::EndChunk() {
  if (!chunk_) return {};  // before the first
  const Answer<std::string> line = ReadLine();
  if (!line) return Refuse(line.error());
  if (!line->empty()) return RefuseFraming();
  return VerifyChunk();
}

Answer<void> AwsChunkedStream::BeginChunk() {
  constexpr std::string_view kSignature = ";chunk-signature=";
  const Answer<std::string> line = ReadLine();
  if (!line) return Refuse(line.error());
  const std::size_t digits = std::min(line->find(';'), line->size());
  const std::optional<std::uint64_t> size = ParseHex(std::string_view(*line).substr(0, digits));
  std::string_view extension = std::string_view(*line).substr(digits);
  if (!size || *size > announced_.length - produced_) return RefuseFraming();
  if (chunks_are_signed()) {
    if (!extension.starts_with(kSignature)) return RefuseFraming();
    extension.remove_prefix(kSignature.size());
  } else if (!extension.empty()) {
    return RefuseFraming();
  }
  const bool follows_small = chunk_ && chunk_->size < kSmallestChunk;
  if (follows_small && *size > 0) return Refuse(Code::kInvalidChunkSizeError);
  chunk_ = ChunkHead{*size, std::string(extension)};
  left_ = *size;
  chunk_hash_.Reset();
  return {};
}

Answer<void> AwsChunkedStream::VerifyChunk() {
  if (!chunks_are_signed()) return {};
  const std::string string_to_sign = "AWS4-HMAC-SHA256-PAYLOAD\n" + rules_.amz_date + "\n" + rules_.scope +
                                     "\n" + previous_signature_ + "\n" + HexSha256("") + "\n" +
                                     chunk_hash_.FinishHex();
  std::string expected = HexEncode(HmacSha256(AsBytes(rules_.signing_key), string_to_sign));
  if (!EqualInConstantTime(expected, chunk_->signature)) {
    return Refuse(Code::kSignatureDoesNotMatch, {},
                  {{"StringToSign", string_to_sign}, {"SignatureProvided", chunk_->signature}});
  }
  previous_signature_ = std::move(expected);
  return {};
}

// What follows the head of the empty chunk. Clients differ in line ends and in empty lines: between the
// fields and their signature (as in the example of S3's documentation), and at the end.
Answer<void> AwsChunkedStream::ReadTrailers() {
  if (Answer<void> verified = VerifyChunk(); !verified) return verified;
  if (produced_ != announced_.length) return RefuseFraming();
  const Answer<std::string> rest = ReadRest();
  if (!rest) return Refuse(rest.error());
  std::string_view text = *rest;
  std::string signature;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    if (end == std::string_view::npos) return RefuseFraming();
    std::string_view line = text.substr(0, end);
    text.remove_prefix(end + 1);
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.empty()) continue;
    if (!signature.empty()) return Refuse(Code::kMalformedTrailer);  // that of all comes last
    if (Answer<void> read = ReadTrailer(line, signature); !read) return read;
  }
  if (trailers_.size() != announced_.trailers.size()) return Refuse(Code::kMalformedTrailer);
  return VerifyTrailers(signature);
}

Answer<void> AwsChunkedStream::ReadTrailer(std::string_view line, std::string& signature) {
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos) return Refuse(Code::kMalformedTrailer);
  const std::string name = AsciiLower(line.substr(0, colon));
  const std::string value(Trim(line.substr(colon + 1)));
  if (value.empty()) return Refuse(Code::kMalformedTrailer);
  if (rules_.kind == Kind::kSignedChunksTrailer && name == kTrailerSignature) {
    signature = value;
    return {};
  }
  const auto& announced = announced_.trailers;
  if (std::find(announced.begin(), announced.end(), name) == announced.end() ||
      trailers_.Find(name) != nullptr) {
    return Refuse(Code::kMalformedTrailer);
  }
  trailers_.Add(name, value);
  return {};
}

Answer<void> AwsChunkedStream::VerifyTrailers(std::string_view signature) {
  if (rules_.kind != Kind::kSignedChunksTrailer) return {};
  if (signature.empty() && trailers_.size() == 0) return {};
  std::vector<std::string> lines;
  for (const Header& trailer : trailers_) lines.push_back(trailer.name + ":" + trailer.value + "\n");
  std::sort(lines.begin(), lines.end());
  std::string fields;
  for (const std::string& line : lines) fields += line;
  const std::string string_to_sign = "AWS4-HMAC-SHA256-TRAILER\n" + rules_.amz_date + "\n" + rules_.scope +
                                     "\n" + previous_signature_ + "\n" + HexSha256(fields);
  const std::string expected = HexEncode(HmacSha256(AsBytes(rules_.signing_key), string_to_sign));
  if (EqualInConstantTime(expected, signature)) return {};
  return Refuse(Code::kSignatureDoesNotMatch, {},
                {{"StringToSign", string_to_sign}, {"SignatureProvided", std::string(signature)}});
}

// Into the empty buffer; 0 is the end of `raw_`.
Answer<std::size_t> AwsChunkedStream::FillBuffer() {
  Answer<std::size_t> read = raw_.Read(buffer_);
  if (!read) return read;
  begin_ = 0;
  end_ = *read;
  return read;
}

// Up to CR LF, and without them.
Answer<std::string> AwsChunkedStream::ReadLine() {
  std::string line;
  while (!line.ends_with("\r\n")) {
    if (begin_ == end_) {
      const Answer<std::size_t> filled = FillBuffer();
      if (!filled) return Refuse(filled.error());
    }
    if (begin_ == end_ || line.size() == kLongestHead) return RefuseFraming();
    line += buffer_[begin_++];
  }
  line.resize(line.size() - 2);
  return line;
}

Answer<std::string> AwsChunkedStream::ReadRest() {
  std::string rest;
  while (true) {
    rest.append(buffer_, begin_, end_ - begin_);
    begin_ = end_;
    if (rest.size() > kLongestTrailer) return Refuse(Code::kMalformedTrailer);
    const Answer<std::size_t> filled = FillBuffer();
    if (!filled) return Refuse(filled.error());
    if (*filled == 0) return rest;
  }
}

std::string WithoutAwsChunked(std::string_view content_encoding) {
  std::string kept;
  while (!content_encoding.empty()) {
    const std::string_view piece = content_encoding.substr(0, content_encoding.find(','));
    content_encoding.remove_prefix(std::min(piece.size() + 1, content_encoding.size()));
    const std::string_view coding = Trim(piece);
    if (coding.empty() || EqualsIgnoringCase(coding, "aws-chunked")) continue;
    if (!kept.empty()) kept += ',';
    kept += coding;
  }
  return kept;
}

}  // namespace s3conn::local
