#include "config/settings.h"

#include <fmt/format.h>

#include <initializer_list>
#include <utility>
#include <vector>

#include "base/text.h"
#include "config/local_folder.h"

namespace s3conn {
namespace {

// A value as it was found, not yet understood.
struct Candidate {
  std::string text;
  std::string origin;
  ErrorKind kind_if_bad = ErrorKind::kConfig;
};

// Where a setting may be set.
struct Places {
  std::string_view setting;  // its name in messages
  std::string_view valid;    // what it may be, for messages
  std::string_view option_name = {};
  const std::optional<std::string>* option = nullptr;
  std::vector<std::string_view> variables = {};
  std::vector<PropertyName> properties = {};
  bool own_file_only = false;
};

// Which profile, before anything of it is looked up.
struct Selection {
  Setting<std::string> profile{"default", "default"};
  bool comes_first = false;

  // The built-in one. A `local` that AWS_PROFILE names is a profile of AWS's.
  bool is_local() const { return comes_first && profile.value == kLocalProfile; }
};

Selection SelectProfile(const SettingsOptions& options, const Environment& environment) {
  if (options.profile) return {{*options.profile, "--profile"}, true};
  for (const char* const variable : {"S3CONN_PROFILE", "AWS_PROFILE", "AWS_DEFAULT_PROFILE"}) {
    if (auto name = FindVariable(environment, variable)) {
      return {{*std::move(name), variable}, std::string_view(variable) == "S3CONN_PROFILE"};
    }
  }
  return {};
}

tl::unexpected<Error> UnknownProfile(const Setting<std::string>& profile, const Profiles& profiles) {
  constexpr std::size_t kMostNames = 20;
  const std::vector<std::string_view> names = profiles.Names();
  std::string hint;
  std::vector<std::string_view> candidates = names;
  candidates.push_back(kLocalProfile);
  if (const auto nearest = Nearest(profile.value, candidates))
    hint = fmt::format("did you mean '{}'? ", *nearest);
  if (names.empty()) {
    hint += "no profile was found in any file";
  } else {
    hint += "there are:";
    for (std::size_t i = 0; i < names.size() && i < kMostNames; ++i) {
      hint += fmt::format("{} {}", i == 0 ? "" : ",", names[i]);
    }
    if (names.size() > kMostNames) hint += fmt::format(" and {} more", names.size() - kMostNames);
  }
  return Failure(
      ErrorKind::kConfig,
      fmt::format("there is no profile '{}' (named by {})", EscapeForTerminal(profile.value), profile.origin),
      std::move(hint));
}

// For what looks like a slip of local:PATH.
std::string EndpointHint(std::string_view text) {
  return text.find("//") == std::string_view::npos ? "; or local:PATH for a store in a folder" : "";
}

// Finds and understands settings. The first failure is kept, and what follows it does not matter.
class Resolver {
 public:
  Resolver(const Environment& environment, const Profiles& profiles, const Selection& selection)
      : environment_(environment), profiles_(profiles), selection_(selection) {}

  template <typename T>
  void Resolve(const Places& places, std::optional<T> (*parse)(std::string_view),
               std::optional<Setting<T>>& into) {
    std::optional<Candidate> found = Find(places);
    if (!found) return;
    std::optional<T> value = parse(found->text);
    if (!value) {
      Fail(found->kind_if_bad, fmt::format("{} '{}' (from {}) is not valid: it must be {}", places.setting,
                                           EscapeForTerminal(found->text), found->origin, places.valid));
      return;
    }
    into = Setting<T>{*std::move(value), std::move(found->origin)};
  }

  template <typename T>
  void Resolve(const Places& places, std::optional<T> (*parse)(std::string_view), Setting<T>& into) {
    std::optional<Setting<T>> found;
    Resolve(places, parse, found);
    if (found) into = *std::move(found);
  }

  void ResolveEndpoint(const SettingsOptions& options, Settings& settings) {
    const std::optional<Candidate> found = FindEndpoint(options);
    if (!found) return;
    if (const auto path = LocalPath(found->text)) {
      Take(*found, LocalFolder(*path, environment_), settings.local_folder);
      return;
    }
    if (selection_.is_local() && found->kind_if_bad == ErrorKind::kUsage) {
      Fail(ErrorKind::kUsage,
           fmt::format("--endpoint-url {} beside the profile 'local' (from {})",
                       EscapeForTerminal(found->text), selection_.profile.origin),
           "what is meant for the local store must not reach another: leave out one of the two");
      return;
    }
    Take(*found, ParseEndpointUrl(found->text), settings.endpoint_url);
  }

