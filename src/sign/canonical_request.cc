#include "sign/canonical_request.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>

#include "base/text.h"

namespace s3conn {
namespace {

constexpr std::array<std::string_view, 10> kNeverSigned = {
    "authorization", "connection",        "expect",  "keep-alive", "te",
    "trailer",       "transfer-encoding", "upgrade", "user-agent", "x-amzn-trace-id",
};
constexpr std::string_view kProxyPrefix = "proxy-";

char Lower(char octet) {
  return octet >= 'A' && octet <= 'Z' ? static_cast<char>(octet - 'A' + 'a') : octet;
}

bool IsSpace(char octet) {
  return octet == ' ' || (octet >= '\t' && octet <= '\r');
}

// A field that will be signed. Views into the request, so that sorting copies no text.
struct Field {
  std::string_view name;  // in the letter case of the request
  std::string_view value;
  std::size_t position = 0;  // in the order sent, which decides between equal names
};

// Below, at or above zero, as name `a` sorts before, with or after `b` in lower case.
int CompareNames(std::string_view a, std::string_view b) {
  const std::size_t common = std::min(a.size(), b.size());
  for (std::size_t i = 0; i < common; ++i) {
    const auto x = static_cast<unsigned char>(Lower(a[i]));
    const auto y = static_cast<unsigned char>(Lower(b[i]));
    if (x != y) return x < y ? -1 : 1;
  }
  if (a.size() == b.size()) return 0;
  return a.size() < b.size() ? -1 : 1;
}

std::vector<Field> SortedFields(const HttpRequest& request, std::string_view host) {
  std::vector<Field> fields;
  fields.reserve(request.headers.size() + 1);
  fields.push_back({"host", host, 0});
  for (const Header& header : request.headers) {
    if (EntersSignature(header.name)) fields.push_back({header.name, header.value, fields.size()});
  }
  std::sort(fields.begin(), fields.end(), [](const Field& a, const Field& b) {
    const int order = CompareNames(a.name, b.name);
    return order != 0 ? order < 0 : a.position < b.position;
  });
  return fields;
}

bool RepeatsName(const std::vector<Field>& fields, std::size_t index) {
  return index > 0 && CompareNames(fields[index - 1].name, fields[index].name) == 0;
}

void AppendLower(std::string& out, std::string_view text) {
  for (const char octet : text) out.push_back(Lower(octet));
}

// Without white space at the ends, and one space for each run of it inside, quoted or not. Line ends count as
// white space: whatever a value holds, it can't forge another line.
void AppendCollapsed(std::string& out, std::string_view value) {
  bool pending_space = false;
  bool started = false;
  for (const char octet : value) {
    if (IsSpace(octet)) {
      pending_space = started;
      continue;
    }
    if (pending_space) out.push_back(' ');
    pending_space = false;
    started = true;
    out.push_back(octet);
  }
}

std::string JoinNames(const std::vector<Field>& fields) {
  std::size_t length = 0;
  for (const Field& field : fields) length += field.name.size() + 1;
  std::string names;
  names.reserve(length);
  for (std::size_t i = 0; i < fields.size(); ++i) {
    if (RepeatsName(fields, i)) continue;
    if (!names.empty()) names.push_back(';');
    AppendLower(names, fields[i].name);
  }
  return names;
}

// One "name:value\n" for each name; the values of a repeated one are joined by ',' in the order sent.
void AppendHeaderLines(std::string& out, const std::vector<Field>& fields) {
  for (std::size_t i = 0; i < fields.size(); ++i) {
    if (RepeatsName(fields, i)) {
      out.push_back(',');
    } else {
      if (i > 0) out.push_back('\n');
      AppendLower(out, fields[i].name);
      out.push_back(':');
    }
    AppendCollapsed(out, fields[i].value);
  }
  out.push_back('\n');
}

}  // namespace

bool EntersSignature(std::string_view header_name) {
  if (EqualsIgnoringCase(header_name.substr(0, kProxyPrefix.size()), kProxyPrefix)) return false;
  return std::none_of(kNeverSigned.begin(), kNeverSigned.end(), [header_name](std::string_view never) {
    return EqualsIgnoringCase(header_name, never);
  });
}

std::string SignedHeaderNames(const HttpRequest& request) {
  return JoinNames(SortedFields(request, {}));
}

std::string CanonicalQuery(const std::vector<QueryParameter>& query) {
  // Sorted as pairs: as joined strings "a=2" would wrongly come after "a-b=1".
  std::vector<std::pair<std::string, std::string>> encoded;
  encoded.reserve(query.size());
  std::size_t length = 0;
  for (const QueryParameter& parameter : query) {
    encoded.emplace_back(PercentEncode(parameter.name, Slash::kEncode),
                         parameter.value ? PercentEncode(*parameter.value, Slash::kEncode) : std::string());
    length += encoded.back().first.size() + encoded.back().second.size() + 2;
  }
  std::sort(encoded.begin(), encoded.end());

  std::string canonical;
  canonical.reserve(length);
  for (const auto& [name, value] : encoded) {
    if (!canonical.empty()) canonical.push_back('&');
    canonical.append(name).append(1, '=').append(value);
  }
  return canonical;
}

CanonicalRequest MakeCanonicalRequest(const HttpRequest& request, std::string_view payload_hash) {
  const std::string host = HostHeader(request.origin);
  const std::vector<Field> fields = SortedFields(request, host);
  const std::string query = CanonicalQuery(request.query);
  CanonicalRequest canonical{{}, JoinNames(fields)};

  std::size_t length = request.method.size() + request.path.size() + query.size() + payload_hash.size() + 5;
  length += canonical.signed_headers.size();
  for (const Field& field : fields) length += field.name.size() + field.value.size() + 2;

  std::string& text = canonical.text;
  text.reserve(length);
  text.append(request.method).append(1, '\n');
  text.append(request.path).append(1, '\n');
  text.append(query).append(1, '\n');
  AppendHeaderLines(text, fields);
  text.append(1, '\n').append(canonical.signed_headers).append(1, '\n');
  text.append(payload_hash);
  return canonical;
}

}  // namespace s3conn
