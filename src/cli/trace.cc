#include "cli/trace.h"

#include <fmt/format.h>
#include <unistd.h>

#include <variant>

#include "base/file.h"
#include "base/redaction.h"
#include "base/text.h"

namespace s3conn {
namespace {

// Every line of `text` after `mark`, escaped.
std::string Marked(std::string_view mark, std::string_view text) {
  std::string marked;
  while (true) {
    const std::size_t end = text.find('\n');
    marked += fmt::format("{}{}\n", mark, EscapeForTerminal(text.substr(0, end)));
    if (end == std::string_view::npos) return marked;
    text.remove_prefix(end + 1);
  }
}

std::string MarkedHeaders(std::string_view mark, const Headers& headers) {
  std::string text;
  for (const Header& header : headers) {
    text += Marked(mark, fmt::format("{}: {}", header.name, RedactHeader(header.name, header.value)));
  }
  return text;
}

class Describe {
 public:
  explicit Describe(Verbosity verbosity) : verbosity_(verbosity) {}

  std::string operator()(const Warning& warning) const {
    if (verbosity_ < Verbosity::kNormal) return "";
    return fmt::format("s3conn: warning: {}\n", warning.text);
  }

  std::string operator()(const RetryScheduled& retry) const {
    if (verbosity_ < Verbosity::kRetries) return "";
    return fmt::format("s3conn: attempt {} of {} failed: {}; the next in {} ms\n", retry.failed_attempt,
                       retry.max_attempts, retry.reason.message, retry.delay.count());
  }

  std::string operator()(const RegionCorrected& corrected) const {
    if (verbosity_ < Verbosity::kRetries) return "";
    const std::string whose = corrected.bucket.empty()
                                  ? std::string("the service")
                                  : fmt::format("bucket '{}'", EscapeForTerminal(corrected.bucket));
    return fmt::format(
        "s3conn: {0} is in region {1}, not {2}; the request is signed again for {1} ('--region {1}', or "
        "'region = {1}' in the profile, saves that)\n",
        whose, corrected.named, corrected.used);
  }

  std::string operator()(const SignatureComputed& computed) const {
    if (verbosity_ < Verbosity::kEverything) return "";
    return "* our canonical request:\n" + Marked("| ", RedactCanonicalRequest(computed.canonical_request)) +
           "* our string to sign:\n" + Marked("| ", computed.string_to_sign);
  }

  std::string operator()(const ExchangeEnded& exchange) const {
    if (verbosity_ < Verbosity::kRequests) return "";
    const HttpRequest& request = exchange.request;
    const std::string outcome = exchange.response != nullptr ? fmt::format("{}", exchange.response->status)
                                : exchange.error != nullptr  ? exchange.error->message
                                                             : std::string("no answer");
    std::string text =
        fmt::format("{} {} -> {} ({:.1f} ms)\n", request.method, EscapeForTerminal(RedactUrl(Url(request))),
                    outcome, static_cast<double>(exchange.elapsed.count()) / 1000);
    if (verbosity_ < Verbosity::kEverything) return text;
    text += MarkedHeaders("> ", request.headers);
    if (exchange.response != nullptr) text += MarkedHeaders("< ", exchange.response->headers);
    return text;
  }

 private:
  Verbosity verbosity_;
};

}  // namespace

EventSink MakeTrace(Verbosity verbosity) {
  return [verbosity](const Event& event) {
    const std::string text = std::visit(Describe(verbosity), event);
    // Nobody to tell when even standard error is gone.
    if (!text.empty()) static_cast<void>(WriteAll(STDERR_FILENO, text, "write to standard error"));
  };
}

std::string ExplainSignature(const Error& error) {
  if (!error.service || error.service->canonical_request.empty()) return "";
  return "* the server's canonical request:\n" +
         Marked("| ", RedactCanonicalRequest(error.service->canonical_request)) +
         "* the server's string to sign:\n" + Marked("| ", error.service->string_to_sign);
}

}  // namespace s3conn
