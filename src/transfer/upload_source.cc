#include "transfer/upload_source.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <utility>
#include <vector>

#include "base/file.h"
#include "base/spool.h"
#include "s3conn/s3/put_object.h"

namespace s3conn {
namespace {

// Up to here a file is sent from memory, headers and body in one segment (CurlClient's limit for that).
constexpr ByteCount kSmallFile = 64_KiB;
constexpr ByteCount kStreamInMemory = 16_MiB;
constexpr ByteCount kReadBuffer = 256_KiB;
// How often a blocked read looks for Ctrl-C.
constexpr int kPollMilliseconds = 100;

Result<std::unique_ptr<BodySource>> ReadSmall(FileSource& file) {
  std::string bytes(file.size().bytes(), '\0');
  std::size_t filled = 0;
  while (filled < bytes.size()) {
    const Result<std::size_t> count = file.Read(std::span(bytes).subspan(filled));
    if (!count) return Failure(count.error());
    filled += *count;
  }
  if (Status unchanged = file.CheckUnchanged(); !unchanged) return Failure(std::move(unchanged.error()));
  return std::make_unique<MemorySource>(std::move(bytes));
}

// An empty file, or one of /proc, which has bytes all the same.
Result<std::unique_ptr<BodySource>> ReadSizeless(const std::string& path) {
  Result<std::string> bytes = ReadWholeFile(path, kStreamInMemory);
  if (!bytes) return Failure(std::move(bytes.error()));
  return std::make_unique<MemorySource>(std::move(*bytes));
}

Result<std::unique_ptr<BodySource>> SpoolStream(int fd, const std::string& folder,
                                                const CallContext& context) {
  Spool spool(kStreamInMemory, folder);
  std::vector<char> buffer(kReadBuffer.bytes());
  while (true) {
    if (context.stop.stop_requested())
      return Failure(ErrorKind::kCancelled, "read standard input: interrupted");
    struct pollfd waiting = {fd, POLLIN, 0};
    if (poll(&waiting, 1, kPollMilliseconds) == 0) continue;
    const ssize_t count = read(fd, buffer.data(), buffer.size());
    if (count < 0 && (errno == EINTR || errno == EAGAIN)) continue;
    if (count < 0) return Failure(SystemError("read standard input", errno));
    if (count == 0) return spool.TakeSource();
    Status kept = spool.Append({buffer.data(), static_cast<std::size_t>(count)});
    if (!kept) return Failure(std::move(kept.error()));
    if (spool.size() > kMaxSinglePut) {
      return Failure(ErrorKind::kUsage,
                     "standard input has more than 5 GiB, the most that one PUT can carry");
    }
  }
}

}  // namespace

Result<std::unique_ptr<BodySource>> OpenUploadFile(const std::string& path) {
  Result<std::unique_ptr<FileSource>> file = FileSource::Open(path);
  if (!file) return Failure(std::move(file.error()));
  if ((*file)->size() == ByteCount()) return ReadSizeless(path);
  if ((*file)->size() <= kSmallFile) return ReadSmall(**file);
  return std::unique_ptr<BodySource>(std::move(*file));
}

Result<std::unique_ptr<BodySource>> ReadUploadStream(int fd, const std::string& folder,
                                                     const CallContext& context) {
  struct stat info {};
  if (fstat(fd, &info) != 0) return Failure(SystemError("read standard input", errno));
  if (!S_ISREG(info.st_mode) || info.st_size == 0) return SpoolStream(fd, folder, context);
  Descriptor own(fcntl(fd, F_DUPFD_CLOEXEC, 0));
  if (!own) return Failure(SystemError("read standard input", errno));
  Result<std::unique_ptr<FileSource>> file = FileSource::FromDescriptor(std::move(own), "standard input");
  if (!file) return Failure(std::move(file.error()));
  return std::unique_ptr<BodySource>(std::move(*file));
}

}  // namespace s3conn