  const std::optional<Error>& error() const { return error_; }

 private:
  std::optional<Candidate> Find(const Places& places) const {
    if (places.option != nullptr && *places.option) {
      return Candidate{**places.option, std::string(places.option_name), ErrorKind::kUsage};
    }
    const auto in_environment = [&] { return FindInEnvironment(places.variables); };
    const auto in_profile = [&] { return FindInProfile(places); };
    return InOrder(in_environment, in_profile);
  }

  // The environment and the profile, whichever counts first.
  template <typename InEnvironment, typename InProfile>
  std::optional<Candidate> InOrder(InEnvironment in_environment, InProfile in_profile) const {
    std::optional<Candidate> found = selection_.comes_first ? in_profile() : in_environment();
    if (found) return found;
    return selection_.comes_first ? in_environment() : in_profile();
  }

  std::optional<Candidate> FindInEnvironment(const std::vector<std::string_view>& variables) const {
    for (const std::string_view variable : variables) {
      if (auto value = FindVariable(environment_, variable))
        return Candidate{*std::move(value), std::string(variable)};
    }
    return std::nullopt;
  }

  std::optional<Candidate> FindInProfile(const Places& places) const {
    for (const ProfileFile file : kProfileFiles) {
      if (places.own_file_only && file != ProfileFile::kConnector) continue;
      for (const PropertyName property : places.properties) {
        if (auto found = profiles_.FindIn(file, selection_.profile.value, property)) {
          return Candidate{std::move(found->value), std::move(found->origin)};
        }
      }
    }
    return std::nullopt;
  }

  template <typename T>
  void Take(const Candidate& found, Result<T> value, std::optional<Setting<T>>& into) {
    if (value) {
      into = Setting<T>{*std::move(value), found.origin};
    } else {
      Fail(value.error().kind == ErrorKind::kUsage ? found.kind_if_bad : value.error().kind,
           fmt::format("endpoint_url (from {}): {}", found.origin, value.error().message),
           value.error().hint + EndpointHint(found.text));
    }
  }

  // AWS's ignore_configured_endpoint_urls leaves nothing but the option.
  std::optional<Candidate> FindEndpoint(const SettingsOptions& options) {
    if (options.endpoint_url) return Candidate{*options.endpoint_url, "--endpoint-url", ErrorKind::kUsage};
    Setting<bool> ignore{false, "default"};
    Resolve({.setting = "ignore_configured_endpoint_urls",
             .valid = "true or false",
             .variables = {"AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"},
             .properties = {{"ignore_configured_endpoint_urls"}}},
            ParseBoolean, ignore);
    if (ignore.value || error_) return std::nullopt;
    const auto in_environment = [&] {
      return FindInEnvironment({"S3CONN_ENDPOINT_URL", "AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL"});
    };
    return InOrder(in_environment, [&] { return FindProfileEndpoint(); });
  }

  // In each file what it says of S3 alone, in [services], comes before what it says of all services.
  std::optional<Candidate> FindProfileEndpoint() {
    for (const ProfileFile file : kProfileFiles) {
      const std::string& profile = selection_.profile.value;
      if (const auto services = profiles_.FindIn(file, profile, {"services"})) {
        if (!profiles_.HasServices(services->value)) {
          Fail(ErrorKind::kConfig,
               fmt::format("{} refers to services '{}', and no file has [services {}]", services->origin,
                           EscapeForTerminal(services->value), EscapeForTerminal(services->value)));
          return std::nullopt;
        }
        if (auto found = profiles_.FindInServices(services->value, {"endpoint_url", "s3"})) {
          return Candidate{std::move(found->value), std::move(found->origin)};
        }
      }
      if (auto found = profiles_.FindIn(file, profile, {"endpoint_url"})) {
        return Candidate{std::move(found->value), std::move(found->origin)};
      }
    }
    if (selection_.is_local()) return Candidate{"local:", "profile local (built in)"};
    return std::nullopt;
  }

