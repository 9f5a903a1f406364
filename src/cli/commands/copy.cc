#include "transfer/copy.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <optional>
#include <utility>

#include "base/text.h"
#include "cli/arguments.h"
#include "cli/command.h"
#include "cli/object_options.h"
#include "transfer/move.h"
#include "transfer/write_condition.h"

namespace s3conn {
namespace {

enum class Verb { kCopy, kMove };

struct Arguments {
  std::string source;
  std::string destination;
  SourceOptions reading;
  SettingOptions settings;
  ConditionOptions conditions;
  bool dry_run = false;
};

std::string_view Infinitive(Verb verb) {
  return verb == Verb::kCopy ? "copy" : "move";
}

std::string Show(const ObjectUri& object) {
  return ShowObjectUri(object.bucket, object.key);
}

// "copy s3://a/b to s3://c/d"
std::string Doing(Verb verb, const CopyOrder& order) {
  return fmt::format("{} {} to {}", Infinitive(verb), Show(order.source), Show(order.destination));
}

Status CheckBothOnS3(Verb verb, const Arguments& arguments) {
  for (const std::string& argument : {arguments.source, arguments.destination}) {
    if (IsS3Uri(argument)) continue;
    return Failure(ErrorKind::kUsage,
                   fmt::format("'{}' is not an s3:// address: {} works within the store",
                               EscapeForTerminal(argument), Infinitive(verb)),
                   "put-object uploads a file, get-object downloads one");
  }
  return {};
}

Result<CopyOrder> MakeOrder(const Session& session, Verb verb, const Arguments& arguments) {
  if (Status both = CheckBothOnS3(verb, arguments); !both) return Failure(std::move(both.error()));
  CopyOrder order;
  Result<ObjectUri> source = ParseObjectArgument(arguments.source);
  if (!source) return Failure(std::move(source.error()));
  Result<ObjectUri> destination = DestinationObject(arguments.destination, source->key);
  if (!destination) return Failure(std::move(destination.error()));
  order.source = std::move(*source);
  order.destination = std::move(*destination);
  Result<ReadOptions> reading = MakeSourceOptions(session, arguments.reading);
  if (!reading) return Failure(std::move(reading.error()));
  order.source_options = std::move(*reading);
  Result<CopyChanges> changes = MakeCopyChanges(session, arguments.settings);
  if (!changes) return Failure(std::move(changes.error()));
  order.changes = std::move(*changes);
  Result<WriteConditions> conditions = MakeWriteConditions(arguments.conditions);
  if (!conditions) return Failure(std::move(conditions.error()));
  order.conditions = std::move(*conditions);
  if (Status possible = verb == Verb::kCopy ? CheckCopy(order) : CheckMove(order); !possible) {
    return Failure(std::move(possible.error()));
  }
  return order;
}

Record Begin(const CopyOrder& order) {
  Record record;
  record.Add("Source", FormatObjectUri(order.source.bucket, order.source.key));
  record.Add("Destination", FormatObjectUri(order.destination.bucket, order.destination.key));
  return record;
}

Record SkippedRecord(const CopyOrder& order) {
  return Begin(order)
      .Add("Skipped", true)
      .Headline(fmt::format("skipped {}: {} exists already", Show(order.source), Show(order.destination)));
}

Record DryRecord(Verb verb, const CopyOrder& order, const ObjectProperties& source) {
  return Begin(order).Add("Size", source.size).Add("DryRun", true).Headline("would " + Doing(verb, order));
}

Record DoneRecord(Verb verb, const CopyOrder& order, const MoveResult& moved) {
  const CopyResult& copied = moved.copy;
  Record record = Begin(order);
  record.AddUnlessEmpty("ETag", copied.object.etag).Add("Size", copied.source.size);
  record.AddIf("LastModified", copied.object.last_modified);
  for (const ObjectChecksum& checksum : copied.object.checksums) record.Add(checksum.name, checksum.value);
  record.AddUnlessEmpty("StorageClass", copied.storage_class)
      .AddUnlessEmpty("ServerSideEncryption", copied.object.server_side_encryption)
      .AddUnlessEmpty("VersionId", copied.object.version_id)
      .AddUnlessEmpty("CopySourceVersionId", copied.object.source_version_id)
      .Add("Verified", copied.verified);
  if (verb == Verb::kMove) record.Add("SourceDeleted", true);
  if (moved.delete_marker) record.Add("DeleteMarker", true);
  return record.Headline(fmt::format("{} {} to {} ({})", verb == Verb::kCopy ? "copied" : "moved",
                                     Show(order.source), Show(order.destination),
                                     HumanBytes(copied.source.size)));
}

// What was done, or nullopt where what exists was kept.
Result<std::optional<MoveResult>> Carry(Client& client, Verb verb, const CopyOrder& order,
                                        const ObjectProperties& source, Existing existing,
                                        const CallContext& context) {
  if (Status fits = CheckCopySize(source.size); !fits) return Failure(std::move(fits.error()));
  if (verb == Verb::kMove) return Move(client, order, source, existing, context);
  Result<std::optional<CopyResult>> copied = existing == Existing::kKept
                                                 ? CopyUnlessExists(client, order, source, context)
                                                 : Copy(client, order, source, context);
  if (!copied) return Failure(std::move(copied.error()));
  if (!*copied) return std::nullopt;
  return MoveResult{std::move(**copied)};
}

Result<Outcome> DryRun(const Session::Tools& tools, Verb verb, const CopyOrder& order,
                       const ObjectProperties& source, const ConditionOptions& conditions,
                       const CallContext& context) {
  const Result<Written> written = TryConditions(tools.client, order.destination, conditions, context);
  if (!written) return Failure(Error(written.error()).Within(Doing(verb, order)));
  const bool skipped = *written == Written::kExistsAlready;
  if (Status fits = skipped ? Status() : CheckCopySize(source.size); !fits) {
    return Failure(std::move(fits.error()).Within(Doing(verb, order)));
  }
  return Done(tools.renderer.One(skipped ? SkippedRecord(order) : DryRecord(verb, order, source)));
}

Result<Outcome> Run(Session& session, Verb verb, const Arguments& arguments) {
  const Result<CopyOrder> order = MakeOrder(session, verb, arguments);
  if (!order) return Failure(order.error());
  const Result<Session::Tools> tools = session.tools();
  if (!tools) return Failure(tools.error());
  const CallContext context = session.context();
  const Result<ObjectProperties> source = LookAtSource(tools->client, *order, context);
  if (!source) return Failure(Error(source.error()).Within("look at " + Show(order->source)));
  if (arguments.dry_run) return DryRun(*tools, verb, *order, *source, arguments.conditions, context);
  const Existing existing = arguments.conditions.no_clobber ? Existing::kKept : Existing::kReplaced;
  const Result<std::optional<MoveResult>> done =
      Carry(tools->client, verb, *order, *source, existing, context);
  if (!done) return Failure(Error(done.error()).Within(Doing(verb, *order)));
  return Done(tools->renderer.One(*done ? DoneRecord(verb, *order, **done) : SkippedRecord(*order)));
}

RunCommand Declare(CLI::App& app, Verb verb) {
  const auto arguments = std::make_shared<Arguments>();
  app.add_option("source", arguments->source, "the object: s3://BUCKET/KEY")->type_name("SOURCE")->required();
  app.add_option("destination", arguments->destination, "where it goes: s3://BUCKET/KEY")
      ->type_name("DESTINATION")
      ->required();
  DeclareSource(app, arguments->reading);
  DeclareSettings(app, arguments->settings, SettingUse::kCopy);
  DeclareConditions(app, arguments->conditions, "destination");
  DeclareIfMatch(app, arguments->conditions.if_match, "destination");
  DeclareDryRun(app, arguments->dry_run);
  return [arguments, verb](Session& session) { return Run(session, verb, *arguments); };
}

}  // namespace

Command CopyCommand() {
  return {
      "copy",
      {"cp", "copy-object"},
      "Objects",
      "copy an object within the store",
      "Copies one object of at most 5 GiB to another key or bucket; the bytes stay with the store. The copy "
      "has "
      "the source's content headers, metadata, tags and storage class, but for what options name. ACL and "
      "encryption are never taken over. Copied onto itself, an object gets what the options name.",
      {{"s3conn copy s3://my-data/report.pdf s3://my-archive/2026/", "to another bucket"},
       {"s3conn copy s3://my-data/old.log s3://my-data/old.log --storage-class GLACIER_IR",
        "the same object in another storage class"},
       {"s3conn copy s3://my-data/page s3://my-data/page --content-type text/html", "with another type"}},
      [](CLI::App& app) { return Declare(app, Verb::kCopy); }};
}

Command MoveCommand() {
  return {"move",
          {"mv", "move-object"},
          "Objects",
          "move an object within the store",
          "Copies one object as copy does, makes sure that the copy has the same bytes, and only then "
          "deletes the "
          "source, if it is still what was copied. In a bucket that keeps versions a delete marker hides the "
          "source; with --version-id that version is gone for good. Whatever fails, the source stays.",
          {{"s3conn move s3://my-data/in/a.csv s3://my-data/done/", "to another prefix"},
           {"s3conn move s3://my-data/a.csv s3://my-archive/ --dry-run", "what would it do?"}},
          [](CLI::App& app) { return Declare(app, Verb::kMove); }};
}

}  // namespace s3conn
