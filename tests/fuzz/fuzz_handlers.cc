// Requests beyond the signature: "METHOD TARGET\nheader: value\n…\n\nbody", given to the handler of the
// operation that they are.

#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "base/hash.h"
#include "base/text.h"
#include "base/xml.h"
#include "fuzz/fuzz_store.h"
#include "local/call.h"
#include "local/s3_service.h"

namespace s3conn::local {
namespace {

class TextBody final : public ByteStream {
 public:
  explicit TextBody(std::string_view text) : rest_(text) {}
  Answer<std::size_t> Read(std::span<char> into) override {
    const std::size_t count = std::min(into.size(), rest_.size());
    std::copy_n(rest_.begin(), count, into.begin());
    rest_.remove_prefix(count);
    return count;
  }

 private:
  std::string_view rest_;
};

// Off the front of `text`, without its line feed.
std::string_view TakeLine(std::string_view& text) {
  const std::string_view line = text.substr(0, text.find('\n'));
  text.remove_prefix(std::min(line.size() + 1, text.size()));
  return line;
}

// What the session lets through as a field's value.
bool IsFieldValue(std::string_view text) {
  return std::none_of(text.begin(), text.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (byte < 0x20 && c != '\t') || byte == 0x7f;
  });
}

// Off the front of `text` up to the empty line; what is left is the body.
Request TakeHead(std::string_view& text) {
  const std::string_view first = TakeLine(text);
  const std::size_t space = std::min(first.find(' '), first.size());
  Request request{.method = std::string(first.substr(0, space)),
                  .target = std::string(first.substr(std::min(space + 1, first.size()))),
                  .headers = {},
                  .peer = "fuzz"};
  for (std::string_view line = TakeLine(text); !line.empty(); line = TakeLine(text)) {
    const std::size_t colon = std::min(line.find(':'), line.size());
    const std::string_view value = line.substr(std::min(colon + 1, line.size()));
    if (IsToken(line.substr(0, colon)) && IsFieldValue(value)) {
      request.headers.Add(std::string(line.substr(0, colon)), std::string(Trim(value)));
    }
  }
  if (request.headers.Find("Content-Length") == nullptr) {
    request.headers.Add("Content-Length", std::to_string(text.size()));
  }
  return request;
}

PayloadRules RulesFor(std::uint8_t choice, std::string_view body) {
  using Kind = PayloadRules::Kind;
  constexpr std::array kKinds = {Kind::kUnsigned, Kind::kSha256, Kind::kSignedChunks,
                                 Kind::kSignedChunksTrailer, Kind::kUnsignedChunksTrailer};
  PayloadRules rules;
  rules.kind = kKinds.at(choice % kKinds.size());
  if (rules.kind == Kind::kSha256) rules.sha256 = HexEncode(Sha256(body));
  return rules;
}

// A client would take a line end in a field for the begin of the next.
void CheckHeaders(const Headers& headers) {
  for (const Header& header : headers) {
    for (const std::string& text : {header.name, header.value}) {
      if (text.find_first_of(std::string_view("\r\n\0", 3)) != std::string::npos) std::abort();
    }
  }
}

void CheckBody(Response& response) {
  if (!response.content) {
    if (response.headers.Get("Content-Type") == "application/xml" && !response.body.empty() &&
        !XmlDocument::Parse(response.body)) {
      std::abort();
    }
    return;
  }
  std::uint64_t left = response.content->size();
  std::array<char, 4096> block{};
  while (true) {
    const Result<std::optional<Stretch>> stretch = response.content->Next();
    if (!stretch) std::abort();
    if (!*stretch) break;
    const Stretch& next = **stretch;
    const std::uint64_t length = next.fd < 0 ? next.bytes.size() : next.length;
    if (length > left) std::abort();
    left -= length;
    if (next.fd >= 0 && length > 0 &&
        pread(next.fd, block.data(), 1, static_cast<off_t>(next.offset + length - 1)) != 1) {
      std::abort();
    }
  }
  if (left != 0) std::abort();
}

void Carry(std::uint8_t choice, std::string_view text) {
  FuzzStore& fuzzed = StoreForInput();
  const Request request = TakeHead(text);
  const Answer<Resource> resource = ParseResource(request);
  if (!resource) return;
  const Answer<Operation> operation = FindOperation(request, *resource);
  if (!operation) return;
  TextBody body(text);
  const PayloadRules rules = RulesFor(choice, text);
  Answer<Response> answer =
      operation->handler(Call{request, *resource, rules, body, fuzzed.store(), fuzzed.clock()});
  if (!answer) {
    if (answer.error().code == Code::kInternalError) std::abort();
    CheckHeaders(answer.error().headers);
    return;
  }
  CheckHeaders(answer->headers);
  // Of HEAD, the content is a number only.
  if (request.method != "HEAD") CheckBody(*answer);
}

}  // namespace
}  // namespace s3conn::local

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

// The first byte says how the body is vouched for.
int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 1) return -1;
  const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
  s3conn::local::Carry(data[0], s3conn::local::StoreForInput().WithNames(text));
  return 0;
}
