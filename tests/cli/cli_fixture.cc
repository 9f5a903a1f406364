#include "cli/cli_fixture.h"

#include <fmt/format.h>
#include <poll.h>
#include <sys/inotify.h>
#include <unistd.h>

#include <utility>

#include "base/hash.h"

namespace s3conn {
namespace {

void AddObjectHeaders(Headers& headers, std::string_view bytes) {
  if (headers.Find("ETag") == nullptr) headers.Add("ETag", fmt::format("\"{}\"", Md5Of(bytes)));
  headers.Add("Last-Modified", "Wed, 01 Jul 2026 10:20:30 GMT");
  headers.Add("Content-Type", "text/plain");
}

}  // namespace

BareProgram::BareProgram() : S3connProgram(S3CONN_BINARY) {}

ScriptedProgram::ScriptedProgram(std::vector<Step> script)
    : S3connProgram(S3CONN_BINARY), server(std::move(script)) {
  secrets = {"secret-canary-1", "token-canary-2"};
  environment["S3CONN_ENDPOINT_URL"] = server.url();
  environment["AWS_REGION"] = "us-east-1";
  environment["AWS_ACCESS_KEY_ID"] = "AKIDEXAMPLE";
  environment["AWS_SECRET_ACCESS_KEY"] = secrets[0];
  environment["AWS_SESSION_TOKEN"] = secrets[1];
}

std::vector<std::string> ScriptedProgram::request_lines() const {
  std::vector<std::string> lines;
  for (const ReceivedRequest& request : requests()) {
    lines.push_back(request.request_line.substr(0, request.request_line.rfind(' ')));
  }
  return lines;
}

Step RespondError(int status, std::string_view code, const Headers& headers) {
  return Respond(
      status, headers,
      fmt::format("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>{0}</Code><Message>This is "
                  "{0}.</Message><Resource>/b/k</Resource><RequestId>R1</RequestId></Error>",
                  code));
}

Step RespondObject(std::string_view bytes, Headers headers) {
  AddObjectHeaders(headers, bytes);
  return Respond(200, headers, bytes);
}

Step RespondHead(std::string_view bytes, Headers headers) {
  AddObjectHeaders(headers, bytes);
  headers.Add("Content-Length", std::to_string(bytes.size()));
  return Respond(200, headers);
}

Step RespondStuck(std::string_view begin, std::size_t length) {
  return Respond(
      200, {{"ETag", "\"0123456789abcdef0123456789abcdef\""}, {"Content-Length", std::to_string(length)}},
      begin);
}

std::string Md5Of(std::string_view bytes) {
  Hasher hasher(Hasher::Algorithm::kMd5);
  hasher.Update(bytes);
  return hasher.FinishHex();
}

FolderWatch::FolderWatch(const std::string& folder) : watch_(inotify_init1(IN_CLOEXEC)) {
  REQUIRE(watch_ >= 0);
  REQUIRE(inotify_add_watch(watch_, folder.c_str(), IN_MODIFY) >= 0);
}

FolderWatch::~FolderWatch() {
  close(watch_);
}

bool FolderWatch::WaitForWrite() const {
  constexpr int kHalfAMinute = 30'000;
  struct pollfd waiting = {watch_, POLLIN, 0};
  return poll(&waiting, 1, kHalfAMinute) == 1;
}

}  // namespace s3conn
