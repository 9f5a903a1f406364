#include "base/redaction.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace s3conn {
namespace {

constexpr std::string_view kHidden = "(hidden)";

// Harmless by name or by prefix; every other header is hidden.
constexpr std::array<std::string_view, 43> kShown = {"accept",
                                                     "accept-ranges",
                                                     "cache-control",
                                                     "connection",
                                                     "content-disposition",
                                                     "content-encoding",
                                                     "content-language",
                                                     "content-length",
                                                     "content-md5",
                                                     "content-range",
                                                     "content-type",
                                                     "date",
                                                     "etag",
                                                     "expect",
                                                     "expires",
                                                     "host",
                                                     "if-match",
                                                     "if-modified-since",
                                                     "if-none-match",
                                                     "if-unmodified-since",
                                                     "last-modified",
                                                     "range",
                                                     "retry-after",
                                                     "server",
                                                     "transfer-encoding",
                                                     "user-agent",
                                                     "x-amz-acl",
                                                     "x-amz-bucket-region",
                                                     "x-amz-content-sha256",
                                                     "x-amz-copy-source",
                                                     "x-amz-date",
                                                     "x-amz-delete-marker",
                                                     "x-amz-id-2",
                                                     "x-amz-metadata-directive",
                                                     "x-amz-request-id",
                                                     "x-amz-request-payer",
                                                     "x-amz-server-side-encryption",
                                                     "x-amz-storage-class",
                                                     "x-amz-tagging-directive",
                                                     "x-amz-tagging-count",
                                                     "x-amz-version-id",
                                                     "x-trans-id",
                                                     "x-openstack-request-id"};
constexpr std::array<std::string_view, 2> kShownPrefixes = {"x-amz-meta-", "x-amz-checksum-"};
constexpr std::array<std::string_view, 4> kSecretParameters = {
    "x-amz-signature", "x-amz-credential", "x-amz-security-token", "x-amz-s3session-token"};

bool IsShown(std::string_view lower_name) {
  return std::find(kShown.begin(), kShown.end(), lower_name) != kShown.end() ||
         std::any_of(kShownPrefixes.begin(), kShownPrefixes.end(),
                     [&](std::string_view prefix) { return lower_name.starts_with(prefix); });
}

std::string RedactQuery(std::string_view query) {
  std::string text;
  while (!query.empty()) {
    const std::string_view pair = query.substr(0, query.find('&'));
    const std::string_view name = pair.substr(0, pair.find('='));
    const std::string lower = AsciiLower(name);
    if (std::find(kSecretParameters.begin(), kSecretParameters.end(), lower) != kSecretParameters.end()) {
      text += name;
      text += '=';
      text += kHidden;
    } else {
      text += pair;
    }
    query.remove_prefix(pair.size());
    if (!query.empty()) {
      text += '&';
      query.remove_prefix(1);
    }
  }
  return text;
}

}  // namespace

std::string RedactHeader(std::string_view name, std::string_view value) {
  const std::string lower = AsciiLower(name);
  if (lower == "authorization") {
    const std::size_t signature = value.find("Signature=");
    if (!value.starts_with("AWS4-") || signature == std::string_view::npos) return std::string(kHidden);
    return std::string(value.substr(0, signature)) + "Signature=" + std::string(kHidden);
  }
  if (lower == "location") return RedactUrl(value);
  return IsShown(lower) ? std::string(value) : std::string(kHidden);
}

std::string RedactUrl(std::string_view url) {
  const std::size_t question = url.find('?');
  if (question == std::string_view::npos) return std::string(url);
  return std::string(url.substr(0, question + 1)) + RedactQuery(url.substr(question + 1));
}

std::string RedactCanonicalRequest(std::string_view canonical_request) {
  // Method, path, query, header lines, an empty line, the signed names, the payload's hash. The text may be a
  // server's, so whatever looks like a header or a query is taken for one, wherever it stands. (A colon in a
  // path or a query is encoded.)
  std::string text;
  while (!canonical_request.empty()) {
    const std::size_t end = canonical_request.find('\n');
    const std::string_view line = canonical_request.substr(0, end);
    const std::size_t colon = line.find(':');
    if (colon != std::string_view::npos) {
      text += line.substr(0, colon + 1);
      text += RedactHeader(line.substr(0, colon), line.substr(colon + 1));
    } else {
      text += line.find('?') == std::string_view::npos ? RedactQuery(line) : RedactUrl(line);
    }
    if (end == std::string_view::npos) break;
    text += '\n';
    canonical_request.remove_prefix(end + 1);
  }
  return text;
}

}  // namespace s3conn
