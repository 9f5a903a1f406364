#ifndef S3CONN_TESTS_UNIT_TRANSFER_DOWNLOAD_FIXTURE_H_
#define S3CONN_TESTS_UNIT_TRANSFER_DOWNLOAD_FIXTURE_H_

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/hash.h"
#include "base/text.h"
#include "support/client_fixture.h"
#include "transfer/download.h"

namespace s3conn {

inline constexpr std::string_view kObject = "0123456789abcdefghijklmnopqrstuvwxyz";

// Keeps what it is given; starts over where it may.
class MemoryTarget final : public DownloadTarget {
 public:
  Status Write(std::string_view more) override {
    if (write_failure) return Failure(*write_failure);
    bytes += more;
    return {};
  }
  Result<Restart> StartOver() override {
    if (restart_failure) return Failure(*restart_failure);
    if (is_pipe) return Restart::kImpossible;
    ++restarts;
    bytes.clear();
    return Restart::kDone;
  }

  std::string bytes;
  int restarts = 0;
  bool is_pipe = false;
  std::optional<Error> write_failure;
  std::optional<Error> restart_failure;
};

// What S3 makes the ETag of an object that came in one piece.
inline std::string ETagOf(std::string_view bytes) {
  return '"' + HexEncode(Md5(bytes)) + '"';
}

// The answer to a GET of the whole object.
inline Answer Whole(std::string_view bytes, const Headers& more = {}) {
  Headers headers = {{"Content-Length", std::to_string(bytes.size())}, {"ETag", ETagOf(bytes)}};
  for (const Header& header : more) headers.Set(header.name, header.value);
  return Reply(200, std::move(headers), std::string(bytes));
}

// The answer to a GET of the bytes from `first` to `last`.
inline Answer Part(std::string_view bytes, std::size_t first, std::size_t last, const Headers& more = {}) {
  Headers headers = {{"Content-Length", std::to_string(last - first + 1)},
                     {"Content-Range", "bytes " + std::to_string(first) + "-" + std::to_string(last) + "/" +
                                           std::to_string(bytes.size())},
                     {"ETag", ETagOf(bytes)}};
  for (const Header& header : more) headers.Set(header.name, header.value);
  return Reply(206, std::move(headers), std::string(bytes.substr(first, last - first + 1)));
}

// The same from that byte on.
inline Answer Rest(std::string_view bytes, std::size_t from, const Headers& more = {}) {
  return Part(bytes, from, bytes.size() - 1, more);
}

inline Answer WasReplaced() {
  return Reply(412, {}, ErrorXml("PreconditionFailed"));
}

// One download, with what came of it.
struct DownloadFixture {
  explicit DownloadFixture(std::vector<Answer> script) : fixture(std::move(script)) {}

  Result<DownloadResult> Run() {
    const EventSink events = [this](const Event& event) {
      if (const auto* warning = std::get_if<Warning>(&event)) warnings.push_back(warning->text);
    };
    return Download(fixture.client, request, target, {.events = &events});
  }
  // "Range|If-Match" of each request.
  std::vector<std::string> Asked() const {
    std::vector<std::string> asked;
    for (const SentRequest& sent : fixture.http.requests()) {
      asked.push_back(std::string(sent.Header("Range")) + "|" + std::string(sent.Header("If-Match")));
    }
    return asked;
  }

  ClientFixture fixture;
  GetObjectRequest request{"b", "k"};
  MemoryTarget target;
  std::vector<std::string> warnings;
};

}  // namespace s3conn

#endif  // S3CONN_TESTS_UNIT_TRANSFER_DOWNLOAD_FIXTURE_H_
