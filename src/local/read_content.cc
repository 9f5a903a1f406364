#include "local/read_content.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <optional>
#include <vector>

#include "s3conn/base/units.h"

namespace s3conn::local {
namespace {

Status ReadFile(const Stretch& stretch, std::vector<char>& buffer,
                const std::function<void(std::string_view)>& use) {
  constexpr std::string_view kDoing = "read the bytes of an object";
  for (std::uint64_t done = 0; done < stretch.length;) {
    const std::size_t wanted = std::min<std::uint64_t>(buffer.size(), stretch.length - done);
    const ssize_t count = pread(stretch.fd, buffer.data(), wanted, static_cast<off_t>(stretch.offset + done));
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return Failure(SystemError(kDoing, errno));
    if (count == 0) return Failure(ErrorKind::kLocalIo, "the file of an object is shorter than it was");
    use({buffer.data(), static_cast<std::size_t>(count)});
    done += static_cast<std::uint64_t>(count);
  }
  return {};
}

}  // namespace

Answer<void> ReadContent(Content& content, const std::function<void(std::string_view)>& use) {
  constexpr ByteCount kBuffer = 256_KiB;
  std::vector<char> buffer(kBuffer.bytes());
  while (true) {
    const Result<std::optional<Stretch>> stretch = content.Next();
    if (!stretch) return RefuseInternal(stretch.error());
    if (!*stretch) return {};
    if ((*stretch)->fd < 0) {
      use((*stretch)->bytes);
    } else if (const Status read = ReadFile(**stretch, buffer, use); !read) {
      return RefuseInternal(read.error());
    }
  }
}

}  // namespace s3conn::local
