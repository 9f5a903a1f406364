#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include "base/text.h"
#include "cli/arguments.h"
#include "cli/batch.h"
#include "cli/command.h"
#include "cli/question.h"
#include "http/retry.h"
#include "s3/access_point.h"
#include "s3conn/base/time.h"
#include "s3conn/s3/buckets.h"
#include "transfer/empty_bucket.h"

namespace s3conn {
namespace {

using Mode = EmptyBucketRequest::Mode;

struct Arguments {
  std::string bucket;
  bool force = false;
  bool yes = false;
  bool dry_run = false;
};

Error Within(std::string_view doing, const std::string& bucket, Error error) {
  return std::move(error).Within(fmt::format("{} '{}'", doing, EscapeForTerminal(bucket)));
}

Record BucketRecord(const std::string& bucket) {
  Record record;
  record.Add("BucketName", bucket);
  return record;
}

Record DeletedBucketRecord(const std::string& bucket) {
  Record record = BucketRecord(bucket);
  record.Add("Deleted", true).Headline(fmt::format("deleted bucket {}", EscapeForTerminal(bucket)));
  return record;
}

// "version 'v1' of s3://b/k"; what no version was kept of is just the object.
std::string Describe(const std::string& bucket, const Removal& removal) {
  const std::string uri = ShowObjectUri(bucket, removal.key);
  const std::string id = EscapeForTerminal(removal.id);
  if (removal.what == Removal::What::kUpload) return fmt::format("unfinished upload '{}' of {}", id, uri);
  if (removal.what == Removal::What::kDeleteMarker) return fmt::format("marker '{}' of {}", id, uri);
  const bool only_one = id.empty() || id == "null";
  return only_one ? uri : fmt::format("version '{}' of {}", id, uri);
}

Record RemovalRecord(const std::string& bucket, const Removal& removal) {
  Record record = BucketRecord(bucket);
  record.Add("Key", removal.key);
  const bool is_upload = removal.what == Removal::What::kUpload;
  record.AddUnlessEmpty(is_upload ? "UploadId" : "VersionId", removal.id);
  if (removal.what == Removal::What::kDeleteMarker) record.Add("DeleteMarker", true);
  return record;
}

Status Tell(Batch& batch, const EmptyBucketRequest& request, const std::vector<Removal>& removals) {
  const bool rehearsed = request.mode == Mode::kRehearsal;
  for (const Removal& removal : removals) {
    Record record = RemovalRecord(request.bucket, removal);
    record.Add(rehearsed ? "DryRun" : "Deleted", !removal.error);
    record.Headline((rehearsed ? "would delete " : "deleted ") + Describe(request.bucket, removal));
    Status told = removal.error ? batch.Failed(std::move(record), *removal.error) : batch.Succeeded(record);
    if (!told) return told;
  }
  return batch.Flush();
}

// Only kCancelled, and what printing fails with, end here.
Status DeleteEmptied(Session& session, Client& client, Batch& batch, const std::string& bucket) {
  const Result<DeleteBucketResponse> response = client.Call<DeleteBucket>({bucket}, session.context());
  if (response) return batch.Succeeded(DeletedBucketRecord(bucket));
  if (response.error().kind == ErrorKind::kCancelled) return Failure(response.error());
  Record record = BucketRecord(bucket);
  record.Add("Deleted", false);
  return batch.Failed(std::move(record), Within("delete bucket", bucket, response.error()));
}

Status RehearseDeletion(Batch& batch, const std::string& bucket) {
  Record record = BucketRecord(bucket);
  record.Add("DryRun", true).Headline(fmt::format("would delete bucket {}", EscapeForTerminal(bucket)));
  return batch.Succeeded(record);
}

Result<Outcome> End(Batch& batch, Mode mode) {
  const std::uint64_t count = batch.succeeded();
  Record summary;
  if (mode == Mode::kForReal) {
    summary.Add("Deleted", count);
    return batch.End(std::move(summary), fmt::format("{} deleted, {} failed", count, batch.failed()));
  }
  const std::uint64_t none = 0;
  summary.Add("Deleted", none).Add("WouldDelete", count);
  return batch.End(std::move(summary), fmt::format("{} would be deleted; nothing was changed", count));
}

Result<Outcome> DeleteWithContents(Session& session, const Session::Tools& tools,
                                   const EmptyBucketRequest& request) {
  Batch batch(session, tools.renderer);
  SystemClock clock;
  RetryQuota quota;
  RetrySettings settings;
  if (tools.settings.max_attempts) settings.max_attempts = tools.settings.max_attempts->value;
  const RetryTools retry{settings, SystemRandom(), quota, clock};
  Status emptied =
      EmptyBucket(tools.client, request, retry, session.context(),
                  [&](const std::vector<Removal>& removals) { return Tell(batch, request, removals); });
  if (!emptied) return Failure(Within("empty bucket", request.bucket, std::move(emptied.error())));
  if (batch.failed() == 0) {
    Status told = request.mode == Mode::kRehearsal
                      ? RehearseDeletion(batch, request.bucket)
                      : DeleteEmptied(session, tools.client, batch, request.bucket);
    if (!told) return Failure(std::move(told.error()));
  }
  return End(batch, request.mode);
}

// Somebody who types the name has read it.
Status Confirm(Session& session, const std::string& bucket) {
  const std::string shown = EscapeForTerminal(bucket);
  const Result<std::string> answer = Ask(
      fmt::format("This deletes bucket '{0}' and everything in it: all objects, all versions of them, and "
                  "unfinished uploads.\nType '{0}' to go on: ",
                  shown),
      session.context().stop);
  if (!answer) return Failure(Within("delete bucket", bucket, answer.error()));
  if (Trim(*answer) == bucket) return {};
  return Failure(ErrorKind::kUsage, fmt::format("the answer was not '{}': nothing was deleted", shown),
                 "--yes goes on without asking; --dry-run shows what would be deleted");
}

Result<Outcome> DeleteEmpty(Session& session, const Session::Tools& tools, const std::string& bucket) {
  const Result<DeleteBucketResponse> response = tools.client.Call<DeleteBucket>({bucket}, session.context());
  if (!response) return Failure(Within("delete bucket", bucket, response.error()));
  return Done(tools.renderer.One(DeletedBucketRecord(bucket)));
}

Result<Outcome> Run(Session& session, const Arguments& arguments) {
  const Result<std::string> bucket = ParseBucketArgument(arguments.bucket);
  if (!bucket) return Failure(bucket.error());
  if ((arguments.force || arguments.dry_run) && IsAccessPoint(*bucket)) {
    return Failure(
        ErrorKind::kUsage,
        fmt::format("'{}' is an access point, not a bucket: nothing was deleted", EscapeForTerminal(*bucket)),
        "name the bucket behind it");
  }
  if (arguments.yes && !arguments.force) {
    return Failure(ErrorKind::kUsage, "--yes answers the question of --force, which is not given",
                   "an empty bucket is deleted without a question");
  }
  const bool asks = arguments.force && !arguments.dry_run && !arguments.yes;
  if (asks && !CanAsk()) {
    return Failure(
        ErrorKind::kUsage,
        fmt::format("delete-bucket --force deletes everything in '{}', and there is no terminal to ask on",
                    EscapeForTerminal(*bucket)),
        "add --yes to go on without being asked, or --dry-run to see what would be deleted");
  }
  const Result<Session::Tools> tools = session.tools();
  if (!tools) return Failure(tools.error());
  if (arguments.dry_run) return DeleteWithContents(session, *tools, {*bucket, Mode::kRehearsal});
  if (!arguments.force) return DeleteEmpty(session, *tools, *bucket);
  if (asks) {
    if (Status agreed = Confirm(session, *bucket); !agreed) return Failure(std::move(agreed.error()));
  }
  return DeleteWithContents(session, *tools, {*bucket, Mode::kForReal});
}

}  // namespace

Command DeleteBucketCommand() {
  return {
      "delete-bucket",
      {"rb"},
      "Buckets",
      "delete a bucket, with --force also everything in it",
      "Deletes a bucket that holds nothing. One that is not empty stays as it is, and the exit status is 6. "
      "With --force everything in it is deleted first: every object, every version and delete marker, every "
      "unfinished upload. On a terminal the bucket's name must be typed to go on; elsewhere --yes says so. "
      "Where "
      "something can't be deleted the rest still is, the bucket stays, and the exit status is 9. --dry-run "
      "shows "
      "what --force would delete, and changes nothing.",
      {{"s3conn delete-bucket my-data", "delete it, if it is empty"},
       {"s3conn delete-bucket my-data --dry-run", "what is in it?"},
       {"s3conn delete-bucket my-data --force --yes", "delete it with all that is in it, without asking"}},
      [](CLI::App& app) -> RunCommand {
        const auto arguments = std::make_shared<Arguments>();
        app.add_option("bucket", arguments->bucket, "the bucket, as NAME or s3://NAME")
            ->type_name("BUCKET")
            ->required();
        app.add_flag("--force", arguments->force, "delete everything in the bucket first, versions too");
        app.add_flag("--yes", arguments->yes, "with --force: do not ask");
        app.add_flag("--dry-run", arguments->dry_run, "show what --force would delete, and change nothing");
        return [arguments](Session& session) { return Run(session, *arguments); };
      }};
}

}  // namespace s3conn
