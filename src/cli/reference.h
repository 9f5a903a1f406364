#ifndef S3CONN_CLI_REFERENCE_H_
#define S3CONN_CLI_REFERENCE_H_

#include <string>

#include "cli/command_line.h"

namespace s3conn {

// docs/commands.md: every command with its arguments, options and examples.
std::string MarkdownReference(const CommandLine& line);

// docs/s3conn.1, in the man macros.
std::string ManualPage(const CommandLine& line);

}  // namespace s3conn

#endif  // S3CONN_CLI_REFERENCE_H_
