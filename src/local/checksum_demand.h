#ifndef S3CONN_LOCAL_CHECKSUM_DEMAND_H_
#define S3CONN_LOCAL_CHECKSUM_DEMAND_H_

#include <optional>
#include <string>

#include "local/authorization.h"
#include "local/checksum.h"
#include "local/exchange.h"
#include "local/refusal.h"

namespace s3conn::local {

// The checksum that a request names for its body.
struct ChecksumDemand {
  std::optional<ChecksumAlgorithm> algorithm{};  // none: the client names none
  std::string value{};                           // "": in the trailer, or only to be computed
  bool in_trailer = false;
};

// From x-amz-checksum-ALGORITHM, x-amz-trailer, and x-amz-sdk-checksum-algorithm or x-amz-checksum-algorithm,
// which name an algorithm without a value. kInvalidRequest for two, for one that is not known, for a value
// that can't be one, and for a trailer where the payload's kind has none.
Answer<ChecksumDemand> ReadChecksumDemand(const Headers& headers, PayloadRules::Kind kind);

}  // namespace s3conn::local

#endif  // S3CONN_LOCAL_CHECKSUM_DEMAND_H_
