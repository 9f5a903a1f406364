#include "config/local_folder.h"

#include <filesystem>
#include <system_error>

#include "config/profile.h"

namespace s3conn {
namespace {

constexpr std::string_view kScheme = "local:";

Result<std::string> DefaultFolder(const Environment& environment) {
  // A relative one is to be ignored, says the XDG Base Directory Specification.
  const auto data = FindVariable(environment, "XDG_DATA_HOME");
  if (data && data->starts_with('/')) return *data + "/s3conn/local";
  if (const auto home = FindVariable(environment, "HOME")) return *home + "/.local/share/s3conn/local";
  return Failure(ErrorKind::kConfig, "HOME is not set, so there is no folder for the local store",
                 "name one: local:PATH");
}

}  // namespace

std::optional<std::string_view> LocalPath(std::string_view endpoint) {
  if (!endpoint.starts_with(kScheme)) return std::nullopt;
  return endpoint.substr(kScheme.size());
}

Result<std::string> LocalFolder(std::string_view path, const Environment& environment) {
  if (path.empty()) return DefaultFolder(environment);
  if (path.find('\0') != std::string_view::npos) {
    return Failure(ErrorKind::kUsage, "a folder's name can't hold a NUL");
  }
  std::error_code failed;
  const std::filesystem::path whole = std::filesystem::absolute(ExpandHome(path, environment), failed);
  if (failed) return Failure(ErrorKind::kLocalIo, "find the working folder: " + failed.message());
  return whole.lexically_normal().string();
}

}  // namespace s3conn
