#ifndef S3CONN_TESTS_UNIT_TRANSFER_FAKE_STORE_H_
#define S3CONN_TESTS_UNIT_TRANSFER_FAKE_STORE_H_

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/text.h"
#include "support/client_fixture.h"
#include "unit/transfer/download_fixture.h"

namespace s3conn {

// A store behind a client: it keeps objects and answers HEAD, GET, PUT, copies and DELETE under their
// conditions, as S3 does. Objects are named "bucket/key". `interfere` sees each request first and may answer
// in its place, by Process() too: to change something on the way, or to lose an answer.
class FakeStore {
 public:
  struct Object {
    std::string bytes;
    std::string etag;  // with its quotes
    Headers more{};    // what HEAD and GET tell besides
    std::string tags = "<Tagging><TagSet/></Tagging>";
  };

  explicit FakeStore(ClientOptions options = CustomStore()) : fixture({}, std::move(options)) {
    fixture.http.AnswerWith([this](const SentRequest& sent) {
      std::optional<Answer> instead = interfere ? interfere(sent) : std::nullopt;
      return instead ? std::move(*instead) : Process(sent);
    });
  }

  void Put(const std::string& name, std::string_view bytes, Headers more = {}) {
    objects[name] = {std::string(bytes), ETagOf(bytes), std::move(more)};
  }
  bool Has(const std::string& name) const { return objects.contains(name); }

  Answer Process(const SentRequest& sent) {
    const std::string name = NameOf(sent.request);
    if (IsAboutTags(sent.request)) return Tagging(sent);
    if (sent.request.method == "PUT")
      return sent.Header("x-amz-copy-source").empty() ? Take(sent) : Copy(sent);
    const auto found = objects.find(name);
    if (sent.request.method == "DELETE") return Delete(sent);
    if (found == objects.end()) return Reply(404);
    if (!Matches(sent, "If-Match", found->second)) return Reply(412);
    Headers headers = {{"ETag", found->second.etag},
                       {"Content-Length", std::to_string(found->second.bytes.size())}};
    for (const Header& header : found->second.more) headers.Set(header.name, header.value);
    return Reply(200, std::move(headers), sent.request.method == "GET" ? found->second.bytes : "");
  }

  CallContext context() { return {.events = &events_}; }
  const SentRequest& sent(std::size_t index) const { return fixture.sent(index); }
  // "HEAD b/k" for each request.
  std::vector<std::string> Sent() const {
    std::vector<std::string> lines;
    for (const SentRequest& sent : fixture.http.requests()) lines.push_back(Line(sent));
    return lines;
  }
  std::size_t Count(std::string_view line) const {
    std::size_t count = 0;
    for (const std::string& sent : Sent()) count += sent.starts_with(line) ? 1 : 0;
    return count;
  }
  static std::string Line(const SentRequest& sent) {
    return sent.request.method + " " + NameOf(sent.request) + (IsAboutTags(sent.request) ? "?tagging" : "");
  }

  ClientFixture fixture;
  std::map<std::string, Object> objects;
  std::vector<std::string> warnings;
  std::function<std::optional<Answer>(const SentRequest&)> interfere;
  std::string etag_of_copies;      // with its quotes; empty: their MD5
  std::string checksum_of_copies;  // an element of the answer
  Headers told_of_writes;          // what the answers to PUTs tell besides
  bool compares_bare_etags = false;

 private:
  // "/b/k" of a store, "b.s3.eu-west-1.amazonaws.com" and "/k" of AWS.
  static std::string NameOf(const HttpRequest& request) {
    const std::size_t dot = request.origin.host.find(".s3.");
    if (dot == std::string::npos) return request.path.substr(1);
    return request.origin.host.substr(0, dot) + request.path;
  }

  static bool IsAboutTags(const HttpRequest& request) {
    return !request.query.empty() && request.query[0].name == "tagging";
  }

  Answer Tagging(const SentRequest& sent) {
    Object& object = objects.at(NameOf(sent.request));
    if (sent.request.method == "GET") return Reply(200, {}, object.tags);
    object.tags = sent.body;
    return Reply(200);
  }

  bool Matches(const SentRequest& sent, std::string_view header, const Object& object) const {
    const std::string_view wanted = sent.Header(header);
    if (wanted.empty()) return true;
    return wanted == (compares_bare_etags ? UnquoteETag(object.etag) : object.etag);
  }

  // Whether what is there fits the conditions of a write.
  bool MayWrite(const SentRequest& sent) const {
    const auto found = objects.find(NameOf(sent.request));
    if (sent.Header("If-None-Match") == "*" && found != objects.end()) return false;
    if (found == objects.end()) return sent.Header("If-Match").empty();
    return Matches(sent, "If-Match", found->second);
  }

  Answer Take(const SentRequest& sent) {
    if (!MayWrite(sent)) return WasReplaced();
    Object& object = objects[NameOf(sent.request)];
    object = {sent.body, ETagOf(sent.body), {}};
    Headers headers = told_of_writes;
    headers.Set("ETag", object.etag);
    return Reply(200, std::move(headers));
  }

  Answer Copy(const SentRequest& sent) {
    const std::string_view source = sent.Header("x-amz-copy-source");
    const auto from = objects.find(std::string(source.substr(1, source.find('?') - 1)));
    if (from == objects.end()) return Reply(404, {}, ErrorXml("NoSuchKey"));
    const std::string_view guard = sent.Header("x-amz-copy-source-if-match");
    if ((!guard.empty() && guard != from->second.etag) || !MayWrite(sent)) return WasReplaced();
    Object copy = {from->second.bytes, from->second.etag, {}};
    if (!etag_of_copies.empty()) copy.etag = etag_of_copies;
    const std::string etag = copy.etag;
    objects[NameOf(sent.request)] = std::move(copy);
    return Reply(200, told_of_writes,
                 "<CopyObjectResult><LastModified>2026-07-01T10:20:30.000Z</LastModified><ETag>" + etag +
                     "</ETag>" + checksum_of_copies + "</CopyObjectResult>");
  }

  Answer Delete(const SentRequest& sent) {
    if (!MayWrite(sent)) return WasReplaced();
    objects.erase(NameOf(sent.request));
    return Reply(204);
  }

  EventSink events_ = [this](const Event& event) {
    if (const auto* warning = std::get_if<Warning>(&event)) warnings.push_back(warning->text);
  };
};

// The same over TLS, without which no key of SSE-C is sent.
inline ClientOptions CustomStoreOverTls() {
  ClientOptions options;
  options.endpoint = EndpointUrl{Origin{Scheme::kHttps, "store.test", 9000}, ""};
  return options;
}

}  // namespace s3conn

#endif  // S3CONN_TESTS_UNIT_TRANSFER_FAKE_STORE_H_
