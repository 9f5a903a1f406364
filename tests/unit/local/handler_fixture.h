#ifndef S3CONN_TESTS_UNIT_LOCAL_HANDLER_FIXTURE_H_
#define S3CONN_TESTS_UNIT_LOCAL_HANDLER_FIXTURE_H_

#include <algorithm>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/xml.h"
#include "local/call.h"
#include "local/store.h"
#include "support/catch.h"
#include "support/fake_clock.h"
#include "support/response_body.h"
#include "support/temporary_folder.h"

namespace s3conn::local {

// A body as it comes over the wire; `cut_after` bytes on, the client goes away.
class TextStream final : public ByteStream {
 public:
  explicit TextStream(std::string_view text, std::size_t cut_after = std::string_view::npos)
      : rest_(text.substr(0, cut_after)), cut_(cut_after < text.size()) {}

  Answer<std::size_t> Read(std::span<char> into) override {
    const std::size_t count = std::min(into.size(), rest_.size());
    std::copy_n(rest_.begin(), count, into.begin());
    rest_.remove_prefix(count);
    if (count == 0 && cut_) return Refuse(Code::kIncompleteBody);
    return count;
  }

 private:
  std::string_view rest_;
  bool cut_;
};

// What came of a request: an answer, or a refusal told as one.
struct Outcome {
  int status = 0;
  std::string code{};  // of a refusal: "NoSuchKey"
  Headers headers{};
  std::string body{};
  std::string message{};
  std::string cause{};
  std::vector<std::pair<std::string, std::string>> details{};

  std::string_view header(std::string_view name) const { return headers.Get(name); }
  bool has(std::string_view text) const { return body.find(text) != std::string::npos; }
  std::string detail(std::string_view name) const {
    for (const auto& [key, value] : details) {
      if (key == name) return value;
    }
    return {};
  }
  // The text between the first <name> and its end.
  std::string element(std::string_view name) const {
    const std::string open = "<" + std::string(name) + ">";
    const std::size_t begin = body.find(open);
    if (begin == std::string::npos) return {};
    const std::size_t text = begin + open.size();
    return body.substr(text, body.find("</" + std::string(name) + ">", text) - text);
  }
};

// The texts of `child` in all elements of that name right below the root.
inline std::vector<std::string> TextsOf(const Outcome& listing, std::string_view element,
                                        std::string_view child) {
  const Result<XmlDocument> document = XmlDocument::Parse(listing.body);
  REQUIRE(document);
  std::vector<std::string> texts;
  for (XmlElement field = document->root().FirstChild(); field; field = field.Next()) {
    if (field.name() == element) texts.emplace_back(field.ChildText(child));
  }
  return texts;
}

struct TestRequest {
  std::string method{};
  std::string target{};  // as on the wire: "/b/k?versionId=1"
  Headers headers{};     // Content-Length is added
  std::string body{};
  std::size_t cut_after = std::string::npos;
};

// A store of the test's own, and requests to handlers without signatures and sockets.
class HandlerFixture {
 public:
  HandlerFixture() {
    Result<std::unique_ptr<Store>> opened = Store::Open(folder.Path("store"), clock);
    if (opened) store = std::move(*opened);
  }

  Outcome Send(Handler handler, TestRequest test) {
    if (test.headers.Find("Content-Length") == nullptr) {
      test.headers.Add("Content-Length", std::to_string(test.body.size()));
    }
    const Request request{test.method, test.target, test.headers, "test"};
    const Answer<Resource> resource = ParseResource(request);
    if (!resource) return Refused(resource.error());
    TextStream body(test.body, test.cut_after);
    const PayloadRules rules;
    Answer<Response> answer = handler(Call{request, *resource, rules, body, *store, clock});
    if (!answer) return Refused(answer.error());
    Outcome outcome{.status = answer->status, .headers = answer->headers};
    outcome.body = ReadBody(*answer);
    return outcome;
  }

  // For what a test needs and does not test.
  void MakeBucket(std::string_view name, Versioning versioning = Versioning::kNever) {
    if (!store->CreateBucket(name, "us-east-1")) std::abort();
    if (versioning != Versioning::kNever && !store->SetVersioning(name, versioning)) std::abort();
  }
  Outcome Put(std::string target, std::string body, Headers headers = {}) {
    return Send(PutObject, {"PUT", std::move(target), std::move(headers), std::move(body)});
  }
  // An object as a multipart upload leaves it, with a checksum of no particular value for each part.
  void PutParts(std::string_view bucket, std::string key, const std::vector<std::string>& bodies) {
    NewVersion version;
    version.attributes.key = std::move(key);
    version.etag = "0123456789abcdef0123456789abcdef-" + std::to_string(bodies.size());
    for (const std::string& bytes : bodies) {
      Answer<NewBlob> blob = store->CreateBlob();
      if (!blob || !blob->Write(bytes) || !blob->Finish()) std::abort();
      version.blobs.push_back(std::move(*blob));
      StoredPart part;
      part.number = static_cast<std::uint32_t>(version.parts.size() + 1);
      part.size = bytes.size();
      part.etag = "etag";
      part.modified = clock.Now();
      part.checksum = Checksum{ChecksumAlgorithm::kCrc64Nvme, ChecksumType::kFullObject,
                               "part" + std::to_string(part.number)};
      version.parts.push_back(std::move(part));
    }
    if (!store->PutObject(bucket, std::move(version))) std::abort();
  }
  Outcome Get(std::string target, Headers headers = {}) {
    return Send(GetObject, {"GET", std::move(target), std::move(headers)});
  }
  Outcome Head(std::string target, Headers headers = {}) {
    return Send(HeadObject, {"HEAD", std::move(target), std::move(headers)});
  }
  Outcome Delete(std::string target, Headers headers = {}) {
    return Send(DeleteObject, {"DELETE", std::move(target), std::move(headers)});
  }

  TemporaryFolder folder;
  FakeClock clock;
  std::unique_ptr<Store> store;

 private:
  static Outcome Refused(const Refusal& refusal) {
    return {.status = CodeStatus(refusal.code),
            .code = std::string(CodeName(refusal.code)),
            .headers = refusal.headers,
            .body = {},
            .message = refusal.message.empty() ? std::string(CodeText(refusal.code)) : refusal.message,
            .cause = refusal.cause,
            .details = refusal.details};
  }
};

}  // namespace s3conn::local

#endif  // S3CONN_TESTS_UNIT_LOCAL_HANDLER_FIXTURE_H_
