#include "http/wire_headers.h"

#include <algorithm>
#include <string>
#include <string_view>

#include "base/text.h"

namespace s3conn {
namespace {

// libcurl would cut the path at '#' and take what follows '?' for the query.
bool IsWirePath(std::string_view path) {
  return path.starts_with('/') && std::all_of(path.begin(), path.end(), [](char c) {
           return c > ' ' && c < '\x7f' && c != '#' && c != '?';
         });
}

bool IsFieldValue(std::string_view value) {
  return value.find_first_of(std::string_view("\r\n\0", 3)) == std::string_view::npos;
}

// Ours to say: the origin and the body decide them.
bool IsOurs(std::string_view name) {
  return EqualsIgnoringCase(name, "Host") || EqualsIgnoringCase(name, "Content-Length") ||
         EqualsIgnoringCase(name, "Transfer-Encoding");
}

void Append(CurlList& list, const std::string& line) {
  if (curl_slist* longer = curl_slist_append(list.get(), line.c_str()); longer != nullptr) {
    static_cast<void>(list.release());
    list.reset(longer);
  }
}

}  // namespace

Status CheckSendable(const HttpRequest& request) {
  if (!IsToken(request.method)) {
    return Failure(ErrorKind::kUsage, "not an HTTP method: '" + EscapeForTerminal(request.method) + "'");
  }
  if (!IsWirePath(request.path)) {
    return Failure(ErrorKind::kUsage,
                   "not a percent-encoded path: '" + EscapeForTerminal(request.path) + "'");
  }
  for (const Header& field : request.headers) {
    if (!IsToken(field.name)) {
      return Failure(ErrorKind::kUsage, "not a header name: '" + EscapeForTerminal(field.name) + "'");
    }
    if (!IsFieldValue(field.value)) {
      return Failure(ErrorKind::kUsage,
                     "the header " + field.name + " has a line break or a zero byte in it");
    }
  }
  return {};
}

CurlList WireHeaders(const HttpRequest& request) {
  CurlList list;
  Append(list, "Host: " + HostHeader(request.origin));
  for (const Header& field : request.headers) {
    if (IsOurs(field.name)) continue;
    // "name:" would tell libcurl to leave the field out; "name;" sends it without a value.
    const bool blank = Trim(field.value).empty();
    Append(list, blank ? field.name + ';' : field.name + ": " + field.value);
  }
  for (const std::string_view unasked : {"Accept", "Content-Type", "Expect"}) {
    if (request.headers.Find(unasked) == nullptr) Append(list, std::string(unasked) + ':');
  }
  return list;
}

}  // namespace s3conn
