#ifndef S3CONN_CLI_HELP_H_
#define S3CONN_CLI_HELP_H_

#include <string>
#include <string_view>
#include <vector>

#include "cli/command_line.h"

namespace s3conn {

// What a bare `s3conn` shows: one screen.
std::string Overview(const CommandLine& line);

// The help of one command; of all global options where `info` is nullptr.
std::string CommandHelp(const CommandLine& line, const CommandInfo* info);

// "s3conn put-object [options] SOURCE DESTINATION"
std::string Synopsis(const CommandInfo& info);

// "-v, --verbose", "--region REGION"
std::string OptionLabel(const OptionInfo& option);

}  // namespace s3conn

#endif  // S3CONN_CLI_HELP_H_
