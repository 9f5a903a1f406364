#include "config/settings.h"

#include <fmt/format.h>

#include <string>
#include <utility>
#include <vector>

#include "support/catch.h"
#include "unit/config/test_home.h"

namespace s3conn {
namespace {

std::pair<std::string, std::string> Region(const Settings& s) {
  return {s.region.value, s.region.origin};
}
std::pair<std::string, std::string> Endpoint(const Settings& s) {
  if (!s.endpoint_url) return {"(unset)", ""};
  return {s.endpoint_url->value.origin.host, s.endpoint_url->origin};
}

std::string MessageOf(const Result<Settings>& settings) {
  return settings ? "(no error)" : settings.error().message;
}

TEST_CASE("Settings: defaults where nothing is set") {
  TestHome home;
  const auto settings = home.Resolve();
  REQUIRE(settings);
  CHECK(settings->profile.value == "default");
  CHECK(settings->profile.origin == "default");
  CHECK_FALSE(settings->profile_comes_first);
  CHECK(settings->region.value == "us-east-1");
  CHECK(settings->region.origin == "default");
  CHECK_FALSE(settings->region_given);
  CHECK_FALSE(settings->endpoint_url);
  CHECK(settings->addressing.value == Addressing::kAuto);
  CHECK_FALSE(settings->ca_bundle);
  CHECK_FALSE(settings->max_attempts);
  CHECK_FALSE(settings->connect_timeout);
  CHECK_FALSE(settings->read_timeout);
  CHECK_FALSE(settings->payload_signing_enabled);
  CHECK_FALSE(settings->request_checksum_calculation);
  CHECK_FALSE(settings->use_static_credentials);
  CHECK(settings->output.value == OutputFormat::kAuto);
  CHECK(settings->sign_requests.value);
  REQUIRE(settings->profiles != nullptr);
}

TEST_CASE("Settings: the output of AWS files is not ours") {
  TestHome home;
  home.WriteAwsConfig("[default]\noutput = table\n");
  home.WriteAwsCredentials("[default]\noutput = json\n");
  const auto settings = home.Resolve();
  REQUIRE(settings);
  CHECK(settings->output.origin == "default");
}

TEST_CASE("Settings: empty variables count as unset") {
  TestHome home;
  home.variables["S3CONN_REGION"] = "";
  home.variables["AWS_REGION"] = "";
  home.variables["AWS_DEFAULT_REGION"] = "eu-west-3";
  home.variables["AWS_ENDPOINT_URL"] = "";
  home.variables["AWS_PROFILE"] = "";
  const auto settings = home.Resolve();
  REQUIRE(settings);
  CHECK(settings->region.value == "eu-west-3");
  CHECK(settings->region_given);
  CHECK_FALSE(settings->endpoint_url);
  CHECK(settings->profile.value == "default");
}

TEST_CASE("Settings: a custom endpoint without a region is us-east-1 and no region given") {
  TestHome home;
  const auto settings = home.Resolve({.endpoint_url = "http://127.0.0.1:9000/gateway"});
  REQUIRE(settings);
  CHECK(settings->region.value == "us-east-1");
  CHECK_FALSE(settings->region_given);
  CHECK(settings->endpoint_url->value.origin == Origin{Scheme::kHttp, "127.0.0.1", 9000});
  CHECK(settings->endpoint_url->value.path_prefix == "/gateway");
}

TEST_CASE("Settings: no-sign-request switches signatures off") {
  TestHome home;
  const auto settings = home.Resolve({.no_sign_request = true});
  REQUIRE(settings);
  CHECK_FALSE(settings->sign_requests.value);
  CHECK(settings->sign_requests.origin == "--no-sign-request");
}

TEST_CASE("Settings: a tilde in ca_bundle is the home folder") {
  TestHome home;
  home.WriteAwsConfig("[default]\nca_bundle = ~/ca.pem\n");
  CHECK(home.Resolve()->ca_bundle->value == home.path() + "/ca.pem");
}

// Profiles

TEST_CASE("Settings: how a profile is chosen") {
  TestHome home;
  home.WriteAwsConfig("[profile a]\n[profile b]\n[profile c]\n[profile d]\n");
  SettingsOptions options;
  const auto choose = [&](const std::string& name, const std::string& origin, bool comes_first) {
    const auto settings = home.Resolve(options);
    INFO(MessageOf(settings));
    REQUIRE(settings);
    CHECK(settings->profile.value == name);
    CHECK(settings->profile.origin == origin);
    CHECK(settings->profile_comes_first == comes_first);
  };
  choose("default", "default", false);
  home.variables["AWS_DEFAULT_PROFILE"] = "a";
  choose("a", "AWS_DEFAULT_PROFILE", false);
  home.variables["AWS_PROFILE"] = "b";
  choose("b", "AWS_PROFILE", false);
  home.variables["S3CONN_PROFILE"] = "c";
  choose("c", "S3CONN_PROFILE", true);
  options.profile = "d";
  choose("d", "--profile", true);
}

TEST_CASE("Settings: a profile named for us beats the environment for what it sets") {
  TestHome home;
  const std::string path = home.WriteAwsConfig("[profile w]\nregion = eu-west-1\nendpoint_url = http://w\n");
  home.variables["S3CONN_REGION"] = "eu-west-2";
  home.variables["S3CONN_ENDPOINT_URL"] = "http://environment";
  home.variables["AWS_MAX_ATTEMPTS"] = "7";
  const std::string origin = "profile w (" + path + ":2)";
  using Pair = std::pair<std::string, std::string>;
  SECTION("by option") {
    const auto settings = home.Resolve({.profile = "w"});
    REQUIRE(settings);
    CHECK(Region(*settings) == Pair("eu-west-1", origin));
    CHECK(Endpoint(*settings).first == "w");
    CHECK(settings->max_attempts->origin == "AWS_MAX_ATTEMPTS");
  }
  SECTION("by our variable") {
    home.variables["S3CONN_PROFILE"] = "w";
    CHECK(Region(*home.Resolve()) == Pair("eu-west-1", origin));
    CHECK(Endpoint(*home.Resolve()).first == "w");
  }
  SECTION("not by AWS variables") {
    home.variables["AWS_PROFILE"] = "w";
    CHECK(Region(*home.Resolve()) == Pair("eu-west-2", "S3CONN_REGION"));
    CHECK(Endpoint(*home.Resolve()).first == "environment");
    home.variables.erase("S3CONN_REGION");
    CHECK(Region(*home.Resolve()) == Pair("eu-west-1", origin));
  }
  SECTION("and options beat it") {
    const auto settings =
        home.Resolve({.profile = "w", .region = "eu-west-3", .endpoint_url = "http://option"});
    REQUIRE(settings);
    CHECK(Region(*settings) == Pair("eu-west-3", "--region"));
    CHECK(Endpoint(*settings).first == "option");
  }
}

TEST_CASE("Settings: a profile does not inherit from the default one") {
  TestHome home;
  home.WriteAwsConfig("[default]\nregion = eu-west-1\n[profile w]\n");
  CHECK(home.Resolve({.profile = "w"})->region.origin == "default");
}

TEST_CASE("Settings: an unknown profile is an error that tells the known ones") {
  TestHome home;
  SECTION("there are some") {
    home.WriteAwsConfig("[profile work]\n[profile play]\n");
    const auto by_option = home.Resolve({.profile = "wrk"});
    REQUIRE_FALSE(by_option);
    CHECK(by_option.error().kind == ErrorKind::kConfig);
    CHECK(by_option.error().message == "there is no profile 'wrk' (named by --profile)");
    CHECK(by_option.error().hint == "did you mean 'work'? there are: play, work");
  }
  SECTION("there are none") {
    const auto by_option = home.Resolve({.profile = "wrk"});
    REQUIRE_FALSE(by_option);
    CHECK(by_option.error().hint == "no profile was found in any file");
  }
  SECTION("named by a variable") {
    for (const std::string variable : {"S3CONN_PROFILE", "AWS_PROFILE", "AWS_DEFAULT_PROFILE"}) {
      TestHome other;
      other.variables[variable] = "x";
      const auto settings = other.Resolve();
      REQUIRE_FALSE(settings);
      CHECK(settings.error().kind == ErrorKind::kConfig);
      CHECK(settings.error().message == "there is no profile 'x' (named by " + variable + ")");
    }
  }
}

// Endpoints

TEST_CASE("Settings: the endpoint of a services section comes before that of the profile") {
  TestHome home;
  const std::string path = home.WriteAwsConfig(
      "[default]\nservices = own\nendpoint_url = http://profile\ns3 =\n  endpoint_url = http://ignored\n"
      "[services own]\nsts =\n  endpoint_url = http://sts\ns3 =\n  endpoint_url = http://services\n");
  CHECK(Endpoint(*home.Resolve()).first == "services");
  CHECK(Endpoint(*home.Resolve()).second == "services own (" + path + ":10)");
  home.variables["AWS_ENDPOINT_URL"] = "http://environment";
  CHECK(Endpoint(*home.Resolve()).first == "environment");
}

TEST_CASE("Settings: a services section without S3 leaves the endpoint to the profile") {
  TestHome home;
  home.WriteAwsConfig("[default]\nservices = own\nendpoint_url = http://profile\n[services own]\n");
  CHECK(Endpoint(*home.Resolve()).first == "profile");
}

TEST_CASE("Settings: the endpoint of our own file comes before services of AWS files") {
  TestHome home;
  home.WriteConnector("[default]\nendpoint_url = http://own\n");
  home.WriteAwsConfig("[default]\nservices = x\n[services x]\ns3 =\n  endpoint_url = http://services\n");
  CHECK(Endpoint(*home.Resolve()).first == "own");
}

TEST_CASE("Settings: a nested endpoint of a profile is not read") {
  TestHome home;
  home.WriteAwsConfig("[default]\ns3 =\n  endpoint_url = http://nested\n");
  CHECK_FALSE(home.Resolve()->endpoint_url);
}

TEST_CASE("Settings: a reference to services that are nowhere is an error") {
  TestHome home;
  const std::string path =
      home.WriteAwsConfig("[default]\nservices = nowhere\nendpoint_url = http://profile\n");
  const auto settings = home.Resolve();
  REQUIRE_FALSE(settings);
  CHECK(settings.error().kind == ErrorKind::kConfig);
  CHECK(Contains(settings.error().message, path + ":2) refers to services 'nowhere'"));
  CHECK(home.Resolve({.endpoint_url = "http://option"}));
}

TEST_CASE("Settings: configured endpoints can be ignored but for the option") {
  TestHome home;
  home.WriteAwsConfig("[default]\nendpoint_url = http://profile\n");
  home.variables["AWS_ENDPOINT_URL_S3"] = "http://environment";
  SECTION("by the variable") {
    home.variables["AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"] = "true";
  }
  SECTION("by the profile") {
    home.WriteAwsConfig("[default]\nendpoint_url = http://profile\nignore_configured_endpoint_urls = true\n");
  }
  CHECK_FALSE(home.Resolve()->endpoint_url);
  CHECK(Endpoint(*home.Resolve({.endpoint_url = "http://option"})).first == "option");
  home.variables["AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"] = "false";
  CHECK(Endpoint(*home.Resolve()).first == "environment");
}

// Bad values

std::string Property(const std::string& name, const std::string& value) {
  const std::size_t dot = name.find('.');
  if (dot == std::string::npos) return name + " = " + value + "\n";
  return name.substr(0, dot) + " =\n  " + name.substr(dot + 1) + " = " + value + "\n";
}

TEST_CASE("Settings: a bad value is told with its setting and origin and what is valid") {
  struct Case {
    std::string setting, property, variable, bad, valid;
    std::optional<std::string> SettingsOptions::*option;
    std::string option_name;
  };
  const std::vector<Case> cases = {
      {"region", "region", "AWS_REGION", "EU West", "a host label", &SettingsOptions::region, "--region"},
      {"addressing", "addressing_style", "S3CONN_ADDRESSING", "dns", "auto, path or virtual",
       &SettingsOptions::addressing, "--addressing"},
      {"max_attempts", "max_attempts", "AWS_MAX_ATTEMPTS", "0", "a number from 1 to 100",
       &SettingsOptions::max_attempts, "--max-attempts"},
      {"connect_timeout", "connect_timeout", "S3CONN_CONNECT_TIMEOUT", "soon", "a duration",
       &SettingsOptions::connect_timeout, "--connect-timeout"},
      {"read_timeout", "read_timeout", "S3CONN_READ_TIMEOUT", "-1", "a duration",
       &SettingsOptions::read_timeout, "--read-timeout"},
      {"output", "", "S3CONN_OUTPUT", "table", "auto, json, ndjson or text", &SettingsOptions::output,
       "--output"},
      {"request_checksum_calculation", "request_checksum_calculation", "AWS_REQUEST_CHECKSUM_CALCULATION",
       "never", "when_supported or when_required", nullptr, ""},
      {"ignore_configured_endpoint_urls", "ignore_configured_endpoint_urls",
       "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "1", "true or false", nullptr, ""},
      {"use_static_credentials", "use_static_credentials", "", "maybe", "true or false", nullptr, ""},
      {"payload_signing_enabled", "s3.payload_signing_enabled", "", "yes", "true or false", nullptr, ""},
  };
  for (const Case& c : cases) {
    INFO(c.setting);
    const auto check = [&](const Result<Settings>& settings, ErrorKind kind, const std::string& origin) {
      REQUIRE_FALSE(settings);
      CHECK(settings.error().kind == kind);
      INFO(settings.error().message);
      CHECK(settings.error().message.find(fmt::format("{} '{}' (from {}", c.setting, c.bad, origin)) == 0);
      CHECK(Contains(settings.error().message, c.valid));
    };
    if (!c.property.empty()) {
      TestHome home;
      const std::string path = home.WriteAwsConfig(fmt::format("[default]\n{}", Property(c.property, c.bad)));
      const std::string line = c.property.starts_with("s3.") ? ":3)" : ":2)";
      check(home.Resolve(), ErrorKind::kConfig, fmt::format("profile default ({}{}", path, line));
    }
    if (!c.variable.empty()) {
      TestHome home;
      home.variables[c.variable] = c.bad;
      check(home.Resolve(), ErrorKind::kConfig, c.variable + ")");
    }
    if (c.option != nullptr) {
      TestHome home;
      SettingsOptions options;
      options.*c.option = c.bad;
      check(home.Resolve(options), ErrorKind::kUsage, c.option_name + ")");
    }
  }
}

TEST_CASE("Settings: an empty option is a bad value and not an unset one") {
  TestHome home;
  home.WriteAwsConfig("[default]\nregion = eu-west-1\n");
  for (const auto option :
       {&SettingsOptions::region, &SettingsOptions::endpoint_url, &SettingsOptions::ca_bundle}) {
    SettingsOptions options;
    options.*option = "";
    const auto settings = home.Resolve(options);
    REQUIRE_FALSE(settings);
    CHECK(settings.error().kind == ErrorKind::kUsage);
  }
}

TEST_CASE("Settings: a bad endpoint URL tells where it came from") {
  TestHome home;
  const auto by_option = home.Resolve({.endpoint_url = "ftp://host"});
  REQUIRE_FALSE(by_option);
  CHECK(by_option.error().kind == ErrorKind::kUsage);
  CHECK(Contains(by_option.error().message, "(from --endpoint-url)"));
  CHECK(Contains(by_option.error().message, "ftp://host"));
  CHECK_FALSE(by_option.error().hint.empty());

  home.variables["AWS_ENDPOINT_URL"] = "localhost:9000";
  const auto by_variable = home.Resolve();
  REQUIRE_FALSE(by_variable);
  CHECK(by_variable.error().kind == ErrorKind::kConfig);
  CHECK(Contains(by_variable.error().message, "(from AWS_ENDPOINT_URL)"));
  home.variables.clear();

  home.variables["HOME"] = home.path();
  const std::string path = home.WriteAwsConfig("[default]\nendpoint_url = https://\n");
  const auto by_profile = home.Resolve();
  REQUIRE_FALSE(by_profile);
  CHECK(by_profile.error().kind == ErrorKind::kConfig);
  CHECK(Contains(by_profile.error().message, "(from profile default (" + path + ":2))"));
}

TEST_CASE("Settings: a password in an endpoint URL is never repeated") {
  for (const char* const url :
       {"https://u:CANARY@host", "u:CANARY@host", "https://u:CANARY@ho st", "https://u:CA?CANARY@h"}) {
    CAPTURE(url);
    TestHome home;
    const auto settings = home.Resolve({.endpoint_url = url});
    REQUIRE_FALSE(settings);
    CHECK_FALSE(Contains(AllText(settings.error()), "CANARY"));
    CHECK(Contains(settings.error().message, "--endpoint-url"));
  }
}

TEST_CASE("Settings: a bad value that is overridden does not matter") {
  TestHome home;
  home.WriteAwsConfig("[default]\nregion = BAD\nmax_attempts = many\n");
  CHECK(home.Resolve({.region = "eu-west-1", .max_attempts = "3"}));
}

TEST_CASE("Settings: no origin and no warning holds a secret") {
  TestHome home;
  home.Write(".aws/credentials",
             "[default]\naws_access_key_id=A\naws_secret_access_key=CANARY\naws_session_token=CANARY\nregion="
             "eu-west-1\n",
             0644);
  home.variables["AWS_SECRET_ACCESS_KEY"] = "CANARY";
  const auto settings = home.Resolve();
  REQUIRE(settings);
  CHECK_FALSE(Contains(settings->region.origin, "CANARY"));
  REQUIRE(settings->profiles->warnings().size() == 1);
  CHECK_FALSE(Contains(settings->profiles->warnings().front(), "CANARY"));
}

TEST_CASE("Settings: an ill-formed file is an error with file and line") {
  TestHome home;
  const std::string path = home.WriteConnector("[profile a]\nregion\n");
  const auto settings = home.Resolve();
  REQUIRE_FALSE(settings);
  CHECK(settings.error().kind == ErrorKind::kConfig);
  CHECK(Contains(settings.error().message, path + ":2: expected name = value"));
}

}  // namespace
}  // namespace s3conn
