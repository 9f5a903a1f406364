#include "support/scripted_server.h"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <utility>

#include "base/text.h"

namespace s3conn {
namespace {

class PlainSocketStream final : public ServerStream {
 public:
  explicit PlainSocketStream(int fd) : fd_(fd) {}

  std::size_t Read(std::span<char> into) override {
    const ssize_t got = recv(fd_, into.data(), into.size(), 0);
    return got > 0 ? static_cast<std::size_t>(got) : 0;
  }

  bool Write(std::string_view bytes) override {
    while (!bytes.empty()) {
      const ssize_t sent = send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent <= 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
  }

 private:
  int fd_;
};

// More bytes from the stream behind those in `buffer`; false at the end.
bool ReadMore(ServerStream& stream, std::string& buffer) {
  std::array<char, 64 << 10> chunk{};
  const std::size_t got = stream.Read(chunk);
  buffer.append(chunk.data(), got);
  return got > 0;
}

// Takes the head of a request, up to the empty line, from the buffer.
std::optional<ReceivedRequest> ReadHead(ServerStream& stream, std::string& buffer) {
  std::size_t end;
  while ((end = buffer.find("\r\n\r\n")) == std::string::npos) {
    if (!ReadMore(stream, buffer)) return std::nullopt;
  }
  ReceivedRequest request;
  std::string_view head = std::string_view(buffer).substr(0, end + 2);
  while (!head.empty()) {
    const std::size_t line_end = head.find("\r\n");
    const std::string line(head.substr(0, line_end));
    head.remove_prefix(line_end + 2);
    if (request.request_line.empty()) {
      request.request_line = line;
    } else {
      request.header_lines.push_back(line);
    }
  }
  buffer.erase(0, end + 4);
  return request;
}

// As much of the body as comes.
std::string ReadBody(ServerStream& stream, std::string& buffer, std::size_t length) {
  while (buffer.size() < length && ReadMore(stream, buffer)) {
  }
  std::string body = buffer.substr(0, length);
  buffer.erase(0, body.size());
  return body;
}

}  // namespace

std::unique_ptr<ServerStream> PlainStream(int fd) {
  return std::make_unique<PlainSocketStream>(fd);
}

std::optional<std::string> ReceivedRequest::Header(std::string_view name) const {
  for (const std::string_view line : header_lines) {
    const std::size_t colon = line.find(':');
    if (colon != std::string_view::npos && EqualsIgnoringCase(line.substr(0, colon), name)) {
      return std::string(Trim(line.substr(colon + 1)));
    }
  }
  return std::nullopt;
}

Step Respond(int status, const Headers& headers, std::string_view body) {
  std::string text = fmt::format("HTTP/1.1 {} Scripted\r\n", status);
  for (const Header& field : headers) text += fmt::format("{}: {}\r\n", field.name, field.value);
  if (headers.Find("Content-Length") == nullptr) text += fmt::format("Content-Length: {}\r\n", body.size());
  text += "\r\n";
  text += body;
  return RespondRaw(std::move(text));
}

Step RespondRaw(std::string bytes) {
  Step step;
  step.response = std::move(bytes);
  return step;
}

Step CloseWithoutAnswer() {
  return ThenClose(Step{});
}

Step CutAfter(std::size_t bytes, Step step) {
  step.cut_after = bytes;
  return step;
}

Step ThenClose(Step step) {
  step.close = true;
  return step;
}

Step Held(Step step) {
  step.held = true;
  return step;
}

Step BeforeBody(Step step) {
  step.before_body = true;
  return step;
}

ScriptedServer::ScriptedServer(std::vector<Step> script, StreamFactory streams)
    : streams_(std::move(streams)), script_(script.begin(), script.end()) {
  Listen();
}

ScriptedServer::ScriptedServer(Handler handler, StreamFactory streams)
    : handler_(std::move(handler)), streams_(std::move(streams)) {
  Listen();
}

void ScriptedServer::Listen() {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t length = sizeof address;
  auto* const generic = reinterpret_cast<sockaddr*>(&address);
  listener_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (listener_ < 0 || bind(listener_, generic, length) != 0 || listen(listener_, SOMAXCONN) != 0 ||
      getsockname(listener_, generic, &length) != 0) {
    std::abort();  // no test can run without a loopback
  }
  port_ = ntohs(address.sin_port);
  acceptor_ = std::thread([this] { Accept(); });
}

ScriptedServer::~ScriptedServer() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    for (const int fd : open_) shutdown(fd, SHUT_RDWR);
  }
  changed_.notify_all();
  shutdown(listener_, SHUT_RDWR);
  acceptor_.join();
  close(listener_);
  // Nothing adds to the threads any more.
  for (std::thread& thread : connection_threads_) thread.join();
}

