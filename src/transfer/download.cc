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

// Takes the bytes of one object over any number of attempts, each of which goes on where the last one broke
// off.
class ResumingSink final : public BodySink {
 public:
  explicit ResumingSink(DownloadTarget& target) : target_(target) {}

  // Before an attempt: asks for the rest only, and only of the object that was begun.
  void Amend(OperationRequest& request) const {
    if (received_ == 0) return;
    request.headers.Set("Range", fmt::format("bytes={}-", received_));
    request.headers.Set("If-Match", etag_header_);
  }

  Status Begin(const HttpResponse& head) override { return begun() ? BeginRest(head) : BeginFirst(head); }

  Status Write(std::string_view bytes) override {
    const std::size_t skipped = static_cast<std::size_t>(std::min<std::uint64_t>(skip_, bytes.size()));
    skip_ -= skipped;
    bytes.remove_prefix(skipped);
    if (bytes.empty()) return {};
    verification_->Update(bytes);
    received_ += bytes.size();
    return target_.Write(bytes);
  }

  Status Finish() {
    if (received_ != object_.size.bytes()) {
      return Failure(ErrorKind::kIntegrity,
                     fmt::format("{} of {} bytes were received", received_, object_.size.bytes()));
    }
    return verification_->Finish();
  }

  bool begun() const { return received_ > 0; }
  const ObjectProperties& object() const { return object_; }
  std::string_view verified() const { return verification_->name(); }

 private:
  Status BeginFirst(const HttpResponse& head) {
    if (head.status != 200) {
      return Failure(ErrorKind::kIntegrity,
                     fmt::format("the store answered with a part (HTTP {}) of the whole that was asked for",
                                 head.status),
                     "a proxy between here and the store may have changed the request");
    }
    Result<ObjectProperties> object = RequireObjectProperties(head);
    if (!object) return Failure(std::move(object.error()));
    object_ = std::move(*object);
    etag_header_ = head.headers.Get("ETag");
    verification_.emplace(object_);
    return {};
  }

  Status BeginRest(const HttpResponse& head) {
    skip_ = 0;  // an attempt before may have broken off while it passed over bytes
    const ObjectProperties rest = ReadObjectProperties(head);
    // A weak ETag is the same for what merely means the same.
    const bool weak = etag_header_.starts_with("W/");
    if (weak || rest.etag != object_.etag || rest.size != object_.size) return Changed();
    if (head.status == 200) {
      // The whole object once more: a store or proxy that ignores ranges. What we have is passed over.
      skip_ = received_;
      return {};
    }
    const std::string expected =
        fmt::format("bytes {}-{}/{}", received_, object_.size.bytes() - 1, object_.size.bytes());
    if (head.headers.Get("Content-Range") != expected) {
      return Failure(ErrorKind::kIntegrity,
                     fmt::format("the store answered with the range '{}', '{}' was asked for",
                                 EscapeForTerminal(head.headers.Get("Content-Range")), expected));
    }
    return {};
  }

  DownloadTarget& target_;
  ObjectProperties object_;
  std::string etag_header_;
  std::optional<Verification> verification_;  // set by the first answer
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
  return DownloadResult{sink.object(), sink.verified()};
}

}  // namespace

Result<DownloadResult> Download(Client& client, const GetObjectRequest& request, DownloadTarget& target,
                                const CallContext& context) {
  for (int restarts = 0;; ++restarts) {
    ResumingSink sink(target);
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
