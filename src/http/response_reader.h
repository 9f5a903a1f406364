#ifndef S3CONN_HTTP_RESPONSE_READER_H_
#define S3CONN_HTTP_RESPONSE_READER_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "s3conn/base/body.h"
#include "s3conn/base/error.h"
#include "s3conn/base/message.h"

namespace s3conn {

// Puts one response together from the header lines and body bytes as they come, within bounds, and hands a
// 2xx body to the sink.
class ResponseReader {
 public:
  enum class Answers { kHead, kOther };  // a response to HEAD has no body, whatever its headers say

  ResponseReader(Answers answers, BodySink* sink) : answers_(answers), sink_(sink) {}

  // One line, with its line end; status lines, interim responses and trailers included. False: stop reading.
  bool OnHeaderLine(std::string_view line);
  bool OnBody(std::string_view bytes);

  // The headers of the final response are complete.
  bool has_head() const { return stage_ == Stage::kBody; }
  // An error response whose explanation ran on too long: what was read of it is the answer.
  bool has_enough() const { return enough_; }
  int status() const { return response_.status; }
  // Why reading stopped: the sink's error, or a bound.
  const std::optional<Error>& failure() const { return failure_; }

  // After the last byte. Checks the length that was announced.
  Result<HttpResponse> Finish();

 private:
  enum class Stage { kBeforeStatus, kHeaders, kBody };

  bool Fail(Error error);
  bool Fail(ErrorKind kind, std::string_view message);
  bool OnStatusLine(std::string_view line);
  void AddField(std::string_view line);
  bool OnHeadComplete();

  Answers answers_;
  BodySink* sink_;
  Stage stage_ = Stage::kBeforeStatus;
  std::size_t header_bytes_ = 0;
  std::uint64_t body_bytes_ = 0;
  bool enough_ = false;
  HttpResponse response_;
  std::optional<Error> failure_;
};

}  // namespace s3conn

#endif  // S3CONN_HTTP_RESPONSE_READER_H_
