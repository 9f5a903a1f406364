#ifndef S3CONN_BASE_MESSAGE_H_
#define S3CONN_BASE_MESSAGE_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace s3conn {

struct Header {
  std::string name;
  std::string value;
};

// Header fields in the order they were added; names compare without regard to ASCII case.
class Headers {
 public:
  Headers() = default;
  Headers(std::initializer_list<Header> fields) : fields_(fields) {}

  void Add(std::string name, std::string value) { fields_.push_back({std::move(name), std::move(value)}); }
  // Replaces every field of that name by one.
  void Set(std::string_view name, std::string value);
  // The first field's value, or nullptr. Valid until the next change.
  const std::string* Find(std::string_view name) const;
  // The first field's value, or "".
  std::string_view Get(std::string_view name) const;

  auto begin() const { return fields_.begin(); }
  auto end() const { return fields_.end(); }
  std::size_t size() const { return fields_.size(); }

 private:
  std::vector<Header> fields_;
};

enum class Scheme { kHttp, kHttps };

// Where a request goes. `host` is lower-case and has no brackets: "::1", "s3.eu-west-1.amazonaws.com".
struct Origin {
  Scheme scheme = Scheme::kHttps;
  std::string host;
  std::uint16_t port = 443;

  bool operator==(const Origin&) const = default;
};

// The Host header's value: an IPv6 literal in brackets, no default port.
std::string HostHeader(const Origin& origin);

// Raw, not encoded. No value means no '=' on the wire ("?uploads").
struct QueryParameter {
  std::string name;
  std::optional<std::string> value;
};

// "a=1&b" with every name and value percent-encoded, in the order given.
std::string WireQuery(const std::vector<QueryParameter>& query);

// One request. Its path is the bytes that go on the wire, already percent-encoded: what is signed is what is
// sent.
struct HttpRequest {
  std::string method = "GET";
  Origin origin;
  std::string path = "/";
  std::vector<QueryParameter> query;
  Headers headers;                // without Host, which follows from the origin
  bool fresh_connection = false;  // never on a reused one, where libcurl may silently send it twice
  bool direct = false;  // never through a proxy, for it carries in the clear what is for this machine alone
  bool slow_answer = false;  // the server may be silent for minutes before it answers: a copy
};

std::string Url(const HttpRequest& request);

// A complete response. `body` is empty where a sink took it.
struct HttpResponse {
  int status = 0;
  Headers headers;
  std::string body;

  bool ok() const { return status >= 200 && status < 300; }
};

}  // namespace s3conn

#endif  // S3CONN_BASE_MESSAGE_H_
