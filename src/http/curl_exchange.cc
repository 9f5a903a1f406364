#include "http/curl_exchange.h"

#include <fmt/format.h>
#include <openssl/ssl.h>

#include <algorithm>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>

#include "http/curl_error.h"
#include "s3conn/base/units.h"

namespace s3conn {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

// Shorter bodies ride in the packet of the headers, up to libcurl's own bound for that.
constexpr ByteCount kInlineBody = 64_KiB;

// Measured: plain connections gain by few, large system calls; TLS moves records of 16 KiB whatever is set.
constexpr long kSmallBuffer = long{16} << 10;
constexpr long kPlainReceiveBuffer = long{256} << 10;
constexpr std::uint64_t kPlainSendBuffer = std::uint64_t{1} << 20;
constexpr std::uint64_t kTlsSendBuffer = std::uint64_t{256} << 10;

constexpr milliseconds kLongestWait = std::chrono::hours(24);
// What a server may take for an answer that it works for: a copy of 5 GiB.
constexpr milliseconds kSlowAnswer = std::chrono::minutes(15);

CURLcode UseCertificates(CURL*, void* context, void* store) noexcept {
  SSL_CTX_set1_cert_store(static_cast<SSL_CTX*>(context), static_cast<X509_STORE*>(store));
  return CURLE_OK;
}

bool ConnectionBroke(CURLcode code) {
  return code == CURLE_SEND_ERROR || code == CURLE_RECV_ERROR || code == CURLE_PARTIAL_FILE;
}

}  // namespace

CurlExchange::CurlExchange(CurlHandle& handle, const ExchangeInput& input)
    : handle_(handle),
      input_(input),
      reader_(
          input.request.method == "HEAD" ? ResponseReader::Answers::kHead : ResponseReader::Answers::kOther,
          input.body.sink) {}

Result<HttpResponse> CurlExchange::Run() {
  Prepare();
  if (curl_multi_add_handle(handle_.multi(), handle_.easy()) != CURLM_OK) {
    return Failure(ErrorKind::kNetwork, "start an exchange with " + Peer(input_.request.origin));
  }
  Ending ending;
  {
    const std::stop_callback wake(input_.context.stop, [this] { curl_multi_wakeup(handle_.multi()); });
    ending = Drive();
  }
  Result<HttpResponse> result = Conclude(ending);
  curl_multi_remove_handle(handle_.multi(), handle_.easy());
  return result;
}

// Whatever one exchange sets, the next one sets too: the handle is not reset in between.
void CurlExchange::Prepare() {
  handle_.ClearErrorText();
  PrepareConnection();
  PrepareMethodAndBody();
  headers_ = WireHeaders(input_.request);
  CURL* const curl = handle_.easy();
  curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers_.get());

  curl_easy_setopt(curl, CURLOPT_HEADERDATA, this);
  curl_easy_setopt(
      curl, CURLOPT_HEADERFUNCTION, +[](char* data, std::size_t, std::size_t size, void* self) noexcept {
        auto& reader = static_cast<CurlExchange*>(self)->reader_;
        return reader.OnHeaderLine({data, size}) ? size : 0;
      });
  curl_easy_setopt(curl, CURLOPT_WRITEDATA, this);
  curl_easy_setopt(
      curl, CURLOPT_WRITEFUNCTION, +[](char* data, std::size_t, std::size_t size, void* self) noexcept {
        auto& reader = static_cast<CurlExchange*>(self)->reader_;
        return reader.OnBody({data, size}) ? size : 0;
      });
}

void CurlExchange::PrepareConnection() {
  CURL* const curl = handle_.easy();
  const HttpRequest& request = input_.request;
  const bool tls = request.origin.scheme == Scheme::kHttps;
  curl_easy_setopt(curl, CURLOPT_URL, Url(request).c_str());
  curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, tls ? "https" : "http");
  curl_easy_setopt(curl, CURLOPT_PROXY,
                   request.direct ? "" : input_.proxy.For(request.origin.scheme).c_str());
  curl_easy_setopt(curl, CURLOPT_FRESH_CONNECT, request.fresh_connection ? 1L : 0L);
  curl_easy_setopt(curl, CURLOPT_BUFFERSIZE,
                   input_.body.sink != nullptr && !tls ? kPlainReceiveBuffer : kSmallBuffer);
  if (input_.certificates == nullptr) return;
  curl_easy_setopt(curl, CURLOPT_SSL_CTX_FUNCTION, &UseCertificates);
  curl_easy_setopt(curl, CURLOPT_SSL_CTX_DATA, input_.certificates);
}

