#include <sys/resource.h>

#include "cli/app.h"
#include "config/environment.h"

int main(int argc, char** argv) {
  // A crash must not write keys into a core file.
  const struct rlimit none {};
  setrlimit(RLIMIT_CORE, &none);
  return s3conn::RunApp(argc, argv, s3conn::ProcessEnvironment());
}
