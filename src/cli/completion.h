#ifndef S3CONN_CLI_COMPLETION_H_
#define S3CONN_CLI_COMPLETION_H_

#include <string>

#include "cli/command_line.h"

namespace s3conn {

// Scripts that complete commands and options, for completions/.
std::string BashCompletion(const CommandLine& line);
std::string ZshCompletion(const CommandLine& line);
std::string FishCompletion(const CommandLine& line);

}  // namespace s3conn

#endif  // S3CONN_CLI_COMPLETION_H_
