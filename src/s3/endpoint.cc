#include "s3/endpoint.h"

#include <fmt/format.h>

#include "base/partition.h"
#include "base/text.h"
#include "s3conn/base/url.h"

namespace s3conn {
namespace {

// A name that can stand in front of a host: labels only, and over TLS a single one, for a wildcard
// certificate covers no dots.
bool FitsVirtualHost(std::string_view bucket, Scheme scheme) {
  if (bucket.size() < 3 || bucket.size() > 63 || IsIpAddress(bucket)) return false;
  if (scheme == Scheme::kHttps) return IsHostLabel(bucket);
  while (true) {
    const std::size_t dot = bucket.find('.');
    if (!IsHostLabel(bucket.substr(0, dot))) return false;
    if (dot == std::string_view::npos) return true;
    bucket.remove_prefix(dot + 1);
  }
}

}  // namespace

bool IsAws(const ClientOptions& options) {
  return !options.endpoint;
}

BucketAddress ResolveBucket(const ClientOptions& options, std::string_view bucket) {
  BucketAddress address;
  if (options.endpoint) {
    address.origin = options.endpoint->origin;
    address.path_prefix = options.endpoint->path_prefix;
  } else {
    address.origin.host = fmt::format("s3.{}.{}", options.region, PartitionOf(options.region).dns_suffix);
  }
  if (bucket.empty()) return address;
  const bool wanted = options.addressing == Addressing::kVirtual ||
                      (options.addressing == Addressing::kAuto && IsAws(options));
  if (wanted && !IsIpAddress(address.origin.host) && FitsVirtualHost(bucket, address.origin.scheme)) {
    address.origin.host = fmt::format("{}.{}", bucket, address.origin.host);
  } else {
    address.path_prefix += '/';
    address.path_prefix += PercentEncode(bucket, Slash::kEncode);
  }
  return address;
}

HttpRequest AddressRequest(const ClientOptions& options, const OperationRequest& operation) {
  BucketAddress address = ResolveBucket(options, operation.bucket);
  HttpRequest request;
  request.method = operation.method;
  request.origin = std::move(address.origin);
  request.path = std::move(address.path_prefix);
  if (!operation.key.empty()) {
    request.path += '/';
    request.path += PercentEncode(operation.key, Slash::kKeep);
  } else if (request.path.empty()) {
    request.path = "/";
  }
  request.query = operation.query;
  request.headers = operation.headers;
  request.fresh_connection = operation.fresh_connection;
  request.slow_answer = operation.slow_answer;
  return request;
}

}  // namespace s3conn
