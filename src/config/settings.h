#ifndef S3CONN_CONFIG_SETTINGS_H_
#define S3CONN_CONFIG_SETTINGS_H_

#include <chrono>
#include <memory>
#include <optional>
#include <string>

#include "base/url.h"
#include "config/environment.h"
#include "config/profile.h"
#include "config/setting_values.h"
#include "s3conn/base/error.h"

namespace s3conn {

// A value and where it came from: "--region", "AWS_REGION", "profile work (/home/x/.aws/config:12)",
// "default".
template <typename T>
struct Setting {
  T value;
  std::string origin;
};

// What the command line said, unchecked.
struct SettingsOptions {
  std::optional<std::string> profile = {};
  std::optional<std::string> region = {};
  std::optional<std::string> endpoint_url = {};
  std::optional<std::string> addressing = {};
  std::optional<std::string> config_file = {};
  std::optional<std::string> ca_bundle = {};
  std::optional<std::string> max_attempts = {};
  std::optional<std::string> connect_timeout = {};
  std::optional<std::string> read_timeout = {};
  std::optional<std::string> output = {};
  bool no_sign_request = false;
};

// Everything that options, environment and files decide, except the keys themselves: who needs those asks
// config/key_pair.h. An empty optional was set nowhere, and its user has the default.
struct Settings {
  Setting<std::string> profile{"default", "default"};
  // Named by --profile or S3CONN_PROFILE: what it sets then counts before the environment.
  bool profile_comes_first = false;

  Setting<std::string> region{"us-east-1", "default"};
  bool region_given = false;

  // At most one of these; neither: AWS. The second is the folder of the embedded endpoint, for `local:PATH`.
  std::optional<Setting<EndpointUrl>> endpoint_url;
  std::optional<Setting<std::string>> local_folder;
  Setting<Addressing> addressing{Addressing::kAuto, "default"};
  // Which of AWS's hosts; see CheckHostChoice.
  Setting<bool> use_dualstack_endpoint{false, "default"};
  Setting<bool> use_fips_endpoint{false, "default"};
  Setting<bool> use_accelerate_endpoint{false, "default"};
  std::optional<Setting<std::string>> ca_bundle;
  std::optional<Setting<int>> max_attempts;
  std::optional<Setting<std::chrono::milliseconds>> connect_timeout;
  std::optional<Setting<std::chrono::milliseconds>> read_timeout;
  std::optional<Setting<bool>> payload_signing_enabled;
  std::optional<Setting<RequestChecksum>> request_checksum_calculation;
  std::optional<Setting<bool>> use_static_credentials;
  Setting<OutputFormat> output{OutputFormat::kAuto, "default"};
  Setting<bool> sign_requests{true, "default"};

  std::shared_ptr<const Profiles> profiles;  // never null; its warnings are for the user
  // With the built-in profile `local`: nothing of AWS's was looked at, and nothing shall be.
  bool ignores_aws = false;

  bool custom_endpoint() const { return endpoint_url || local_folder; }
};

// Precedence, for each setting by itself: option; a profile named by --profile or S3CONN_PROFILE; S3CONN_*;
// AWS_*; the profile in s3conn's own file, in AWS's credentials file, in AWS's config file; default. A bad
// value is kUsage where it came from an option, else kConfig. An unknown profile is kConfig.
// The profile `local`, named by --profile or S3CONN_PROFILE, is there without a file: its endpoint_url is
// `local:` unless s3conn's own file says otherwise, and AWS's variables and files are ignored wholly. Beside
// it
// --endpoint-url may name another folder; a URL is kUsage, so that nothing meant for it reaches a real store.
Result<Settings> ResolveSettings(const SettingsOptions& options, const Environment& environment);

// For who is about to talk to the store: kConfig where settings that choose among AWS's hosts exclude each
// other, or an endpoint_url leaves nothing to choose. Names both settings with their origins.
Status CheckHostChoice(const Settings& settings);

}  // namespace s3conn

#endif  // S3CONN_CONFIG_SETTINGS_H_
