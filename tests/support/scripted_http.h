#ifndef S3CONN_TESTS_SUPPORT_SCRIPTED_HTTP_H_
#define S3CONN_TESTS_SUPPORT_SCRIPTED_HTTP_H_

#include <algorithm>
#include <cstddef>
#include <deque>
#include <functional>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "s3conn/http/http_client.h"
#include "support/read_all.h"

namespace s3conn {

// A request that was sent, with the bytes of its body as far as they could be read.
struct SentRequest {
  HttpRequest request;
  std::string body;

  std::string_view Header(std::string_view name) const { return request.headers.Get(name); }
};

// How one request is answered; the functions below make them.
struct Answer {
  HttpResponse response;
  std::optional<Error> failure;          // instead of a response
  std::optional<std::size_t> cut_after;  // the connection breaks after that many bytes of the body
};

inline Answer Reply(int status, Headers headers = {}, std::string body = {}) {
  Answer answer;
  answer.response.status = status;
  answer.response.headers = std::move(headers);
  answer.response.body = std::move(body);
  return answer;
}

inline Error ConnectionReset() {
  Error error;
  error.kind = ErrorKind::kNetwork;
  error.message = "connection reset";
  error.retryable = true;
  return error;
}

inline Answer FailWith(Error error) {
  Answer answer;
  answer.failure = std::move(error);
  return answer;
}

inline Answer CutAfter(std::size_t bytes, Answer answer) {
  answer.cut_after = bytes;
  return answer;
}

// An HttpClient without a network: it takes one answer of its script for each request, or asks a handler, and
// writes down what it was sent. When the script is over it answers 418, which nobody tries again. For one
// thread.
class ScriptedHttp final : public HttpClient {
 public:
  using Handler = std::function<Answer(const SentRequest&)>;

  explicit ScriptedHttp(std::vector<Answer> script = {})
      : script_(std::make_move_iterator(script.begin()), std::make_move_iterator(script.end())) {}

  void AnswerWith(Handler handler) { handler_ = std::move(handler); }
  // Sinks get bodies in pieces of that size.
  void SetPiece(std::size_t bytes) { piece_ = bytes; }

  Result<HttpResponse> Send(const HttpRequest& request, Body body, const CallContext& context) override {
    if (context.stop.stop_requested()) return Failure(ErrorKind::kCancelled, "cancelled");
    requests_.push_back({request, {}});
    if (body.source != nullptr) {
      Result<std::string> bytes = ReadAll(*body.source, 1000);
      if (!bytes) return Failure(std::move(bytes.error()));
      requests_.back().body = std::move(*bytes);
    }
    Answer answer = NextAnswer();
    if (answer.failure) return Failure(std::move(*answer.failure));
    if (!answer.response.ok() || body.sink == nullptr) {
      if (answer.cut_after) return Failure(ConnectionReset());
      return std::move(answer.response);
    }
    return Deliver(std::move(answer), *body.sink);
  }

  const std::vector<SentRequest>& requests() const { return requests_; }

 private:
  Answer NextAnswer() {
    if (handler_) return handler_(requests_.back());
    if (script_.empty()) return Reply(418);
    Answer answer = std::move(script_.front());
    script_.pop_front();
    return answer;
  }

  Result<HttpResponse> Deliver(Answer answer, BodySink& sink) const {
    const std::string bytes = std::exchange(answer.response.body, {});
    if (Status begun = sink.Begin(answer.response); !begun) return Failure(std::move(begun.error()));
    std::string_view rest = bytes;
    rest = rest.substr(0, answer.cut_after.value_or(rest.size()));
    while (!rest.empty()) {
      const std::string_view piece = rest.substr(0, piece_);
      if (Status written = sink.Write(piece); !written) return Failure(std::move(written.error()));
      rest.remove_prefix(piece.size());
    }
    if (answer.cut_after) return Failure(ConnectionReset());
    return std::move(answer.response);
  }

  std::deque<Answer> script_;
  Handler handler_;
  std::size_t piece_ = 7;
  std::vector<SentRequest> requests_;
};

}  // namespace s3conn

#endif  // S3CONN_TESTS_SUPPORT_SCRIPTED_HTTP_H_
