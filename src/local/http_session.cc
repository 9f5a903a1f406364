#include "local/http_session.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/asio/buffer.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/buffer_body.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/status.hpp>
#include <boost/system/error_code.hpp>
#include <boost/system/system_error.hpp>
#include <cstdint>
#include <cstring>
#include <limits>
#include <optional>
#include <utility>
#include <vector>

#include "base/text.h"
#include "local/xml_writer.h"

namespace s3conn::local {
namespace {

namespace beast = boost::beast;
namespace http = boost::beast::http;
using boost::system::error_code;

constexpr std::size_t kLargestHead = std::size_t{64} << 10;
constexpr std::size_t kFirstRead = std::size_t{16} << 10;
// A body that nobody wanted is read away up to here, to keep the connection; else it is closed.
constexpr std::uint64_t kLargestRest = std::uint64_t{1} << 20;

// What Beast reads from.
class BeastStream {
 public:
  explicit BeastStream(Connection& connection) : connection_(connection) {}

  template <typename Buffers>
  std::size_t read_some(const Buffers& buffers, error_code& error) {
    const boost::asio::mutable_buffer buffer = *boost::asio::buffer_sequence_begin(buffers);
    const Result<std::size_t> count = connection_.Read({static_cast<char*>(buffer.data()), buffer.size()});
    if (!count) {
      error = boost::system::errc::make_error_code(count.error().kind == ErrorKind::kTimeout
                                                       ? boost::system::errc::timed_out
                                                       : boost::system::errc::connection_reset);
      return 0;
    }
    error = *count == 0 ? error_code(boost::asio::error::eof) : error_code();
    return *count;
  }
  template <typename Buffers>
  std::size_t read_some(const Buffers& buffers) {
    error_code error;
    const std::size_t count = read_some(buffers, error);
    if (error) throw boost::system::system_error(error);
    return count;
  }

 private:
  Connection& connection_;
};

using Parser = http::request_parser<http::buffer_body>;

// The body of one request. Counted bodies go from the socket straight to the reader; the framing of chunked
// ones is Beast's.
class BodyStream final : public ByteStream {
 public:
  BodyStream(Connection& connection, BeastStream& stream, beast::flat_buffer& buffer, Parser& parser)
      : connection_(connection),
        stream_(stream),
        buffer_(buffer),
        parser_(parser),
        chunked_(parser.chunked()),
        left_(parser.content_length().value_or(0)),
        continue_wanted_(parser.get().version() >= 11 &&
                         EqualsIgnoringCase(std::string(parser.get()[http::field::expect]), "100-continue")) {
  }

  Answer<std::size_t> Read(std::span<char> into) override {
    if (into.empty() || ended()) return std::size_t{0};
    if (continue_wanted_) {
      continue_wanted_ = false;
      // Who has sent some of it does not wait for the word.
      if (buffer_.size() == 0 && !connection_.Write("HTTP/1.1 100 Continue\r\n\r\n")) return Broken();
    }
    return chunked_ ? ReadChunked(into) : ReadCounted(into);
  }

  bool ended() const { return broken_ || (chunked_ ? parser_.is_done() : left_ == 0); }
  bool broken() const { return broken_; }
  // Whether what is left is worth reading.
  bool short_rest() const { return !continue_wanted_ && (chunked_ || left_ <= kLargestRest); }

 private:
  Answer<std::size_t> ReadCounted(std::span<char> into) {
    into = into.first(static_cast<std::size_t>(std::min<std::uint64_t>(into.size(), left_)));
    std::size_t count = std::min(into.size(), buffer_.size());
    if (count > 0) {
      std::memcpy(into.data(), buffer_.data().data(), count);
      buffer_.consume(count);
    } else {
      const Result<std::size_t> read = connection_.Read(into);
      if (!read && read.error().kind == ErrorKind::kTimeout) return Broken(Code::kRequestTimeout);
      if (!read || *read == 0) return Broken();
      count = *read;
    }
    left_ -= count;
    return count;
  }

  Answer<std::size_t> ReadChunked(std::span<char> into) {
    while (!parser_.is_done()) {
      auto& body = parser_.get().body();
      body.data = into.data();
      body.size = into.size();
      error_code error;
      http::read_some(stream_, buffer_, parser_, error);
      const std::size_t count = into.size() - body.size;
      if (error == boost::system::errc::timed_out) return Broken(Code::kRequestTimeout);
      if (error && error != http::error::need_buffer) return Broken();
      if (count > 0) return count;
    }
    return std::size_t{0};
  }

  tl::unexpected<Refusal> Broken(Code code = Code::kIncompleteBody) {
    broken_ = true;
    return Refuse(code);
  }

  Connection& connection_;
  BeastStream& stream_;
  beast::flat_buffer& buffer_;
  Parser& parser_;
  bool chunked_;
  std::uint64_t left_;
  bool continue_wanted_;
  bool broken_ = false;
};

Request HeadOf(const Parser& parser, const Connection& connection, const std::string& peer) {
  const auto& message = parser.get();
  Request request{.method = std::string(message.method_string()),
                  .target = std::string(message.target()),
                  .headers = {},
                  .peer = peer,
                  .secure = connection.encrypted()};
  for (const auto& field : message) {
    request.headers.Add(std::string(field.name_string()), std::string(field.value()));
  }
  return request;
}

// A value that came out of a request, such as response-content-type, must not become another field.
std::string OneLine(std::string value) {
  std::replace_if(
      value.begin(), value.end(), [](unsigned char c) { return c < ' ' || c == 0x7f; }, ' ');
  return value;
}

class HttpSession {
 public:
  HttpSession(Connection& connection, Service& service, const std::string& peer, SessionState& state)
      : connection_(connection),
        stream_(connection),
        service_(service),
        peer_(peer),
        state_(state),
        buffer_(2 * kLargestHead) {
    buffer_.reserve(kFirstRead);
  }