std::string ScriptedServer::url() const {
  return fmt::format("http://127.0.0.1:{}", port_);
}

void ScriptedServer::Add(Step step) {
  const std::lock_guard lock(mutex_);
  script_.push_back(std::move(step));
}

void ScriptedServer::Release() {
  {
    const std::lock_guard lock(mutex_);
    released_ = true;
  }
  changed_.notify_all();
}

bool ScriptedServer::WaitForRequests(std::size_t count) {
  std::unique_lock lock(mutex_);
  return changed_.wait_for(lock, std::chrono::seconds(30),
                           [this, count] { return requests_.size() >= count; });
}

std::vector<ReceivedRequest> ScriptedServer::requests() const {
  const std::lock_guard lock(mutex_);
  return requests_;
}

int ScriptedServer::connections() const {
  const std::lock_guard lock(mutex_);
  return connections_;
}

void ScriptedServer::Accept() {
  while (true) {
    const int fd = accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (fd < 0 && (errno == EINTR || errno == ECONNABORTED)) continue;
    const std::lock_guard lock(mutex_);
    if (fd < 0 || stopping_) {
      if (fd >= 0) close(fd);
      return;
    }
    const int on = 1;
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    open_.insert(fd);
    connection_threads_.emplace_back([this, fd, number = ++connections_] { Serve(fd, number); });
  }
}

void ScriptedServer::Serve(int fd, int connection) {
  if (const std::unique_ptr<ServerStream> stream = streams_(fd)) {
    std::string buffer;
    while (Exchange(*stream, buffer, connection)) {
    }
  }
  shutdown(fd, SHUT_RDWR);
  const std::lock_guard lock(mutex_);
  open_.erase(fd);
  close(fd);
}

bool ScriptedServer::Exchange(ServerStream& stream, std::string& buffer, int connection) {
  std::optional<ReceivedRequest> request = ReadHead(stream, buffer);
  if (!request) return false;
  request->connection = connection;
  const std::size_t length = ParseUnsigned(request->Header("Content-Length").value_or("0")).value_or(0);
  std::optional<Step> step;
  if (!handler_) step = NextStep();
  const bool early = step && step->before_body;
  if (!early) request->body = ReadBody(stream, buffer, length);
  if (!step) step = handler_(*request);
  const std::size_t index = Record(*std::move(request));

  const bool answered = Answer(stream, *step);
  if (early && answered) {
    std::string rest = ReadBody(stream, buffer, length);
    const std::lock_guard lock(mutex_);
    requests_[index].body = std::move(rest);
  }
  return answered && !early && !step->close && !step->cut_after;
}

std::size_t ScriptedServer::Record(ReceivedRequest request) {
  std::size_t index = 0;
  {
    const std::lock_guard lock(mutex_);
    index = requests_.size();
    requests_.push_back(std::move(request));
  }
  changed_.notify_all();
  return index;
}

Step ScriptedServer::NextStep() {
  const std::lock_guard lock(mutex_);
  if (script_.empty()) return Respond(599, {}, "the script is over");
  Step step = std::move(script_.front());
  script_.pop_front();
  return step;
}

bool ScriptedServer::Answer(ServerStream& stream, const Step& step) {
  if (step.held) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return released_ || stopping_; });
    if (stopping_) return false;
  }
  const std::string_view response = step.response;
  return stream.Write(response.substr(0, step.cut_after.value_or(response.size())));
}

}  // namespace s3conn
