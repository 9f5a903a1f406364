#ifndef S3CONN_TESTS_CLI_CLI_FIXTURE_H_
#define S3CONN_TESTS_CLI_CLI_FIXTURE_H_

#include <string>
#include <string_view>
#include <vector>

#include "support/catch.h"
#include "support/s3conn_program.h"
#include "support/scripted_server.h"

namespace s3conn {

// The program with a home that holds nothing and an environment that names no store and no keys.
class BareProgram : public S3connProgram {
 public:
  BareProgram();
};

// The program with keys (which must never be seen again), set up for a server that does as it is told.
class ScriptedProgram : public S3connProgram {
 public:
  explicit ScriptedProgram(std::vector<Step> script = {});

  ScriptedServer server;

  std::vector<ReceivedRequest> requests() const { return server.requests(); }
  // The request lines, without the version of HTTP.
  std::vector<std::string> request_lines() const;
};

// An S3 error document.
Step RespondError(int status, std::string_view code, const Headers& headers = {});
// An object, as GET and as HEAD get it. Its ETag is the MD5 of its bytes.
Step RespondObject(std::string_view bytes, Headers headers = {});
Step RespondHead(std::string_view bytes, Headers headers = {});
// An object of that length of which only `begin` comes; the connection stays open and silent.
Step RespondStuck(std::string_view begin, std::size_t length);

std::string Md5Of(std::string_view bytes);  // hexadecimal

// Tells when something is written to a file of a folder; made before that may happen.
class FolderWatch {
 public:
  explicit FolderWatch(const std::string& folder);
  FolderWatch(const FolderWatch&) = delete;
  FolderWatch& operator=(const FolderWatch&) = delete;
  ~FolderWatch();

  // False if nothing is within half a minute.
  bool WaitForWrite() const;

 private:
  int watch_;
};

}  // namespace s3conn

#endif  // S3CONN_TESTS_CLI_CLI_FIXTURE_H_
