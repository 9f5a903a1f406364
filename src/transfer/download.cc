#include "transfer/download.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "base/text.h"
#include "transfer/verification.h"

namespace s3conn {
namespace {

constexpr int kMaxRestarts = 2;

tl::unexpected<Error> Changed() {
  return Failure(ErrorKind::kPrecondition, "the object was replaced while it was being read",
                 "run the command again to get the new one");
}

// "bytes 0-9/100"
struct ContentRange {
  std::uint64_t first = 0;
  std::uint64_t last = 0;
  std::uint64_t size = 0;
};

std::optional<ContentRange> ParseContentRange(std::string_view text) {
  const std::size_t slash = text.find('/');
  if (!text.starts_with("bytes ") || slash == std::string_view::npos) return std::nullopt;
  const std::optional<ByteRange> range = ParseByteRange(text.substr(6, slash - 6));
  const auto size = ParseUnsigned(text.substr(slash + 1));
  if (!range || !range->first || !range->last || !size || *range->last >= *size) return std::nullopt;
  return ContentRange{*range->first, *range->last, *size};
}

// Where the bytes that were asked for begin in an object of that size.
std::uint64_t BeginOf(const ByteRange& range, std::uint64_t size) {
  if (range.first) return *range.first;
  return size - std::min(size, *range.last);
}

// Where they end: the position behind the last one.
std::uint64_t EndOf(const ByteRange& range, std::uint64_t size) {
  if (!range.first || !range.last || *range.last >= size) return size;
  return *range.last + 1;
}

// Takes the bytes of one object, or of a range of it, over any number of attempts, each of which goes on
// where the last one broke off.
class ResumingSink final : public BodySink {
 public:
  ResumingSink(const std::optional<ByteRange>& range, DownloadTarget& target)
      : range_(range), target_(target) {}

  // Before an attempt: asks for the rest only, and only of the object that was begun.
  void Amend(OperationRequest& request) const {
    if (received_ == 0) return;
    const std::string last = range_ ? fmt::format("{}", end_ - 1) : "";
    request.headers.Set("Range", fmt::format("bytes={}-{}", begin_ + received_, last));
    request.headers.Set("If-Match", etag_header_);
  }

  Status Begin(const HttpResponse& head) override { return begun() ? BeginRest(head) : BeginFirst(head); }

  Status Write(std::string_view bytes) override {
    const std::size_t skipped = static_cast<std::size_t>(std::min<std::uint64_t>(skip_, bytes.size()));
    skip_ -= skipped;
    bytes.remove_prefix(skipped);
    if (bytes.empty()) return {};
    if (verification_) verification_->Update(bytes);
    received_ += bytes.size();
    return target_.Write(bytes);
  }

  Status Finish() {
    if (received_ != end_ - begin_) {
      return Failure(ErrorKind::kIntegrity,
                     fmt::format("{} of {} bytes were received", received_, end_ - begin_));
    }
    return verification_ ? verification_->Finish() : Status();
  }

  bool begun() const { return received_ > 0; }
  DownloadResult result() const {
    return {object_, verification_ ? verification_->name() : "size", ByteCount(received_), content_range_};
  }

 private:
  Status BeginFirst(const HttpResponse& head) {
    if (Status expected = range_ ? ExpectRange(head) : ExpectWhole(head); !expected) return expected;
    Result<ObjectProperties> object = RequireObjectProperties(head);
    if (!object) return Failure(std::move(object.error()));
    object_ = std::move(*object);
    etag_header_ = head.headers.Get("ETag");
    const std::uint64_t size = object_.size.bytes();
    begin_ = range_ ? BeginOf(*range_, size) : 0;
    end_ = range_ ? EndOf(*range_, size) : size;
    // What a store keeps to check against is of the whole object.
    if (begin_ == 0 && end_ == size) verification_.emplace(object_);
    return {};
  }

