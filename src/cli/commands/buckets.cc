#include "s3conn/s3/buckets.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <utility>

#include "base/text.h"
#include "cli/arguments.h"
#include "cli/command.h"

namespace s3conn {
namespace {

constexpr const char* kGroup = "Buckets";

// Declares the one argument of a command on a bucket, and checks it before `run` sees it.
RunCommand DeclareOnBucket(CLI::App& app, std::function<Result<Outcome>(Session&, const std::string&)> run) {
  const auto argument = std::make_shared<std::string>();
  app.add_option("bucket", *argument, "the bucket, as NAME or s3://NAME")->type_name("BUCKET")->required();
  return [argument, run = std::move(run)](Session& session) -> Result<Outcome> {
    const Result<std::string> bucket = ParseBucketArgument(*argument);
    if (!bucket) return Failure(bucket.error());
    return run(session, *bucket);
  };
}

tl::unexpected<Error> Failed(std::string_view doing, const std::string& bucket, Error error) {
  return Failure(std::move(error).Within(fmt::format("{} '{}'", doing, EscapeForTerminal(bucket))));
}

Result<Outcome> RunCreate(Session& session, const std::string& bucket) {
  if (Status valid = CheckNewBucketName(bucket); !valid) return Failure(std::move(valid.error()));
  const Result<Session::Tools> tools = session.tools();
  if (!tools) return Failure(tools.error());
  const Settings& settings = tools->settings;
  CreateBucketRequest request{bucket, ""};
  // us-east-1 is said by saying nothing; a store of one's own is told a region only when the user gave one.
  const bool say_region = !settings.custom_endpoint() || settings.region_given;
  if (say_region && settings.region.value != "us-east-1") request.location_constraint = settings.region.value;
  const Result<CreateBucketResponse> response = tools->client.Call<CreateBucket>(request, session.context());
  if (!response) return Failed("create bucket", bucket, response.error());
  Record record;
  record.Add("Location", response->location.empty() ? "/" + bucket : response->location);
  record.Headline(fmt::format("created bucket {}", EscapeForTerminal(bucket)));
  return Done(tools->renderer.One(record));
}

Status PrintBuckets(Renderer& renderer, const ListBucketsResponse& page) {
  for (const Bucket& bucket : page.buckets) {
    Record record;
    record.Add("BucketName", bucket.name).AddIf("CreationDate", bucket.creation_date);
    if (Status printed = renderer.Item(0, record); !printed) return printed;
  }
  return renderer.Flush();
}

Result<Outcome> RunList(Session& session) {
  const Result<Session::Tools> tools = session.tools();
  if (!tools) return Failure(tools.error());
  Renderer& renderer = tools->renderer;
  bool begun = false;
  // The document is opened by the first page: a listing that fails at once prints nothing.
  const auto on_page = [&](const ListBucketsResponse& page) -> Status {
    if (!std::exchange(begun, true)) {
      Status opened = renderer.BeginList({{{"Buckets", {{"CreationDate", 20}, {"BucketName"}}}}});
      if (!opened) return opened;
    }
    return PrintBuckets(renderer, page);
  };
  Status listed = ListAllBuckets(tools->client, session.context(), on_page);
  if (!listed) return Failure(std::move(listed.error()).Within("list buckets"));
  return Done(renderer.EndList(Record()));
}

Result<Outcome> RunHead(Session& session, const std::string& bucket) {
  const Result<Session::Tools> tools = session.tools();
  if (!tools) return Failure(tools.error());
  const Result<HeadBucketResponse> response = tools->client.Call<HeadBucket>({bucket}, session.context());
  if (!response) return Failed("look at bucket", bucket, response.error());
  Record record;
  record.Add("BucketName", bucket).AddUnlessEmpty("Region", response->region);
  return Done(tools->renderer.One(record));
}

}  // namespace

Command CreateBucketCommand() {
  return {"create-bucket",
          {"mb"},
          kGroup,
          "make a new bucket",
          "Makes a bucket in the region that is set. Names that S3's rules forbid are refused before "
          "anything is sent.",
          {{"s3conn create-bucket my-data", "in the region of the profile"},
           {"s3conn create-bucket my-data --region eu-central-1", "in Frankfurt"}},
          [](CLI::App& app) { return DeclareOnBucket(app, RunCreate); }};
}

Command ListBucketsCommand() {
  return {"list-buckets",
          {},
          kGroup,
          "list the buckets of the account",
          "Lists every bucket that belongs to the owner of the credentials.",
          {{"s3conn list-buckets | jq -r '.Buckets[].BucketName'", "their names"}},
          [](CLI::App&) -> RunCommand { return RunList; }};
}

Command HeadBucketCommand() {
  return {
      "head-bucket",
      {},
      kGroup,
      "tell whether a bucket exists and may be used",
      "Exits with 0 where the bucket is there, 4 where it is not, 5 where these credentials may not use it.",
      {{"s3conn head-bucket my-data", "is it there?"}},
      [](CLI::App& app) { return DeclareOnBucket(app, RunHead); }};
}

}  // namespace s3conn
