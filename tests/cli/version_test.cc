#include "cli/cli_fixture.h"

namespace s3conn {

TEST_CASE("The version is told although the configuration is broken") {
  BareProgram program;
  program.environment["AWS_CONFIG_FILE"] = program.home().Write("config", "no section\n[broken");
  program.environment["AWS_PROFILE"] = "missing";
  CHECK(program.Succeed({"version"}).contains("Version"));
  CHECK(program.Succeed({"--version"}).contains("Version"));
  // The same file stops what needs it.
  program.Fail(3, {"list-buckets"});
}

}  // namespace s3conn
