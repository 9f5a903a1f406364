#include <algorithm>

#include "base/text.h"
#include "local/call.h"
#include "local/document.h"
#include "local/object_request.h"

// https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListBuckets.html

namespace s3conn::local {
namespace {

constexpr std::size_t kLargestPage = 10'000;
constexpr std::size_t kEveryBucket = 1'000'000;

tl::unexpected<Refusal> RefuseArgument(std::string_view name, std::string_view value, std::string message) {
  return Refuse(Code::kInvalidArgument, std::move(message),
                {{"ArgumentName", std::string(name)}, {"ArgumentValue", std::string(value)}});
}

// Without max-buckets there are no pages.
Answer<std::size_t> ReadPageSize(const Call& call) {
  const std::optional<std::string_view> text = call.resource.Parameter("max-buckets");
  if (!text || text->empty()) return kEveryBucket;
  const std::optional<std::uint64_t> number = ParseUnsigned(*text);
  if (number && *number >= 1 && *number <= kLargestPage) return static_cast<std::size_t>(*number);
  return RefuseArgument("max-buckets", *text, "max-buckets must be an integer between 1 and 10000");
}

// A token is the last name of the page before.
std::string MakeToken(std::string_view name) {
  return Base64Encode({reinterpret_cast<const unsigned char*>(name.data()), name.size()});
}

Answer<std::string> ReadToken(const Call& call) {
  const std::string_view token = call.resource.Parameter("continuation-token").value_or("");
  std::optional<std::string> name = Base64Decode(token);
  if (name) return std::move(*name);
  return RefuseArgument("continuation-token", token, "The continuation token provided is incorrect");
}

void WriteBuckets(const std::vector<StoredBucket>& buckets, XmlWriter& xml) {
  xml.Open("Owner");
  xml.Text("ID", kOwnerId);
  xml.Close();
  xml.Open("Buckets");
  for (const StoredBucket& bucket : buckets) {
    xml.Open("Bucket");
    xml.Text("Name", bucket.name);
    xml.Text("CreationDate", DocumentTime(bucket.created));
    xml.Text("BucketRegion", bucket.region);
    xml.Close();
  }
  xml.Close();
}

}  // namespace

Answer<Response> ListBuckets(const Call& call) {
  const Answer<std::size_t> page_size = ReadPageSize(call);
  if (!page_size) return Refuse(page_size.error());
  const Answer<std::string> after = ReadToken(call);
  if (!after) return Refuse(after.error());
  const std::string_view prefix = call.resource.Parameter("prefix").value_or("");
  Answer<std::vector<StoredBucket>> found = call.store.ListBuckets(prefix, *after, kEveryBucket);
  if (!found) return Refuse(std::move(found.error()));
  std::vector<StoredBucket>& buckets = *found;
  const std::string_view region = call.resource.Parameter("bucket-region").value_or("");
  std::erase_if(buckets,
                [&](const StoredBucket& bucket) { return !region.empty() && bucket.region != region; });
  const bool truncated = buckets.size() > *page_size;
  if (truncated) buckets.erase(buckets.begin() + static_cast<std::ptrdiff_t>(*page_size), buckets.end());
  XmlWriter xml("ListAllMyBucketsResult");
  WriteBuckets(buckets, xml);
  if (truncated) xml.Text("ContinuationToken", MakeToken(buckets.back().name));
  if (!prefix.empty()) xml.Text("Prefix", prefix);
  return XmlResponse(xml);
}

}  // namespace s3conn::local
