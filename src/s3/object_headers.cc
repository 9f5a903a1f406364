#include "s3/object_headers.h"

#include <fmt/format.h>

#include <string>

#include "base/hash.h"
#include "base/text.h"
#include "s3conn/s3/object_properties.h"

namespace s3conn {
namespace {

void AddUnlessEmpty(Headers& headers, std::string_view name, const std::string& value) {
  if (!value.empty()) headers.Add(std::string(name), value);
}

std::span<const unsigned char> BytesOf(std::string_view text) {
  return {reinterpret_cast<const unsigned char*>(text.data()), text.size()};
}

}  // namespace

void AddDescription(Headers& headers, const ObjectSettings& settings) {
  AddUnlessEmpty(headers, "Content-Type", settings.content_type);
  AddUnlessEmpty(headers, "Content-Encoding", settings.content_encoding);
  AddUnlessEmpty(headers, "Content-Disposition", settings.content_disposition);
  AddUnlessEmpty(headers, "Content-Language", settings.content_language);
  AddUnlessEmpty(headers, "Cache-Control", settings.cache_control);
  AddUnlessEmpty(headers, "Expires", settings.expires);
  for (const auto& [name, value] : settings.metadata) headers.Add(fmt::format("x-amz-meta-{}", name), value);
}

void AddPlacement(Headers& headers, const ObjectSettings& settings) {
  AddUnlessEmpty(headers, "x-amz-storage-class", settings.storage_class);
  AddUnlessEmpty(headers, "x-amz-acl", settings.acl);
  AddUnlessEmpty(headers, "x-amz-server-side-encryption", settings.encryption.algorithm);
  AddUnlessEmpty(headers, "x-amz-server-side-encryption-aws-kms-key-id", settings.encryption.kms_key_id);
  AddCustomerKey(headers, kCustomerKeyPrefix, settings.encryption.customer_key);
}

void AddTags(Headers& headers, const NamedValues& tags) {
  std::string text;
  for (const auto& [name, value] : tags) {
    text += fmt::format("{}{}={}", text.empty() ? "" : "&", PercentEncode(name, Slash::kEncode),
                        PercentEncode(value, Slash::kEncode));
  }
  AddUnlessEmpty(headers, "x-amz-tagging", text);
}

void AddCustomerKey(Headers& headers, std::string_view prefix, const Secret& key) {
  if (key.empty()) return;
  const auto add = [&](std::string_view name, std::string value) {
    headers.Add(fmt::format("{}{}", prefix, name), std::move(value));
  };
  add("algorithm", "AES256");
  add("key", Base64Encode(BytesOf(key.Expose())));
  add("key-MD5", Base64Encode(Md5(key.Expose())));
}

std::string QuoteETag(std::string_view etag) {
  return etag == "*" ? std::string(etag) : fmt::format("\"{}\"", etag);
}

void AddWriteConditions(OperationRequest& request, const WriteConditions& conditions) {
  if (!conditions.any()) return;
  // Sent twice by libcurl, the second would find what the first has done and fail.
  request.fresh_connection = true;
  if (conditions.if_none_match) request.headers.Add("If-None-Match", "*");
  if (conditions.if_match.empty()) return;
  const bool bare = conditions.etag_form == WriteConditions::ETagForm::kBare;
  request.headers.Add("If-Match", bare ? conditions.if_match : QuoteETag(conditions.if_match));
}

void AddReadConditions(Headers& headers, std::string_view prefix, const ReadOptions& options) {
  const auto add = [&](std::string_view name, std::string value) {
    headers.Add(fmt::format("{}{}", prefix, name), std::move(value));
  };
  if (!options.if_match.empty()) add("If-Match", QuoteETag(options.if_match));
  if (!options.if_none_match.empty()) add("If-None-Match", QuoteETag(options.if_none_match));
  if (options.if_modified_since) add("If-Modified-Since", FormatHttpDate(*options.if_modified_since));
  if (options.if_unmodified_since) add("If-Unmodified-Since", FormatHttpDate(*options.if_unmodified_since));
}

Status AddReadOptions(OperationRequest& request, const ReadOptions& options) {
  if (Status valid = CheckCustomerKey(options.customer_key); !valid) return valid;
  if (!options.version_id.empty()) request.query.push_back({"versionId", options.version_id});
  AddReadConditions(request.headers, "", options);
  AddCustomerKey(request.headers, kCustomerKeyPrefix, options.customer_key);
  return {};
}

}  // namespace s3conn
