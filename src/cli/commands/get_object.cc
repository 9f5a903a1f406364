#include "s3conn/s3/get_object.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include <CLI/CLI.hpp>
#include <memory>

#include "base/file.h"
#include "base/text.h"
#include "cli/arguments.h"
#include "cli/command.h"
#include "cli/object_options.h"
#include "cli/object_record.h"
#include "cli/stream_target.h"
#include "s3conn/s3/head_object.h"
#include "transfer/download.h"

namespace s3conn {
namespace {

struct Arguments {
  std::string source;
  std::string target = ".";
  ReadingOptions reading;
  std::string range;
  ConditionOptions conditions;  // of the file that is written
  bool dry_run = false;
};

class FileTarget final : public DownloadTarget {
 public:
  explicit FileTarget(AtomicFile file) : file_(std::move(file)) {}
  Status Write(std::string_view bytes) override { return file_.Write(bytes); }
  Result<Restart> StartOver() override {
    if (Status truncated = file_.Truncate(); !truncated) return Failure(std::move(truncated.error()));
    return Restart::kDone;
  }
  Status Commit(AtomicFile::Existing existing) {
    return file_.Commit(AtomicFile::Durability::kRename, existing);
  }

 private:
  AtomicFile file_;
};

bool Exists(const std::string& path) {
  struct stat info {};
  return lstat(path.c_str(), &info) == 0;
}

Record SkippedRecord(const GetObjectRequest& request, const std::string& path) {
  return ObjectRecord(request.bucket, request.key)
      .Add("Path", path)
      .Add("Skipped", true)
      .Headline(fmt::format("skipped {}: {} exists already", ShowObjectUri(request.bucket, request.key),
                            EscapeForTerminal(path)));
}

Result<Outcome> DryRun(const Session::Tools& tools, const GetObjectRequest& request, const std::string& path,
                       const CallContext& context) {
  const Result<ObjectProperties> object =
      tools.client.Call<HeadObject>({request.bucket, request.key, request.options}, context);
  const std::string uri = ShowObjectUri(request.bucket, request.key);
  if (!object) return Failure(Error(object.error()).Within("look at " + uri));
  Record record = ObjectRecord(request.bucket, request.key);
  AddProperties(record, *object);
  record.Add("Path", path).Add("DryRun", true);
  const std::string what = request.range ? fmt::format("{} of {}", request.range->Header(), uri)
                                         : fmt::format("{} ({})", uri, HumanBytes(object->size));
  record.Headline(fmt::format("would get {} as {}", what, EscapeForTerminal(path)));
  return Done(tools.renderer.One(record));
}

Record GotRecord(const GetObjectRequest& request, const DownloadResult& download, const std::string& path) {
  Record record = ObjectRecord(request.bucket, request.key);
  AddProperties(record, download.object);
  record.AddUnlessEmpty("ContentRange", download.content_range);
  record.Add("Verified", download.verified).Add("Path", path);
  return record.Headline(fmt::format("got {} ({}) as {}", ShowObjectUri(request.bucket, request.key),
                                     HumanBytes(download.received), EscapeForTerminal(path)));
}

Result<Outcome> ToFile(Session& session, const GetObjectRequest& request, const Arguments& arguments,
                       const LocalTarget& local) {
  const Result<Session::Tools> tools = session.tools();
  if (!tools) return Failure(tools.error());
  const bool keep = arguments.conditions.no_clobber || arguments.conditions.if_none_match;
  if (keep && Exists(local.path)) {
    if (arguments.conditions.if_none_match) return Failure(FileExists(local.path));
    return Done(tools->renderer.One(SkippedRecord(request, local.path)));
  }
  if (arguments.dry_run) return DryRun(*tools, request, local.path, session.context());
  Result<AtomicFile> file = AtomicFile::Create(local.path, local.named_by);
  if (!file) return Failure(std::move(file.error()));
  FileTarget target(std::move(*file));
  const std::string doing = "get " + ShowObjectUri(request.bucket, request.key);
  const Result<DownloadResult> download = Download(tools->client, request, target, session.context());
  if (!download) return Failure(Error(download.error()).Within(doing));
  Status committed = target.Commit(keep ? AtomicFile::Existing::kKept : AtomicFile::Existing::kReplaced);
  if (!committed && committed.error().kind == ErrorKind::kPrecondition && arguments.conditions.no_clobber) {
    return Done(tools->renderer.One(SkippedRecord(request, local.path)));
  }
  if (!committed) return Failure(std::move(committed.error()).Within(doing));
  return Done(tools->renderer.One(GotRecord(request, *download, local.path)));
}

Result<GetObjectRequest> MakeRequest(const Session& session, const Arguments& arguments) {
  Result<ObjectUri> object = ParseObjectArgument(arguments.source);
  if (!object) return Failure(std::move(object.error()));
  Result<ReadOptions> options = MakeReadOptions(session, arguments.reading);
  if (!options) return Failure(std::move(options.error()));
  Result<std::optional<ByteRange>> range = MakeRange(arguments.range);
  if (!range) return Failure(std::move(range.error()));
  if (Result<WriteConditions> conditions = MakeWriteConditions(arguments.conditions); !conditions) {
    return Failure(std::move(conditions.error()));
  }
  return GetObjectRequest{std::move(object->bucket), std::move(object->key), std::move(*options), *range};
}

Result<Outcome> Run(Session& session, const Arguments& arguments) {
  const Result<GetObjectRequest> request = MakeRequest(session, arguments);
  if (!request) return Failure(request.error());
  if (arguments.target == "-") {
    if (arguments.conditions.no_clobber || arguments.conditions.if_none_match || arguments.dry_run) {
      return Failure(ErrorKind::kUsage,
                     "--no-clobber, --if-none-match and --dry-run are about the file that is written",
                     "name a file, or leave the option out");
    }
    return Done(DownloadToOutput(session, *request));
  }
  const Result<LocalTarget> target = DestinationFile(arguments.target, request->key);
  if (!target) return Failure(target.error());
  return ToFile(session, *request, arguments, *target);
}

}  // namespace

Command GetObjectCommand() {
  return {"get-object",
          {"get"},
          "Objects",
          "download an object to a file or standard output",
          "Downloads one object. The bytes are checked against the store's checksum, or against the MD5 in "
          "the ETag where there "
          "is none; \"Verified\" in the output names what they were checked against. The file appears under "
          "its name only "
          "when it is whole. With - as the target standard output gets the bytes, and nothing else.",
          {{"s3conn get-object s3://my-data/2026/report.pdf", "into the current folder"},
           {"s3conn get-object s3://my-data/src.tar - | tar t", "into a pipe"},
           {"s3conn get-object s3://my-data/big.log tail.log --range -100000", "its last 100,000 bytes"}},
          [](CLI::App& app) -> RunCommand {
            const auto arguments = std::make_shared<Arguments>();
            app.add_option("source", arguments->source, "the object: s3://BUCKET/KEY")
                ->type_name("SOURCE")
                ->required();
            app.add_option("target", arguments->target,
                           "the file or folder, or - for standard output; without it the current folder")
                ->type_name("TARGET");
            DeclareReading(app, arguments->reading);
            DeclareRange(app, arguments->range);
            DeclareConditions(app, arguments->conditions, "file");
            DeclareDryRun(app, arguments->dry_run);
            return [arguments](Session& session) { return Run(session, *arguments); };
          }};
}

}  // namespace s3conn
