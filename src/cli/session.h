#ifndef S3CONN_CLI_SESSION_H_
#define S3CONN_CLI_SESSION_H_

#include <memory>
#include <stop_token>
#include <string>

#include "cli/trace.h"
#include "config/environment.h"
#include "config/settings.h"
#include "output/output_stream.h"
#include "output/renderer.h"
#include "s3conn/base/call_context.h"
#include "s3conn/base/error.h"
#include "s3conn/base/time.h"
#include "s3conn/s3/client.h"

namespace s3conn {

class CurlClient;
namespace local {
class PrivateEndpoint;
}

// The options that every command takes, as the command line gave them.
struct GlobalOptions {
  SettingsOptions settings;
  bool request_payer = false;
  int verbose = 0;
  bool quiet = false;
};

// What one run of a command works with: settings, client, output. Everything is made when it is first asked
// for, so that a command pays only for what it uses.
class Session {
 public:
  Session(GlobalOptions options, Environment environment, std::stop_token stop);
  ~Session();
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  // kConfig, kUsage.
  Result<const Settings*> settings();
  Result<Client*> client();
  Result<Renderer*> renderer();
  // The same without looking at configuration files: for what must work when these are broken.
  Renderer& early_renderer();
  // What most commands begin with.
  struct Tools {
    const Settings& settings;
    Client& client;
    Renderer& renderer;
  };
  Result<Tools> tools();

  // The output format decided so far: never a reason to fail, for errors are told in it.
  bool errors_as_json() const;
  OutputStream& out() { return out_; }
  CallContext context() const;
  const Environment& environment() const { return environment_; }
  Verbosity verbosity() const;
  std::string temporary_folder() const;
  void Warn(std::string text) const;
  // Tells on standard error what the other formats have in their data.
  void NoteInText(const std::string& text) const;
  // Tells of an error on standard error: as text on a terminal, as one line of JSON elsewhere.
  void Report(const Error& error) const;

 private:
  struct Connection;
  OutputFormat format() const;
  // For the embedded endpoint, where there is one.
  Result<std::unique_ptr<CurlClient>> MakeHttp(const Settings& chosen,
                                               const local::PrivateEndpoint* endpoint) const;
  std::unique_ptr<CredentialsProvider> MakeCredentials(const Settings& chosen,
                                                       const local::PrivateEndpoint* endpoint) const;

  GlobalOptions options_;
  Environment environment_;
  std::stop_token stop_;
  EventSink trace_;
  OutputStream out_;
  std::unique_ptr<Settings> settings_;
  std::unique_ptr<Renderer> renderer_;
  std::unique_ptr<Connection> connection_;
};

}  // namespace s3conn

#endif  // S3CONN_CLI_SESSION_H_
