#include "s3/endpoint.h"

#include <fmt/format.h>

#include <utility>

#include "base/partition.h"
#include "base/text.h"
#include "s3/access_point.h"
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

// The choices among AWS's hosts that contradict each other, or that there is nothing to choose among.
Status CheckHostChoice(const ClientOptions& options) {
  if (options.endpoint) {
    const std::string_view setting = options.dualstack    ? "use_dualstack_endpoint"
                                     : options.fips       ? "use_fips_endpoint"
                                     : options.accelerate ? "use_accelerate_endpoint"
                                                          : "";
    if (setting.empty()) return {};
    return Failure(ErrorKind::kConfig,
                   fmt::format("{} chooses among the hosts of AWS, and there is a custom endpoint", setting),
                   fmt::format("set {} to false, or leave the endpoint out", setting));
  }
  if (options.fips && options.accelerate) {
    return Failure(ErrorKind::kConfig,
                   "use_fips_endpoint and use_accelerate_endpoint exclude each other: S3 has no accelerated "
                   "FIPS endpoints",
                   "set one of them to false");
  }
  return {};
}

// What AWS's endpoint rules know to be missing in a region.
Status CheckOffered(std::string_view region, std::string_view setting) {
  if (PartitionOf(region).id != "aws-cn") return {};
  return Failure(ErrorKind::kConfig, fmt::format("region {} has no endpoints for {}", region, setting),
                 fmt::format("set {} to false", setting));
}

Result<std::string> AwsHost(const ClientOptions& options) {
  if (options.fips) {
    Status offered = CheckOffered(options.region, "use_fips_endpoint");
    if (!offered) return Failure(std::move(offered.error()));
  }
  return fmt::format("{}{}.{}.{}", options.fips ? "s3-fips" : "s3", options.dualstack ? ".dualstack" : "",
                     options.region, PartitionOf(options.region).dns_suffix);
}

Result<std::string> AcceleratedHost(const ClientOptions& options, std::string_view bucket) {
  if (Status offered = CheckOffered(options.region, "use_accelerate_endpoint"); !offered) {
    return Failure(std::move(offered.error()));
  }
  if (options.addressing == Addressing::kPath) {
    return Failure(ErrorKind::kConfig, "path style and use_accelerate_endpoint exclude each other",
                   "--addressing auto, or set use_accelerate_endpoint to false");
  }
  if (!FitsVirtualHost(bucket, Scheme::kHttps)) {
    return Failure(ErrorKind::kUsage,
                   fmt::format("bucket '{}' can't be accelerated: its name must be a single host label, 3 to "
                               "63 of a-z, 0-9 and '-'",
                               EscapeForTerminal(bucket)),
                   "set use_accelerate_endpoint to false for it");
  }
  return fmt::format("{}.s3-accelerate{}.{}", bucket, options.dualstack ? ".dualstack" : "",
                     PartitionOf(options.region).dns_suffix);
}

Result<std::string> AwsAccessPointHost(const ClientOptions& options, const AccessPoint& access_point) {
  if (options.fips) {
    Status offered = CheckOffered(access_point.region, "use_fips_endpoint");
    if (!offered) return Failure(std::move(offered.error()));
  }
  return AccessPointHost(access_point, options.fips ? HostKind::kFips : HostKind::kOrdinary,
                         options.dualstack ? HostFamily::kDualStack : HostFamily::kIpv4);
}

// An access point has virtual hosts only, on a custom endpoint (one of PrivateLink) too.
Result<BucketAddress> ResolveAccessPoint(const ClientOptions& options, std::string_view arn) {
  Result<AccessPoint> access_point = ParseAccessPointArn(arn);
  if (!access_point) return Failure(std::move(access_point.error()));
  const auto refuse = [arn](std::string_view why, std::string hint) {
    return Failure(ErrorKind::kConfig, fmt::format("access point '{}': {}", EscapeForTerminal(arn), why),
                   std::move(hint));
  };
  if (options.accelerate) {
    return refuse("S3 Transfer Acceleration is for buckets", "set use_accelerate_endpoint to false for it");
  }
  if (options.addressing == Addressing::kPath) return refuse("path style can't name it", "--addressing auto");
  BucketAddress address;
  address.scope = {access_point->region, access_point->service};
  if (!options.endpoint) {
    Result<std::string> host = AwsAccessPointHost(options, *access_point);
    if (!host) return Failure(std::move(host.error()));
    address.origin.host = std::move(*host);
    return address;
  }
  address.origin = options.endpoint->origin;
  address.path_prefix = options.endpoint->path_prefix;
  if (IsIpAddress(address.origin.host)) {
    return refuse("its name stands in front of the endpoint's host, which can't be an IP address",
                  "give the endpoint by a host name");
  }
  address.origin.host = fmt::format("{}.{}", access_point->host_prefix, address.origin.host);
  return address;
}

// Transfer Acceleration is for buckets that are there.
enum class Accelerate { kWhereWanted, kNever };

Result<BucketAddress> Resolve(const ClientOptions& options, std::string_view bucket, Accelerate accelerate) {
  if (Status valid = CheckHostChoice(options); !valid) return Failure(std::move(valid.error()));
  if (IsArn(bucket)) return ResolveAccessPoint(options, bucket);
  BucketAddress address;
  address.scope.region = options.region;
  if (options.accelerate && accelerate == Accelerate::kWhereWanted && !bucket.empty()) {
    Result<std::string> host = AcceleratedHost(options, bucket);
    if (!host) return Failure(std::move(host.error()));
    address.origin.host = std::move(*host);
    return address;
  }
  if (options.endpoint) {
    address.origin = options.endpoint->origin;
    address.path_prefix = options.endpoint->path_prefix;
  } else {
    Result<std::string> host = AwsHost(options);
    if (!host) return Failure(std::move(host.error()));
    address.origin.host = std::move(*host);
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

// S3 has no other PUT or DELETE of a bucket without a query.
bool MakesOrDeletesBucket(const OperationRequest& operation) {
  return operation.key.empty() && operation.query.empty() &&
         (operation.method == "PUT" || operation.method == "DELETE");
}

}  // namespace

bool IsAws(const ClientOptions& options) {
  return !options.endpoint;
}

Result<BucketAddress> ResolveBucket(const ClientOptions& options, std::string_view bucket) {
  return Resolve(options, bucket, Accelerate::kWhereWanted);
}

Result<AddressedRequest> AddressRequest(const ClientOptions& options, const OperationRequest& operation) {
  // Not on accelerated hosts: ListBuckets, CreateBucket, DeleteBucket (S3 User Guide, "Getting started with
  // Amazon S3 Transfer Acceleration").
  const Accelerate accelerate =
      MakesOrDeletesBucket(operation) ? Accelerate::kNever : Accelerate::kWhereWanted;
  Result<BucketAddress> address = Resolve(options, operation.bucket, accelerate);
  if (!address) return Failure(std::move(address.error()));
  HttpRequest request;
  request.method = operation.method;
  request.origin = std::move(address->origin);
  request.path = std::move(address->path_prefix);
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
  return AddressedRequest{std::move(request), std::move(address->scope)};
}

}  // namespace s3conn
