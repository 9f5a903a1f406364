#include "contract/shifted_clock.h"

#include <string>

namespace s3conn {

void ShiftClock(ContractProgram& program, std::chrono::minutes shift) {
  program.environment["LD_PRELOAD"] = SHIFTED_CLOCK_LIBRARY;
  program.environment["SHIFTED_CLOCK_SECONDS"] = std::to_string(std::chrono::seconds(shift).count());
}

}  // namespace s3conn
