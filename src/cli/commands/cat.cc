#include <CLI/CLI.hpp>
#include <memory>
#include <vector>

#include "cli/arguments.h"
#include "cli/command.h"
#include "cli/object_options.h"
#include "cli/stream_target.h"

namespace s3conn {
namespace {

struct Arguments {
  std::vector<std::string> objects;
  ReadingOptions reading;
  std::string range;
};

Result<Outcome> Run(Session& session, const Arguments& arguments) {
  const Result<ReadOptions> options = MakeReadOptions(session, arguments.reading);
  if (!options) return Failure(options.error());
  const Result<std::optional<ByteRange>> range = MakeRange(arguments.range);
  if (!range) return Failure(range.error());
  if (arguments.objects.size() > 1 && (!options->version_id.empty() || !options->if_match.empty())) {
    return Failure(ErrorKind::kUsage,
                   "--version-id and --if-match are about one object, and several are named", "name one");
  }
  std::vector<GetObjectRequest> requests;
  for (const std::string& argument : arguments.objects) {
    Result<ObjectUri> object = ParseObjectArgument(argument);
    if (!object) return Failure(std::move(object.error()));
    requests.push_back({std::move(object->bucket), std::move(object->key), *options, *range});
  }
  for (const GetObjectRequest& request : requests) {
    if (Status written = DownloadToOutput(session, request); !written)
      return Failure(std::move(written.error()));
  }
  return Outcome::kDone;
}

}  // namespace

Command CatCommand() {
  return {
      "cat",
      {},
      "Objects",
      "write objects to standard output",
      "Writes the bytes of one object after the other to standard output, and nothing else. They are checked "
      "as by get-object; it stops at the first that fails, and the exit status says why.",
      {{"s3conn cat s3://my-data/part-1 s3://my-data/part-2 > whole", "two in a row"},
       {"s3conn cat s3://my-data/table.csv --range 0-999 | head -n 1", "only its first bytes"}},
      [](CLI::App& app) -> RunCommand {
        const auto arguments = std::make_shared<Arguments>();
        app.add_option("objects", arguments->objects, "the objects: s3://BUCKET/KEY")
            ->type_name("OBJECT")
            ->required();
        DeclareReading(app, arguments->reading);
        DeclareRange(app, arguments->range);
        return [arguments](Session& session) { return Run(session, *arguments); };
      }};
}

}  // namespace s3conn
