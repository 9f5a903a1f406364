#include "config/environment.h"

#include <cstdlib>
#include <utility>

namespace s3conn {

Environment ProcessEnvironment() {
  return [](std::string_view name) -> std::optional<std::string> {
    const char* const value = std::getenv(std::string(name).c_str());
    if (value == nullptr) return std::nullopt;
    return value;
  };
}

Environment WithoutAws(Environment environment) {
  return [environment = std::move(environment)](std::string_view name) -> std::optional<std::string> {
    if (name.starts_with("AWS_")) return std::nullopt;
    return environment(name);
  };
}

std::optional<std::string> FindVariable(const Environment& environment, std::string_view name) {
  std::optional<std::string> value = environment(name);
  if (value && value->empty()) return std::nullopt;
  return value;
}

}  // namespace s3conn
