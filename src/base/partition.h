#ifndef S3CONN_BASE_PARTITION_H_
#define S3CONN_BASE_PARTITION_H_

#include <span>
#include <string_view>

namespace s3conn {

// A region as AWS names it, and what people call the place.
struct Region {
  std::string_view name;     // "us-east-2"
  std::string_view caption;  // "US East (Ohio)", UTF-8
};

// The regions of the connector's enumeration AWS_Region (SPEC), in its order. For suggestions only: there are
// newer ones, and stores make up their own.
std::span<const Region> KnownRegions();

// A part of AWS with accounts, ARNs and host names of its own.
struct Partition {
  std::string_view id;          // as in ARNs: "aws", "aws-cn"
  std::string_view dns_suffix;  // S3's dual-stack hosts have the same one
};

// The partition that a region belongs to; "aws" for regions that nobody has heard of.
// https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/partitions.html
const Partition& PartitionOf(std::string_view region);

}  // namespace s3conn

#endif  // S3CONN_BASE_PARTITION_H_
