#ifndef S3CONN_S3_READ_OPTIONS_H_
#define S3CONN_S3_READ_OPTIONS_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "s3conn/base/secret.h"
#include "s3conn/base/time.h"

namespace s3conn {

// Which object is read, and under which conditions; where one does not hold the call fails with
// kPrecondition.
struct ReadOptions {
  std::string version_id{};
  std::string if_match{};  // an ETag without quotes; the same below
  std::string if_none_match{};
  std::optional<Timestamp> if_modified_since{};
  std::optional<Timestamp> if_unmodified_since{};
  Secret customer_key{};  // of an object that was stored with SSE-C

  bool conditional() const {
    return !if_match.empty() || !if_none_match.empty() || if_modified_since || if_unmodified_since;
  }
};

// Bytes of an object, counted from 0: "0-99", "100-" (to the end), "-500" (the last 500).
struct ByteRange {
  std::optional<std::uint64_t> first{};
  std::optional<std::uint64_t> last{};  // inclusive; without `first`, how many from the end

  std::string Header() const;  // "bytes=0-99"
};

// As above, with or without "bytes=" in front; nullopt for anything else, several ranges included.
std::optional<ByteRange> ParseByteRange(std::string_view text);

}  // namespace s3conn

#endif  // S3CONN_S3_READ_OPTIONS_H_
