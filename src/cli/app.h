#ifndef S3CONN_CLI_APP_H_
#define S3CONN_CLI_APP_H_

#include "config/environment.h"

namespace s3conn {

// Runs one command line and gives the exit status of the process. Prints; the only place that maps errors to
// statuses.
int RunApp(int argc, const char* const* argv, const Environment& environment);

}  // namespace s3conn

#endif  // S3CONN_CLI_APP_H_
