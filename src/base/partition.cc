#include "base/partition.h"

#include <array>

namespace s3conn {
namespace {

constexpr std::array<Region, 22> kRegions = {{{"us-east-2", "US East (Ohio)"},
                                              {"us-east-1", "US East (N. Virginia)"},
                                              {"us-west-1", "US West (N. California)"},
                                              {"us-west-2", "US West (Oregon)"},
                                              {"af-south-1", "Africa (Cape Town)"},
                                              {"ap-east-1", "Asia Pacific (Hong Kong)"},
                                              {"ap-southeast-3", "Asia Pacific (Jakarta)"},
                                              {"ap-south-1", "Asia Pacific (Mumbai)"},
                                              {"ap-northeast-3", "Asia Pacific (Osaka)"},
                                              {"ap-northeast-2", "Asia Pacific (Seoul)"},
                                              {"ap-southeast-1", "Asia Pacific (Singapore)"},
                                              {"ap-southeast-2", "Asia Pacific (Sydney)"},
                                              {"ap-northeast-1", "Asia Pacific (Tokyo)"},
                                              {"ca-central-1", "Canada (Central)"},
                                              {"eu-central-1", "Europe (Frankfurt)"},
                                              {"eu-west-1", "Europe (Ireland)"},
                                              {"eu-west-2", "Europe (London)"},
                                              {"eu-south-1", "Europe (Milan)"},
                                              {"eu-west-3", "Europe (Paris)"},
                                              {"eu-north-1", "Europe (Stockholm)"},
                                              {"me-south-1", "Middle East (Bahrain)"},
                                              {"sa-east-1", "South America (S\u00e3o Paulo)"}}};

struct PrefixedPartition {
  std::string_view region_prefix;
  Partition partition;
};

// From the partitions of AWS's endpoint rules. Whatever begins with none of the others is the last one's.
constexpr std::array<PrefixedPartition, 8> kPartitions = {{{"cn-", {"aws-cn", "amazonaws.com.cn"}},
                                                           {"eusc-", {"aws-eusc", "amazonaws.eu"}},
                                                           {"us-isob-", {"aws-iso-b", "sc2s.sgov.gov"}},
                                                           {"us-isof-", {"aws-iso-f", "csp.hci.ic.gov"}},
                                                           {"us-iso-", {"aws-iso", "c2s.ic.gov"}},
                                                           {"eu-isoe-", {"aws-iso-e", "cloud.adc-e.uk"}},
                                                           {"us-gov-", {"aws-us-gov", "amazonaws.com"}},
                                                           {"", {"aws", "amazonaws.com"}}}};

}  // namespace

std::span<const Region> KnownRegions() {
  return kRegions;
}

const Partition& PartitionOf(std::string_view region) {
  const PrefixedPartition* candidate = kPartitions.data();
  while (!region.starts_with(candidate->region_prefix)) ++candidate;
  return candidate->partition;
}

}  // namespace s3conn
