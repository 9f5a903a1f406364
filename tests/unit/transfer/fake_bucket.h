#ifndef S3CONN_TESTS_UNIT_TRANSFER_FAKE_BUCKET_H_
#define S3CONN_TESTS_UNIT_TRANSFER_FAKE_BUCKET_H_

#include <algorithm>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/text.h"
#include "base/xml.h"
#include "support/client_fixture.h"

namespace s3conn {

// A bucket that keeps versions, as S3 tells of it: it lists by pages and markers, and deletes what it is
// asked to.
class FakeBucket {
 public:
  struct Entry {
    std::string key;
    std::string id;
    bool is_marker = false;

    bool operator==(const Entry&) const = default;
  };

  std::vector<Entry> versions;  // in the order of their listing
  std::vector<Entry> uploads;
  // The code with which something is refused, by key; it is refused that many times.
  struct Refusal {
    std::string code;
    int times = 1'000'000;
  };
  std::map<std::string, Refusal> refusals;
  // Looked at before anything else: what a store answers by whole requests. 0 is no answer.
  std::function<Answer(const SentRequest&)> instead = [](const SentRequest&) { return Reply(0); };
  std::function<void()> after_deletion = [] {};

  Answer operator()(const SentRequest& sent) {
    if (Answer other = instead(sent); other.failure || other.response.status != 0) return other;
    if (sent.request.method == "GET" && Has(sent, "uploads")) return ListUploads(sent);
    if (sent.request.method == "GET" && Has(sent, "versions")) return ListVersions(sent);
    if (sent.request.method == "GET") return ListCurrent();
    if (sent.request.method == "POST") return DeleteMany(sent);
    const std::string key = *PercentDecode(sent.request.path.substr(std::string_view("/b/").size()));
    if (Has(sent, "uploadId")) return DeleteOne(uploads, key, Value(sent, "uploadId"));
    return DeleteOne(versions, key, Value(sent, "versionId"));
  }

  static bool Has(const SentRequest& sent, std::string_view name) {
    return std::any_of(sent.request.query.begin(), sent.request.query.end(),
                       [name](const QueryParameter& parameter) { return parameter.name == name; });
  }
  static std::string Value(const SentRequest& sent, std::string_view name) {
    for (const QueryParameter& parameter : sent.request.query) {
      if (parameter.name == name) return parameter.value.value_or("");
    }
    return "";
  }

 private:
  using Entries = std::vector<Entry>;

  // What follows the markers of a request, at most a page of it; and whether that is not all.
  static std::pair<Entries, bool> PageOf(const Entries& all, const SentRequest& sent,
                                         std::string_view id_marker, std::string_view size) {
    const auto position = std::pair(Value(sent, "key-marker"), Value(sent, id_marker));
    auto from = std::find_if(all.begin(), all.end(),
                             [&](const Entry& entry) { return std::pair(entry.key, entry.id) > position; });
    const auto count = std::min<std::size_t>(ParseUnsigned(Value(sent, size)).value_or(1000),
                                             static_cast<std::size_t>(all.end() - from));
    const auto to = from + static_cast<std::ptrdiff_t>(count);
    return {Entries(from, to), to != all.end()};
  }

  static std::string Ending(const std::pair<Entries, bool>& page, const std::string& id_name) {
    std::string xml = "<EncodingType>url</EncodingType>";
    if (!page.second) return xml + "<IsTruncated>false</IsTruncated>";
    const Entry& last = page.first.back();
    return xml + "<IsTruncated>true</IsTruncated><NextKeyMarker>" + Encoded(last.key) +
           "</NextKeyMarker><Next" + id_name + ">" + last.id + "</Next" + id_name + ">";
  }

  static std::string Encoded(const std::string& key) { return PercentEncode(key, Slash::kKeep); }

  Answer ListVersions(const SentRequest& sent) const {
    const auto page = PageOf(versions, sent, "version-id-marker", "max-keys");
    std::string xml = "<ListVersionsResult>";
    for (const Entry& entry : page.first) {
      const std::string name = entry.is_marker ? "DeleteMarker" : "Version";
      xml += "<" + name + "><Key>" + Encoded(entry.key) + "</Key><VersionId>" + entry.id + "</VersionId></" +
             name + ">";
    }
    return Reply(200, {}, xml + Ending(page, "VersionIdMarker") + "</ListVersionsResult>");
  }

  Answer ListUploads(const SentRequest& sent) const {
    const auto page = PageOf(uploads, sent, "upload-id-marker", "max-uploads");
    std::string xml = "<ListMultipartUploadsResult>";
    for (const Entry& entry : page.first) {
      xml += "<Upload><Key>" + Encoded(entry.key) + "</Key><UploadId>" + entry.id + "</UploadId></Upload>";
    }
    return Reply(200, {}, xml + Ending(page, "UploadIdMarker") + "</ListMultipartUploadsResult>");
  }

  Answer ListCurrent() const {
    std::string xml = "<ListBucketResult><EncodingType>url</EncodingType><IsTruncated>false</IsTruncated>";
    for (const Entry& entry : versions) xml += "<Contents><Key>" + Encoded(entry.key) + "</Key></Contents>";
    return Reply(200, {}, xml + "</ListBucketResult>");
  }

  // The code of a refusal, or "".
  std::string Refuse(const std::string& key) {
    const auto refusal = refusals.find(key);
    if (refusal == refusals.end() || refusal->second.times == 0) return "";
    --refusal->second.times;
    return refusal->second.code;
  }

  void Erase(Entries& entries, const std::string& key, const std::string& id) {
    std::erase_if(entries,
                  [&](const Entry& entry) { return entry.key == key && (id.empty() || entry.id == id); });
    after_deletion();
  }

  Answer DeleteOne(Entries& entries, const std::string& key, const std::string& id) {
    if (const std::string code = Refuse(key); !code.empty()) return Reply(403, {}, ErrorXml(code));
    Erase(entries, key, id);
    return Reply(204);
  }

  Answer DeleteMany(const SentRequest& sent) {
    const auto document = XmlDocument::Parse(sent.body);
    if (!document) return Reply(400, {}, ErrorXml("MalformedXML"));
    std::string xml = "<DeleteResult>";
    for (XmlElement object = document->root().FirstChild(); object; object = object.Next()) {
      if (object.name() != "Object") continue;
      const std::string key(object.ChildText("Key"));
      const std::string id(object.ChildText("VersionId"));
      const std::string name =
          "<Key>" + XmlEscape(key) + "</Key>" + (id.empty() ? "" : "<VersionId>" + id + "</VersionId>");
      const std::string code = Refuse(key);
      if (code.empty()) Erase(versions, key, id);
      xml += code.empty() ? "<Deleted>" + name + "</Deleted>"
                          : "<Error>" + name + "<Code>" + code + "</Code><Message>no</Message></Error>";
    }
    return Reply(200, {}, xml + "</DeleteResult>");
  }
};

}  // namespace s3conn

#endif  // S3CONN_TESTS_UNIT_TRANSFER_FAKE_BUCKET_H_
