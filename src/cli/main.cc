#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cstdio>
#include <exception>

#include "cli/app.h"
#include "config/environment.h"

namespace {

// A parent may start us with a standard descriptor closed. The next file that is opened would get its number,
// and be written to in its stead. Opened the wrong way round, what uses it fails as on a closed one.
void OccupyStandardDescriptors() {
  for (const int fd : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    if (fcntl(fd, F_GETFD) == -1) open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY);
  }
}

// A crash must not write keys into a core file. One byte and not none: the limit that also holds where cores
// are piped to a program (core(5)).
void ForbidCoreFiles() {
  const struct rlimit one = {1, 1};
  setrlimit(RLIMIT_CORE, &one);
}

}  // namespace

int main(int argc, char** argv) {
  OccupyStandardDescriptors();
  ForbidCoreFiles();
  try {
    return s3conn::RunApp(argc, argv, s3conn::ProcessEnvironment());
  } catch (const std::exception& failure) {
    // Results carry what can fail; what is left is a library or the memory at its end.
    std::fprintf(stderr, "s3conn: internal error: %s\n", failure.what());
    return 1;
  }
}
