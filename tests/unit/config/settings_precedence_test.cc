#include "config/settings.h"

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "support/catch.h"
#include "unit/config/test_home.h"

namespace s3conn {
namespace {

using std::chrono::milliseconds;

// A setting as text, so that one table can hold all of them; "(unset)" where it was set nowhere.
using Shown = std::function<std::pair<std::string, std::string>(const Settings&)>;

template <typename T>
std::pair<std::string, std::string> Of(const std::optional<Setting<T>>& setting, std::string value) {
  return setting ? std::pair(std::move(value), setting->origin)
                 : std::pair<std::string, std::string>("(unset)", "");
}

std::string Name(Addressing a) {
  return a == Addressing::kAuto ? "auto" : a == Addressing::kPath ? "path" : "virtual";
}
std::string Name(OutputFormat f) {
  return f == OutputFormat::kAuto   ? "auto"
         : f == OutputFormat::kJson ? "json"
         : f == OutputFormat::kText ? "text"
                                    : "ndjson";
}
std::string Name(RequestChecksum c) {
  return c == RequestChecksum::kWhenRequired ? "when_required" : "when_supported";
}
std::string Name(bool b) {
  return b ? "true" : "false";
}
std::string Name(milliseconds m) {
  return std::to_string(m.count());
}

std::pair<std::string, std::string> Region(const Settings& s) {
  return {s.region.value, s.region.origin};
}
std::pair<std::string, std::string> Endpoint(const Settings& s) {
  return Of(s.endpoint_url, s.endpoint_url ? s.endpoint_url->value.origin.host : "");
}

std::string MessageOf(const Result<Settings>& settings) {
  return settings ? "(no error)" : settings.error().message;
}

// One setting: its places from the weakest to the strongest, each with a value of its own.
struct Ladder {
  std::string setting;
  std::vector<std::string> properties;  // as text below the profile's section, strongest first
  std::vector<std::string> variables;   // strongest first
  std::optional<std::string> SettingsOptions::*option;
  std::string option_name;
  std::vector<std::string> values;  // of which each rung takes the next
  std::vector<std::string> shown;   // the same as shown by `show`
  Shown show;
};

std::string Property(const std::string& name, const std::string& value) {
  const std::size_t dot = name.find('.');
  if (dot == std::string::npos) return name + " = " + value + "\n";
  return name.substr(0, dot) + " =\n  " + name.substr(dot + 1) + " = " + value + "\n";
}

// Sets one place after another, from the weakest on, and sees each win.
void Climb(const Ladder& ladder, bool own_file_only) {
  INFO(ladder.setting);
  TestHome home;
  SettingsOptions options;
  std::size_t next = 0;
  const auto step = [&](const std::string& origin, const std::function<void(const std::string&)>& set) {
    const std::size_t i = next++ % ladder.values.size();
    set(ladder.values[i]);
    const auto settings = home.Resolve(options);
    INFO(MessageOf(settings));
    REQUIRE(settings);
    const auto [value, from] = ladder.show(*settings);
    CHECK(value == ladder.shown[i]);
    CHECK(from.find(origin) == 0);
  };
  const std::vector<std::pair<std::string, std::string>> files = {{".aws/config", "[default]\n"},
                                                                  {".aws/credentials", "[default]\n"},
                                                                  {".config/s3conn/config", "[default]\n"}};
  for (const auto& [file, heading] : files) {
    if (own_file_only && file != files.back().first) continue;
    std::string text = heading;
    for (auto property = ladder.properties.rbegin(); property != ladder.properties.rend(); ++property) {
      step("profile default (" + home.path() + "/" + file + ":", [&, &path = file](const std::string& value) {
        text += Property(*property, value);
        home.Write(path, text);
      });
    }
  }
  for (auto variable = ladder.variables.rbegin(); variable != ladder.variables.rend(); ++variable) {
    step(*variable, [&](const std::string& value) { home.variables[*variable] = value; });
  }
  if (ladder.option != nullptr) {
    step(ladder.option_name, [&](const std::string& value) { options.*ladder.option = value; });
  }
}

TEST_CASE("Settings: each place beats the weaker ones") {
  const std::vector<Ladder> ladders = {
      {"region",
       {"region"},
       {"S3CONN_REGION", "AWS_REGION", "AWS_DEFAULT_REGION"},
       &SettingsOptions::region,
       "--region",
       {"eu_central_1", "eu-west-1", "garage"},
       {"eu-central-1", "eu-west-1", "garage"},
       Region},
      {"endpoint_url",
       {"endpoint_url"},
       {"S3CONN_ENDPOINT_URL", "AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL"},
       &SettingsOptions::endpoint_url,
       "--endpoint-url",
       {"http://a:1", "https://b", "http://c/d"},
       {"a", "b", "c"},
       Endpoint},
      {"addressing",
       {"s3.addressing_style", "addressing_style"},
       {"S3CONN_ADDRESSING"},
       &SettingsOptions::addressing,
       "--addressing",
       {"path", "virtual", "auto"},
       {"path", "virtual", "auto"},
       [](const Settings& s) { return std::pair(Name(s.addressing.value), s.addressing.origin); }},
      {"use_dualstack_endpoint",
       {"s3.use_dualstack_endpoint", "use_dualstack_endpoint"},
       {"AWS_USE_DUALSTACK_ENDPOINT"},
       nullptr,
       "",
       {"true", "false"},
       {"true", "false"},
       [](const Settings& s) {
         return std::pair(Name(s.use_dualstack_endpoint.value), s.use_dualstack_endpoint.origin);
       }},
      {"use_fips_endpoint",
       {"use_fips_endpoint"},
       {"AWS_USE_FIPS_ENDPOINT"},
       nullptr,
       "",
       {"true", "FALSE"},
       {"true", "false"},
       [](const Settings& s) {
         return std::pair(Name(s.use_fips_endpoint.value), s.use_fips_endpoint.origin);
       }},
      {"use_accelerate_endpoint",
       {"s3.use_accelerate_endpoint", "use_accelerate_endpoint"},
       {"S3CONN_USE_ACCELERATE_ENDPOINT"},
       nullptr,
       "",
       {"true", "false"},
       {"true", "false"},
       [](const Settings& s) {
         return std::pair(Name(s.use_accelerate_endpoint.value), s.use_accelerate_endpoint.origin);
       }},
      {"ca_bundle",
       {"ca_bundle"},
       {"S3CONN_CA_BUNDLE", "AWS_CA_BUNDLE"},
       &SettingsOptions::ca_bundle,
       "--ca-bundle",
       {"/a", "b", "/c"},
       {"/a", "b", "/c"},
       [](const Settings& s) { return Of(s.ca_bundle, s.ca_bundle ? s.ca_bundle->value : ""); }},
      {"max_attempts",
       {"max_attempts"},
       {"S3CONN_MAX_ATTEMPTS", "AWS_MAX_ATTEMPTS"},
       &SettingsOptions::max_attempts,
       "--max-attempts",
       {"1", "2", "100"},
       {"1", "2", "100"},
       [](const Settings& s) {
         return Of(s.max_attempts, s.max_attempts ? std::to_string(s.max_attempts->value) : "");
       }},
      {"connect_timeout",
       {"connect_timeout"},
       {"S3CONN_CONNECT_TIMEOUT"},
       &SettingsOptions::connect_timeout,
       "--connect-timeout",
       {"1", "2s", "3ms"},
       {"1000", "2000", "3"},
       [](const Settings& s) {
         return Of(s.connect_timeout, s.connect_timeout ? Name(s.connect_timeout->value) : "");
       }},
      {"read_timeout",
       {"read_timeout"},
       {"S3CONN_READ_TIMEOUT"},
       &SettingsOptions::read_timeout,
       "--read-timeout",
       {"1m", "2s", "3"},
       {"60000", "2000", "3000"},
       [](const Settings& s) {
         return Of(s.read_timeout, s.read_timeout ? Name(s.read_timeout->value) : "");
       }},
      {"payload_signing_enabled",
       {"s3.payload_signing_enabled", "payload_signing_enabled"},
       {},
       nullptr,
       "",
       {"true", "false", "TRUE"},
       {"true", "false", "true"},
       [](const Settings& s) {
         return Of(s.payload_signing_enabled,
                   s.payload_signing_enabled ? Name(s.payload_signing_enabled->value) : "");
       }},
      {"request_checksum_calculation",
       {"request_checksum_calculation"},
       {"AWS_REQUEST_CHECKSUM_CALCULATION"},
       nullptr,
       "",
       {"when_required", "when_supported"},
       {"when_required", "when_supported"},
       [](const Settings& s) {
         return Of(s.request_checksum_calculation,
                   s.request_checksum_calculation ? Name(s.request_checksum_calculation->value) : "");
       }},
      {"use_static_credentials",
       {"use_static_credentials"},
       {},
       nullptr,
       "",
       {"true", "false"},
       {"true", "false"},
       [](const Settings& s) {
         return Of(s.use_static_credentials,
                   s.use_static_credentials ? Name(s.use_static_credentials->value) : "");
       }},
  };
  for (const Ladder& ladder : ladders) Climb(ladder, false);
  Climb({"output",
         {"output"},
         {"S3CONN_OUTPUT"},
         &SettingsOptions::output,
         "--output",
         {"json", "ndjson", "text", "auto"},
         {"json", "ndjson", "text", "auto"},
         [](const Settings& s) { return std::pair(Name(s.output.value), s.output.origin); }},
        true);
}

}  // namespace
}  // namespace s3conn
