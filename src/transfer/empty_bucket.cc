#include "transfer/empty_bucket.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <iterator>
#include <string_view>
#include <unordered_set>
#include <utility>

#include "base/text.h"
#include "s3conn/s3/abort_multipart_upload.h"
#include "s3conn/s3/delete_object.h"
#include "s3conn/s3/delete_objects.h"
#include "s3conn/s3/list_multipart_uploads.h"
#include "s3conn/s3/list_object_versions.h"
#include "s3conn/s3/list_objects.h"
#include "s3conn/s3/names.h"

namespace s3conn {
namespace {

constexpr int kMaxRounds = 10;
// Failures that are remembered, so that each is told once: some megabytes. With more there is no other round.
constexpr std::size_t kMaxFailuresKept = 100'000;

std::string_view CodeOf(const Error& error) {
  return error.service ? std::string_view(error.service->code) : std::string_view();
}

// The store lacks the operation.
bool IsUnsupported(const Error& error) {
  const int status = error.service ? error.service->http_status : 0;
  const std::string_view code = CodeOf(error);
  return status == 501 || status == 405 || code == "NotImplemented" || code == "MethodNotAllowed";
}

// The refusals of a single object that may be over in a moment.
bool IsPassing(const Error& error) {
  const std::string_view code = CodeOf(error);
  return code == "InternalError" || code == "SlowDown" || code == "ServiceUnavailable";
}

std::string Describe(const std::string& bucket, const Removal& removal) {
  const std::string uri = ShowObjectUri(bucket, removal.key);
  if (removal.what == Removal::What::kUpload) {
    return fmt::format("abort upload '{}' of {}", EscapeForTerminal(removal.id), uri);
  }
  if (removal.id.empty()) return fmt::format("delete {}", uri);
  return fmt::format("delete version '{}' of {}", EscapeForTerminal(removal.id), uri);
}

// Tells things apart: a failed one is not tried, and not told of, a second time.
std::size_t Fingerprint(const Removal& removal) {
  const char what = removal.what == Removal::What::kUpload ? 'u' : 'v';
  return std::hash<std::string>()(fmt::format("{}{}\n{}", what, removal.id, removal.key));
}

class Emptying {
 public:
  Emptying(Client& client, const EmptyBucketRequest& request, const RetryTools& retry,
           const CallContext& context, const OnRemovals& on_removals)
      : client_(client), request_(request), retry_(retry), context_(context), on_removals_(on_removals) {}

  Status Run() {
    for (int round = 0; round < kMaxRounds; ++round) {
      removed_ = 0;
      if (Status aborted = AbortUploads(); !aborted) return aborted;
      if (Status deleted = DeleteVersions(); !deleted) return deleted;
      if (Status deleted = DeleteUnlisted(); !deleted) return deleted;
      if (rehearses() || removed_ == 0 || failed_.size() > kMaxFailuresKept) return {};
    }
    return {};
  }

 private:
  bool rehearses() const { return request_.mode == EmptyBucketRequest::Mode::kRehearsal; }

  Status AbortUploads();
  Status AbortEach(const ListMultipartUploadsResponse& page);
  Status Abort(const MultipartUpload& upload);
  Status DeleteVersions();
  Status DeleteUnlisted();
  Status DeleteCurrent();
  Status Delete(std::vector<Removal> removals);
  Status DeleteMany(std::vector<Removal> removals);
  Status DeleteOnce(std::vector<Removal>& pending);
  Status DeleteEach(std::vector<Removal> removals);
  Status Settle(Removal removal, Status done);
  Status Report(const std::vector<Removal>& removals);
  bool HasFailed(const Removal& removal) const { return failed_.contains(Fingerprint(removal)); }

  Client& client_;
  const EmptyBucketRequest& request_;
  const RetryTools& retry_;
  const CallContext& context_;
  const OnRemovals& on_removals_;

