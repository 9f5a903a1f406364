#ifndef S3CONN_LOCAL_LISTING_REQUEST_H_
#define S3CONN_LOCAL_LISTING_REQUEST_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "local/call.h"
#include "local/xml_writer.h"

// What the requests for listings have in common.

namespace s3conn::local {

// kInvalidArgument, with the parameter and its value as details.
tl::unexpected<Refusal> RefuseParameter(const Call& call, std::string_view name, std::string message);

// A whole number that a parameter gives; `missing` where it is not there. kInvalidArgument for what is no
// number between 0 and 2147483647.
Answer<std::uint64_t> ReadNumber(const Call& call, std::string_view name, std::uint64_t missing);

// max-keys and its like: what is over 1000 is 1000.
Answer<std::size_t> ReadPageSize(const Call& call, std::string_view name);

// How names stand in the document: with encoding-type=url percent-encoded, so that it can carry any key.
enum class NameEncoding { kPlain, kUrl };
// kInvalidArgument for another one.
Answer<NameEncoding> ReadNameEncoding(const Call& call);
std::string EncodeName(NameEncoding encoding, std::string_view name);

struct ListingRequest {
  std::string prefix{};
  std::string delimiter{};
  std::size_t limit = 0;
  NameEncoding encoding = NameEncoding::kPlain;
};
// `limit_parameter` is "max-keys" or "max-uploads".
Answer<ListingRequest> ReadListingRequest(const Call& call, std::string_view limit_parameter);

// Prefix, Delimiter, EncodingType, IsTruncated: what every listing says of itself.
void WriteListingHead(const ListingRequest& request, bool truncated, XmlWriter& xml);
void WriteCommonPrefixes(const std::vector<std::string>& prefixes, NameEncoding encoding, XmlWriter& xml);
// Owner or Initiator: all is of one.
void WriteOwner(std::string_view element, XmlWriter& xml);

// x-amz-optional-object-attributes. kInvalidArgument for another than RestoreStatus.
enum class ShowRestored { kNo, kYes };
Answer<ShowRestored> ReadShowRestored(const Call& call);
// What Contents and Version have in common, after Key and the version.
struct EntryStyle {
  ShowRestored restored = ShowRestored::kNo;
  bool owner = false;
};
void WriteEntry(const Call& call, const StoredVersion& version, const EntryStyle& style, XmlWriter& xml);

}  // namespace s3conn::local

#endif  // S3CONN_LOCAL_LISTING_REQUEST_H_
