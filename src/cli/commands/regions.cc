#include <CLI/CLI.hpp>

#include "base/partition.h"
#include "cli/command.h"

namespace s3conn {
namespace {

Result<Outcome> Run(Session& session) {
  Renderer& renderer = session.early_renderer();
  if (Status opened = renderer.BeginList({{{"Regions", {{"Region", 14}, {"Caption"}}}}}); !opened) {
    return Failure(std::move(opened.error()));
  }
  for (const Region& region : KnownRegions()) {
    Record record;
    record.Add("Region", region.name).Add("Caption", region.caption);
    if (Status printed = renderer.Item(0, record); !printed) return Failure(std::move(printed.error()));
  }
  return Done(renderer.EndList(Record()));
}

}  // namespace

Command RegionsCommand() {
  return {"regions",
          {},
          "About s3conn",
          "list the regions that s3conn knows by name",
          "Lists regions of AWS with what people call them. They are what completion offers for --region; "
          "other regions, newer ones and those of other stores, are taken too.",
          {{"s3conn regions --output text", "as a table"},
           {"s3conn regions | jq -r '.Regions[].Region'", "their names"}},
          [](CLI::App&) -> RunCommand { return Run; }};
}

}  // namespace s3conn
