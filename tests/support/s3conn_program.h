#ifndef S3CONN_TESTS_SUPPORT_S3CONN_PROGRAM_H_
#define S3CONN_TESTS_SUPPORT_S3CONN_PROGRAM_H_

#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "support/run_program.h"
#include "support/temporary_folder.h"

namespace s3conn {

using Json = nlohmann::ordered_json;
using Arguments = std::vector<std::string>;

// The built s3conn as a user has it: with a home of its own, in a folder of its own, and with an environment
// that holds only what the test puts there. Whatever it prints, no secret may be in it: every run is checked
// for that.
class S3connProgram {
 public:
  explicit S3connProgram(std::string binary);

  // The variables of the runs to come; HOME and TMPDIR are set.
  std::map<std::string, std::string> environment;
  // What no run may ever print.
  std::vector<std::string> secrets;

  const TemporaryFolder& home() const { return home_; }
  const TemporaryFolder& temporary() const { return temporary_; }  // $TMPDIR
  const TemporaryFolder& folder() const { return folder_; }        // where it runs

  ProgramCall Call(const Arguments& arguments) const;
  RunningProgram Start(const Arguments& arguments) const;
  ProgramResult Run(const Arguments& arguments) const;
  ProgramResult Run(const ProgramCall& call) const;
  // Every run must come by here, also one that was started.
  ProgramResult Checked(ProgramResult run) const;

  // Requires exit status 0 and nothing on standard error; gives the JSON document on standard output.
  Json Succeed(const Arguments& arguments) const;
  // Requires that exit status and an error as the only line of standard error; gives what is inside
  // {"Error":…}.
  Json Fail(int exit_status, const Arguments& arguments) const;

 private:
  std::string binary_;
  TemporaryFolder home_;
  TemporaryFolder temporary_;
  TemporaryFolder folder_;
};

// Each requires what its name says, and shows the whole run where it is not so.
void RequireExit(const ProgramResult& run, int exit_status);
void RequireSilence(const ProgramResult& run);  // on standard error
Json DocumentOf(const ProgramResult& run);      // the whole standard output is one
Json ErrorOf(const ProgramResult& run);         // the last line of standard error is one
std::vector<Json> LinesOf(const ProgramResult& run);

std::vector<std::string> SplitLines(const std::string& text);
std::vector<std::string> FieldNames(const Json& object);  // in the order of the document
bool Contains(std::string_view text, std::string_view part);
bool IsRfc3339(const std::string& text);  // in UTC

}  // namespace s3conn

#endif  // S3CONN_TESTS_SUPPORT_S3CONN_PROGRAM_H_
