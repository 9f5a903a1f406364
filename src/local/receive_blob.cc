#include "local/receive_blob.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "s3conn/base/units.h"

namespace s3conn::local {

Answer<NewBlob> ReceiveBlob(Store& store, Payload& payload) {
  constexpr ByteCount kBuffer = 256_KiB;
  Answer<NewBlob> blob = store.CreateBlob();
  if (!blob) return blob;
  // Not of more bytes than there are: most objects are small, and at least one for the end to be seen.
  std::vector<char> buffer(std::clamp<std::uint64_t>(payload.size(), 1, kBuffer.bytes()));
  while (true) {
    const Answer<std::size_t> count = payload.Read(buffer);
    if (!count) return Refuse(count.error());
    if (*count == 0) break;
    if (const Status written = blob->Write({buffer.data(), *count}); !written) {
      return RefuseInternal(written.error());
    }
  }
  if (const Status finished = blob->Finish(); !finished) return RefuseInternal(finished.error());
  return blob;
}

}  // namespace s3conn::local
