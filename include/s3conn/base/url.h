#ifndef S3CONN_BASE_URL_H_
#define S3CONN_BASE_URL_H_

#include <string>
#include <string_view>

#include "s3conn/base/error.h"
#include "s3conn/base/message.h"

namespace s3conn {

// An endpoint as a user writes it: scheme, host, port, and for some gateways a path in front of the bucket.
struct EndpointUrl {
  Origin origin;
  std::string path_prefix;  // "" or "/gateway", percent-encoded as given, no slash at the end
};

// Takes http:// and https:// URLs. Refuses (kUsage) user info, a query, a fragment, white space, control
// bytes, an empty or malformed host, a port outside 1-65535. The host is lowered.
Result<EndpointUrl> ParseEndpointUrl(std::string_view text);

// One label of a host name (RFC 1123): 1-63 of a-z 0-9 and '-', not at the ends. A region must be one before
// it may become part of a host name.
bool IsHostLabel(std::string_view text);

// An IPv4 or IPv6 literal (no brackets).
bool IsIpAddress(std::string_view host);

// Whether a host is this machine: 127.0.0.0/8, ::1, localhost and what is below it (RFC 6761, section 6.3).
bool IsLoopback(std::string_view host);

}  // namespace s3conn

#endif  // S3CONN_BASE_URL_H_
