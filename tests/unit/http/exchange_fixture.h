#ifndef S3CONN_TESTS_UNIT_HTTP_EXCHANGE_FIXTURE_H_
#define S3CONN_TESTS_UNIT_HTTP_EXCHANGE_FIXTURE_H_

#include <algorithm>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "http/curl_client.h"
#include "s3conn/base/body.h"
#include "support/catch.h"
#include "support/scripted_server.h"

namespace s3conn {

inline std::unique_ptr<CurlClient> MakeClient(CurlOptions options = {}) {
  auto client = CurlClient::Make(std::move(options));
  REQUIRE(client);
  return *std::move(client);
}

// An environment of these variables only.
inline EnvironmentLookup Environment(std::map<std::string, std::string, std::less<>> variables) {
  return [variables = std::move(variables)](std::string_view name) -> std::optional<std::string> {
    const auto found = variables.find(name);
    if (found == variables.end()) return std::nullopt;
    return found->second;
  };
}

inline HttpRequest To(const ScriptedServer& server, std::string method = "GET", std::string path = "/b/k") {
  HttpRequest request;
  request.method = std::move(method);
  request.origin = server.origin();
  request.path = std::move(path);
  return request;
}

// The status, or what went wrong.
inline std::string Outcome(const Result<HttpResponse>& result) {
  if (result) return std::to_string(result->status);
  return std::string(ErrorKindName(result.error().kind)) + ": " + result.error().message;
}

// Keeps what it is given; fails where it is told to.
class CollectingSink final : public BodySink {
 public:
  Status Begin(const HttpResponse& head) override {
    ++begun;
    status = head.status;
    etag = head.headers.Get("ETag");
    bytes_at_begin = bytes.size();
    if (refusal) return Failure(*refusal);
    return {};
  }
  Status Write(std::string_view more) override {
    bytes += more;
    if (write_failure) return Failure(*write_failure);
    return {};
  }

  int begun = 0;
  int status = 0;
  std::size_t bytes_at_begin = 0;
  std::string etag;
  std::string bytes;
  std::optional<Error> refusal;
  std::optional<Error> write_failure;
};

// `size` bytes "abcd…", made as they are read, so never contiguous.
class PatternSource final : public BodySource {
 public:
  explicit PatternSource(std::uint64_t size) : size_(size) {}

  ByteCount size() const override { return ByteCount(size_); }
  Result<std::size_t> Read(std::span<char> into) override {
    if (fail_at && position_ >= *fail_at) return Failure(ErrorKind::kLocalIo, "read f: I/O error");
    const std::uint64_t end = std::min(size_, ends_at.value_or(size_));
    const auto count = static_cast<std::size_t>(std::min<std::uint64_t>(into.size(), end - position_));
    for (std::size_t i = 0; i < count; ++i) into[i] = At(position_ + i);
    position_ += count;
    return count;
  }
  Status Rewind() override {
    ++rewinds;
    position_ = 0;
    return {};
  }

  static char At(std::uint64_t position) { return static_cast<char>('a' + position % 26); }
  std::string All() const {
    std::string all(size_, '\0');
    for (std::size_t i = 0; i < all.size(); ++i) all[i] = At(i);
    return all;
  }
  std::uint64_t position() const { return position_; }

  std::optional<std::uint64_t> fail_at;
  std::optional<std::uint64_t> ends_at;  // too early
  int rewinds = 0;

 private:
  std::uint64_t size_;
  std::uint64_t position_ = 0;
};

}  // namespace s3conn

#endif  // S3CONN_TESTS_UNIT_HTTP_EXCHANGE_FIXTURE_H_
