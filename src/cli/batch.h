#ifndef S3CONN_CLI_BATCH_H_
#define S3CONN_CLI_BATCH_H_

#include <chrono>
#include <cstdint>
#include <string>

#include "cli/command.h"
#include "cli/session.h"
#include "output/record.h"
#include "output/renderer.h"
#include "s3conn/base/error.h"

namespace s3conn {

// What a command on several things has to say, as it comes: {"Results":[…],"Summary":{…}}. The document is
// opened by the first result, so a command that fails at once prints nothing. Session and renderer outlive
// it.
class Batch {
 public:
  Batch(const Session& session, Renderer& renderer) : session_(session), renderer_(renderer) {}

  Status Succeeded(const Record& record);
  // Puts the error into the record, and on standard error as well.
  Status Failed(Record record, const Error& error);
  // What was said so far is seen: whoever stops the command shall know what it has done.
  Status Flush() { return renderer_.Flush(); }

  std::uint64_t succeeded() const { return succeeded_; }
  std::uint64_t failed() const { return failed_; }

  // Closes the document; `summary` holds the counts, and gets "Failed" and "Seconds".
  Result<Outcome> End(Record summary, std::string headline);

 private:
  Status Item(const Record& record);
  Status Open();

  const Session& session_;
  Renderer& renderer_;
  bool opened_ = false;
  std::uint64_t succeeded_ = 0;
  std::uint64_t failed_ = 0;
  std::chrono::steady_clock::time_point started_ = std::chrono::steady_clock::now();
};

}  // namespace s3conn

#endif  // S3CONN_CLI_BATCH_H_
