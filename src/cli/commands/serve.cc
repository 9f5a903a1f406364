#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <charconv>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <utility>

#include "base/file.h"
#include "base/redaction.h"
#include "base/text.h"
#include "base/url.h"
#include "cli/command.h"
#include "config/key_pair.h"
#include "config/local_folder.h"
#include "local/authorization.h"
#include "local/s3_service.h"
#include "local/server.h"
#include "local/store.h"

namespace s3conn {
namespace {

// What is under way when the server is told to stop may take so long; the process ends after five seconds.
constexpr std::chrono::milliseconds kGrace(4'000);

struct Arguments {
  std::string folder;
  std::string address = "127.0.0.1";
  std::string port = "9000";
  std::string certificate;
  std::string key;
  bool read_only = false;
};

// The one pair of keys that the server takes.
struct ServedKeys {
  local::KeyPair pair;
  // How a user of the shell gets at the secret: the secret itself where it was made up, for then nobody else
  // knows it.
  std::string shown_secret;
  bool made_up = false;
};

Result<std::optional<ServedKeys>> KeysFromEnvironment(const Environment& environment) {
  const std::optional<std::string> access_key = FindVariable(environment, "S3CONN_SERVE_ACCESS_KEY");
  const std::optional<std::string> secret_key = FindVariable(environment, "S3CONN_SERVE_SECRET_KEY");
  if (!access_key && !secret_key) return std::nullopt;
  if (!access_key || !secret_key) {
    return Failure(ErrorKind::kConfig,
                   fmt::format("{} is set without {}",
                               access_key ? "S3CONN_SERVE_ACCESS_KEY" : "S3CONN_SERVE_SECRET_KEY",
                               access_key ? "S3CONN_SERVE_SECRET_KEY" : "S3CONN_SERVE_ACCESS_KEY"),
                   "set both, or neither for keys that are made up");
  }
  if (!IsToken(*access_key)) {
    return Failure(ErrorKind::kConfig, "S3CONN_SERVE_ACCESS_KEY has characters that no signature can carry",
                   "letters and digits are safe");
  }
  return ServedKeys{{*access_key, Secret(*secret_key)}, "$S3CONN_SERVE_SECRET_KEY"};
}

Result<ServedKeys> ChooseKeys(const Session& session, const Settings& settings) {
  Result<std::optional<ServedKeys>> given = KeysFromEnvironment(session.environment());
  if (!given) return Failure(std::move(given.error()));
  if (*given) return std::move(**given);
  if (settings.profile_comes_first && settings.profile.value != kLocalProfile) {
    Result<std::optional<KeyPair>> pair = KeyPairFromProfile(*settings.profiles, settings.profile.value);
    if (!pair) return Failure(std::move(pair.error()));
    if (!*pair) {
      return Failure(
          ErrorKind::kConfig,
          fmt::format("profile '{}' has no keys to serve with", EscapeForTerminal(settings.profile.value)),
          "aws_access_key_id and aws_secret_access_key; or leave the profile out");
    }
    return ServedKeys{{(*pair)->access_key_id, (*pair)->secret_access_key},
                      fmt::format("(the secret of profile {})", settings.profile.value)};
  }
  ServedKeys made{local::MakeKeyPair(), {}, true};
  made.shown_secret = made.pair.secret_key.Expose();
  return made;
}

Result<local::ListenOptions> ParseListening(const Arguments& arguments, const ServedKeys& keys) {
  local::ListenOptions options{.address = arguments.address};
  const std::optional<std::uint64_t> port = ParseUnsigned(arguments.port);
  if (!port || *port > 65535) {
    return Failure(ErrorKind::kUsage,
                   fmt::format("--port '{}' is no port", EscapeForTerminal(arguments.port)),
                   "a number up to 65535; 0 is any that is free");
  }
  options.port = static_cast<std::uint16_t>(*port);
  if (arguments.certificate.empty() != arguments.key.empty()) {
    return Failure(ErrorKind::kUsage, "--tls-cert and --tls-key belong together");
  }
  if (!IsLoopback(arguments.address) && keys.made_up) {
    return Failure(
        ErrorKind::kUsage,
        fmt::format("--address {} can be reached from other machines, and the keys would be made up",
                    EscapeForTerminal(arguments.address)),
        "choose keys of your own: S3CONN_SERVE_ACCESS_KEY and S3CONN_SERVE_SECRET_KEY");
  }
  return options;
}

std::string EndpointOf(const Arguments& arguments, std::uint16_t port) {
  const bool encrypted = !arguments.certificate.empty();
  const std::string host =
      arguments.address.find(':') == std::string::npos ? arguments.address : '[' + arguments.address + ']';
  return fmt::format("{}://{}:{}", encrypted ? "https" : "http", host, port);
}

// What one pastes into a shell or a program.
std::string ToPaste(const std::string& endpoint, const Arguments& arguments, const ServedKeys& keys) {
  std::string text = fmt::format(
      "in a shell, for s3conn and aws (before 2.13 it wants --endpoint-url, too):\n"
      "  export AWS_ENDPOINT_URL={0} AWS_REGION=us-east-1\n"
      "  export AWS_ACCESS_KEY_ID={1} AWS_SECRET_ACCESS_KEY={2}\n",
      endpoint, keys.pair.access_key, keys.shown_secret);
  if (!arguments.certificate.empty()) {
    text += fmt::format("  export AWS_CA_BUNDLE={}   # if the certificate is its own issuer\n",
                        EscapeForTerminal(arguments.certificate));
  }
  text += fmt::format(
      "in Python:\n"
      "  boto3.client(\"s3\", endpoint_url=\"{}\", region_name=\"us-east-1\",\n"
      "               aws_access_key_id=\"{}\", aws_secret_access_key=\"{}\")\n",
      endpoint, keys.pair.access_key, keys.shown_secret);
  return text;
}

Record Introduce(const std::string& endpoint, const std::string& folder, const Arguments& arguments,
                 const ServedKeys& keys) {
  Record record;
  record.Add("Endpoint", endpoint).Add("Region", "us-east-1").Add("AccessKeyId", keys.pair.access_key);
  if (keys.made_up) record.Add("SecretAccessKey", keys.shown_secret);
  record.Add("Folder", folder).Add("ReadOnly", arguments.read_only);
  record.Headline(fmt::format("{} is served at {}{}; Ctrl-C ends it\n\n{}", EscapeForTerminal(folder),
                              endpoint, arguments.read_only ? ", to be read only" : "",
                              ToPaste(endpoint, arguments, keys)));
  return record;
}

// "2026-01-15T09:30:00Z 127.0.0.1:50112 PutObject PUT /b/k 200", with the code and cause of an error.
void LogAccess(const local::Served& served) {
  std::string line =
      fmt::format("{} {} {} {} {} {}", FormatRfc3339(SystemClock().Now()), served.request.peer,
                  served.operation.empty() ? "-" : served.operation, EscapeForTerminal(served.request.method),
                  EscapeForTerminal(RedactUrl(served.request.target)), served.status);
  if (!served.code.empty()) fmt::format_to(std::back_inserter(line), " {}", served.code);
  line += '\n';
  static_cast<void>(WriteAll(STDERR_FILENO, line, "write to standard error"));
}

void WaitForStop(const std::stop_token& stop) {
  std::mutex mutex;
  std::condition_variable_any stopped;
  std::unique_lock lock(mutex);
  stopped.wait(lock, stop, [] { return false; });
}

Result<Outcome> Serve(Session& session, const Arguments& arguments, const std::string& folder,
                      const ServedKeys& keys, local::ListenOptions listening) {
  const SystemClock clock;
  std::optional<local::TlsServer> tls;
  if (!arguments.certificate.empty()) {
    Result<local::TlsServer> made = local::TlsServer::Make(arguments.certificate, arguments.key);
    if (!made) return Failure(std::move(made.error()));
    listening.tls = &tls.emplace(std::move(*made));
  }
  Result<std::unique_ptr<local::Store>> store = local::Store::Open(folder, clock);
  if (!store) return Failure(std::move(store.error()).Within("open the store " + EscapeForTerminal(folder)));

  const bool logged = session.verbosity() >= Verbosity::kRetries;
  const local::Authorizer authorizer({keys.pair}, clock);
  local::S3Service service(
      **store, authorizer, clock,
      arguments.read_only ? local::S3Service::Access::kReadOnly : local::S3Service::Access::kReadWrite,
      [&session, logged](const local::Served& served) {
        if (served.status == 500) session.Warn(EscapeForTerminal(served.message));
        if (logged) LogAccess(served);
      });
  const Result<std::unique_ptr<local::Server>> server = local::Server::Listen(
      listening, service, [&session, logged](const std::string& peer, const Error& error) {
        if (logged) session.Warn(fmt::format("{}: {}", peer, EscapeForTerminal(error.message)));
      });
  if (!server) return Failure(server.error());

  const Result<Renderer*> renderer = session.renderer();
  if (!renderer) return Failure(renderer.error());
  const std::string endpoint = EndpointOf(arguments, (*server)->port());
  if (Status told = (*renderer)->One(Introduce(endpoint, folder, arguments, keys)); !told) {
    return Failure(std::move(told.error()));
  }
  WaitForStop(session.context().stop);
  (*server)->Stop(kGrace);
  return Outcome::kDone;
}

Result<Outcome> Run(Session& session, const Arguments& arguments) {
  const Result<const Settings*> settings = session.settings();
  if (!settings) return Failure(settings.error());
  const Result<std::string> folder = LocalFolder(arguments.folder, session.environment());
  if (!folder) return Failure(folder.error());
  const Result<ServedKeys> keys = ChooseKeys(session, **settings);
  if (!keys) return Failure(keys.error());
  const Result<local::ListenOptions> listening = ParseListening(arguments, *keys);
  if (!listening) return Failure(listening.error());
  return Serve(session, arguments, *folder, *keys, *listening);
}

}  // namespace

Command ServeCommand() {
  return {
      "serve",
      {},
      "About s3conn",
      "serve a folder to every program that speaks S3",
      "Serves the store in a folder over HTTP, or HTTPS with --tls-cert and --tls-key, until it is told to "
      "stop: "
      "Ctrl-C and SIGTERM let what is under way end, and the exit status is 0. The folder is the one of the "
      "profile local unless another is given; commands with --endpoint-url local:DIR may use it at the same "
      "time. The keys are those in S3CONN_SERVE_ACCESS_KEY and S3CONN_SERVE_SECRET_KEY, those of the profile "
      "that --profile names, or else made up and shown; every request must be signed with them. Where it is "
      "comes first, as one JSON document where the output is no terminal. -v logs every request on standard "
      "error. An address that other machines reach wants keys of your own.",
      {{"s3conn serve", "on http://127.0.0.1:9000"},
       {"s3conn serve ./data --port 0 --read-only > endpoint.json", "any free port, for a script"},
       {"s3conn serve --address 0.0.0.0 --tls-cert cert.pem --tls-key key.pem", "for other machines"}},
      [](CLI::App& app) -> RunCommand {
        const auto arguments = std::make_shared<Arguments>();
        app.add_option("folder", arguments->folder, "where the store is; default ~/.local/share/s3conn/local")
            ->type_name("DIR");
        app.add_option("--address", arguments->address, "the address to listen on; default 127.0.0.1")
            ->type_name("ADDRESS");
        app.add_option("--port", arguments->port,
                       "the port to listen on; default 9000, 0 for any that is free")
            ->type_name("PORT");
        app.add_option("--tls-cert", arguments->certificate,
                       "serve HTTPS with this certificate (PEM, its issuers after it)")
            ->type_name("FILE");
        app.add_option("--tls-key", arguments->key, "the certificate's private key (PEM)")->type_name("FILE");
        app.add_flag("--read-only", arguments->read_only, "refuse everything that changes the store");
        return [arguments](Session& session) { return Run(session, *arguments); };
      }};
}

}  // namespace s3conn
