#include "s3conn/s3/list_objects.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <utility>

#include "base/text.h"
#include "cli/arguments.h"
#include "cli/command.h"

namespace s3conn {
namespace {

struct Arguments {
  std::string location;
  std::optional<std::string> prefix;
  std::string delimiter;
  std::optional<std::string> max_keys;
  std::string continuation_token;
  std::string start_after;
};

enum Array : std::size_t { kContents, kCommonPrefixes };

ListShape Shape() {
  using Align = Column::Align;
  return {{{"Contents", {{"LastModified", 20}, {"Size", 10, Align::kRight}, {"Key"}}},
           {"CommonPrefixes", {{"LastModified", 20}, {"Size", 10, Align::kRight}, {"Prefix"}}}}};
}

Result<ListObjectsRequest> MakeRequest(const Arguments& arguments) {
  ListObjectsRequest request;
  if (IsS3Uri(arguments.location)) {
    Result<ObjectUri> uri = ParseObjectUri(arguments.location);
    if (!uri) return Failure(std::move(uri.error()));
    request.bucket = std::move(uri->bucket);
    request.prefix = std::move(uri->key);
  } else {
    Result<std::string> bucket = ParseBucketArgument(arguments.location);
    if (!bucket) return Failure(std::move(bucket.error()));
    request.bucket = std::move(*bucket);
  }
  if (arguments.prefix) {
    if (!request.prefix.empty()) {
      return Failure(ErrorKind::kUsage, "the prefix is given twice: behind the bucket and by --prefix",
                     "leave one out");
    }
    request.prefix = *arguments.prefix;
  }
  if (arguments.max_keys) {
    request.max_keys = ParseUnsigned(*arguments.max_keys);
    if (!request.max_keys) {
      return Failure(ErrorKind::kUsage,
                     fmt::format("--max-keys '{}' is not a number", EscapeForTerminal(*arguments.max_keys)),
                     "give a whole number, such as 100");
    }
  }
  request.delimiter = arguments.delimiter;
  request.continuation_token = arguments.continuation_token;
  request.start_after = arguments.start_after;
  return request;
}

Record ObjectAsRecord(const S3Object& object) {
  Record record;
  record.Add("Key", object.key).Add("ETag", object.etag).AddIf("LastModified", object.last_modified);
  record.Add("Size", object.size).AddUnlessEmpty("StorageClass", object.storage_class_name);
  return record;
}

Status PrintPage(Renderer& renderer, const ListObjectsResponse& page) {
  for (const S3Object& object : page.contents) {
    if (Status printed = renderer.Item(kContents, ObjectAsRecord(object)); !printed) return printed;
  }
  for (const std::string& prefix : page.common_prefixes) {
    if (Status printed = renderer.Item(kCommonPrefixes, Record().Add("Prefix", prefix)); !printed)
      return printed;
  }
  return renderer.Flush();
}

Result<Outcome> Run(Session& session, const Arguments& arguments) {
  const Result<ListObjectsRequest> request = MakeRequest(arguments);
  if (!request) return Failure(request.error());
  const Result<Session::Tools> tools = session.tools();
  if (!tools) return Failure(tools.error());
  Renderer& renderer = tools->renderer;
  bool begun = false;
  // The document is opened by the first page: a listing that fails at once prints nothing.
  const auto on_page = [&](const ListObjectsResponse& page) -> Status {
    if (!std::exchange(begun, true)) {
      if (Status opened = renderer.BeginList(Shape()); !opened) return opened;
    }
    return PrintPage(renderer, page);
  };
  const Result<ListingEnd> end = ListAllObjects(tools->client, *request, session.context(), on_page);
  if (!end)
    return Failure(Error(end.error()).Within("list " + ShowObjectUri(request->bucket, request->prefix)));
  Record ending;
  ending.Add("KeyCount", end->key_count).Add("IsTruncated", end->is_truncated);
  ending.AddUnlessEmpty("NextContinuationToken", end->next_continuation_token);
  if (end->is_truncated) {
    session.NoteInText("there is more: --continuation-token " +
                       EscapeForTerminal(end->next_continuation_token));
  }
  return Done(renderer.EndList(ending));
}

}  // namespace

Command ListObjectsCommand() {
  return {
      "list-objects",
      {"ls"},
      "Objects",
      "list the objects of a bucket",
      "Lists the keys below a prefix in the order of their bytes, all of them, in constant memory. With "
      "--max-keys the "
      "listing stops there and NextContinuationToken says where to go on. A listing that fails leaves its "
      "JSON document "
      "unclosed, so that no parser takes it for the whole.",
      {{"s3conn list-objects s3://my-data/2026/", "everything below 2026/"},
       {"s3conn list-objects s3://my-data --delimiter /", "the top level, like folders"},
       {"s3conn list-objects s3://my-data | jq '[.Contents[].Size] | add'", "how much is in it?"}},
      [](CLI::App& app) -> RunCommand {
        const auto arguments = std::make_shared<Arguments>();
        app.add_option("location", arguments->location,
                       "the bucket, with a prefix if you like: s3://BUCKET/PREFIX")
            ->type_name("LOCATION")
            ->required();
        app.add_option("--prefix", arguments->prefix, "only keys that begin so")->type_name("PREFIX");
        app.add_option("--delimiter", arguments->delimiter, "group keys up to this text into CommonPrefixes")
            ->type_name("TEXT");
        app.add_option("--max-keys", arguments->max_keys, "at most so many keys and prefixes")
            ->type_name("N");
        app.add_option("--continuation-token", arguments->continuation_token, "go on where a listing stopped")
            ->type_name("TOKEN");
        app.add_option("--start-after", arguments->start_after, "only keys that come after this one")
            ->type_name("KEY");
        return [arguments](Session& session) { return Run(session, *arguments); };
      }};
}

}  // namespace s3conn