  bool lists_uploads_ = true;
  bool lists_versions_ = true;
  bool deletes_many_ = true;
  std::uint64_t removed_ = 0;  // in this round
  std::unordered_set<std::size_t> failed_;
};

Status Emptying::AbortUploads() {
  if (!lists_uploads_) return {};
  bool begun = false;
  Status listed =
      ListAllMultipartUploads(client_, {.bucket = request_.bucket, .max_uploads = request_.page_size},
                              context_, [&](const ListMultipartUploadsResponse& page) {
                                begun = true;
                                return AbortEach(page);
                              });
  if (listed || begun) return listed;
  const bool denied = CodeOf(listed.error()) == "AccessDenied";
  if (!denied && !IsUnsupported(listed.error())) return listed;
  if (denied) {
    context_.Emit(
        Warning{"unfinished uploads can't be listed and are left alone: " + listed.error().message});
  }
  lists_uploads_ = false;
  return {};
}

Status Emptying::AbortEach(const ListMultipartUploadsResponse& page) {
  for (const MultipartUpload& upload : page.uploads) {
    Removal removal{Removal::What::kUpload, upload.key, upload.upload_id, std::nullopt};
    if (HasFailed(removal)) continue;
    Status aborted;
    if (!rehearses()) aborted = Abort(upload);
    if (Status settled = Settle(std::move(removal), std::move(aborted)); !settled) return settled;
  }
  return {};
}

Status Emptying::Abort(const MultipartUpload& upload) {
  Status aborted = EnsureUploadAborted(client_, {request_.bucket, upload.key, upload.upload_id}, context_);
  if (!aborted || upload.undecoded_key.empty()) return aborted;
  // An id belongs to one key, so the wrong reading does no harm.
  return EnsureUploadAborted(client_, {request_.bucket, upload.undecoded_key, upload.upload_id}, context_);
}

Status Emptying::DeleteVersions() {
  if (!lists_versions_) return DeleteCurrent();
  bool begun = false;
  const auto on_page = [&](const ListObjectVersionsResponse& page) {
    begun = true;
    std::vector<Removal> removals;
    removals.reserve(page.versions.size());
    for (const ObjectVersion& version : page.versions) {
      const auto what =
          version.is_delete_marker ? Removal::What::kDeleteMarker : Removal::What::kObjectVersion;
      removals.push_back({what, version.key, version.version_id, std::nullopt});
    }
    return Delete(std::move(removals));
  };
  Status listed = ListAllObjectVersions(client_, {.bucket = request_.bucket, .max_keys = request_.page_size},
                                        context_, on_page);
  if (listed || begun) return listed;
  if (!IsUnsupported(listed.error()) && CodeOf(listed.error()) != "InvalidArgument") return listed;
  lists_versions_ = false;
  return DeleteCurrent();
}

// At the end of it all: Swift may lose the versions of an object that is still there.
Status Emptying::DeleteUnlisted() {
  if (rehearses() || !lists_versions_ || removed_ > 0 || !failed_.empty()) return {};
  Status deleted = DeleteCurrent();
  // Who may list versions need not be allowed to list objects, and has seen everything.
  if (!deleted && CodeOf(deleted.error()) == "AccessDenied") return {};
  return deleted;
}

Status Emptying::DeleteCurrent() {
  const auto on_page = [&](const ListObjectsResponse& page) -> Status {
    std::vector<Removal> removals;
    for (const S3Object& object : page.contents) {
      removals.push_back({Removal::What::kObjectVersion, object.key, "", std::nullopt});
      if (removals.size() < request_.page_size) continue;
      if (Status deleted = Delete(std::exchange(removals, {})); !deleted) return deleted;
    }
    return Delete(std::move(removals));
  };
  const Result<ListingEnd> listed = ListAllObjects(client_, {.bucket = request_.bucket}, context_, on_page);
  if (!listed) return Failure(listed.error());
  return {};
}

// At most a page of versions, markers or objects.
Status Emptying::Delete(std::vector<Removal> removals) {
  std::erase_if(removals, [this](const Removal& removal) { return HasFailed(removal); });
  if (removals.empty()) return {};
  if (rehearses()) return Report(removals);
  const auto fits = [this](const Removal& removal) {
    return deletes_many_ && FitsDeleteObjects({removal.key, removal.id});
  };
  const auto odd = std::stable_partition(removals.begin(), removals.end(), fits);
  std::vector<Removal> odd_ones(std::make_move_iterator(odd), std::make_move_iterator(removals.end()));
  removals.erase(odd, removals.end());
  if (!removals.empty()) {
    if (Status deleted = DeleteMany(std::move(removals)); !deleted) return deleted;
  }
  return DeleteEach(std::move(odd_ones));
}

Status Emptying::DeleteMany(std::vector<Removal> removals) {
  Status tried = Retry(retry_, context_, [&](int) { return DeleteOnce(removals); });
  if (removals.empty() || tried.error().kind == ErrorKind::kCancelled) return tried;
  return Report(removals);  // the attempts are used up
}

// One request for all of them. Leaves in `pending` what is worth another; the error then says why.
Status Emptying::DeleteOnce(std::vector<Removal>& pending) {
  DeleteObjectsRequest request{request_.bucket, {}};
  for (const Removal& removal : pending) request.objects.push_back({removal.key, removal.id});
  const Result<DeleteObjectsResponse> response = client_.Call<DeleteObjects>(request, context_);
  std::vector<Removal> settled = std::exchange(pending, {});
  if (!response) {
    if (response.error().kind == ErrorKind::kCancelled) return Failure(response.error());
    deletes_many_ = !IsUnsupported(response.error());
    if (!deletes_many_) return DeleteEach(std::move(settled));
    for (Removal& removal : settled) {
      removal.error = Error(response.error()).Within(Describe(request_.bucket, removal));
    }
    return Report(settled);
  }
  const std::vector<Result<DeletedObject>> outcomes = DeletionOutcomes(request, *response);
  for (std::size_t i = 0; i < settled.size(); ++i) {
    settled[i].error.reset();  // of an attempt before
    if (outcomes[i]) continue;
    settled[i].error = Error(outcomes[i].error()).Within(Describe(request_.bucket, settled[i]));
  }
  const auto passing = [](const Removal& removal) { return removal.error && IsPassing(*removal.error); };
  std::copy_if(settled.begin(), settled.end(), std::back_inserter(pending), passing);
  std::erase_if(settled, passing);
  if (Status reported = Report(settled); !reported) {
    pending.clear();
    return reported;
  }
  if (pending.empty()) return {};
  return Failure(*pending.front().error);
}

Status Emptying::DeleteEach(std::vector<Removal> removals) {
  for (Removal& removal : removals) {
    const Result<DeleteObjectResponse> response =
        client_.Call<DeleteObject>({request_.bucket, removal.key, removal.id}, context_);
    Status done = response ? Status() : Status(Failure(response.error()));
    if (Status settled = Settle(std::move(removal), std::move(done)); !settled) return settled;
  }
  return {};
}

// Whoever says stop means the rest too.
Status Emptying::Settle(Removal removal, Status done) {
  if (!done && done.error().kind == ErrorKind::kCancelled) return done;
  if (!done) removal.error = std::move(done.error()).Within(Describe(request_.bucket, removal));
  return Report({std::move(removal)});
}

Status Emptying::Report(const std::vector<Removal>& removals) {
  for (const Removal& removal : removals) {
    if (!removal.error) {
      ++removed_;
    } else if (failed_.size() <= kMaxFailuresKept) {
      failed_.insert(Fingerprint(removal));
    }
  }
  return removals.empty() ? Status() : on_removals_(removals);
}

}  // namespace

Status EmptyBucket(Client& client, const EmptyBucketRequest& request, const RetryTools& retry,
                   const CallContext& context, const OnRemovals& on_removals) {
  return Emptying(client, request, retry, context, on_removals).Run();
}

}  // namespace s3conn
