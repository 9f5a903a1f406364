#include "base/partition.h"

#include <set>
#include <string_view>

#include "base/text.h"
#include "s3conn/base/url.h"
#include "support/catch.h"

namespace s3conn {
namespace {

std::string_view CaptionOf(std::string_view name) {
  for (const Region& region : KnownRegions()) {
    if (region.name == name) return region.caption;
  }
  return "(unknown)";
}

TEST_CASE("the regions are those of the connector with its captions") {
  const std::set<std::string_view> wanted = {
      "us-east-1",      "us-east-2",      "us-west-1",      "us-west-2",  "af-south-1",     "ap-east-1",
      "ap-southeast-1", "ap-southeast-2", "ap-southeast-3", "ap-south-1", "ap-northeast-1", "ap-northeast-2",
      "ap-northeast-3", "ca-central-1",   "eu-central-1",   "eu-west-1",  "eu-west-2",      "eu-west-3",
      "eu-south-1",     "eu-north-1",     "me-south-1",     "sa-east-1"};
  std::set<std::string_view> names;
  for (const Region& region : KnownRegions()) names.insert(region.name);
  CHECK(names == wanted);
  CHECK(KnownRegions().size() == wanted.size());
  CHECK(KnownRegions().front().name == "us-east-2");
  CHECK(CaptionOf("us-east-2") == "US East (Ohio)");
  CHECK(CaptionOf("us-east-1") == "US East (N. Virginia)");
  CHECK(CaptionOf("ap-northeast-1") == "Asia Pacific (Tokyo)");
  CHECK(CaptionOf("eu-central-1") == "Europe (Frankfurt)");
  CHECK(CaptionOf("sa-east-1") == "South America (S\xc3\xa3o Paulo)");
}

TEST_CASE("every region is a host label of the public partition with a caption of its own") {
  std::set<std::string_view> captions;
  for (const Region& region : KnownRegions()) {
    CAPTURE(region.name);
    CHECK(IsHostLabel(region.name));
    CHECK(PartitionOf(region.name).id == "aws");
    CHECK(IsValidUtf8(region.caption));
    CHECK(captions.insert(region.caption).second);
  }
}

TEST_CASE("a region's beginning tells its partition") {
  struct Row {
    std::string_view region;
    std::string_view id;
    std::string_view dns_suffix;
  };
  for (const Row& row :
       {Row{"eu-west-1", "aws", "amazonaws.com"}, Row{"mx-central-1", "aws", "amazonaws.com"},
        Row{"garage", "aws", "amazonaws.com"}, Row{"", "aws", "amazonaws.com"},
        Row{"cn-north-1", "aws-cn", "amazonaws.com.cn"}, Row{"cn-northwest-1", "aws-cn", "amazonaws.com.cn"},
        Row{"us-gov-west-1", "aws-us-gov", "amazonaws.com"},
        Row{"eusc-de-east-1", "aws-eusc", "amazonaws.eu"}, Row{"us-iso-east-1", "aws-iso", "c2s.ic.gov"},
        Row{"us-isob-east-1", "aws-iso-b", "sc2s.sgov.gov"},
        Row{"us-isof-south-1", "aws-iso-f", "csp.hci.ic.gov"},
        Row{"eu-isoe-west-1", "aws-iso-e", "cloud.adc-e.uk"}}) {
    CAPTURE(row.region);
    CHECK(PartitionOf(row.region).id == row.id);
    CHECK(PartitionOf(row.region).dns_suffix == row.dns_suffix);
  }
}

}  // namespace
}  // namespace s3conn
