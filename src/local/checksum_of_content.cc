#include "local/checksum_of_content.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <vector>

#include "s3conn/base/units.h"

namespace s3conn::local {
namespace {

Status AddFile(const Stretch& stretch, std::vector<char>& buffer, ChecksumHasher& hasher) {
  constexpr std::string_view kDoing = "read the bytes of an object";
  for (std::uint64_t done = 0; done < stretch.length;) {
    const std::size_t wanted = std::min<std::uint64_t>(buffer.size(), stretch.length - done);
    const ssize_t count = pread(stretch.fd, buffer.data(), wanted, static_cast<off_t>(stretch.offset + done));
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return Failure(SystemError(kDoing, errno));
    if (count == 0) return Failure(ErrorKind::kLocalIo, "the file of an object is shorter than it was");
    hasher.Update({buffer.data(), static_cast<std::size_t>(count)});
    done += static_cast<std::uint64_t>(count);
  }
  return {};
}

}  // namespace

Answer<Checksum> ChecksumOfContent(Content& content, ChecksumAlgorithm algorithm) {
  constexpr ByteCount kBuffer = 256_KiB;
  std::vector<char> buffer(kBuffer.bytes());
  ChecksumHasher hasher(algorithm);
  while (true) {
    const Result<std::optional<Stretch>> stretch = content.Next();
    if (!stretch) return RefuseInternal(stretch.error());
    if (!*stretch) break;
    if ((*stretch)->fd < 0) {
      hasher.Update((*stretch)->bytes);
    } else if (const Status read = AddFile(**stretch, buffer, hasher); !read) {
      return RefuseInternal(read.error());
    }
  }
  return Checksum{algorithm, ChecksumType::kFullObject, hasher.FinishBase64()};
}

}  // namespace s3conn::local
