#include "transfer/move.h"

#include <fmt/format.h>

#include <string>
#include <utility>

#include "base/hash.h"
#include "base/text.h"
#include "s3/access_point.h"
#include "s3conn/s3/head_object.h"
#include "transfer/download.h"
#include "transfer/remove.h"
#include "transfer/write_condition.h"

namespace s3conn {
namespace {

constexpr std::string_view kNotDeleted = "copied, but the source was not deleted";

class HashTarget final : public DownloadTarget {
 public:
  Status Write(std::string_view bytes) override {
    hasher_.Update(bytes);
    return {};
  }
  Result<Restart> StartOver() override {
    hasher_.Reset();
    return Restart::kDone;
  }
  std::string Finish() { return hasher_.FinishHex(); }

 private:
  Hasher hasher_{Hasher::Algorithm::kSha256};
};

// The SHA-256 of an object that is still the one with that ETag.
Result<std::string> ReadHash(Client& client, const ObjectUri& object, ReadOptions options,
                             const std::string& etag, const CallContext& context) {
  options.if_match = etag;
  HashTarget target;
  const Result<DownloadResult> download =
      Download(client, {object.bucket, object.key, options}, target, context);
  if (!download)
    return Failure(Error(download.error()).Within("read " + ShowObjectUri(object.bucket, object.key)));
  return target.Finish();
}

tl::unexpected<Error> NotTheSame(std::string message) {
  return Failure(ErrorKind::kIntegrity, std::move(message), "the source is still there; look at both");
}

// What shows that the copy has the source's bytes, as CopyResult::verified, or "sha256" where both were read.
Result<std::string> VerifyCopy(Client& client, const CopyOrder& order, const CopyResult& copied,
                               const CallContext& context) {
  const Result<ObjectProperties> copy = LookAtCopy(client, order, context);
  if (!copy) return Failure(copy.error());
  if (copy->size != copied.source.size) {
    return NotTheSame(
        fmt::format("the copy has {} bytes, its source {}", copy->size.bytes(), copied.source.size.bytes()));
  }
  if (!copied.object.etag.empty() && copy->etag != copied.object.etag) {
    return NotTheSame("something else has been written to the destination meanwhile");
  }
  if (copied.verified != "size" || (client.is_aws() && copied.guarded)) return copied.verified;
  Result<std::string> ours = ReadHash(client, order.source, SourceItself(order), copied.source.etag, context);
  if (!ours) return ours;
  Result<std::string> theirs = ReadHash(client, order.destination, CopyItself(order), copy->etag, context);
  if (!theirs) return theirs;
  if (*ours != *theirs) return NotTheSame("the copy has other bytes than its source");
  return "sha256";
}

tl::unexpected<Error> SourceChanged() {
  return Failure(ErrorKind::kPrecondition, "the source was written to meanwhile, so it was not deleted",
                 "the copy is what the source was before; move again for what it is now");
}

// A store that knows no conditions on deletions would delete whatever is there by now.
Status LookAgain(Client& client, const CopyOrder& order, const ObjectProperties& source,
                 const CallContext& context) {
  Status same = LookAtSourceAgain(client, order, source, context);
  if (same) return same;
  if (same.error().kind == ErrorKind::kPrecondition) return SourceChanged();
  return Failure(std::move(same.error()).Within(kNotDeleted));
}

// Whether a deletion leaves the source behind a marker, so that nothing is lost by it.
bool IsKept(const CopyOrder& order, const ObjectProperties& source) {
  return order.source_options.version_id.empty() && !source.version_id.empty() && source.version_id != "null";
}

// Whether a store, not AWS, refused a deletion for its condition alone: it knows none, or compares it with
// the marker that it makes, which has no ETag (Swift). The source is what it was a moment ago.
bool RefusedForCondition(Client& client, const CopyOrder& order, const ObjectProperties& source,
                         const Error& error, const CallContext& context) {
  if (client.is_aws()) return false;
  if (IsUnknownToStore(error)) return true;
  return error.kind == ErrorKind::kPrecondition && IsKept(order, source) &&
         LookAgain(client, order, source, context).has_value();
}

Result<bool> DeleteSource(Client& client, const CopyOrder& order, const ObjectProperties& source,
                          const CallContext& context) {
  if (!client.is_aws()) {
    if (Status same = LookAgain(client, order, source, context); !same)
      return Failure(std::move(same.error()));
  }
  DeleteObjectRequest request{order.source.bucket, order.source.key, order.source_options.version_id};
  if (request.version_id.empty()) request.conditions.if_match = source.etag;  // a version never changes
  Result<DeleteObjectResponse> deleted = Remove(client, request, Look::kDone, context);
  if (!deleted && RefusedForCondition(client, order, source, deleted.error(), context)) {
    request.conditions = {};
    deleted = Remove(client, request, Look::kDone, context);
  }
  if (deleted) return deleted->delete_marker;
  if (deleted.error().kind == ErrorKind::kPrecondition) return SourceChanged();
  return Failure(Error(deleted.error()).Within("copied, but the source could not be deleted"));
}

// Source and destination may be one object all the same, in a store with several names for a bucket: under
// the same key, if what is at the destination is in every respect what the source is. For before the copy.
Status CheckOtherObject(Client& client, const CopyOrder& order, const ObjectProperties& source,
                        const CallContext& context) {
  if (client.is_aws() || order.source.key != order.destination.key) return {};
  const Result<ObjectProperties> there = client.Call<HeadObject>(
      {order.destination.bucket, order.destination.key, SourceItself(order)}, context);
  if (!there && there.error().kind == ErrorKind::kNotFound) return {};
  // One that can't be looked at with the source's key is not the source.
  if (!there && there.error().service && there.error().service->http_status == 400) return {};
  if (!there) return Failure(Error(there.error()).Within("look at the destination"));
  if (*there != source) return {};
  return Failure(ErrorKind::kPrecondition,
                 "the destination is the same in every respect: the two buckets may be one by two names",
                 "delete one of the two, if they are two");
}

// What is left of a move once the copy is made.
Result<MoveResult> FinishMove(Client& client, const CopyOrder& order, CopyResult copied,
                              const CallContext& context) {
  Result<std::string> verified = VerifyCopy(client, order, copied, context);
  if (!verified) return Failure(std::move(verified.error()).Within(kNotDeleted));
  copied.verified = std::move(*verified);
  const Result<bool> marker = DeleteSource(client, order, copied.source, context);
  if (!marker) return Failure(marker.error());
  return MoveResult{std::move(copied), *marker};
}

}  // namespace

Status CheckMove(const CopyOrder& order) {
  if (Status valid = CheckNewKey(order.destination.key); !valid) return valid;
  const ObjectUri& source = order.source;
  const ObjectUri& destination = order.destination;
  if (source.key != destination.key) return {};
  const std::string shown = ShowObjectUri(source.bucket, source.key);
  if (source.bucket == destination.bucket) {
    return Failure(ErrorKind::kUsage, fmt::format("{} would be moved onto itself", shown),
                   "to change what it has besides its bytes, copy it onto itself");
  }
  if (!IsAccessPoint(source.bucket) && !IsAccessPoint(destination.bucket)) return {};
  return Failure(
      ErrorKind::kUsage,
      fmt::format("{} might be moved onto itself: an access point may lead to the other bucket", shown),
      "name both by their buckets, or choose another key");
}

Result<std::optional<MoveResult>> Move(Client& client, const CopyOrder& order, const ObjectProperties& source,
                                       Existing existing, const CallContext& context) {
  if (Status other = CheckOtherObject(client, order, source, context); !other) {
    return Failure(std::move(other.error()));
  }
  Result<std::optional<CopyResult>> copied = existing == Existing::kKept
                                                 ? CopyUnlessExists(client, order, source, context)
                                                 : Copy(client, order, source, context);
  if (!copied) return Failure(std::move(copied.error()));
  if (!*copied) return std::nullopt;
  return FinishMove(client, order, std::move(**copied), context);
}

}  // namespace s3conn