  void Run() {
    while (!state_.closing && ServeOne()) {
    }
  }

 private:
  enum class After { kKeep, kClose };

  // False at the end of the connection.
  bool ServeOne() {
    Parser parser;
    parser.header_limit(kLargestHead);
    // Not boost::none, which Beast 1.74 takes for nothing at all: how much may come is for the service to
    // say.
    parser.body_limit(std::numeric_limits<std::uint64_t>::max());
    error_code error;
    http::read_header(stream_, buffer_, parser, error);
    if (error) {
      RefuseHead(error);
      return false;
    }
    state_.busy = true;
    const bool kept = Exchange(parser);
    state_.busy = false;
    return kept;
  }

  bool Exchange(Parser& parser) {
    const Request request = HeadOf(parser, connection_, peer_);
    BodyStream body(connection_, stream_, buffer_, parser);
    std::optional<Response> response = service_.Serve(request, body);
    if (!response) return false;

    const bool keep = parser.get().version() >= 11 && parser.get().keep_alive() && !body.broken() &&
                      (body.ended() || body.short_rest()) && !state_.closing;
    const bool sent = Send(request, *response, keep ? After::kKeep : After::kClose);
    if (!sent) return false;
    if (!keep) {
      if (!body.ended()) Linger();
      return false;
    }
    return ReadAway(body);
  }

  bool Send(const Request& request, Response& response, After after) {
    const bool without_body = response.status == 204 || response.status == 304;
    const std::uint64_t size = response.content ? response.content->size() : response.body.size();
    std::string head = fmt::format(
        "HTTP/1.1 {} {}\r\nServer: s3conn\r\n", response.status,
        std::string(http::obsolete_reason(http::int_to_status(static_cast<unsigned>(response.status)))));
    for (const Header& header : response.headers) {
      fmt::format_to(std::back_inserter(head), "{}: {}\r\n", header.name, OneLine(header.value));
    }
    if (!without_body) fmt::format_to(std::back_inserter(head), "Content-Length: {}\r\n", size);
    if (after == After::kClose) head += "Connection: close\r\n";
    head += "\r\n";

    if (without_body || request.method == "HEAD") return connection_.Write(head).has_value();
    if (!response.content) return connection_.Write(head += response.body).has_value();
    return connection_.Write(head, Connection::Then::kMore).has_value() && SendContent(*response.content);
  }

  bool SendContent(Content& content) {
    while (true) {
      const Result<std::optional<Stretch>> stretch = content.Next();
      if (!stretch) return false;
      if (!*stretch) return true;
      const Stretch& next = **stretch;
      const Status written = next.fd >= 0 ? connection_.WriteFile(next.fd, next.offset, next.length)
                                          : connection_.Write(next.bytes);
      if (!written) return false;
    }
  }

  // What is no HTTP is told so, unless nobody is there any more.
  void RefuseHead(const error_code& error) {
    if (error == http::error::end_of_stream || error == http::error::partial_message ||
        error == boost::system::errc::connection_reset || error == boost::system::errc::timed_out) {
      return;
    }
    const bool too_large = error == http::error::header_limit || error == http::error::buffer_overflow;
    const Code code = too_large ? Code::kRequestHeaderSectionTooLarge : Code::kBadRequest;
    XmlWriter xml("Error", XmlWriter::Namespace::kNone);
    xml.Text("Code", CodeName(code));
    xml.Text("Message", CodeText(code));
    Response response{
        .status = CodeStatus(code), .headers = {{"Content-Type", "application/xml"}}, .body = xml.Finish()};
    if (Send(Request{}, response, After::kClose)) Linger();
  }

  bool ReadAway(BodyStream& body) {
    if (body.ended()) return true;
    std::vector<char> rest(kFirstRead);
    std::uint64_t total = 0;
    while (total <= kLargestRest) {
      const Answer<std::size_t> count = body.Read(rest);
      if (!count) return false;
      if (*count == 0) return true;
      total += *count;
    }
    return false;
  }

  // Closing a socket with unread bytes resets the connection, and the client may lose the answer: so they are
  // read, for a second of silence or some megabytes.
  void Linger() {
    connection_.EndWriting();
    std::vector<char> rest(kFirstRead);
    for (std::uint64_t total = 0; total < 16 * kLargestRest;) {
      const Result<std::size_t> count = connection_.Read(rest);
      if (!count || *count == 0) return;
      total += *count;
    }
  }

  Connection& connection_;
  BeastStream stream_;
  Service& service_;
  const std::string& peer_;
  SessionState& state_;
  beast::flat_buffer buffer_;
};

}  // namespace

void ServeHttp(Connection& connection, Service& service, const std::string& peer, SessionState& state) {
  HttpSession(connection, service, peer, state).Run();
}

}  // namespace s3conn::local
