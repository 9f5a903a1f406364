#include "s3conn/s3/get_object.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>

#include "base/file.h"
#include "base/text.h"
#include "cli/arguments.h"
#include "cli/command.h"
#include "cli/object_record.h"
#include "transfer/download.h"

namespace s3conn {
namespace {

struct Arguments {
  std::string source;
  std::string target = ".";
};

class FileTarget final : public DownloadTarget {
 public:
  explicit FileTarget(AtomicFile file) : file_(std::move(file)) {}
  Status Write(std::string_view bytes) override { return file_.Write(bytes); }
  Result<Restart> StartOver() override {
    if (Status truncated = file_.Truncate(); !truncated) return Failure(std::move(truncated.error()));
    return Restart::kDone;
  }
  Status Commit() { return file_.Commit(AtomicFile::Durability::kRename); }

 private:
  AtomicFile file_;
};

class StreamTarget final : public DownloadTarget {
 public:
  explicit StreamTarget(OutputStream& stream) : stream_(stream) {}
  Status Write(std::string_view bytes) override { return stream_.Write(bytes); }
  Result<Restart> StartOver() override { return Restart::kImpossible; }

 private:
  OutputStream& stream_;
};

Result<Outcome> ToStream(Session& session, const ObjectUri& object) {
  const Result<Client*> client = session.client();
  if (!client) return Failure(client.error());
  StreamTarget target(session.out());
  const Result<DownloadResult> download =
      Download(**client, {object.bucket, object.key}, target, session.context());
  // What arrived before a failure is passed on too: the exit status says that it is not the whole.
  Status flushed = session.out().Flush();
  if (!download)
    return Failure(Error(download.error()).Within("get " + ShowObjectUri(object.bucket, object.key)));
  return Done(std::move(flushed));
}

Result<Outcome> ToFile(Session& session, const ObjectUri& object, const LocalTarget& local) {
  const Result<Session::Tools> tools = session.tools();
  if (!tools) return Failure(tools.error());
  Result<AtomicFile> file = AtomicFile::Create(local.path, local.named_by);
  if (!file) return Failure(std::move(file.error()));
  FileTarget target(std::move(*file));
  const std::string uri = ShowObjectUri(object.bucket, object.key);
  const Result<DownloadResult> download =
      Download(tools->client, {object.bucket, object.key}, target, session.context());
  if (!download) return Failure(Error(download.error()).Within("get " + uri));
  if (Status committed = target.Commit(); !committed)
    return Failure(std::move(committed.error()).Within("get " + uri));

  Record record;
  record.Add("BucketName", object.bucket).Add("Key", object.key);
  AddProperties(record, download->object);
  record.Add("Verified", download->verified).Add("Path", local.path);
  record.Headline(fmt::format("got {} ({}) as {}", uri, HumanBytes(download->object.size),
                              EscapeForTerminal(local.path)));
  return Done(tools->renderer.One(record));
}

Result<Outcome> Run(Session& session, const Arguments& arguments) {
  const Result<ObjectUri> object = ParseObjectArgument(arguments.source);
  if (!object) return Failure(object.error());
  if (arguments.target == "-") return ToStream(session, *object);
  const Result<LocalTarget> target = DestinationFile(arguments.target, object->key);
  if (!target) return Failure(target.error());
  return ToFile(session, *object, *target);
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
           {"s3conn get-object s3://my-data/src.tar - | tar t", "into a pipe"}},
          [](CLI::App& app) -> RunCommand {
            const auto arguments = std::make_shared<Arguments>();
            app.add_option("source", arguments->source, "the object: s3://BUCKET/KEY")
                ->type_name("SOURCE")
                ->required();
            app.add_option("target", arguments->target,
                           "the file or folder, or - for standard output; without it the current folder")
                ->type_name("TARGET");
            return [arguments](Session& session) { return Run(session, *arguments); };
          }};
}

}  // namespace s3conn
