#include "base/file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/random.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <utility>

#include "base/text.h"

namespace s3conn {
namespace {

std::string Quoted(std::string_view path) {
  return fmt::format("'{}'", EscapeForTerminal(path));
}

tl::unexpected<Error> Broken(std::string_view verb, std::string_view path, int error_number) {
  Error error = SystemError(fmt::format("{} {}", verb, Quoted(path)), error_number);
  if (error_number == ENOSPC || error_number == EDQUOT)
    error.hint = "free some space or choose another target";
  if (verb == "write" && error_number == ENOENT) {
    // Not kNotFound: that is for what a command reads, and a script would take it for a missing object.
    error.kind = ErrorKind::kLocalIo;
    error.hint = "make the folder first";
  }
  if (error_number == EACCES || error_number == EPERM)
    error.hint = "check the permissions of the file and its folder";
  return Failure(std::move(error));
}

bool Same(const struct timespec& a, const struct timespec& b) {
  return a.tv_sec == b.tv_sec && a.tv_nsec == b.tv_nsec;
}

std::string RandomSuffix() {
  std::array<unsigned char, 6> bytes{};
  if (getrandom(bytes.data(), bytes.size(), 0) != static_cast<ssize_t>(bytes.size())) std::abort();
  return HexEncode(bytes);
}

// ".name.s3conn-0123456789ab" beside the target, the name cut where it would grow too long for the file
// system.
std::string TemporaryBeside(const std::string& target) {
  const std::size_t slash = target.rfind('/');
  const std::size_t name_at = slash == std::string::npos ? 0 : slash + 1;
  return fmt::format("{}.{}.s3conn-{}", target.substr(0, name_at), target.substr(name_at, 200),
                     RandomSuffix());
}

// 0 once everything is written, or errno.
int WriteFully(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t count = write(fd, bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0 && errno == EAGAIN) {
      // Some parents hand over a pipe that doesn't block.
      struct pollfd writable = {fd, POLLOUT, 0};
      poll(&writable, 1, -1);
      continue;
    }
    if (count < 0) return errno;
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
  return 0;
}

// Where a chain of symlinks ends, so that the rename replaces the file and not the link.
std::string ResolveLinks(const std::string& path) {
  char* const resolved = realpath(path.c_str(), nullptr);
  if (resolved == nullptr) return path;
  std::string text(resolved);
  std::free(resolved);
  return text;
}

}  // namespace

Descriptor& Descriptor::operator=(Descriptor&& other) noexcept {
  if (this != &other) {
    Close();
    fd_ = other.Release();
  }
  return *this;
}

int Descriptor::Release() {
  return std::exchange(fd_, -1);
}

int Descriptor::Close() {
  if (fd_ < 0) return 0;
  return ::close(Release()) == 0 ? 0 : errno;
}

Result<std::string> ReadWholeFile(const std::string& path, ByteCount limit) {
  const Descriptor file(open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file) return Broken("read", path, errno);
  std::string content;
  std::array<char, 16384> buffer{};
  while (true) {
    const ssize_t count = read(file.get(), buffer.data(), buffer.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return Broken("read", path, errno);
    if (count == 0) return content;
    content.append(buffer.data(), static_cast<std::size_t>(count));
    if (ByteCount(content.size()) > limit) {
      return Failure(ErrorKind::kLocalIo,
                     fmt::format("{} is longer than {}", Quoted(path), HumanBytes(limit)));
    }
  }
}

Status WriteAll(int fd, std::string_view bytes, std::string_view doing) {
  const int error_number = WriteFully(fd, bytes);
  if (error_number == 0) return {};
  Error error = SystemError(doing, error_number);
  if (error_number == EPIPE) error.kind = ErrorKind::kCancelled;
  return Failure(std::move(error));
}

FileSource::FileSource(Descriptor file, std::string name, const struct stat& info, off_t start)
    : file_(std::move(file)),
      name_(std::move(name)),
      info_(info),
      start_(start),
      size_(static_cast<std::uint64_t>(info.st_size > start ? info.st_size - start : 0)),
      position_(start) {}

Result<std::unique_ptr<FileSource>> FileSource::Open(const std::string& path) {
  // O_NONBLOCK: opening a pipe that nobody writes to must not hang before it can be refused.
  Descriptor file(open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (!file) return Broken("read", path, errno);
  return FromDescriptor(std::move(file), path);
}

Result<std::unique_ptr<FileSource>> FileSource::FromDescriptor(Descriptor file, std::string name) {
  struct stat info {};
  if (fstat(file.get(), &info) != 0) return Broken("read", name, errno);
  if (S_ISDIR(info.st_mode)) {
    return Failure(ErrorKind::kUsage, fmt::format("{} is a directory", Quoted(name)), "name a file");
  }
  if (!S_ISREG(info.st_mode)) {
    return Failure(ErrorKind::kUsage, fmt::format("{} is not a regular file", Quoted(name)),
                   "pipe it in and use '-' as the source");
  }
  const off_t start = lseek(file.get(), 0, SEEK_CUR);
  return std::unique_ptr<FileSource>(new FileSource(std::move(file), std::move(name), info, start));
}

Result<std::size_t> FileSource::Read(std::span<char> into) {
  while (true) {
    const ssize_t count = pread(file_.get(), into.data(), into.size(), position_);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return Broken("read", name_, errno);
    position_ += count;
    const auto end = start_ + static_cast<off_t>(size_.bytes());
    // Shorter or longer than when it was opened: what was announced can't be sent any more.
    if ((count == 0 && position_ < end) || position_ > end) {
      return Failure(ErrorKind::kIntegrity, fmt::format("{} changed while it was being read", Quoted(name_)),
                     "upload it again when nothing writes to it");
    }
    return static_cast<std::size_t>(count);
  }
}

Status FileSource::Rewind() {
  position_ = start_;
  return {};
}

Status FileSource::CheckUnchanged() const {
  struct stat now {};
  if (fstat(file_.get(), &now) != 0) return Broken("read", name_, errno);
  if (now.st_size == info_.st_size && Same(now.st_mtim, info_.st_mtim) && Same(now.st_ctim, info_.st_ctim))
    return {};
  return Failure(ErrorKind::kIntegrity, fmt::format("{} changed while it was being read", Quoted(name_)),
                 "upload it again when nothing writes to it");
}

Result<AtomicFile> AtomicFile::Create(const std::string& target, NamedBy named_by) {
  struct stat info {};
  const bool is_link = lstat(target.c_str(), &info) == 0 && S_ISLNK(info.st_mode);
  const bool by_key = named_by == NamedBy::kKey;
  const bool exists = !(is_link && by_key) && stat(target.c_str(), &info) == 0;
  // A name too long, a file for a folder: better known now than at the rename, with everything fetched.
  if (!exists && !is_link && errno != ENOENT) return Broken("write", target, errno);
  if (!exists && is_link && !by_key) {
    return Failure(ErrorKind::kLocalIo, fmt::format("{} is a link to nothing", Quoted(target)),
                   "name the file itself");
  }
  if (exists && S_ISDIR(info.st_mode)) {
    return Failure(ErrorKind::kUsage, fmt::format("{} is a directory", Quoted(target)),
                   "name a file in it, or end the target with '/'");
  }
  AtomicFile file;
  file.target_ = target;
  if (exists && !S_ISREG(info.st_mode)) {
    if (by_key) {
      return Failure(ErrorKind::kUsage, fmt::format("{} is a device or a pipe", Quoted(target)),
                     "name it as the target to write to it");
    }
    file.file_ = Descriptor(open(target.c_str(), O_WRONLY | O_CLOEXEC));
    if (!file.file_) return Broken("write", target, errno);
    return file;
  }
  // The rename would replace a file that its owner has made read-only.
  if (exists && access(target.c_str(), W_OK) != 0) return Broken("write", target, errno);
  if (exists) file.target_ = ResolveLinks(target);
  if (Status opened = file.OpenTemporary(); !opened) return Failure(std::move(opened.error()));
  if (exists) file.final_mode_ = info.st_mode & 0777;
  return file;
}

Status AtomicFile::OpenTemporary() {
  const std::string name = TemporaryBeside(target_);
  file_ = Descriptor(open(name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666));
  if (!file_) return Broken("write", target_, errno);
  temporary_ = name;
  // The kernel has applied the umask; until it is whole the file is for its owner's eyes only.
  struct stat created {};
  if (fstat(file_.get(), &created) != 0 || fchmod(file_.get(), 0600) != 0)
    return Broken("write", target_, errno);
  final_mode_ = created.st_mode & 0777;
  return {};
}

AtomicFile::AtomicFile(AtomicFile&& other) noexcept
    : target_(std::move(other.target_)),
      temporary_(std::exchange(other.temporary_, {})),
      file_(std::move(other.file_)),
      final_mode_(other.final_mode_) {}

AtomicFile::~AtomicFile() {
  if (!temporary_.empty()) unlink(temporary_.c_str());
}

Status AtomicFile::Write(std::string_view bytes) {
  const int error_number = WriteFully(file_.get(), bytes);
  if (error_number != 0) return Broken("write", target_, error_number);
  return {};
}

Status AtomicFile::Truncate() {
  if (temporary_.empty()) return {};  // what a device or a pipe was given can't be taken back
  if (ftruncate(file_.get(), 0) != 0 || lseek(file_.get(), 0, SEEK_SET) != 0)
    return Broken("write", target_, errno);
  return {};
}

Status AtomicFile::Commit(Durability durability, Existing existing) {
  if (!temporary_.empty() && fchmod(file_.get(), final_mode_) != 0) return Broken("write", target_, errno);
  if (durability == Durability::kFsync && !temporary_.empty() && fsync(file_.get()) != 0)
    return Broken("write", target_, errno);
  if (const int error_number = file_.Close(); error_number != 0)
    return Broken("write", target_, error_number);
  if (temporary_.empty()) return {};
  if (const int error_number = TakeName(existing); error_number == EEXIST) {
    return Failure(FileExists(target_));
  } else if (error_number != 0) {
    return Broken("write", target_, error_number);
  }
  temporary_.clear();
  return {};
}

// Gives the temporary file the target's name; 0 or errno.
int AtomicFile::TakeName(Existing existing) const {
  if (existing == Existing::kReplaced) return rename(temporary_.c_str(), target_.c_str()) == 0 ? 0 : errno;
  if (renameat2(AT_FDCWD, temporary_.c_str(), AT_FDCWD, target_.c_str(), RENAME_NOREPLACE) == 0) return 0;
  if (errno != EINVAL) return errno;
  // A file system that can't: a second name for the file is taken as atomically.
  if (link(temporary_.c_str(), target_.c_str()) != 0) return errno;
  return unlink(temporary_.c_str()) == 0 ? 0 : errno;
}

Error FileExists(std::string_view path) {
  Error error;
  error.kind = ErrorKind::kPrecondition;
  error.message = fmt::format("{} exists already", Quoted(path));
  return error;
}

}  // namespace s3conn
