#include "faults/faulty_program.h"

namespace s3conn {

FaultyProgram::FaultyProgram(std::chrono::milliseconds skew) : S3connProgram(S3CONN_BINARY), endpoint(skew) {
  environment["S3CONN_ENDPOINT_URL"] = endpoint.url();
  environment["AWS_ACCESS_KEY_ID"] = endpoint.access_key();
  environment["AWS_SECRET_ACCESS_KEY"] = endpoint.secret_key();
  secrets.push_back(endpoint.secret_key());
  RequireExit(Run({"create-bucket", "b-1", "--quiet"}), 0);
  begin_ = endpoint.requests().size();
}

void FaultyProgram::Store(const std::string& key, std::string_view bytes) {
  folder().Write("stored", bytes);
  RequireExit(Run({"put-object", "stored", "s3://b-1/" + key}), 0);
  begin_ = endpoint.requests().size();
}

std::string FaultyProgram::Stored(const std::string& key) {
  endpoint.ClearFaults();
  const ProgramResult run = Run({"get-object", "s3://b-1/" + key, "-"});
  return run.exit_status == 4 ? "(none)" : run.out;
}

std::vector<LoggedRequest> FaultyProgram::requests() const {
  const std::vector<LoggedRequest> all = endpoint.requests();
  return {all.begin() + static_cast<std::ptrdiff_t>(begin_), all.end()};
}

std::string FaultyProgram::operations() const {
  std::string names;
  for (const LoggedRequest& request : requests()) {
    if (!names.empty()) names += ' ';
    names += request.operation;
  }
  return names;
}

}  // namespace s3conn
