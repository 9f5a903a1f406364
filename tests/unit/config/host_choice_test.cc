#include <fmt/format.h>

#include <string>
#include <vector>

#include "config/settings.h"
#include "support/catch.h"
#include "unit/config/test_home.h"

namespace s3conn {
namespace {

Status Checked(const TestHome& home, const SettingsOptions& options = {}) {
  const Result<Settings> settings = home.Resolve(options);
  REQUIRE(settings);
  return CheckHostChoice(*settings);
}

TEST_CASE("Settings: which of AWS hosts is the ordinary one by default") {
  const TestHome home;
  const auto settings = home.Resolve();
  REQUIRE(settings);
  for (const Setting<bool>* const setting : {&settings->use_dualstack_endpoint, &settings->use_fips_endpoint,
                                             &settings->use_accelerate_endpoint}) {
    CHECK_FALSE(setting->value);
    CHECK(setting->origin == "default");
  }
  CHECK(CheckHostChoice(*settings));
}

TEST_CASE("Settings: a host choice that is neither true nor false is told with its origin") {
  struct Case {
    std::string setting, variable, property;
  };
  const std::vector<Case> cases = {
      {"use_dualstack_endpoint", "AWS_USE_DUALSTACK_ENDPOINT", "s3 =\n  use_dualstack_endpoint = yes\n"},
      {"use_fips_endpoint", "AWS_USE_FIPS_ENDPOINT", "use_fips_endpoint = yes\n"},
      {"use_accelerate_endpoint", "S3CONN_USE_ACCELERATE_ENDPOINT",
       "s3 =\n  use_accelerate_endpoint = yes\n"},
  };
  for (const Case& c : cases) {
    CAPTURE(c.setting);
    TestHome home;
    const std::string path = home.WriteAwsConfig("[default]\n" + c.property);
    const auto by_profile = home.Resolve();
    REQUIRE_FALSE(by_profile);
    CHECK(by_profile.error().kind == ErrorKind::kConfig);
    CHECK(Contains(by_profile.error().message,
                   fmt::format("{} 'yes' (from profile default ({}:", c.setting, path)));
    home.variables[c.variable] = "1";
    const auto by_variable = home.Resolve();
    REQUIRE_FALSE(by_variable);
    CHECK(by_variable.error().message ==
          fmt::format("{} '1' (from {}) is not valid: it must be true or false", c.setting, c.variable));
  }
}

TEST_CASE("Settings: a choice among AWS hosts and an endpoint exclude each other and both are named") {
  for (const std::string name : {"use_dualstack_endpoint", "use_fips_endpoint", "use_accelerate_endpoint"}) {
    CAPTURE(name);
    TestHome home;
    const std::string path = home.WriteAwsConfig("[default]\n" + name + " = true\n");
    CHECK(Checked(home));
    const Status by_option = Checked(home, {.endpoint_url = "http://127.0.0.1:9000"});
    REQUIRE_FALSE(by_option);
    CHECK(by_option.error().kind == ErrorKind::kConfig);
    CHECK(by_option.error().message ==
          fmt::format("{} (from profile default ({}:2)) chooses among the hosts of AWS, and endpoint_url "
                      "(from --endpoint-url) names another",
                      name, path));
    CHECK(Contains(by_option.error().hint, "set " + name + " to false"));
    home.variables["AWS_ENDPOINT_URL_S3"] = "http://127.0.0.1:9000";
    const Status by_variable = Checked(home);
    REQUIRE_FALSE(by_variable);
    CHECK(Contains(by_variable.error().message, "endpoint_url (from AWS_ENDPOINT_URL_S3)"));
  }
}

TEST_CASE("Settings: a choice that is switched off goes with an endpoint") {
  TestHome home;
  home.WriteAwsConfig("[default]\nuse_dualstack_endpoint = true\n");
  home.variables["AWS_USE_DUALSTACK_ENDPOINT"] = "false";
  CHECK(Checked(home, {.endpoint_url = "http://127.0.0.1:9000"}));
}

TEST_CASE("Settings: FIPS and acceleration exclude each other and both are named") {
  TestHome home;
  home.variables["AWS_USE_FIPS_ENDPOINT"] = "true";
  const std::string path = home.WriteConnector("[default]\ns3 =\n  use_accelerate_endpoint = true\n");
  const Status status = Checked(home);
  REQUIRE_FALSE(status);
  CHECK(status.error().kind == ErrorKind::kConfig);
  CHECK(Contains(status.error().message, "use_fips_endpoint (from AWS_USE_FIPS_ENDPOINT)"));
  CHECK(Contains(status.error().message,
                 fmt::format("use_accelerate_endpoint (from profile default ({}:3))", path)));
  CHECK_FALSE(status.error().hint.empty());
  home.variables["S3CONN_USE_ACCELERATE_ENDPOINT"] = "false";
  CHECK(Checked(home));
}

TEST_CASE("Settings: dual-stack goes with FIPS and with acceleration") {
  TestHome home;
  home.variables["AWS_USE_DUALSTACK_ENDPOINT"] = "true";
  home.variables["AWS_USE_FIPS_ENDPOINT"] = "true";
  CHECK(Checked(home));
  home.variables["AWS_USE_FIPS_ENDPOINT"] = "false";
  home.variables["S3CONN_USE_ACCELERATE_ENDPOINT"] = "true";
  CHECK(Checked(home));
}

}  // namespace
}  // namespace s3conn