  static Status ExpectWhole(const HttpResponse& head) {
    if (head.status == 200) return {};
    return Failure(
        ErrorKind::kIntegrity,
        fmt::format("the store answered with a part (HTTP {}) of the whole that was asked for", head.status),
        "a proxy between here and the store may have changed the request");
  }

  Status ExpectRange(const HttpResponse& head) {
    // RFC 9110, 14.2, leaves a store free to pass over a range that is outside the object.
    if (head.status == 200 && head.headers.Get("Content-Length") == "0") {
      return Failure(ErrorKind::kUsage, "the range lies outside the object, which is empty");
    }
    content_range_ = head.headers.Get("Content-Range");
    const auto got = ParseContentRange(content_range_);
    if (head.status == 206 && got && got->first == BeginOf(*range_, got->size) &&
        got->last + 1 == EndOf(*range_, got->size)) {
      return {};
    }
    return Failure(ErrorKind::kIntegrity,
                   fmt::format("the store answered with '{}' (HTTP {}), '{}' was asked for",
                               EscapeForTerminal(content_range_), head.status, range_->Header()),
                   "the store, or a proxy in front of it, does not give ranges of objects");
  }

  Status BeginRest(const HttpResponse& head) {
    skip_ = 0;  // an attempt before may have broken off while it passed over bytes
    const ObjectProperties rest = ReadObjectProperties(head);
    // A weak ETag is the same for what merely means the same.
    const bool weak = etag_header_.starts_with("W/");
    if (weak || rest.etag != object_.etag || rest.size != object_.size) return Changed();
    if (head.status == 200 && !range_) {
      // The whole object once more: a store or proxy that ignores ranges. What we have is passed over.
      skip_ = received_;
      return {};
    }
    const std::string expected =
        fmt::format("bytes {}-{}/{}", begin_ + received_, end_ - 1, object_.size.bytes());
    if (head.headers.Get("Content-Range") != expected) {
      return Failure(ErrorKind::kIntegrity,
                     fmt::format("the store answered with the range '{}', '{}' was asked for",
                                 EscapeForTerminal(head.headers.Get("Content-Range")), expected));
    }
    return {};
  }

  const std::optional<ByteRange>& range_;
  DownloadTarget& target_;
  ObjectProperties object_;
  std::string etag_header_;
  std::string content_range_;
  std::optional<Verification> verification_;  // set by the first answer, where it is the whole
  std::uint64_t begin_ = 0;                   // of the bytes wanted, within the object
  std::uint64_t end_ = 0;
  std::uint64_t received_ = 0;
  std::uint64_t skip_ = 0;
};

Result<DownloadResult> DownloadOnce(Client& client, const GetObjectRequest& request, ResumingSink& sink,
                                    const CallContext& context) {
  const Result<ObjectProperties> answer =
      client.Call<GetObject>(request, context, Body{nullptr, &sink},
                             [&sink](OperationRequest& operation) { sink.Amend(operation); });
  if (!answer) return Failure(answer.error());
  if (Status whole = sink.Finish(); !whole) return Failure(std::move(whole.error()));
  return sink.result();
}

}  // namespace

Result<DownloadResult> Download(Client& client, const GetObjectRequest& request, DownloadTarget& target,
                                const CallContext& context) {
  for (int restarts = 0;; ++restarts) {
    ResumingSink sink(request.range, target);
    Result<DownloadResult> result = DownloadOnce(client, request, sink, context);
    if (result) return result;
    const ErrorKind kind = result.error().kind;
    const bool another_try = kind == ErrorKind::kIntegrity || kind == ErrorKind::kPrecondition;
    if (!another_try || !sink.begun() || restarts == kMaxRestarts) return result;
    const Result<DownloadTarget::Restart> restart = target.StartOver();
    if (!restart) return Failure(restart.error());
    if (*restart == DownloadTarget::Restart::kImpossible) return result;
    context.Emit(Warning{fmt::format("{}; fetching it again from the start", result.error().message)});
  }
}

}  // namespace s3conn
