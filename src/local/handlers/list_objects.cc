#include <optional>
#include <utility>

#include "base/text.h"
#include "local/call.h"
#include "local/document.h"
#include "local/listing_request.h"

// https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjects.html
// https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html

namespace s3conn::local {
namespace {

// In front of a key in a token, so that not every base64 is one.
constexpr std::string_view kTokenMark = "after:";

std::string MakeToken(std::string_view last) {
  const std::string text = std::string(kTokenMark).append(last);
  return Base64Encode({reinterpret_cast<const unsigned char*>(text.data()), text.size()});
}

// Where the page begins: after the token's key, else after start-after.
Answer<std::string> ReadStart(const Call& call) {
  const std::optional<std::string_view> token = call.resource.Parameter("continuation-token");
  if (!token) return std::string(call.resource.Parameter("start-after").value_or(""));
  std::optional<std::string> text = Base64Decode(*token);
  if (text && text->starts_with(kTokenMark)) return text->substr(kTokenMark.size());
  return RefuseParameter(call, "continuation-token", "The continuation token provided is incorrect");
}

struct Listing {
  ListingRequest request;
  ObjectPage page;
  EntryStyle style;
};

Answer<Listing> List(const Call& call, std::string after, bool owner) {
  Answer<ListingRequest> request = ReadListingRequest(call, "max-keys");
  if (!request) return Refuse(std::move(request.error()));
  const Answer<ShowRestored> restored = ReadShowRestored(call);
  if (!restored) return Refuse(restored.error());
  Answer<ObjectPage> page = call.store.ListObjects(call.resource.bucket, {.prefix = request->prefix,
                                                                          .delimiter = request->delimiter,
                                                                          .after = std::move(after),
                                                                          .limit = request->limit});
  if (!page) return Refuse(std::move(page.error()));
  return Listing{std::move(*request), std::move(*page), {.restored = *restored, .owner = owner}};
}

void WriteContents(const Call& call, const Listing& listing, XmlWriter& xml) {
  for (const StoredVersion& object : listing.page.objects) {
    xml.Open("Contents");
    xml.Text("Key", EncodeName(listing.request.encoding, object.attributes.key));
    WriteEntry(call, object, listing.style, xml);
    xml.Close();
  }
  WriteCommonPrefixes(listing.page.prefixes, listing.request.encoding, xml);
}

}  // namespace

Answer<Response> ListObjects(const Call& call) {
  const std::string marker(call.resource.Parameter("marker").value_or(""));
  const Answer<Listing> listing = List(call, marker, true);
  if (!listing) return Refuse(listing.error());
  const ListingRequest& request = listing->request;
  XmlWriter xml("ListBucketResult");
  xml.Text("Name", call.resource.bucket);
  xml.Text("Marker", EncodeName(request.encoding, marker));
  // Without a delimiter the last key says as much.
  if (listing->page.truncated && !request.delimiter.empty()) {
    xml.Text("NextMarker", EncodeName(request.encoding, listing->page.last));
  }
  xml.Number("MaxKeys", request.limit);
  WriteListingHead(request, listing->page.truncated, xml);
  WriteContents(call, *listing, xml);
  return XmlResponse(xml);
}

Answer<Response> ListObjectsV2(const Call& call) {
  Answer<std::string> after = ReadStart(call);
  if (!after) return Refuse(std::move(after.error()));
  const bool owner = call.resource.Parameter("fetch-owner").value_or("") == "true";
  const Answer<Listing> listing = List(call, std::move(*after), owner);
  if (!listing) return Refuse(listing.error());
  const ListingRequest& request = listing->request;
  const ObjectPage& page = listing->page;
  XmlWriter xml("ListBucketResult");
  xml.Text("Name", call.resource.bucket);
  if (const auto start = call.resource.Parameter("start-after"); start && !start->empty()) {
    xml.Text("StartAfter", EncodeName(request.encoding, *start));
  }
  if (const auto token = call.resource.Parameter("continuation-token")) xml.Text("ContinuationToken", *token);
  if (page.truncated) xml.Text("NextContinuationToken", MakeToken(page.last));
  xml.Number("KeyCount", page.objects.size() + page.prefixes.size());
  xml.Number("MaxKeys", request.limit);
  WriteListingHead(request, page.truncated, xml);
  WriteContents(call, *listing, xml);
  return XmlResponse(xml);
}

}  // namespace s3conn::local
