#ifndef S3CONN_BASE_READ_BLOCKS_H_
#define S3CONN_BASE_READ_BLOCKS_H_

#include <string_view>
#include <vector>

#include "s3conn/base/body.h"
#include "s3conn/base/call_context.h"
#include "s3conn/base/error.h"
#include "s3conn/base/units.h"

namespace s3conn {

// Gives all the bytes of a source to `use`, from its start, in one piece where they are in memory, else in
// blocks of 1 MiB. The source is left at its end. kCancelled, or what reading fails with.
template <typename Use>
Status ReadBlocks(BodySource& source, const CallContext& context, Use use) {
  constexpr ByteCount kBlock = 1_MiB;
  if (const auto bytes = source.Contiguous()) {
    use(*bytes);
    return {};
  }
  if (Status rewound = source.Rewind(); !rewound) return rewound;
  std::vector<char> block(kBlock.bytes());
  while (true) {
    if (context.stop.stop_requested()) return Failure(ErrorKind::kCancelled, "interrupted");
    const Result<std::size_t> count = source.Read(block);
    if (!count) return Failure(count.error());
    if (*count == 0) return {};
    use(std::string_view(block.data(), *count));
  }
}

}  // namespace s3conn

#endif  // S3CONN_BASE_READ_BLOCKS_H_
