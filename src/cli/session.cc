#include "cli/session.h"

#include <unistd.h>

#include <utility>

#include "base/file.h"
#include "base/text.h"
#include "credentials/chain.h"
#include "http/curl_client.h"
#include "http/retry_policy.h"
#include "local/private_endpoint.h"
#include "output/error_report.h"

namespace s3conn {

namespace {

// The keys that the embedded endpoint has made up.
class FixedCredentials final : public CredentialsProvider {
 public:
  explicit FixedCredentials(Credentials credentials) : credentials_(std::move(credentials)) {}
  std::string_view name() const override { return "local"; }
  Result<std::optional<Credentials>> Fetch(const CallContext&) override { return credentials_; }

 private:
  Credentials credentials_;
};

}  // namespace

struct Session::Connection {
  SystemClock clock;
  std::unique_ptr<local::PrivateEndpoint> local_endpoint;  // outlives those that talk to it
  std::unique_ptr<CurlClient> http;
  std::unique_ptr<CredentialsProvider> credentials;
  std::unique_ptr<Client> client;
};

Session::Session(GlobalOptions options, Environment environment, std::stop_token stop)
    : options_(std::move(options)),
      environment_(std::move(environment)),
      stop_(std::move(stop)),
      trace_(MakeTrace(verbosity())),
      out_(STDOUT_FILENO) {}

Session::~Session() = default;

Verbosity Session::verbosity() const {
  if (options_.verbose >= 3) return Verbosity::kEverything;
  if (options_.verbose > 0) return static_cast<Verbosity>(options_.verbose);
  return options_.quiet ? Verbosity::kQuiet : Verbosity::kNormal;
}

CallContext Session::context() const {
  CallContext context;
  context.stop = stop_;
  context.events = &trace_;
  return context;
}

void Session::Warn(std::string text) const {
  trace_(Warning{std::move(text)});
}

void Session::NoteInText(const std::string& text) const {
  const bool in_text =
      format() == OutputFormat::kText || (format() == OutputFormat::kAuto && isatty(STDOUT_FILENO) != 0);
  if (!in_text || options_.quiet) return;
  static_cast<void>(WriteAll(STDERR_FILENO, "s3conn: " + text + "\n", "write to standard error"));
}

void Session::Report(const Error& error) const {
  std::string text;
  if (verbosity() >= Verbosity::kEverything) text += ExplainSignature(error);
  text += errors_as_json() ? ErrorAsJson(error) : ErrorAsText(error);
  // Nobody to tell when even standard error is gone.
  static_cast<void>(WriteAll(STDERR_FILENO, text, "write to standard error"));
}

std::string Session::temporary_folder() const {
  return FindVariable(environment_, "TMPDIR").value_or("/tmp");
}

Result<const Settings*> Session::settings() {
  if (!settings_) {
    Result<Settings> resolved = ResolveSettings(options_.settings, environment_);
    if (!resolved) return Failure(std::move(resolved.error()));
    settings_ = std::make_unique<Settings>(std::move(*resolved));
    for (const std::string& warning : settings_->profiles->warnings()) Warn(warning);
  }
  return settings_.get();
}

OutputFormat Session::format() const {
  if (settings_) return settings_->output.value;
  // Before the settings are known, or where they are what failed: as far as it can be told without them.
  std::optional<std::string> text = options_.settings.output;
  if (!text) text = FindVariable(environment_, "S3CONN_OUTPUT");
  return text ? ParseOutputFormat(*text).value_or(OutputFormat::kAuto) : OutputFormat::kAuto;
}

bool Session::errors_as_json() const {
  switch (format()) {
    case OutputFormat::kText:
      return false;
    case OutputFormat::kJson:
    case OutputFormat::kNdjson:
      return true;
    case OutputFormat::kAuto:
      break;
  }
  return isatty(STDERR_FILENO) == 0;
}

Result<Renderer*> Session::renderer() {
  const Result<const Settings*> resolved = settings();
  if (!resolved) return Failure(resolved.error());
  return &early_renderer();
}

Renderer& Session::early_renderer() {
  if (!renderer_) {
    OutputFormat chosen = format();
    if (chosen == OutputFormat::kAuto) {
      chosen = isatty(STDOUT_FILENO) != 0 ? OutputFormat::kText : OutputFormat::kJson;
    }
    if (chosen == OutputFormat::kJson) renderer_ = MakeJsonRenderer(out_, temporary_folder());
    if (chosen == OutputFormat::kNdjson) renderer_ = MakeNdjsonRenderer(out_);
    if (chosen == OutputFormat::kText) {
      renderer_ = MakeTextRenderer(out_, options_.quiet ? Talk::kQuiet : Talk::kNormal);
    }
  }
  return *renderer_;
}

Result<Session::Tools> Session::tools() {
  const Result<Renderer*> made_renderer = renderer();
  if (!made_renderer) return Failure(made_renderer.error());
  const Result<Client*> made_client = client();
  if (!made_client) return Failure(made_client.error());
  return Tools{*settings_, **made_client, **made_renderer};
}

Result<std::unique_ptr<CurlClient>> Session::MakeHttp(const Settings& chosen,
                                                      const local::PrivateEndpoint* endpoint) const {
  CurlOptions curl;
  if (chosen.ca_bundle) curl.ca_bundle = chosen.ca_bundle->value;
  if (chosen.connect_timeout) curl.connect_timeout = chosen.connect_timeout->value;
  if (chosen.read_timeout) curl.read_timeout = chosen.read_timeout->value;
  curl.user_agent = "s3conn/" S3CONN_VERSION;
  if (endpoint != nullptr) {
    curl.abstract_unix_socket = endpoint->socket_name();  // and no environment: no proxy
  } else {
    curl.environment = environment_;
  }
  return CurlClient::Make(std::move(curl));
}

std::unique_ptr<CredentialsProvider> Session::MakeCredentials(const Settings& chosen,
                                                              const local::PrivateEndpoint* endpoint) const {
  if (endpoint != nullptr) {
    const local::KeyPair& keys = endpoint->keys();
    return std::make_unique<FixedCredentials>(
        Credentials{keys.access_key, keys.secret_key, Secret(), std::nullopt});
  }
  return MakeCredentialsChain(chosen, chosen.ignores_aws ? WithoutAws(environment_) : environment_);
}

Result<Client*> Session::client() {
  if (connection_) return connection_->client.get();
  const Result<const Settings*> resolved = settings();
  if (!resolved) return Failure(resolved.error());
  const Settings& chosen = **resolved;
  if (Status possible = CheckHostChoice(chosen); !possible) return Failure(std::move(possible.error()));

  auto connection = std::make_unique<Connection>();
  if (chosen.local_folder) {
    Result<std::unique_ptr<local::PrivateEndpoint>> endpoint = local::PrivateEndpoint::Start(
        chosen.local_folder->value, connection->clock,
        [this](std::string_view what) { Warn("the local store: " + EscapeForTerminal(what)); });
    if (!endpoint) {
      return Failure(std::move(endpoint.error())
                         .Within("open the store " + EscapeForTerminal(chosen.local_folder->value)));
    }
    connection->local_endpoint = std::move(*endpoint);
  }
  Result<std::unique_ptr<CurlClient>> http = MakeHttp(chosen, connection->local_endpoint.get());
  if (!http) return Failure(std::move(http.error()));

  ClientOptions options;
  options.region = chosen.region.value;
  options.addressing = chosen.addressing.value;
  options.dualstack = chosen.use_dualstack_endpoint.value;
  options.fips = chosen.use_fips_endpoint.value;
  options.accelerate = chosen.use_accelerate_endpoint.value;
  options.signing = chosen.sign_requests.value ? Signing::kSigned : Signing::kAnonymous;
  options.request_payer = options_.request_payer;
  if (chosen.endpoint_url) options.endpoint = chosen.endpoint_url->value;
  if (chosen.local_folder) {
    options.endpoint = EndpointUrl{{Scheme::kHttp, "localhost", 80}, ""};
    options.max_attempts = 1;  // within one process there is no network to be patient with
  }
  if (chosen.payload_signing_enabled) options.payload_signing = chosen.payload_signing_enabled->value;
  if (chosen.request_checksum_calculation) {
    options.send_checksums = chosen.request_checksum_calculation->value == RequestChecksum::kWhenSupported;
  }
  if (chosen.max_attempts) options.max_attempts = chosen.max_attempts->value;

  connection_ = std::move(connection);
  connection_->http = std::move(*http);
  connection_->credentials = MakeCredentials(chosen, connection_->local_endpoint.get());
  connection_->client = std::make_unique<Client>(
      std::move(options), *connection_->http, *connection_->credentials, connection_->clock, SystemRandom());
  return connection_->client.get();
}

}  // namespace s3conn
