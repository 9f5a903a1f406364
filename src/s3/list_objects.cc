#include "s3conn/s3/list_objects.h"

#include <algorithm>
#include <utility>

#include "base/xml.h"
#include "s3/listing.h"
#include "s3/object_request.h"
#include "s3/token_cycle.h"
#include "s3/xml_response.h"
#include "s3conn/s3/object_properties.h"

namespace s3conn {
namespace {

constexpr std::uint64_t kLargestPage = 1000;

Result<S3Object> ReadObject(XmlElement element, bool url_encoded) {
  S3Object object;
  for (XmlElement field = element.FirstChild(); field; field = field.Next()) {
    const std::string_view name = field.name();
    if (name == "Key") {
      Result<std::string> key = DecodeName(field.text(), url_encoded);
      if (!key) return Failure(std::move(key.error()));
      object.key = std::move(*key);
    } else if (name == "ETag") {
      object.etag = UnquoteETag(field.text());
    } else if (name == "LastModified") {
      object.last_modified = ParseRfc3339(field.text());
    } else if (name == "Size") {
      const Result<ByteCount> size = ReadSize(field.text());
      if (!size) return Failure(size.error());
      object.size = *size;
    } else if (name == "StorageClass") {
      object.storage_class_name = field.text();
    }
  }
  if (object.key.empty()) return BadListing("an entry of the listing has no key");
  return object;
}

}  // namespace

Result<OperationRequest> ListObjects::Build(const Request& request) {
  Result<OperationRequest> operation = OnBucket("GET", request.bucket);
  if (!operation) return operation;
  operation->query = {{"list-type", "2"}, {"encoding-type", "url"}};
  const auto add = [&operation](std::string name, const std::string& value) {
    if (!value.empty()) operation->query.push_back({std::move(name), value});
  };
  add("prefix", request.prefix);
  add("delimiter", request.delimiter);
  add("continuation-token", request.continuation_token);
  add("start-after", request.start_after);
  if (request.max_keys) add("max-keys", std::to_string(*request.max_keys));
  return operation;
}

Result<ListObjectsResponse> ListObjects::Parse(const HttpResponse& response) {
  const Result<XmlDocument> document = ParseXmlResponse(response, "ListBucketResult");
  if (!document) return Failure(document.error());
  const XmlElement root = document->root();
  const bool url_encoded = IsUrlEncoded(root);
  const Result<bool> truncated = ReadIsTruncated(root);
  if (!truncated) return Failure(truncated.error());
  ListObjectsResponse page;
  page.is_truncated = *truncated;
  for (XmlElement element = root.FirstChild(); element; element = element.Next()) {
    const std::string_view name = element.name();
    if (name == "Contents") {
      Result<S3Object> object = ReadObject(element, url_encoded);
      if (!object) return Failure(std::move(object.error()));
      page.contents.push_back(std::move(*object));
    } else if (name == "CommonPrefixes") {
      Result<std::string> prefix = DecodeName(element.ChildText("Prefix"), url_encoded);
      if (!prefix) return Failure(std::move(prefix.error()));
      page.common_prefixes.push_back(std::move(*prefix));
    } else if (name == "NextContinuationToken") {
      page.next_continuation_token = element.text();
    }
  }
  return page;
}

Result<ListingEnd> ListAllObjects(Client& client, ListObjectsRequest request, const CallContext& context,
                                  const std::function<Status(const ListObjectsResponse&)>& on_page) {
  const std::optional<std::uint64_t> wanted = request.max_keys;
  TokenCycle cycle(request.continuation_token);
  ListingEnd end;
  while (true) {
    if (wanted) request.max_keys = std::min(kLargestPage, *wanted - end.key_count);
    Result<ListObjectsResponse> page = client.Call<ListObjects>(request, context);
    if (!page) return Failure(std::move(page.error()));
    const std::uint64_t count = page->contents.size() + page->common_prefixes.size();
    if (request.max_keys && count > *request.max_keys) {
      return BadListing("the store sent more keys than it was asked for");
    }
    if (page->is_truncated && page->next_continuation_token.empty()) {
      return BadListing("the listing is cut off and the store does not say where to go on");
    }
    if (page->is_truncated && cycle.Repeats(page->next_continuation_token)) {
      return BadListing("the store sent the same continuation token twice, so the listing would never end");
    }
    if (Status handled = on_page(*page); !handled) return Failure(std::move(handled.error()));
    end.key_count += count;
    end.is_truncated = page->is_truncated;
    end.next_continuation_token = page->is_truncated ? page->next_continuation_token : std::string();
    if (!page->is_truncated || (wanted && end.key_count >= *wanted)) return end;
    request.continuation_token = end.next_continuation_token;
    request.start_after.clear();  // the token knows where it began
  }
}

}  // namespace s3conn
