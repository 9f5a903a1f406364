#include "credentials/environment.h"

#include <utility>

#include "credentials/static.h"

namespace s3conn {

EnvironmentCredentials::EnvironmentCredentials(Environment environment)
    : environment_(std::move(environment)) {}

Result<std::optional<Credentials>> EnvironmentCredentials::Fetch(const CallContext& /*context*/) {
  return AsCredentials(KeyPairFromEnvironment(environment_));
}

}  // namespace s3conn
