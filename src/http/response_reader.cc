#include "http/response_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>

#include "base/text.h"
#include "s3conn/base/units.h"

namespace s3conn {
namespace {

constexpr ByteCount kMaxHeaders = 256_KiB;
constexpr ByteCount kMaxExplanation = 64_KiB;  // of a response that is not 2xx
constexpr ByteCount kMaxKeptBody = 16_MiB;     // of a 2xx response without a sink

}  // namespace

bool ResponseReader::Fail(Error error) {
  failure_ = std::move(error);
  return false;
}

bool ResponseReader::Fail(ErrorKind kind, std::string_view message) {
  Error error;
  error.kind = kind;
  error.message = message;
  return Fail(std::move(error));
}

bool ResponseReader::OnHeaderLine(std::string_view line) {
  header_bytes_ += line.size();
  if (header_bytes_ > kMaxHeaders.bytes()) {
    return Fail(ErrorKind::kService, "read the answer: more than 256 KiB of headers");
  }
  if (stage_ == Stage::kBody) return true;  // a trailer
  if (line.starts_with("HTTP/")) return OnStatusLine(line);
  if (stage_ == Stage::kBeforeStatus) return true;
  if (Trim(line).empty()) return OnHeadComplete();
  AddField(line);
  return true;
}

bool ResponseReader::OnStatusLine(std::string_view line) {
  const std::size_t space = line.find(' ');
  const std::string_view digits =
      space == std::string_view::npos ? "" : Trim(line.substr(space)).substr(0, 3);
  const auto status = ParseUnsigned(digits);
  if (!status || digits.size() != 3)
    return Fail(ErrorKind::kService, "read the answer: no HTTP status in it");
  response_ = {};
  response_.status = static_cast<int>(*status);
  stage_ = Stage::kHeaders;
  return true;
}

void ResponseReader::AddField(std::string_view line) {
  const std::size_t colon = line.find(':');
  // Folded lines have been out of HTTP since RFC 7230; S3 sends none. They and junk are left out.
  if (colon == std::string_view::npos || colon == 0 || line.front() == ' ' || line.front() == '\t') return;
  response_.headers.Add(std::string(Trim(line.substr(0, colon))), std::string(Trim(line.substr(colon + 1))));
}

bool ResponseReader::OnHeadComplete() {
  if (response_.status < 200) {  // interim: the next status line starts over
    response_ = {};
    stage_ = Stage::kBeforeStatus;
    return true;
  }
  stage_ = Stage::kBody;
  if (sink_ == nullptr || !response_.ok()) return true;
  Status begun = sink_->Begin(response_);
  return begun ? true : Fail(std::move(begun.error()));
}

bool ResponseReader::OnBody(std::string_view bytes) {
  if (stage_ != Stage::kBody) return Fail(ErrorKind::kService, "read the answer: a body without headers");
  body_bytes_ += bytes.size();
  if (!response_.ok()) {
    const std::size_t room = kMaxExplanation.bytes() - response_.body.size();
    enough_ = bytes.size() > room;
    response_.body.append(bytes.substr(0, std::min(room, bytes.size())));
    return !enough_;
  }
  if (sink_ != nullptr) {
    Status written = sink_->Write(bytes);
    return written ? true : Fail(std::move(written.error()));
  }
  if (body_bytes_ > kMaxKeptBody.bytes()) {
    return Fail(ErrorKind::kService, "read the answer: a body of more than 16 MiB where a short one was due");
  }
  response_.body.append(bytes);
  return true;
}

Result<HttpResponse> ResponseReader::Finish() {
  const bool measured = response_.ok() && answers_ != Answers::kHead && response_.status != 204 &&
                        response_.headers.Find("Transfer-Encoding") == nullptr;
  for (const Header& field : response_.headers) {
    if (!measured || !EqualsIgnoringCase(field.name, "Content-Length")) continue;
    if (ParseUnsigned(field.value) == body_bytes_) continue;
    Error error;
    error.kind = ErrorKind::kNetwork;
    error.message = fmt::format("read the answer: {} bytes came where Content-Length says {}", body_bytes_,
                                EscapeForTerminal(field.value));
    error.retryable = true;
    return Failure(std::move(error));
  }
  return std::move(response_);
}

}  // namespace s3conn