void CurlExchange::PrepareMethodAndBody() {
  CURL* const curl = handle_.easy();
  const std::string& method = input_.request.method;
  BodySource* const source = input_.body.source;
  const std::uint64_t size = source != nullptr ? source->size().bytes() : 0;

  curl_easy_setopt(curl, CURLOPT_POSTFIELDS, nullptr);
  curl_easy_setopt(curl, CURLOPT_HTTPGET, 1L);  // undoes POSTFIELDS, UPLOAD and NOBODY
  curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, method == "HEAD" ? nullptr : method.c_str());
  if (method == "HEAD") {
    curl_easy_setopt(curl, CURLOPT_NOBODY, 1L);
    return;
  }
  const auto contiguous = source != nullptr ? source->Contiguous() : std::nullopt;
  if (size > 0 && !(contiguous && size < kInlineBody.bytes())) {
    PrepareUpload(size);
  } else if (size > 0 || method == "PUT" || method == "POST" || method == "DELETE") {
    // POSTFIELDS stands for "a body in memory"; an empty one makes libcurl send Content-Length: 0. Swift
    // waits for one with a DELETE of a version that brings an older one back.
    curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(size));
    curl_easy_setopt(curl, CURLOPT_POSTFIELDS, size > 0 ? contiguous->data() : "");
  }
}

void CurlExchange::PrepareUpload(std::uint64_t size) {
  CURL* const curl = handle_.easy();
  const bool tls = input_.request.origin.scheme == Scheme::kHttps;
  const std::uint64_t most = tls ? kTlsSendBuffer : kPlainSendBuffer;
  handle_.SetUploadBuffer(size < most ? static_cast<long>(kInlineBody.bytes()) : static_cast<long>(most));
  curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
  curl_easy_setopt(curl, CURLOPT_INFILESIZE_LARGE, static_cast<curl_off_t>(size));
  curl_easy_setopt(curl, CURLOPT_READDATA, this);
  curl_easy_setopt(
      curl, CURLOPT_READFUNCTION, +[](char* into, std::size_t, std::size_t capacity, void* self) noexcept {
        return static_cast<CurlExchange*>(self)->OnRead(into, capacity);
      });
  curl_easy_setopt(curl, CURLOPT_SEEKDATA, this);
  curl_easy_setopt(
      curl, CURLOPT_SEEKFUNCTION, +[](void* self, curl_off_t offset, int origin) noexcept {
        return origin == SEEK_SET ? static_cast<CurlExchange*>(self)->OnSeek(offset) : CURL_SEEKFUNC_FAIL;
      });
}

std::size_t CurlExchange::OnRead(char* into, std::size_t capacity) {
  const std::uint64_t size = input_.body.source->size().bytes();
  const auto room = static_cast<std::size_t>(std::min<std::uint64_t>(capacity, size - sent_));
  if (room == 0) return 0;
  source_read_ = true;
  Result<std::size_t> got = input_.body.source->Read(std::span(into, room));
  if (!got) {
    source_failure_ = std::move(got.error());
    return CURL_READFUNC_ABORT;
  }
  if (*got == 0) {  // the peer would wait for the rest for ever
    source_failure_ =
        Error{.kind = ErrorKind::kLocalIo,
              .message = fmt::format("read the body: it ended after {} of {} bytes", sent_, size),
              .hint = "",
              .retryable = false,
              .service = std::nullopt};
    return CURL_READFUNC_ABORT;
  }
  sent_ += *got;
  return *got;
}

// libcurl rewinds when a reused connection turns out to be dead.
int CurlExchange::OnSeek(curl_off_t offset) {
  if (offset != 0) return CURL_SEEKFUNC_FAIL;
  Status rewound = input_.body.source->Rewind();
  if (!rewound) {
    source_failure_ = std::move(rewound.error());
    return CURL_SEEKFUNC_FAIL;
  }
  sent_ = 0;
  return CURL_SEEKFUNC_OK;
}

CurlExchange::Ending CurlExchange::Drive() {
  last_move_ = steady_clock::now();
  while (true) {
    if (input_.context.stop.stop_requested()) return Ending::kCancelled;
    int running = 0;
    if (curl_multi_perform(handle_.multi(), &running) != CURLM_OK) {
      code_ = CURLE_FAILED_INIT;
      return Ending::kByLibcurl;
    }
    if (running == 0) break;
    if (const Ending ending = Wait(); ending != Ending::kByLibcurl) return ending;
  }
  int left = 0;
  const CURLMsg* message = curl_multi_info_read(handle_.multi(), &left);
  code_ = message != nullptr && message->msg == CURLMSG_DONE ? message->data.result : CURLE_FAILED_INIT;
  return Ending::kByLibcurl;
}

