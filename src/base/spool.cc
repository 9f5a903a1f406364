#include "base/spool.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <utility>

#include "base/text.h"

namespace s3conn {
namespace {

std::string Doing(const std::string& folder) {
  return fmt::format("write a temporary file in '{}'", EscapeForTerminal(folder));
}

// Never kNotFound, which is for what a command was asked to read.
Error Unusable(const std::string& folder, int error_number) {
  Error error = SystemError(Doing(folder), error_number);
  error.kind = ErrorKind::kLocalIo;
  error.hint = "TMPDIR names the folder for temporary files";
  return error;
}

// An unnamed file; where the file system can't make one, a named one that is unlinked at once.
Result<Descriptor> UnnamedFile(const std::string& folder) {
  Descriptor file(open(folder.c_str(), O_RDWR | O_TMPFILE | O_CLOEXEC, 0600));
  if (file) return file;
  std::string name = folder + "/s3conn-XXXXXX";
  file = Descriptor(mkostemp(name.data(), O_CLOEXEC));
  if (!file) return Failure(Unusable(folder, errno));
  unlink(name.c_str());
  return file;
}

}  // namespace

Status Spool::Append(std::string_view bytes) {
  size_ = size_ + ByteCount(bytes.size());
  if (!file_ && size_ > memory_limit_) {
    if (Status moved = MoveToFile(); !moved) return moved;
  }
  if (!file_) {
    memory_ += bytes;
    return {};
  }
  return WriteAll(file_.get(), bytes, Doing(folder_));
}

Status Spool::MoveToFile() {
  Result<Descriptor> file = UnnamedFile(folder_);
  if (!file) return Failure(std::move(file.error()));
  file_ = std::move(*file);
  const std::string kept = std::exchange(memory_, {});
  return WriteAll(file_.get(), kept, Doing(folder_));
}

Result<std::unique_ptr<BodySource>> Spool::TakeSource() {
  size_ = ByteCount();
  if (!file_) return std::make_unique<MemorySource>(std::exchange(memory_, {}));
  if (lseek(file_.get(), 0, SEEK_SET) != 0) return Failure(SystemError("rewind a temporary file", errno));
  Result<std::unique_ptr<FileSource>> source =
      FileSource::FromDescriptor(std::move(file_), "the temporary file");
  if (!source) return Failure(std::move(source.error()));
  return std::unique_ptr<BodySource>(std::move(*source));
}

}  // namespace s3conn
