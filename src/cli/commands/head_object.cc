#include "s3conn/s3/head_object.h"

#include <CLI/CLI.hpp>
#include <memory>

#include "cli/arguments.h"
#include "cli/command.h"
#include "cli/object_options.h"
#include "cli/object_record.h"

namespace s3conn {
namespace {

struct Arguments {
  std::string object;
  ReadingOptions reading;
};

Result<Outcome> Run(Session& session, const Arguments& arguments) {
  const Result<ObjectUri> object = ParseObjectArgument(arguments.object);
  if (!object) return Failure(object.error());
  const Result<ReadOptions> options = MakeReadOptions(session, arguments.reading);
  if (!options) return Failure(options.error());
  const Result<Session::Tools> tools = session.tools();
  if (!tools) return Failure(tools.error());
  const Result<ObjectProperties> properties =
      tools->client.Call<HeadObject>({object->bucket, object->key, *options}, session.context());
  if (!properties) {
    return Failure(Error(properties.error()).Within("look at " + ShowObjectUri(object->bucket, object->key)));
  }
  Record record = ObjectRecord(object->bucket, object->key);
  AddProperties(record, *properties);
  return Done(tools->renderer.One(record));
}

}  // namespace

Command HeadObjectCommand() {
  return {
      "head-object",
      {"stat"},
      "Objects",
      "show an object's size, ETag, date and metadata",
      "Shows what the store knows about one object, without its bytes. Exits with 4 where it does not exist.",
      {{"s3conn head-object s3://my-data/2026/report.pdf | jq .Size", "how large is it?"}},
      [](CLI::App& app) -> RunCommand {
        const auto arguments = std::make_shared<Arguments>();
        app.add_option("object", arguments->object, "the object: s3://BUCKET/KEY")
            ->type_name("OBJECT")
            ->required();
        DeclareReading(app, arguments->reading);
        return [arguments](Session& session) { return Run(session, *arguments); };
      }};
}

}  // namespace s3conn
