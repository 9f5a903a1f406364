#ifndef S3CONN_TESTS_UNIT_CONFIG_TEST_HOME_H_
#define S3CONN_TESTS_UNIT_CONFIG_TEST_HOME_H_

#include <sys/stat.h>

#include <cstdlib>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "config/environment.h"
#include "config/settings.h"
#include "support/temporary_folder.h"

namespace s3conn {

// A home folder of the test's own, gone with it, and an environment that knows only HOME and what the test
// sets.
class TestHome {
 public:
  TestHome() { variables["HOME"] = folder_.path(); }

  const std::string& path() const { return folder_.path(); }

  // Writes a file below the home folder, mode 0600, and gives its whole path.
  std::string Write(std::string_view name, std::string_view text, mode_t mode = 0600) const {
    const std::string file = folder_.Write(name, text);
    if (chmod(file.c_str(), mode) != 0) std::abort();
    return file;
  }
  std::string WriteConnector(std::string_view text) const { return Write(".config/s3conn/config", text); }
  std::string WriteAwsConfig(std::string_view text) const { return Write(".aws/config", text); }
  std::string WriteAwsCredentials(std::string_view text) const { return Write(".aws/credentials", text); }

  // Looks into `variables` at each call; must not outlive this home.
  Environment environment() const {
    return [this](std::string_view name) -> std::optional<std::string> {
      const auto found = variables.find(name);
      if (found == variables.end()) return std::nullopt;
      return found->second;
    };
  }

  Result<Settings> Resolve(const SettingsOptions& options = {}) const {
    return ResolveSettings(options, environment());
  }

  std::map<std::string, std::string, std::less<>> variables;

 private:
  TemporaryFolder folder_;
};

// Everything an Error says.
inline std::string AllText(const Error& error) {
  return error.message + "\n" + error.hint;
}

inline bool Contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

}  // namespace s3conn

#endif  // S3CONN_TESTS_UNIT_CONFIG_TEST_HOME_H_
