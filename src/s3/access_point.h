#ifndef S3CONN_S3_ACCESS_POINT_H_
#define S3CONN_S3_ACCESS_POINT_H_

#include <cstddef>
#include <string>
#include <string_view>

#include "s3conn/base/error.h"

namespace s3conn {

// What stands in the place of a bucket's name as an ARN: an access point of S3, of S3 Object Lambda or on an
// Outpost. Requests on it go to a host of its own and are signed for its service and region.
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-access-points.html
struct AccessPoint {
  std::string service;      // "s3", "s3-object-lambda" or "s3-outposts"
  std::string region;       // a host label
  std::string host_prefix;  // "NAME-ACCOUNT", on an Outpost "NAME-ACCOUNT.OUTPOST": labels in front of a host
};

// Whether a bucket's name is an ARN, well-formed or not.
bool IsArn(std::string_view bucket);

// Whether a name leads to a bucket of another name: an ARN, or the alias of an access point.
bool IsAccessPoint(std::string_view bucket);

// How many bytes of a text that begins with an ARN are the ARN. Its last part may stand behind a slash, and
// so may the key that follows it: "arn:…:accesspoint/NAME/KEY".
std::size_t ArnLength(std::string_view text);

// kUsage for every other ARN, among them those of buckets and those of multi-Region access points, whose
// requests would have to be signed by Signature Version 4A.
Result<AccessPoint> ParseAccessPointArn(std::string_view arn);

enum class HostKind { kOrdinary, kFips };
enum class HostFamily { kIpv4, kDualStack };

// The host of AWS for it. kConfig where its service has no such hosts.
Result<std::string> AccessPointHost(const AccessPoint& access_point, HostKind kind, HostFamily family);

}  // namespace s3conn

#endif  // S3CONN_S3_ACCESS_POINT_H_
