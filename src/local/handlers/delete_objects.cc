#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "base/text.h"
#include "local/call.h"
#include "local/document.h"
#include "local/object_request.h"

// https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjects.html

namespace s3conn::local {
namespace {

constexpr std::size_t kMostKeys = 1000;

struct Victim {
  std::string key{};
  std::optional<std::string> version_id{};
  WriteCondition condition{};
  bool unsupported = false;  // conditions of directory buckets
};

struct Order {
  std::vector<Victim> victims{};
  bool quiet = false;
};

// Of a trailer, its announcement: that it comes and is right is Payload's to see.
bool HasDigest(const Call& call) {
  const auto is_checksum = [](std::string_view name) {
    return name.starts_with("x-amz-checksum-") && name != "x-amz-checksum-mode";
  };
  const auto vouches = [&](const Header& field) {
    const std::string name = AsciiLower(field.name);
    return name == "content-md5" || is_checksum(name) ||
           (name == "x-amz-trailer" && is_checksum(AsciiLower(Trim(field.value))));
  };
  return std::any_of(call.request.headers.begin(), call.request.headers.end(), vouches);
}

Answer<Victim> ReadVictim(XmlElement object) {
  Victim victim;
  victim.key = object.ChildText("Key");
  if (object.name() != "Object" || victim.key.empty()) return Refuse(Code::kMalformedXml);
  if (const auto id = object.ChildText("VersionId"); !id.empty()) victim.version_id = id;
  std::string_view etag = object.ChildText("ETag");
  if (etag.size() >= 2 && etag.starts_with('"') && etag.ends_with('"')) {
    etag = etag.substr(1, etag.size() - 2);
  }
  if (!etag.empty()) victim.condition.if_match = etag;
  victim.unsupported = object.Child("LastModifiedTime") || object.Child("Size");
  return victim;
}

Answer<Order> ReadOrder(XmlElement root) {
  Order order;
  for (XmlElement child = root.FirstChild(); child; child = child.Next()) {
    if (child.name() == "Quiet") {
      order.quiet = child.text() == "true";
      continue;
    }
    Answer<Victim> victim = ReadVictim(child);
    if (!victim) return Refuse(std::move(victim.error()));
    order.victims.push_back(std::move(*victim));
  }
  if (order.victims.empty() || order.victims.size() > kMostKeys) return Refuse(Code::kMalformedXml);
  return order;
}

Answer<DeleteOutcome> Delete(const Call& call, const Victim& victim) {
  if (victim.unsupported) return Refuse(Code::kNotImplemented);
  if (victim.key.size() > kLongestObjectKey) return Refuse(Code::kKeyTooLong);
  return call.store.DeleteObject(call.resource.bucket, victim.key, victim.version_id, victim.condition);
}

void WriteName(const Victim& victim, XmlWriter& xml) {
  xml.Text("Key", victim.key);
  if (victim.version_id) xml.Text("VersionId", *victim.version_id);
}

void WriteDeleted(const Victim& victim, const DeleteOutcome& outcome, XmlWriter& xml) {
  xml.Open("Deleted");
  WriteName(victim, xml);
  if (outcome.is_delete_marker) {
    xml.Truth("DeleteMarker", true);
    xml.Text("DeleteMarkerVersionId", outcome.version_id);
  }
  xml.Close();
}

void WriteFailed(const Victim& victim, const Refusal& refusal, XmlWriter& xml) {
  xml.Open("Error");
  WriteName(victim, xml);
  xml.Text("Code", CodeName(refusal.code));
  xml.Text("Message", refusal.message.empty() ? CodeText(refusal.code) : refusal.message);
  xml.Close();
}

}  // namespace

Answer<Response> DeleteObjects(const Call& call) {
  if (!HasDigest(call)) {
    return Refuse(Code::kInvalidRequest,
                  "Missing required header for this request: Content-MD5 or x-amz-checksum-*");
  }
  const Answer<XmlDocument> document = ReadXml(call, "Delete");
  if (!document) return Refuse(document.error());
  const Answer<Order> order = ReadOrder(document->root());
  if (!order) return Refuse(order.error());
  if (const auto bucket = call.store.FindBucket(call.resource.bucket); !bucket) return Refuse(bucket.error());
  XmlWriter xml("DeleteResult");
  for (const Victim& victim : order->victims) {
    const Answer<DeleteOutcome> outcome = Delete(call, victim);
    if (!outcome) {
      WriteFailed(victim, outcome.error(), xml);
    } else if (!order->quiet) {
      WriteDeleted(victim, *outcome, xml);
    }
  }
  return XmlResponse(xml);
}

}  // namespace s3conn::local
