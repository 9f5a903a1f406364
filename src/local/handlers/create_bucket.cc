#include <algorithm>
#include <array>
#include <utility>

#include "local/call.h"
#include "local/document.h"
#include "local/payload.h"
#include "s3conn/base/url.h"

// https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateBucket.html

namespace s3conn::local {
namespace {

constexpr std::string_view kDefaultRegion = "us-east-1";

// https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
constexpr auto kReservedBeginnings = std::to_array<std::string_view>({"xn--", "sthree-", "amzn-s3-demo-"});
constexpr auto kReservedEnds =
    std::to_array<std::string_view>({"-s3alias", "--ol-s3", ".mrap", "--x-s3", "--table-s3"});

bool IsReserved(std::string_view name) {
  const auto begins = [&](std::string_view part) { return name.starts_with(part); };
  const auto ends = [&](std::string_view part) { return name.ends_with(part); };
  return std::any_of(kReservedBeginnings.begin(), kReservedBeginnings.end(), begins) ||
         std::any_of(kReservedEnds.begin(), kReservedEnds.end(), ends);
}

bool IsBucketName(std::string_view name) {
  const auto is_inner = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.';
  };
  const auto is_outer = [&](char c) { return is_inner(c) && c != '-' && c != '.'; };
  return name.size() >= 3 && name.size() <= 63 && std::all_of(name.begin(), name.end(), is_inner) &&
         is_outer(name.front()) && is_outer(name.back()) && name.find("..") == std::string_view::npos &&
         !IsIpAddress(name) && !IsReserved(name);
}

Answer<std::string> ReadRegion(const Call& call) {
  const Answer<std::string> text =
      ReadDocument(call.request, call.payload, call.body, kLongestDocument.bytes());
  if (!text) return Refuse(text.error());
  if (text->empty()) return std::string(kDefaultRegion);
  const Result<XmlDocument> document = XmlDocument::Parse(*text);
  if (!document || document->root().name() != "CreateBucketConfiguration") return Refuse(Code::kMalformedXml);
  std::string region(kDefaultRegion);
  for (XmlElement child = document->root().FirstChild(); child; child = child.Next()) {
    if (child.name() != "LocationConstraint") return RefuseElement(child.name());
    region = child.text();
  }
  // The old name of Ireland.
  if (region == "EU") region = "eu-west-1";
  if (region.empty()) return std::string(kDefaultRegion);
  if (!IsHostLabel(region)) {
    return Refuse(Code::kInvalidLocationConstraint, {}, {{"LocationConstraint", region}});
  }
  return region;
}

// In the oldest region, making one's own bucket once more is a success.
bool IsHarmlessRepetition(const Call& call, const Refusal& refusal, std::string_view region) {
  if (refusal.code != Code::kBucketAlreadyOwnedByYou || region != kDefaultRegion) return false;
  const Answer<StoredBucket> bucket = call.store.FindBucket(call.resource.bucket);
  return bucket && bucket->region == kDefaultRegion;
}

}  // namespace

Answer<Response> CreateBucket(const Call& call) {
  const std::string& name = call.resource.bucket;
  if (!IsBucketName(name)) return Refuse(Code::kInvalidBucketName, {}, {{"BucketName", name}});
  const Answer<std::string> region = ReadRegion(call);
  if (!region) return Refuse(region.error());
  const Answer<void> created = call.store.CreateBucket(name, *region);
  if (!created && !IsHarmlessRepetition(call, created.error(), *region)) return Refuse(created.error());
  Response response;
  response.headers.Add("Location", "/" + name);
  return response;
}

}  // namespace s3conn::local
