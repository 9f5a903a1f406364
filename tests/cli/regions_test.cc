#include <string>

#include "cli/cli_fixture.h"

namespace s3conn {
namespace {

std::string Printed(const BareProgram& program, const Arguments& arguments) {
  const ProgramResult run = program.Run(arguments);
  RequireExit(run, 0);
  RequireSilence(run);
  return run.out;
}

}  // namespace

TEST_CASE("regions prints every region with its caption in each format") {
  const BareProgram program;
  const Json document = program.Succeed({"regions"});
  CHECK(FieldNames(document) == Arguments{"Regions"});
  REQUIRE(document["Regions"].size() == 22);
  CHECK(document["Regions"][0] == Json({{"Region", "us-east-2"}, {"Caption", "US East (Ohio)"}}));
  CHECK(document["Regions"][21]["Caption"] == "South America (S\xc3\xa3o Paulo)");
  CHECK(Printed(program, {"regions"})
            .starts_with("{\"Regions\":[\n{\"Region\":\"us-east-2\",\"Caption\":\"US East (Ohio)\"},\n"));

  const std::vector<Json> lines = LinesOf(program.Run({"regions", "--output=ndjson"}));
  REQUIRE(lines.size() == 23);
  CHECK(lines[21] == document["Regions"][21]);
  CHECK(lines[22] == Json({{"Summary", Json::object()}}));

  const std::vector<std::string> table = SplitLines(Printed(program, {"regions", "--output=text"}));
  REQUIRE(table.size() == 22);
  CHECK(table[0] == "us-east-2       US East (Ohio)");
  CHECK(table[6] == "ap-southeast-3  Asia Pacific (Jakarta)");
}

TEST_CASE("regions are listed although the configuration is broken") {
  BareProgram program;
  program.environment["AWS_CONFIG_FILE"] = program.home().Write("config", "no section\n[broken");
  program.environment["AWS_PROFILE"] = "missing";
  program.environment["AWS_REGION"] = "not a region";
  CHECK(program.Succeed({"regions"}).contains("Regions"));
}

TEST_CASE("regions takes no argument") {
  const BareProgram program;
  CHECK(program.Fail(2, {"regions", "eu-west-1"})["Message"] == "regions: unexpected argument 'eu-west-1'");
}

}  // namespace s3conn
