#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <utility>
#include <vector>

#include "cli/arguments.h"
#include "cli/batch.h"
#include "cli/command.h"
#include "cli/object_options.h"
#include "cli/object_record.h"
#include "transfer/remove.h"
#include "transfer/write_condition.h"

namespace s3conn {
namespace {

struct Arguments {
  std::vector<std::string> objects;
  std::string version_id;
  std::string if_match;
  bool dry_run = false;
};

Record DeletedRecord(const DeleteObjectRequest& request, const DeleteObjectResponse& response) {
  Record record = ObjectRecord(request.bucket, request.key);
  record.Add("Deleted", true).AddUnlessEmpty("VersionId", response.version_id);
  if (response.delete_marker) record.Add("DeleteMarker", true);
  return record.Headline("deleted " + ShowObjectUri(request.bucket, request.key));
}

Record DryRecord(const DeleteObjectRequest& request) {
  return ObjectRecord(request.bucket, request.key)
      .AddUnlessEmpty("VersionId", request.version_id)
      .Add("DryRun", true)
      .Headline("would delete " + ShowObjectUri(request.bucket, request.key));
}

Result<DeleteObjectResponse> DeleteOne(Client& client, const DeleteObjectRequest& request,
                                       const CallContext& context) {
  Result<DeleteObjectResponse> response = Remove(client, request, Look::kFirst, context);
  if (response) return response;
  return Failure(std::move(response.error()).Within("delete " + ShowObjectUri(request.bucket, request.key)));
}

Result<Outcome> DeleteSeveral(Session& session, const std::vector<DeleteObjectRequest>& requests) {
  const Result<Session::Tools> tools = session.tools();
  if (!tools) return Failure(tools.error());
  const CallContext context = session.context();
  Batch batch(session, tools->renderer);
  for (const DeleteObjectRequest& request : requests) {
    const Result<DeleteObjectResponse> response = DeleteOne(tools->client, request, context);
    // Whoever says stop means the rest too.
    if (!response && response.error().kind == ErrorKind::kCancelled) return Failure(response.error());
    Status printed = response ? batch.Succeeded(DeletedRecord(request, *response))
                              : batch.Failed(ObjectRecord(request.bucket, request.key).Add("Deleted", false),
                                             response.error());
    if (printed) printed = batch.Flush();
    if (!printed) return Failure(std::move(printed.error()));
  }
  Record summary;
  summary.Add("Deleted", batch.succeeded());
  return batch.End(std::move(summary),
                   fmt::format("{} deleted, {} failed", batch.succeeded(), batch.failed()));
}

Status TryCondition(Session& session, const DeleteObjectRequest& request) {
  const Result<Session::Tools> tools = session.tools();
  if (!tools) return Failure(tools.error());
  const WriteTarget target{.bucket = request.bucket,
                           .key = request.key,
                           .conditions = request.conditions,
                           .version_id = request.version_id};
  Status holds = LookAtConditions(tools->client, target, session.context());
  if (holds) return holds;
  return Failure(std::move(holds.error()).Within("delete " + ShowObjectUri(request.bucket, request.key)));
}

// Sends nothing without a condition: as S3 does, a deletion succeeds whether the key exists or not.
Result<Outcome> Rehearse(Session& session, const std::vector<DeleteObjectRequest>& requests) {
  const Result<Renderer*> renderer = session.renderer();
  if (!renderer) return Failure(renderer.error());
  if (requests.front().conditions.any()) {  // only ever of one object
    if (Status holds = TryCondition(session, requests.front()); !holds) {
      return Failure(std::move(holds.error()));
    }
  }
  if (requests.size() == 1) return Done((*renderer)->One(DryRecord(requests.front())));
  Batch batch(session, **renderer);
  for (const DeleteObjectRequest& request : requests) {
    if (Status printed = batch.Succeeded(DryRecord(request)); !printed)
      return Failure(std::move(printed.error()));
  }
  const std::uint64_t none = 0;
  Record summary;
  summary.Add("Deleted", none).Add("WouldDelete", batch.succeeded());
  return batch.End(std::move(summary),
                   fmt::format("{} would be deleted; nothing was changed", batch.succeeded()));
}

Result<std::vector<DeleteObjectRequest>> MakeRequests(const Arguments& arguments) {
  const Result<WriteConditions> conditions = MakeWriteConditions({.if_match = arguments.if_match});
  if (!conditions) return Failure(conditions.error());
  if (arguments.objects.size() > 1 && (!arguments.version_id.empty() || conditions->any())) {
    return Failure(ErrorKind::kUsage,
                   "--version-id and --if-match are about one object, and several are named", "name one");
  }
  std::vector<DeleteObjectRequest> requests;
  for (const std::string& argument : arguments.objects) {
    Result<ObjectUri> object = ParseObjectArgument(argument);
    if (!object) return Failure(std::move(object.error()));
    requests.push_back(
        {std::move(object->bucket), std::move(object->key), arguments.version_id, *conditions});
  }
  return requests;
}

Result<Outcome> Run(Session& session, const Arguments& arguments) {
  const Result<std::vector<DeleteObjectRequest>> requests = MakeRequests(arguments);
  if (!requests) return Failure(requests.error());
  if (arguments.dry_run) return Rehearse(session, *requests);
  if (requests->size() > 1) return DeleteSeveral(session, *requests);
  const Result<Session::Tools> tools = session.tools();
  if (!tools) return Failure(tools.error());
  const DeleteObjectRequest& request = requests->front();
  const Result<DeleteObjectResponse> response = DeleteOne(tools->client, request, session.context());
  if (!response) return Failure(response.error());
  return Done(tools->renderer.One(DeletedRecord(request, *response)));
}

}  // namespace

Command DeleteCommand() {
  return {
      "delete",
      {"rm", "delete-object"},
      "Objects",
      "delete one or several objects",
      "Deletes exactly the keys named; nothing is expanded. All arguments are checked before the first "
      "is deleted. As S3 "
      "does, it succeeds for a key that does not exist. In a bucket that keeps versions a marker hides the "
      "object; with --version-id that version is gone for good. Where one of several fails the others are "
      "still deleted, and the exit status is 9.",
      {{"s3conn delete s3://my-data/2026/report.pdf", "one object"},
       {"s3conn delete s3://my-data/a s3://my-data/b", "two of them"}},
      [](CLI::App& app) -> RunCommand {
        const auto arguments = std::make_shared<Arguments>();
        app.add_option("objects", arguments->objects, "the objects: s3://BUCKET/KEY")
            ->type_name("OBJECT")
            ->required();
        DeclareVersion(app, arguments->version_id);
        DeclareIfMatch(app, arguments->if_match);
        DeclareDryRun(app, arguments->dry_run);
        return [arguments](Session& session) { return Run(session, *arguments); };
      }};
}

}  // namespace s3conn