// How long the connection may stand still.
milliseconds CurlExchange::Patience() const {
  const milliseconds usual = std::min(input_.options.read_timeout, kLongestWait);
  return input_.request.slow_answer ? std::max(usual, kSlowAnswer) : usual;
}

// Until something happens on the connection, or it is time to give up. kByLibcurl: go on.
CurlExchange::Ending CurlExchange::Wait() {
  const SteadyTime now = steady_clock::now();
  if (now >= input_.context.deadline) return Ending::kDeadline;
  const milliseconds patience = Patience();
  if (Moved()) last_move_ = now;
  if (now >= last_move_ + patience) return Ending::kSilence;
  const SteadyTime until = std::min(input_.context.deadline, last_move_ + patience);
  const auto wait = std::chrono::ceil<milliseconds>(until - now);
  curl_multi_poll(handle_.multi(), nullptr, 0, static_cast<int>(wait.count()), nullptr);
  return Ending::kByLibcurl;
}

bool CurlExchange::Moved() {
  CURL* const curl = handle_.easy();
  curl_off_t sent = 0;
  curl_off_t received = 0;
  curl_off_t connected_after = 0;
  long headers = 0;
  curl_easy_getinfo(curl, CURLINFO_SIZE_UPLOAD_T, &sent);
  curl_easy_getinfo(curl, CURLINFO_SIZE_DOWNLOAD_T, &received);
  curl_easy_getinfo(curl, CURLINFO_HEADER_SIZE, &headers);
  curl_easy_getinfo(curl, CURLINFO_PRETRANSFER_TIME_T, &connected_after);
  const curl_off_t moved = sent + received + headers;
  const bool connecting = connected_after == 0;  // has a time-out of its own
  return std::exchange(moved_, moved) != moved || std::exchange(source_read_, false) || connecting;
}

Result<HttpResponse> CurlExchange::Conclude(Ending ending) {
  if (reader_.failure()) return Failure(*reader_.failure());
  if (source_failure_) return Failure(*std::move(source_failure_));
  const std::string peer = Peer(input_.request.origin);
  switch (ending) {
    case Ending::kCancelled:
      return Failure(ErrorKind::kCancelled, "exchange with " + peer + ": cancelled");
    case Ending::kDeadline:
      return Failure(ErrorKind::kTimeout, "exchange with " + peer + ": not done when its time was up");
    case Ending::kSilence: {
      Error error;
      error.kind = ErrorKind::kTimeout;
      error.message = fmt::format("exchange with {}: no byte moved for {}", peer, Seconds(Patience()));
      error.hint = "the server or the network may be overloaded; --read-timeout gives more time";
      error.retryable = true;
      return Failure(std::move(error));
    }
    case Ending::kByLibcurl:
      break;
  }
  // An error response counts as soon as its head is there: its body is only an explanation.
  const bool explained = reader_.has_head() && reader_.status() >= 300 && ConnectionBroke(code_);
  if (code_ == CURLE_OK || reader_.has_enough() || explained) {
    if (reader_.has_head()) return reader_.Finish();
    return Failure(ErrorKind::kNetwork, "read the answer of " + peer + ": it isn't HTTP");
  }
  return Failure(LibcurlError());
}

Error CurlExchange::LibcurlError() const {
  CurlFailure failure;
  failure.code = code_;
  failure.text = handle_.error_text();
  failure.connect_timeout = input_.options.connect_timeout;
  // Of the last connection attempt; what other failures leave there may be old.
  if (code_ == CURLE_COULDNT_CONNECT) {
    curl_easy_getinfo(handle_.easy(), CURLINFO_OS_ERRNO, &failure.system_error);
  }
  curl_easy_getinfo(handle_.easy(), CURLINFO_HTTP_CONNECTCODE, &failure.connect_status);
  // libcurl doesn't say whether NO_PROXY held; where it did not, its text names the proxy.
  const std::string proxy = ProxyName(input_.proxy.For(input_.request.origin.scheme));
  const std::string_view proxy_host = std::string_view(proxy).substr(0, proxy.rfind(':'));
  if (input_.proxy.exceptions.empty() || failure.text.find(proxy_host) != std::string_view::npos) {
    failure.proxy = proxy;
  }
  Error error = ErrorFromCurl(input_.request.origin, failure);
  // Nothing of the request goes out before name, connection and TLS are done.
  curl_off_t ready_after = 0;
  curl_easy_getinfo(handle_.easy(), CURLINFO_PRETRANSFER_TIME_T, &ready_after);
  error.unsent = ready_after == 0;
  return error;
}

}  // namespace s3conn
