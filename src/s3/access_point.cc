#include "s3/access_point.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <vector>

#include "base/partition.h"
#include "base/text.h"
#include "s3conn/base/url.h"

namespace s3conn {
namespace {

// What AWS's endpoint rules for S3 say of each service that has access points.
struct Service {
  std::string_view name;
  std::string_view host;
  std::size_t resource_parts;  // of "accesspoint/NAME", or of "outpost/OUTPOST/accesspoint/NAME"
  bool has_fips;
  bool has_dual_stack;
};

constexpr std::array<Service, 3> kServices = {{{"s3", "s3-accesspoint", 2, true, true},
                                               {"s3-object-lambda", "s3-object-lambda", 2, true, false},
                                               {"s3-outposts", "s3-outposts", 4, false, false}}};

const Service* FindService(std::string_view name) {
  const auto* const found = std::find_if(kServices.begin(), kServices.end(),
                                         [name](const Service& service) { return service.name == name; });
  return found == kServices.end() ? nullptr : found;
}

// The parts between separators; the last of `most` is all that remains.
std::vector<std::string_view> Split(std::string_view text, std::string_view separators, std::size_t most) {
  std::vector<std::string_view> parts;
  while (parts.size() + 1 < most) {
    const std::size_t end = text.find_first_of(separators);
    if (end == std::string_view::npos) break;
    parts.push_back(text.substr(0, end));
    text.remove_prefix(end + 1);
  }
  parts.push_back(text);
  return parts;
}

// "arn:partition:service:region:account:resource"
constexpr std::size_t kArnParts = 6;
enum ArnPart : std::size_t { kPartition = 1, kService, kRegion, kAccount, kResource };

tl::unexpected<Error> BadArn(std::string_view arn, std::string_view why) {
  return Failure(ErrorKind::kUsage,
                 fmt::format("'{}' is not the ARN of an access point: {}", EscapeForTerminal(arn), why),
                 "write arn:aws:s3:REGION:ACCOUNT:accesspoint/NAME; a bucket is named without an ARN");
}

bool IsAccount(std::string_view text) {
  return text.size() == 12 && text.find_first_not_of("0123456789") == std::string_view::npos;
}

// Why region, account or partition can't be those of an access point, or "".
std::string ScopeFault(const std::vector<std::string_view>& parts) {
  if (!IsHostLabel(parts[kRegion])) return "its fourth part must be a region";
  if (!IsAccount(parts[kAccount])) return "its fifth part must be an account of 12 digits";
  const std::string_view partition = PartitionOf(parts[kRegion]).id;
  if (parts[kPartition] != partition) {
    return fmt::format("region {} belongs to partition '{}', not to '{}'", parts[kRegion], partition,
                       EscapeForTerminal(parts[kPartition]));
  }
  return "";
}

bool IsMultiRegion(const std::vector<std::string_view>& parts) {
  return parts[kService] == "s3" && parts[kRegion].empty() && parts[kResource].ends_with(".mrap");
}

}  // namespace

bool IsArn(std::string_view bucket) {
  return bucket.starts_with("arn:");
}

bool IsAccessPoint(std::string_view bucket) {
  return IsArn(bucket) || bucket.ends_with("-s3alias") || bucket.ends_with("--ol-s3");
}

std::size_t ArnLength(std::string_view text) {
  const std::vector<std::string_view> parts = Split(text, ":", kArnParts);
  const Service* const service = parts.size() == kArnParts ? FindService(parts[kService]) : nullptr;
  if (service == nullptr) return std::min(text.find('/'), text.size());
  const std::string_view last = Split(parts[kResource], ":/", service->resource_parts).back();
  return text.size() - last.size() + std::min(last.find('/'), last.size());
}

Result<AccessPoint> ParseAccessPointArn(std::string_view arn) {
  const std::vector<std::string_view> parts = Split(arn, ":", kArnParts);
  if (parts.size() < kArnParts) return BadArn(arn, "it must have six parts with colons between them");
  const Service* const service = FindService(parts[kService]);
  if (service == nullptr) return BadArn(arn, "its service must be s3, s3-object-lambda or s3-outposts");
  const std::vector<std::string_view> resource = Split(parts[kResource], ":/", service->resource_parts);
  const bool on_outpost = service->resource_parts == 4;
  if (resource.size() != service->resource_parts || resource[resource.size() - 2] != "accesspoint" ||
      (on_outpost && resource[0] != "outpost")) {
    return BadArn(arn, on_outpost ? "it must end in outpost/OUTPOST/accesspoint/NAME"
                                  : "it must end in accesspoint/NAME");
  }
  if (IsMultiRegion(parts)) {
    return Failure(ErrorKind::kUsage,
                   fmt::format("'{}' is a multi-Region access point, which s3conn can't sign requests for",
                               EscapeForTerminal(arn)),
                   "name one of the buckets behind it, or an access point in one region");
  }
  if (const std::string fault = ScopeFault(parts); !fault.empty()) return BadArn(arn, fault);

  AccessPoint access_point;
  access_point.service = service->name;
  access_point.region = parts[kRegion];
  access_point.host_prefix = fmt::format("{}-{}", resource.back(), parts[kAccount]);
  // Nothing but a label may get into the host: it decides who gets the request.
  if (!IsHostLabel(resource.back()) || !IsHostLabel(access_point.host_prefix)) {
    return BadArn(arn, "its name must be up to 50 of a-z, 0-9 and '-', not at the ends");
  }
  if (on_outpost) {
    if (!IsHostLabel(resource[1])) return BadArn(arn, "its outpost must be one as in op-01ac5d28a6a232904");
    access_point.host_prefix += fmt::format(".{}", resource[1]);
  }
  return access_point;
}

Result<std::string> AccessPointHost(const AccessPoint& access_point, HostKind kind, HostFamily family) {
  const Service& service = *FindService(access_point.service);
  if (kind == HostKind::kFips && !service.has_fips) {
    return Failure(ErrorKind::kConfig, fmt::format("{} has no FIPS endpoints", service.name),
                   "set use_fips_endpoint to false for it");
  }
  if (family == HostFamily::kDualStack && !service.has_dual_stack) {
    return Failure(ErrorKind::kConfig, fmt::format("{} has no dual-stack endpoints", service.name),
                   "set use_dualstack_endpoint to false for it");
  }
  return fmt::format("{}.{}{}{}.{}.{}", access_point.host_prefix, service.host,
                     kind == HostKind::kFips ? "-fips" : "",
                     family == HostFamily::kDualStack ? ".dualstack" : "", access_point.region,
                     PartitionOf(access_point.region).dns_suffix);
}

}  // namespace s3conn
