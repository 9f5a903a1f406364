#include "bench/bench_client.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <utility>

#include "base/hash.h"
#include "bench/bench_server.h"

namespace s3conn {

PayloadHash RepeatedBlock::Sha256() const {
  Hasher hasher(Hasher::Algorithm::kSha256);
  for (std::uint64_t i = 0; i < times; ++i) hasher.Update(block);
  return {hasher.FinishHex()};
}

BenchClient::BenchClient(std::uint16_t port)
    : port_(port),
      socket_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)),
      credentials_{kBenchAccessKey, Secret(kBenchSecretKey), {}, {}},
      buffer_(std::size_t{256} << 10, '\0') {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (connect(socket_.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
    GiveUp("connect");
  }
  const int on = 1;
  setsockopt(socket_.get(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
}

void BenchClient::Put(const std::string& path, const RepeatedBlock& body, const PayloadHash& hash) {
  HttpRequest request;
  request.method = "PUT";
  request.path = path;
  std::string head = Head(std::move(request), body.size(), hash);
  std::uint64_t times = body.times;
  if (times == 1) {
    Write(head.append(body.block));
  } else {
    for (Write(head); times > 0; --times) Write(body.block);
  }
  ReadBody(nullptr);
}

std::uint64_t BenchClient::Get(const std::string& path) {
  HttpRequest request;
  request.path = path;
  Write(Head(std::move(request), 0, PayloadHash::Unsigned()));
  return ReadBody(nullptr);
}

std::string BenchClient::GetText(const std::string& path, std::vector<QueryParameter> query) {
  HttpRequest request;
  request.path = path;
  request.query = std::move(query);
  Write(Head(std::move(request), 0, PayloadHash::Unsigned()));
  std::string text;
  ReadBody(&text);
  return text;
}

std::string BenchClient::Head(HttpRequest request, std::uint64_t length, const PayloadHash& hash) {
  request.origin = {Scheme::kHttp, "127.0.0.1", port_};
  SignHeaders(request, credentials_, {"us-east-1"}, hash, clock_.Now(), &keys_);
  std::string head = request.method + " " + request.path;
  if (!request.query.empty()) head += "?" + WireQuery(request.query);
  head += " HTTP/1.1\r\nHost: " + HostHeader(request.origin) + "\r\n";
  for (const Header& header : request.headers) head += header.name + ": " + header.value + "\r\n";
  if (request.method == "PUT") head += "Content-Length: " + std::to_string(length) + "\r\n";
  return head += "\r\n";
}

void BenchClient::Write(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t count = send(socket_.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (count <= 0) GiveUp("send a request");
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
}

std::size_t BenchClient::Read() {
  const ssize_t count = recv(socket_.get(), buffer_.data() + filled_, buffer_.size() - filled_, 0);
  if (count <= 0) GiveUp("read an answer");
  filled_ += static_cast<std::size_t>(count);
  return static_cast<std::size_t>(count);
}

std::uint64_t BenchClient::ReadHead() {
  constexpr std::string_view kLength = "Content-Length: ";
  std::size_t end = std::string_view::npos;
  while (end == std::string_view::npos) {
    Read();
    end = std::string_view(buffer_).substr(0, filled_).find("\r\n\r\n");
  }
  const std::string_view head(buffer_.data(), end + 2);
  if (!head.starts_with("HTTP/1.1 2")) GiveUp("be served: " + buffer_.substr(0, filled_));
  const std::size_t at = head.find(kLength);
  const std::uint64_t length =
      at == std::string_view::npos ? 0 : std::strtoull(head.data() + at + kLength.size(), nullptr, 10);
  filled_ -= end + 4;
  std::memmove(buffer_.data(), buffer_.data() + end + 4, filled_);
  return length;
}

std::uint64_t BenchClient::ReadBody(std::string* kept) {
  const std::uint64_t length = ReadHead();
  for (std::uint64_t left = length; left > 0;) {
    if (filled_ == 0) Read();
    if (filled_ > left) GiveUp("read an answer: it is longer than it says");
    if (kept != nullptr) kept->append(buffer_, 0, filled_);
    left -= filled_;
    filled_ = 0;
  }
  return length;
}

}  // namespace s3conn
