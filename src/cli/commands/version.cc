#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "cli/command.h"
#include "http/curl_version.h"

namespace s3conn {
namespace {

Result<Outcome> Run(Session& session) {
  Record record;
  record.Add("Version", S3CONN_VERSION).Add("Libraries", CurlVersion());
  record.Headline(fmt::format("s3conn {} ({})", S3CONN_VERSION, CurlVersion()));
  return Done(session.early_renderer().One(record));
}

}  // namespace

RunCommand VersionRun() {
  return Run;
}

Command VersionCommand() {
  return {"version",
          {},
          "About s3conn",
          "show the version",
          "Shows the version of s3conn and of the libraries it runs with.",
          {{"s3conn version", "which one is this?"}},
          [](CLI::App&) -> RunCommand { return Run; }};
}

}  // namespace s3conn
