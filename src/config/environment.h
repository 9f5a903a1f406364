#ifndef S3CONN_CONFIG_ENVIRONMENT_H_
#define S3CONN_CONFIG_ENVIRONMENT_H_

#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace s3conn {

// Looks up an environment variable. Callable from many threads.
using Environment = std::function<std::optional<std::string>(std::string_view name)>;

// The environment of this process.
Environment ProcessEnvironment();

// The same without the variables of AWS's tools.
Environment WithoutAws(Environment environment);

// The variable's value. An empty variable counts as unset, as with AWS's tools.
std::optional<std::string> FindVariable(const Environment& environment, std::string_view name);

}  // namespace s3conn

#endif  // S3CONN_CONFIG_ENVIRONMENT_H_
