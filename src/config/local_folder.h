#ifndef S3CONN_CONFIG_LOCAL_FOLDER_H_
#define S3CONN_CONFIG_LOCAL_FOLDER_H_

#include <optional>
#include <string>
#include <string_view>

#include "config/environment.h"
#include "s3conn/base/error.h"

namespace s3conn {

// The built-in profile: endpoint_url is local:, and everything of AWS's is ignored (see ResolveSettings).
inline constexpr std::string_view kLocalProfile = "local";

// "PATH" of "local:PATH"; nullopt for any other endpoint.
std::optional<std::string_view> LocalPath(std::string_view endpoint);

// The folder that a path means: '~' is the home folder, a relative one begins at the working folder, and an
// empty one is $XDG_DATA_HOME/s3conn/local or ~/.local/share/s3conn/local. kConfig where there is no HOME to
// tell; kUsage for a NUL in it.
Result<std::string> LocalFolder(std::string_view path, const Environment& environment);

}  // namespace s3conn

#endif  // S3CONN_CONFIG_LOCAL_FOLDER_H_
