#ifndef S3CONN_CONFIG_PROFILE_H_
#define S3CONN_CONFIG_PROFILE_H_

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "config/environment.h"
#include "config/ini_file.h"
#include "s3conn/base/error.h"

namespace s3conn {

// The files that hold profiles.
enum class ProfileFile {
  kConnector,       // --config, $S3CONN_CONFIG, $XDG_CONFIG_HOME/s3conn/config or ~/.config/s3conn/config
  kAwsCredentials,  // $AWS_SHARED_CREDENTIALS_FILE or ~/.aws/credentials
  kAwsConfig,       // $AWS_CONFIG_FILE or ~/.aws/config
};

// A property set in several of them has the value of the first.
inline constexpr std::array kProfileFiles = {ProfileFile::kConnector, ProfileFile::kAwsCredentials,
                                             ProfileFile::kAwsConfig};

// "region", or one of a block: addressing_style of `s3 =`.
struct PropertyName {
  std::string_view name;
  std::string_view block = {};
};

struct ProfileValue {
  std::string value;   // never empty: an empty property counts as unset
  std::string origin;  // "profile work (/home/x/.aws/config:12)"
};

// "~" and "~/x" with the home folder in place of '~'; everything else, and all where HOME is unset, as it is.
std::string ExpandHome(std::string_view path, const Environment& environment);

// The profiles of all files, as values.
class Profiles {
 public:
  // Reads the files that exist; a file named by `config_file` (--config) or S3CONN_CONFIG must exist.
  // kConfig.
  enum class AwsFiles { kRead, kIgnored };
  static Result<Profiles> Load(const Environment& environment, const std::optional<std::string>& config_file,
                               AwsFiles aws_files = AwsFiles::kRead);

  bool Has(std::string_view profile) const;
  // Sorted, each once.
  std::vector<std::string_view> Names() const;
  // The files that were found.
  std::vector<std::string_view> Paths() const;

  std::optional<ProfileValue> Find(std::string_view profile, PropertyName property) const;
  std::optional<ProfileValue> FindIn(ProfileFile file, std::string_view profile, PropertyName property) const;

  // Sections [services NAME], to which a profile refers by `services = NAME`.
  bool HasServices(std::string_view name) const;
  std::optional<ProfileValue> FindInServices(std::string_view name, PropertyName property) const;

  // What the user should know: files with secrets that others can read.
  const std::vector<std::string>& warnings() const { return warnings_; }

 private:
  struct Loaded {
    ProfileFile kind;
    IniFile content;
  };

  std::vector<Loaded> files_;  // in the order of kProfileFiles
  std::vector<std::string> warnings_;
};

}  // namespace s3conn

#endif  // S3CONN_CONFIG_PROFILE_H_
