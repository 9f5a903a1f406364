#include "transfer/write_condition.h"

#include <fmt/format.h>

#include <optional>
#include <utility>

#include "base/text.h"
#include "s3conn/s3/get_object.h"
#include "s3conn/s3/head_object.h"

namespace s3conn {
namespace {

// Whether what a HEAD is refused for without a reason (400) is an object that is encrypted with a key we
// don't have; a GET is told the reason. The error where it is another.
Result<std::optional<std::string>> ETagUnlessEncrypted(Client& client, const WriteTarget& target,
                                                       const CallContext& context) {
  const Result<ObjectProperties> object = client.Call<GetObject>(
      {target.bucket, target.key, {.version_id = target.version_id}, ByteRange{0, 0}}, context);
  if (object) return std::optional(object->etag);
  if (object.error().kind == ErrorKind::kNotFound) return std::nullopt;
  // AWS says the first, Ceph the second.
  const std::string code = object.error().service ? object.error().service->code : "";
  if (code == "InvalidRequest" || code == "InvalidArgument") return std::optional(std::string());
  return Failure(object.error());
}

// The ETag of what is there, nullopt where nothing is; "" for what is there but can't be looked at.
Result<std::optional<std::string>> CurrentETag(Client& client, const WriteTarget& target,
                                               const CallContext& context) {
  HeadObjectRequest question{target.bucket, target.key};
  question.options.version_id = target.version_id;
  question.options.customer_key = target.customer_key;
  Result<ObjectProperties> object = client.Call<HeadObject>(question, context);
  if (object) return std::optional(std::move(object->etag));
  if (object.error().kind == ErrorKind::kNotFound) return std::nullopt;
  Result<std::optional<std::string>> found = Failure(std::move(object.error()));
  if (found.error().service && found.error().service->http_status == 400) {
    found = ETagUnlessEncrypted(client, target, context);
  }
  if (!found) return Failure(std::move(found.error()).Within("look at what is there"));
  return found;
}

tl::unexpected<Error> ConditionFailed(std::string message) {
  return Failure(ErrorKind::kPrecondition, std::move(message), "nothing was changed");
}

}  // namespace

bool IsUnknownToStore(const Error& error) {
  return error.service && error.service->http_status == 501;
}

Status CheckConditions(Client& client, const WriteTarget& target, const CallContext& context) {
  return client.is_aws() ? Status() : LookAtConditions(client, target, context);
}

Status LookAtConditions(Client& client, const WriteTarget& target, const CallContext& context) {
  const WriteConditions& conditions = target.conditions;
  if (!conditions.any()) return {};
  const Result<std::optional<std::string>> current = CurrentETag(client, target, context);
  if (!current) return Failure(current.error());
  if (conditions.if_none_match && *current) return ConditionFailed("the object exists already");
  if (conditions.if_match.empty()) return {};
  if (!*current) return ConditionFailed("the object does not exist");
  if (conditions.if_match == "*" || conditions.if_match == **current) return {};
  if ((*current)->empty()) return ConditionFailed("the object's ETag can't be told without its key of SSE-C");
  return ConditionFailed(fmt::format("the object has the ETag '{}', not '{}'", EscapeForTerminal(**current),
                                     EscapeForTerminal(conditions.if_match)));
}

bool MayHaveComparedQuotes(const Client& client, const WriteConditions& conditions, const Error& error) {
  return !conditions.if_match.empty() && !client.is_aws() && error.kind == ErrorKind::kPrecondition;
}

Status CheckEncrypted(const Encryption& wanted, const std::string& told, const CallContext& context) {
  if (!wanted.customer_key.empty() && told != "SSE-C") {
    return Failure(ErrorKind::kIntegrity,
                   "the store took the object but not the key: it is stored unencrypted",
                   "delete it; this store does not know SSE-C");
  }
  if (!wanted.algorithm.empty() && told != wanted.algorithm) {
    context.Emit(Warning{fmt::format("the store does not say that it encrypted the object by {}",
                                     EscapeForTerminal(wanted.algorithm))});
  }
  return {};
}

Result<Written> WriteUnlessExists(Client& client, const WriteTarget& target, const CallContext& context,
                                  const std::function<Status(const WriteConditions&)>& write) {
  const Result<std::optional<std::string>> current = CurrentETag(client, target, context);
  // Whoever may write need not be allowed to look. AWS does so itself.
  const bool hidden = !current && current.error().kind == ErrorKind::kDenied && client.is_aws();
  if (!current && !hidden) return Failure(current.error());
  if (current && *current) return Written::kExistsAlready;
  WriteConditions conditions;
  conditions.if_none_match = true;
  Status written = write(conditions);
  if (!written && !hidden && IsUnknownToStore(written.error())) written = write(WriteConditions());
  if (written) return Written::kYes;
  const ErrorKind kind = written.error().kind;
  if (kind == ErrorKind::kPrecondition || kind == ErrorKind::kConflict) {
    // Someone else was faster, or it was another condition that did not hold: that of a copy's source.
    if (hidden && kind == ErrorKind::kPrecondition) return Written::kExistsAlready;
    const Result<std::optional<std::string>> now = CurrentETag(client, target, context);
    if (now && *now) return Written::kExistsAlready;
  }
  return Failure(std::move(written.error()));
}

}  // namespace s3conn
