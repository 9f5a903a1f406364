#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <utility>

#include "base/text.h"
#include "cli/arguments.h"
#include "cli/choices.h"
#include "cli/command.h"
#include "cli/object_options.h"
#include "cli/object_record.h"
#include "s3conn/s3/head_object.h"
#include "s3conn/s3/restore_object.h"

namespace s3conn {
namespace {

struct Arguments {
  std::string object;
  std::string days = "7";
  std::string tier = "Standard";
  std::string version_id;
  bool dry_run = false;
};

// nullopt for none.
Result<std::optional<std::uint64_t>> ParseDays(const std::string& text) {
  constexpr std::uint64_t kMost = std::numeric_limits<std::int32_t>::max();  // Days is an Integer of S3's
  if (EqualsIgnoringCase(text, "none")) return std::nullopt;
  const std::optional<std::uint64_t> days = ParseUnsigned(text);
  if (days && *days >= 1 && *days <= kMost) return days;
  return Failure(ErrorKind::kUsage,
                 fmt::format("--days '{}' is not a number of days", EscapeForTerminal(text)),
                 "give a whole number from 1, such as 7; or none for an object of INTELLIGENT_TIERING");
}

Result<RestoreTier> ParseTier(const std::string& text) {
  for (const RestoreTier tier : {RestoreTier::kStandard, RestoreTier::kBulk, RestoreTier::kExpedited}) {
    if (EqualsIgnoringCase(text, RestoreTierName(tier))) return tier;
  }
  return Failure(ErrorKind::kUsage, fmt::format("--tier '{}' is no tier", EscapeForTerminal(text)),
                 "give Standard (hours), Bulk (half a day to two days, the cheapest) or Expedited (minutes)");
}

Result<RestoreObjectRequest> MakeRequest(const Arguments& arguments) {
  Result<ObjectUri> object = ParseObjectArgument(arguments.object);
  if (!object) return Failure(std::move(object.error()));
  const Result<std::optional<std::uint64_t>> days = ParseDays(arguments.days);
  if (!days) return Failure(days.error());
  const Result<RestoreTier> tier = ParseTier(arguments.tier);
  if (!tier) return Failure(tier.error());
  return RestoreObjectRequest{.bucket = std::move(object->bucket),
                              .key = std::move(object->key),
                              .version_id = arguments.version_id,
                              .days = *days,
                              .tier = *tier};
}

Record StartRecord(const RestoreObjectRequest& request) {
  Record record = ObjectRecord(request.bucket, request.key);
  record.AddUnlessEmpty("VersionId", request.version_id);
  return record;
}

void AddTerms(Record& record, const RestoreObjectRequest& request) {
  record.AddIf("Days", request.days).Add("Tier", RestoreTierName(request.tier));
}

Result<Outcome> Rehearse(Session& session, const Session::Tools& tools, const RestoreObjectRequest& request) {
  const std::string uri = ShowObjectUri(request.bucket, request.key);
  const Result<ObjectProperties> object = tools.client.Call<HeadObject>(
      {request.bucket, request.key, {.version_id = request.version_id}}, session.context());
  if (!object) return Failure(Error(object.error()).Within("look at " + uri));
  Record record = StartRecord(request);
  record.AddUnlessEmpty("StorageClass", object->storage_class_name)
      .AddUnlessEmpty("ArchiveStatus", object->archive_status);
  AddTerms(record, request);
  record.Add("DryRun", true).Headline("would restore " + uri);
  return Done(tools.renderer.One(record));
}

Result<Outcome> Restore(Session& session, const Session::Tools& tools, const RestoreObjectRequest& request) {
  const std::string uri = ShowObjectUri(request.bucket, request.key);
  const Result<RestoreObjectResponse> response = tools.client.Call<RestoreObject>(request, session.context());
  if (!response) {
    Error error = response.error();
    // Here it means the opposite of what it means to a reader.
    if (error.service && error.service->code == "InvalidObjectState") {
      error.hint =
          "only archived objects are restored: those of GLACIER, DEEP_ARCHIVE, or with an ArchiveStatus; "
          "head-object shows it";
    }
    return Failure(std::move(error).Within("restore " + uri));
  }
  Record record = StartRecord(request);
  record.Add("RestoreStatus", response->already_restored ? "Extended" : "Started");
  AddTerms(record, request);
  record.Headline(response->already_restored
                      ? "the copy of " + uri + " stays longer"
                      : "asked for a copy of " + uri + "; head-object says when it is there");
  return Done(tools.renderer.One(record));
}

Result<Outcome> Run(Session& session, const Arguments& arguments) {
  const Result<RestoreObjectRequest> request = MakeRequest(arguments);
  if (!request) return Failure(request.error());
  const Result<Session::Tools> tools = session.tools();
  if (!tools) return Failure(tools.error());
  return arguments.dry_run ? Rehearse(session, *tools, *request) : Restore(session, *tools, *request);
}

}  // namespace

Command RestoreCommand() {
  return {
      "restore",
      {},
      "Objects",
      "bring an archived object back for some days",
      "Asks for a copy of an object in GLACIER or DEEP_ARCHIVE, which can be read for --days (7) from when "
      "it is "
      "there; that takes minutes to days, by --tier. It does not wait: RestoreStatus in head-object says "
      "when. "
      "For a copy that is there already the days begin anew (RestoreStatus \"Extended\"). An object of "
      "INTELLIGENT_TIERING comes back for good, and wants --days none. Where a restore is under way, or the "
      "object is not archived, the exit status is 6. --dry-run looks at the object and changes nothing.",
      {{"s3conn restore s3://my-archive/2019.tar", "for a week, within hours"},
       {"s3conn restore s3://my-archive/2019.tar --days 2 --tier bulk", "the cheapest way"},
       {"s3conn head-object s3://my-archive/2019.tar | jq .RestoreStatus", "is it there?"}},
      [](CLI::App& app) -> RunCommand {
        const auto arguments = std::make_shared<Arguments>();
        app.add_option("object", arguments->object, "the object: s3://BUCKET/KEY")
            ->type_name("OBJECT")
            ->required();
        app.add_option("--days", arguments->days, "how long the copy stays; default 7, none for no end")
            ->type_name("N");
        OfferChoices(
            app.add_option("--tier", arguments->tier, "Standard, Bulk or Expedited; default Standard")
                ->type_name("TIER"),
            {{"Standard"}, {"Bulk"}, {"Expedited"}});
        DeclareVersion(app, arguments->version_id);
        DeclareDryRun(app, arguments->dry_run);
        return [arguments](Session& session) { return Run(session, *arguments); };
      }};
}

}  // namespace s3conn
