#include "s3conn/base/units.h"

#include <fmt/format.h>

#include <array>

namespace s3conn {

std::string HumanBytes(ByteCount count) {
  constexpr std::array<const char*, 6> kUnits = {"KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
  if (count.bytes() < 1024) return fmt::format("{} B", count.bytes());
  double value = static_cast<double>(count.bytes()) / 1024;
  std::size_t unit = 0;
  // 1023.95 would print as "1024.0": the next unit starts a little early.
  while (value >= 1023.95 && unit + 1 < kUnits.size()) {
    value /= 1024;
    ++unit;
  }
  return fmt::format("{:.1f} {}", value, kUnits[unit]);
}

}  // namespace s3conn