  void Fail(ErrorKind kind, std::string message, std::string hint = {}) {
    if (error_) return;
    error_ = Failure(kind, std::move(message), std::move(hint)).value();
  }

  const Environment& environment_;
  const Profiles& profiles_;
  const Selection& selection_;
  std::optional<Error> error_;
};

std::optional<std::string> ParsePath(std::string_view text) {
  if (text.empty()) return std::nullopt;
  return std::string(text);
}

void ResolveRegion(const SettingsOptions& options, Resolver& resolver, Settings& settings) {
  std::optional<Setting<std::string>> region;
  resolver.Resolve({.setting = "region",
                    .valid = "a host label: 1 to 63 of a-z, 0-9 and '-', as in eu-central-1",
                    .option_name = "--region",
                    .option = &options.region,
                    .variables = {"S3CONN_REGION", "AWS_REGION", "AWS_DEFAULT_REGION"},
                    .properties = {{"region"}}},
                   ParseRegion, region);
  settings.region_given = region.has_value();
  if (region) settings.region = *std::move(region);
}

void ResolveWhere(const SettingsOptions& options, Resolver& resolver, Settings& settings) {
  ResolveRegion(options, resolver, settings);
  resolver.ResolveEndpoint(options, settings);
  resolver.Resolve({.setting = "addressing",
                    .valid = "auto, path or virtual",
                    .option_name = "--addressing",
                    .option = &options.addressing,
                    .variables = {"S3CONN_ADDRESSING"},
                    .properties = {{"addressing_style", "s3"}, {"addressing_style"}}},
                   ParseAddressing, settings.addressing);
}

void ResolveHostChoice(Resolver& resolver, Settings& settings) {
  resolver.Resolve({.setting = "use_dualstack_endpoint",
                    .valid = "true or false",
                    .variables = {"AWS_USE_DUALSTACK_ENDPOINT"},
                    .properties = {{"use_dualstack_endpoint", "s3"}, {"use_dualstack_endpoint"}}},
                   ParseBoolean, settings.use_dualstack_endpoint);
  resolver.Resolve({.setting = "use_fips_endpoint",
                    .valid = "true or false",
                    .variables = {"AWS_USE_FIPS_ENDPOINT"},
                    .properties = {{"use_fips_endpoint"}}},
                   ParseBoolean, settings.use_fips_endpoint);
  resolver.Resolve({.setting = "use_accelerate_endpoint",
                    .valid = "true or false",
                    .variables = {"S3CONN_USE_ACCELERATE_ENDPOINT"},
                    .properties = {{"use_accelerate_endpoint", "s3"}, {"use_accelerate_endpoint"}}},
                   ParseBoolean, settings.use_accelerate_endpoint);
}

void ResolveConnection(const SettingsOptions& options, Resolver& resolver, Settings& settings) {
  constexpr std::string_view kTimeout = "seconds or a duration such as 500ms, 30s or 5m, at most 24h";
  resolver.Resolve({.setting = "ca_bundle",
                    .valid = "the path of a file",
                    .option_name = "--ca-bundle",
                    .option = &options.ca_bundle,
                    .variables = {"S3CONN_CA_BUNDLE", "AWS_CA_BUNDLE"},
                    .properties = {{"ca_bundle"}}},
                   ParsePath, settings.ca_bundle);
  resolver.Resolve({.setting = "max_attempts",
                    .valid = "a number from 1 to 100",
                    .option_name = "--max-attempts",
                    .option = &options.max_attempts,
                    .variables = {"S3CONN_MAX_ATTEMPTS", "AWS_MAX_ATTEMPTS"},
                    .properties = {{"max_attempts"}}},
                   ParseMaxAttempts, settings.max_attempts);
  resolver.Resolve({.setting = "connect_timeout",
                    .valid = kTimeout,
                    .option_name = "--connect-timeout",
                    .option = &options.connect_timeout,
                    .variables = {"S3CONN_CONNECT_TIMEOUT"},
                    .properties = {{"connect_timeout"}}},
                   ParseTimeout, settings.connect_timeout);
  resolver.Resolve({.setting = "read_timeout",
                    .valid = kTimeout,
                    .option_name = "--read-timeout",
                    .option = &options.read_timeout,
                    .variables = {"S3CONN_READ_TIMEOUT"},
                    .properties = {{"read_timeout"}}},
                   ParseTimeout, settings.read_timeout);
}

void ResolveRequests(Resolver& resolver, Settings& settings) {
  resolver.Resolve({.setting = "payload_signing_enabled",
                    .valid = "true or false",
                    .properties = {{"payload_signing_enabled", "s3"}, {"payload_signing_enabled"}}},
                   ParseBoolean, settings.payload_signing_enabled);
  resolver.Resolve({.setting = "request_checksum_calculation",
                    .valid = "when_supported or when_required",
                    .variables = {"AWS_REQUEST_CHECKSUM_CALCULATION"},
                    .properties = {{"request_checksum_calculation"}}},
                   ParseRequestChecksum, settings.request_checksum_calculation);
  resolver.Resolve({.setting = "use_static_credentials",
                    .valid = "true or false",
                    .properties = {{"use_static_credentials"}}},
                   ParseBoolean, settings.use_static_credentials);
}

// AWS's `output` is about other formats, so only s3conn's own file is asked.
void ResolveOutput(const SettingsOptions& options, Resolver& resolver, Settings& settings) {
  resolver.Resolve({.setting = "output",
                    .valid = "auto, json, ndjson or text",
                    .option_name = "--output",
                    .option = &options.output,
                    .variables = {"S3CONN_OUTPUT"},
                    .properties = {{"output"}},
                    .own_file_only = true},
                   ParseOutputFormat, settings.output);
}

}  // namespace

Result<Settings> ResolveSettings(const SettingsOptions& options, const Environment& given) {
  const Selection selection = SelectProfile(options, given);
  const bool local = selection.is_local();
  const Environment environment = local ? WithoutAws(given) : given;
  Result<Profiles> profiles = Profiles::Load(
      environment, options.config_file, local ? Profiles::AwsFiles::kIgnored : Profiles::AwsFiles::kRead);
  if (!profiles) return Failure(std::move(profiles).error());
  if (!local && selection.profile.origin != "default" && !profiles->Has(selection.profile.value)) {
    return UnknownProfile(selection.profile, *profiles);
  }
  Settings settings;
  settings.profile = selection.profile;
  settings.profile_comes_first = selection.comes_first;
  settings.ignores_aws = local;
  settings.profiles = std::make_shared<const Profiles>(*std::move(profiles));
  if (options.no_sign_request) settings.sign_requests = {false, "--no-sign-request"};

  Resolver resolver(environment, *settings.profiles, selection);
  ResolveWhere(options, resolver, settings);
  ResolveHostChoice(resolver, settings);
  ResolveConnection(options, resolver, settings);
  ResolveRequests(resolver, settings);
  ResolveOutput(options, resolver, settings);
  if (resolver.error()) return Failure(*resolver.error());
  if (settings.ca_bundle) settings.ca_bundle->value = ExpandHome(settings.ca_bundle->value, environment);
  return settings;
}

Status CheckHostChoice(const Settings& settings) {
  struct Chosen {
    std::string_view name;
    const Setting<bool>& setting;
  };
  for (const Chosen& chosen : {Chosen{"use_dualstack_endpoint", settings.use_dualstack_endpoint},
                               Chosen{"use_fips_endpoint", settings.use_fips_endpoint},
                               Chosen{"use_accelerate_endpoint", settings.use_accelerate_endpoint}}) {
    if (!settings.custom_endpoint() || !chosen.setting.value) continue;
    const std::string& endpoint_origin =
        settings.endpoint_url ? settings.endpoint_url->origin : settings.local_folder->origin;
    return Failure(
        ErrorKind::kConfig,
        fmt::format("{} (from {}) chooses among the hosts of AWS, and endpoint_url (from {}) names another",
                    chosen.name, chosen.setting.origin, endpoint_origin),
        fmt::format("for this endpoint set {} to false; for AWS leave the endpoint out", chosen.name));
  }
  if (settings.use_fips_endpoint.value && settings.use_accelerate_endpoint.value) {
    return Failure(
        ErrorKind::kConfig,
        fmt::format("use_fips_endpoint (from {}) and use_accelerate_endpoint (from {}) exclude each other: "
                    "S3 has no accelerated FIPS endpoints",
                    settings.use_fips_endpoint.origin, settings.use_accelerate_endpoint.origin),
        "set one of them to false");
  }
  return {};
}

}  // namespace s3conn
