// Preloaded into a program, this shifts the time of day that it sees by $SHIFTED_CLOCK_SECONDS: there is no
// setting for that, and the clock of the machine is not a test's to set.
#include <dlfcn.h>

#include <cstdlib>
#include <ctime>

extern "C" int clock_gettime(clockid_t clock, timespec* now) noexcept {
  using Function = int (*)(clockid_t, timespec*);
  static const auto kOriginal = reinterpret_cast<Function>(dlsym(RTLD_NEXT, "clock_gettime"));
  const int status = kOriginal(clock, now);
  const char* const shift = std::getenv("SHIFTED_CLOCK_SECONDS");
  if (status == 0 && clock == CLOCK_REALTIME && shift != nullptr) {
    now->tv_sec += std::strtol(shift, nullptr, 10);
  }
  return status;
}
