#include <filesystem>
#include <string>

#include "config/local_folder.h"
#include "config/settings.h"
#include "support/catch.h"
#include "unit/config/test_home.h"

// local: as an endpoint, and the built-in profile of that name.

namespace s3conn {
namespace {

std::string FolderOf(const TestHome& home, const SettingsOptions& options) {
  const Result<Settings> settings = home.Resolve(options);
  REQUIRE(settings);
  CHECK_FALSE(settings->endpoint_url);
  REQUIRE(settings->local_folder);
  CHECK(settings->custom_endpoint());
  return settings->local_folder->value;
}

}  // namespace

TEST_CASE("LocalFolder: a path is a folder of this machine and none is the one for the user") {
  TestHome home;
  const Environment environment = home.environment();
  CHECK(*LocalFolder("", environment) == home.path() + "/.local/share/s3conn/local");
  CHECK(*LocalFolder("/a/./b/../c", environment) == "/a/c");
  CHECK(*LocalFolder("~/x", environment) == home.path() + "/x");
  CHECK(*LocalFolder("x", environment) == (std::filesystem::current_path() / "x").string());
  CHECK(LocalFolder(std::string_view("a\0b", 3), environment).error().kind == ErrorKind::kUsage);
  home.variables["XDG_DATA_HOME"] = "/data";
  CHECK(*LocalFolder("", environment) == "/data/s3conn/local");
  home.variables["XDG_DATA_HOME"] = "relative";
  CHECK(*LocalFolder("", environment) == home.path() + "/.local/share/s3conn/local");
  home.variables.clear();
  CHECK(LocalFolder("", environment).error().kind == ErrorKind::kConfig);
}

TEST_CASE("Settings: an endpoint may be a folder wherever an endpoint may be set") {
  TestHome home;
  CHECK(FolderOf(home, {.endpoint_url = "local:/by/option"}) == "/by/option");
  home.variables["AWS_ENDPOINT_URL"] = "local:/by/variable";
  CHECK(FolderOf(home, {}) == "/by/variable");
  CHECK(FolderOf(home, {.endpoint_url = "local:/by/option"}) == "/by/option");
  home.variables.erase("AWS_ENDPOINT_URL");
  home.WriteConnector("[profile mine]\nendpoint_url = local:/by/profile\n");
  CHECK(FolderOf(home, {.profile = "mine"}) == "/by/profile");
}

TEST_CASE("Settings: the profile local is built in and looks at nothing of AWS") {
  TestHome home;
  home.WriteAwsConfig("[profile local]\nendpoint_url = http://aws.example\nregion = eu-west-1\n");
  home.WriteAwsCredentials("not even a file");
  home.variables["AWS_ENDPOINT_URL"] = "http://aws.example";
  home.variables["AWS_REGION"] = "NO REGION";
  home.variables["S3CONN_ENDPOINT_URL"] = "http://other.example";
  for (const bool by_variable : {false, true}) {
    CAPTURE(by_variable);
    SettingsOptions options;
    if (by_variable) {
      home.variables["S3CONN_PROFILE"] = "local";
    } else {
      options.profile = "local";
    }
    CHECK(FolderOf(home, options) == home.path() + "/.local/share/s3conn/local");
    const Result<Settings> settings = home.Resolve(options);
    CHECK(settings->ignores_aws);
    CHECK(settings->region.value == "us-east-1");
    CHECK(settings->local_folder->origin == "profile local (built in)");
  }
  CHECK(FolderOf(home, {.endpoint_url = "local:/other"}) == "/other");
  home.variables["S3CONN_REGION"] = "eu-north-1";
  CHECK(home.Resolve()->region.value == "eu-north-1");
}

TEST_CASE("Settings: a URL beside the profile local is refused") {
  const TestHome home;
  const auto refused = home.Resolve({.profile = "local", .endpoint_url = "https://s3.example.com"});
  REQUIRE_FALSE(refused);
  CHECK(refused.error().kind == ErrorKind::kUsage);
  CHECK(Contains(refused.error().message, "--profile"));
  CHECK(Contains(refused.error().message, "https://s3.example.com"));
}

TEST_CASE("Settings: the own file may say what local is and AWS may have a profile of that name") {
  TestHome home;
  home.WriteAwsConfig("[profile local]\nregion = eu-west-1\n");
  home.variables["AWS_PROFILE"] = "local";
  const auto of_aws = home.Resolve();
  REQUIRE(of_aws);
  CHECK_FALSE(of_aws->custom_endpoint());
  CHECK(of_aws->region.value == "eu-west-1");

  home.WriteConnector("[profile local]\nendpoint_url = http://127.0.0.1:9000\nregion = eu-north-1\n");
  const auto own = home.Resolve({.profile = "local"});
  REQUIRE(own);
  CHECK_FALSE(own->local_folder);
  CHECK(own->endpoint_url->value.origin.port == 9000);
  CHECK(own->region.value == "eu-north-1");
  CHECK(own->ignores_aws);
}

TEST_CASE("Settings: a slip of local is helped") {
  const TestHome home;
  CHECK(Contains(AllText(home.Resolve({.endpoint_url = "lokal:x"}).error()), "local:PATH"));
  CHECK(Contains(AllText(home.Resolve({.profile = "locl"}).error()), "did you mean 'local'?"));
}

TEST_CASE("Settings: what chooses among the hosts of AWS has no say beside a folder") {
  TestHome home;
  home.variables["AWS_USE_FIPS_ENDPOINT"] = "true";
  const auto settings = home.Resolve({.endpoint_url = "local:/x"});
  REQUIRE(settings);
  const Status checked = CheckHostChoice(*settings);
  REQUIRE_FALSE(checked);
  CHECK(Contains(checked.error().message, "--endpoint-url"));
}

}  // namespace s3conn
