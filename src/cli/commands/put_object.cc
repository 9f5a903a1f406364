#include "s3conn/s3/put_object.h"

#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <memory>

#include "cli/arguments.h"
#include "cli/command.h"
#include "transfer/upload.h"
#include "transfer/upload_source.h"

namespace s3conn {
namespace {

struct Arguments {
  std::string source;
  std::string destination;
};

Result<Outcome> Run(Session& session, const Arguments& arguments) {
  const Result<ObjectUri> object = DestinationObject(arguments.destination, arguments.source);
  if (!object) return Failure(object.error());
  const CallContext context = session.context();
  const Result<Session::Tools> tools = session.tools();
  if (!tools) return Failure(tools.error());

  const Result<std::unique_ptr<BodySource>> source =
      arguments.source == "-" ? ReadUploadStream(STDIN_FILENO, session.temporary_folder(), context)
                              : OpenUploadFile(arguments.source);
  if (!source) return Failure(source.error());
  const std::string uri = ShowObjectUri(object->bucket, object->key);
  const Result<UploadResult> upload =
      Upload(tools->client, {object->bucket, object->key, ""}, **source, context);
  if (!upload) return Failure(Error(upload.error()).Within("put " + uri));

  Record record;
  record.Add("BucketName", object->bucket).Add("Key", object->key).Add("ETag", upload->object.etag);
  record.Add("Size", upload->size);
  for (const ObjectChecksum& checksum : upload->object.checksums) record.Add(checksum.name, checksum.value);
  record.AddUnlessEmpty("VersionId", upload->object.version_id).Add("Verified", upload->verified);
  record.Headline(fmt::format("put {} ({})", uri, HumanBytes(upload->size)));
  return Done(tools->renderer.One(record));
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
           {"tar c src | s3conn put-object - s3://my-data/src.tar", "from a pipe"}},
          [](CLI::App& app) -> RunCommand {
            const auto arguments = std::make_shared<Arguments>();
            app.add_option("source", arguments->source, "the file, or - for standard input")
                ->type_name("SOURCE")
                ->required();
            app.add_option("destination", arguments->destination, "where it goes: s3://BUCKET/KEY")
                ->type_name("DESTINATION")
                ->required();
            return [arguments](Session& session) { return Run(session, *arguments); };
          }};
}

}  // namespace s3conn
