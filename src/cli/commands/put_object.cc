#include "s3conn/s3/put_object.h"

#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <optional>

#include "cli/arguments.h"
#include "cli/command.h"
#include "cli/object_options.h"
#include "cli/object_record.h"
#include "transfer/upload.h"
#include "transfer/upload_source.h"
#include "transfer/write_condition.h"

namespace s3conn {
namespace {

struct Arguments {
  std::string source;
  std::string destination;
  SettingOptions settings;
  ConditionOptions conditions;
  bool dry_run = false;
};

Record PutRecord(const ObjectUri& object, const UploadResult& upload) {
  Record record = ObjectRecord(object.bucket, object.key);
  record.Add("ETag", upload.object.etag).Add("Size", upload.size);
  for (const ObjectChecksum& checksum : upload.object.checksums) record.Add(checksum.name, checksum.value);
  record.AddUnlessEmpty("ServerSideEncryption", upload.object.server_side_encryption);
  record.AddUnlessEmpty("VersionId", upload.object.version_id).Add("Verified", upload.verified);
  return record.Headline(
      fmt::format("put {} ({})", ShowObjectUri(object.bucket, object.key), HumanBytes(upload.size)));
}

Record SkippedRecord(const ObjectUri& object) {
  return ObjectRecord(object.bucket, object.key)
      .Add("Skipped", true)
      .Headline(fmt::format("skipped {}: it exists already", ShowObjectUri(object.bucket, object.key)));
}

Record DryRecord(const ObjectUri& object, ByteCount size) {
  return ObjectRecord(object.bucket, object.key)
      .Add("Size", size)
      .Add("DryRun", true)
      .Headline(fmt::format("would put {} ({})", ShowObjectUri(object.bucket, object.key), HumanBytes(size)));
}

// The upload, or nullopt where --no-clobber leaves what is there.
Result<std::optional<UploadResult>> Put(Client& client, PutObjectRequest request, const Arguments& arguments,
                                        BodySource& source, const CallContext& context) {
  if (!arguments.conditions.no_clobber) {
    Result<UploadResult> upload = Upload(client, request, source, context);
    if (!upload) return Failure(std::move(upload.error()));
    return std::move(*upload);
  }
  return MakeUnlessExists(client, {request.bucket, request.key}, context,
                          [&](const WriteConditions& conditions) {
                            request.conditions = conditions;
                            return Upload(client, request, source, context);
                          });
}

Result<Outcome> DryRun(const Session::Tools& tools, const ObjectUri& object, ByteCount size,
                       const ConditionOptions& conditions, const CallContext& context) {
  const Result<Written> written = TryConditions(tools.client, object, conditions, context);
  if (!written)
    return Failure(Error(written.error()).Within("put " + ShowObjectUri(object.bucket, object.key)));
  const bool skipped = *written == Written::kExistsAlready;
  if (Status fits = skipped ? Status() : CheckUploadSize(size); !fits) {
    return Failure(std::move(fits.error()).Within("put " + ShowObjectUri(object.bucket, object.key)));
  }
  return Done(tools.renderer.One(skipped ? SkippedRecord(object) : DryRecord(object, size)));
}

Result<Outcome> Run(Session& session, const Arguments& arguments) {
  const Result<ObjectUri> object = DestinationObject(arguments.destination, arguments.source);
  if (!object) return Failure(object.error());
  PutObjectRequest request{object->bucket, object->key, ""};
  Result<WriteConditions> conditions = MakeWriteConditions(arguments.conditions);
  if (!conditions) return Failure(std::move(conditions.error()));
  request.conditions = std::move(*conditions);
  Result<ObjectSettings> settings =
      MakeObjectSettings(session, arguments.settings, {arguments.source, object->key});
  if (!settings) return Failure(std::move(settings.error()));
  request.settings = std::move(*settings);

  const CallContext context = session.context();
  const Result<Session::Tools> tools = session.tools();
  if (!tools) return Failure(tools.error());
  const Result<std::unique_ptr<BodySource>> source =
      arguments.source == "-" ? ReadUploadStream(STDIN_FILENO, session.temporary_folder(), context)
                              : OpenUploadFile(arguments.source);
  if (!source) return Failure(source.error());
  if (arguments.dry_run) return DryRun(*tools, *object, (*source)->size(), arguments.conditions, context);
  const Result<std::optional<UploadResult>> upload =
      Put(tools->client, std::move(request), arguments, **source, context);
  if (!upload)
    return Failure(Error(upload.error()).Within("put " + ShowObjectUri(object->bucket, object->key)));
  return Done(tools->renderer.One(*upload ? PutRecord(*object, **upload) : SkippedRecord(*object)));
}

}  // namespace

Command PutObjectCommand() {
  return {"put-object",
          {"put"},
          "Objects",
          "upload a file or standard input",
          "Uploads SOURCE as one object, by one request of at most 5 GiB. The store checks the bytes it "
          "receives against a "
          "checksum; \"Verified\" in the output names it. A destination that ends in '/', or has no key, "
          "takes the "
          "source's base name.",
          {{"s3conn put-object report.pdf s3://my-data/2026/", "as 2026/report.pdf"},
           {"tar c src | s3conn put-object - s3://my-data/src.tar", "from a pipe"},
           {"s3conn put-object lock s3://my-data/lock --if-none-match", "only one of several gets it"},
           {"s3conn put-object old.tar s3://my-data/ --storage-class DEEP_ARCHIVE --tag project=apollo",
            "for the archive, with a tag"}},
          [](CLI::App& app) -> RunCommand {
            const auto arguments = std::make_shared<Arguments>();
            app.add_option("source", arguments->source, "the file, or - for standard input")
                ->type_name("SOURCE")
                ->required();
            app.add_option("destination", arguments->destination, "where it goes: s3://BUCKET/KEY")
                ->type_name("DESTINATION")
                ->required();
            DeclareSettings(app, arguments->settings, SettingUse::kNewObject);
            DeclareConditions(app, arguments->conditions, "object");
            DeclareIfMatch(app, arguments->conditions.if_match);
            DeclareDryRun(app, arguments->dry_run);
            return [arguments](Session& session) { return Run(session, *arguments); };
          }};
}

}  // namespace s3conn
