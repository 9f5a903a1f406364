#include "local/random_id.h"

#include <sys/random.h>

#include <array>
#include <cstdlib>

#include "base/text.h"

namespace s3conn::local {

std::string RandomId() {
  std::array<unsigned char, 16> bytes{};
  // So few bytes are never given in part.
  if (getrandom(bytes.data(), bytes.size(), 0) != static_cast<ssize_t>(bytes.size())) std::abort();
  return HexEncode(bytes);
}

}  // namespace s3conn::local
