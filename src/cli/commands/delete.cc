#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <utility>
#include <vector>

#include "cli/arguments.h"
#include "cli/batch.h"
#include "cli/command.h"
#include "s3conn/s3/delete_object.h"

namespace s3conn {
namespace {

Record DeletedRecord(const ObjectUri& object, const DeleteObjectResponse& response) {
  Record record;
  record.Add("BucketName", object.bucket).Add("Key", object.key).Add("Deleted", true);
  record.AddUnlessEmpty("VersionId", response.version_id);
  if (response.delete_marker) record.Add("DeleteMarker", true);
  record.Headline("deleted " + ShowObjectUri(object.bucket, object.key));
  return record;
}

Record FailedRecord(const ObjectUri& object) {
  Record record;
  record.Add("BucketName", object.bucket).Add("Key", object.key).Add("Deleted", false);
  return record;
}

Result<DeleteObjectResponse> DeleteOne(Client& client, const ObjectUri& object, const CallContext& context) {
  Result<DeleteObjectResponse> response = client.Call<DeleteObject>({object.bucket, object.key}, context);
  if (response) return response;
  return Failure(std::move(response.error()).Within("delete " + ShowObjectUri(object.bucket, object.key)));
}

Result<Outcome> DeleteSeveral(Session& session, const std::vector<ObjectUri>& objects) {
  const Result<Session::Tools> tools = session.tools();
  if (!tools) return Failure(tools.error());
  const CallContext context = session.context();
  Batch batch(session, tools->renderer);
  for (const ObjectUri& object : objects) {
    const Result<DeleteObjectResponse> response = DeleteOne(tools->client, object, context);
    // Whoever says stop means the rest too.
    if (!response && response.error().kind == ErrorKind::kCancelled) return Failure(response.error());
    Status printed = response ? batch.Succeeded(DeletedRecord(object, *response))
                              : batch.Failed(FailedRecord(object), response.error());
    if (printed) printed = batch.Flush();
    if (!printed) return Failure(std::move(printed.error()));
  }
  Record summary;
  summary.Add("Deleted", batch.succeeded());
  return batch.End(std::move(summary),
                   fmt::format("{} deleted, {} failed", batch.succeeded(), batch.failed()));
}

Result<Outcome> Run(Session& session, const std::vector<std::string>& arguments) {
  std::vector<ObjectUri> objects;
  for (const std::string& argument : arguments) {
    Result<ObjectUri> object = ParseObjectArgument(argument);
    if (!object) return Failure(std::move(object.error()));
    objects.push_back(std::move(*object));
  }
  if (objects.size() > 1) return DeleteSeveral(session, objects);
  const Result<Session::Tools> tools = session.tools();
  if (!tools) return Failure(tools.error());
  const Result<DeleteObjectResponse> response = DeleteOne(tools->client, objects.front(), session.context());
  if (!response) return Failure(response.error());
  return Done(tools->renderer.One(DeletedRecord(objects.front(), *response)));
}

}  // namespace

Command DeleteCommand() {
  return {"delete",
          {"rm", "delete-object"},
          "Objects",
          "delete one or several objects",
          "Deletes exactly the keys named; nothing is expanded. All arguments are checked before the first "
          "is deleted. As S3 "
          "does, it succeeds for a key that does not exist. Where one of several fails the others are still "
          "deleted, and the "
          "exit status is 9.",
          {{"s3conn delete s3://my-data/2026/report.pdf", "one object"},
           {"s3conn delete s3://my-data/a s3://my-data/b", "two of them"}},
          [](CLI::App& app) -> RunCommand {
            const auto arguments = std::make_shared<std::vector<std::string>>();
            app.add_option("objects", *arguments, "the objects: s3://BUCKET/KEY")
                ->type_name("OBJECT")
                ->required();
            return [arguments](Session& session) { return Run(session, *arguments); };
          }};
}

}  // namespace s3conn
