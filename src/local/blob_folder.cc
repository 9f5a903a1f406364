#include "local/blob_folder.h"

#include <dirent.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <memory>
#include <set>

#include "base/text.h"
#include "local/random_id.h"

namespace s3conn::local {
namespace {

// A file that is missing here is no file that the user named, but a damaged store: never kNotFound.
Error Broken(std::string_view doing, const std::string& path, int error_number) {
  Error error = SystemError(fmt::format("{} '{}'", doing, EscapeForTerminal(path)), error_number);
  error.kind = ErrorKind::kLocalIo;
  if (error_number == ENOSPC || error_number == EDQUOT) error.hint = "free some space";
  if (error_number == EACCES || error_number == EPERM || error_number == EROFS)
    error.hint = "check the permissions of the folder";
  return error;
}

Status SyncFolder(const std::string& path) {
  const Descriptor folder(open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!folder || fsync(folder.get()) != 0) return Failure(Broken("write to the folder", path, errno));
  return {};
}

std::string ParentOf(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  if (slash == std::string::npos) return ".";
  return slash == 0 ? "/" : path.substr(0, slash);
}

Status MakeFolder(const std::string& path) {
  if (mkdir(path.c_str(), 0700) == 0 || errno == EEXIST) return {};
  return Failure(Broken("make the folder", path, errno));
}

// With those that it is in; they are there after a power cut, too.
Status MakeFolders(const std::string& path) {
  struct stat info {};
  if (stat(path.c_str(), &info) == 0) {
    if (S_ISDIR(info.st_mode)) return {};
    return Failure(Broken("use the folder", path, ENOTDIR));
  }
  if (errno != ENOENT) return Failure(Broken("use the folder", path, errno));
  const std::string parent = ParentOf(path);
  if (Status made = MakeFolders(parent); !made) return made;
  if (Status made = MakeFolder(path); !made) return made;
  return SyncFolder(parent);
}

// What copy_file_range says where it can't, though reading and writing can.
bool CantCopyRange(int error_number) {
  return error_number == EXDEV || error_number == EINVAL || error_number == EOPNOTSUPP ||
         error_number == ENOSYS || error_number == EPERM;
}

}  // namespace

NewBlob::NewBlob(NewBlob&& other) noexcept
    : path_(std::exchange(other.path_, {})),
      id_(std::move(other.id_)),
      file_(std::move(other.file_)),
      size_(other.size_),
      adopted_(other.adopted_) {}

NewBlob::~NewBlob() {
  if (!adopted_ && !path_.empty()) unlink(path_.c_str());
}

Status NewBlob::Write(std::string_view bytes) {
  if (Status written = WriteAll(file_.get(), bytes, "write to the store"); !written) {
    Error error = std::move(written.error());
    error.kind = ErrorKind::kLocalIo;
    return Failure(std::move(error));
  }
  size_ += bytes.size();
  return {};
}

Status NewBlob::WriteFile(int fd, std::uint64_t offset, std::uint64_t length) {
  auto from = static_cast<off64_t>(offset);
  while (length > 0) {
    const ssize_t count = copy_file_range(fd, &from, file_.get(), nullptr, length, 0);
    if (count < 0 && errno == EINTR) continue;
    // Some file systems say that they copied nothing.
    if (count == 0 || (count < 0 && CantCopyRange(errno)))
      return WriteThroughMemory(fd, static_cast<std::uint64_t>(from), length);
    if (count < 0) return Failure(Broken("copy to", path_, errno));
    size_ += static_cast<std::uint64_t>(count);
    length -= static_cast<std::uint64_t>(count);
  }
  return {};
}

Status NewBlob::WriteThroughMemory(int fd, std::uint64_t offset, std::uint64_t length) {
  std::vector<char> block(std::min<std::uint64_t>(length, 1 << 20));
  while (length > 0) {
    const ssize_t count =
        pread(fd, block.data(), std::min<std::uint64_t>(block.size(), length), static_cast<off_t>(offset));
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return Failure(Broken("copy to", path_, count < 0 ? errno : ENODATA));
    const auto bytes = static_cast<std::size_t>(count);
    if (Status written = Write({block.data(), bytes}); !written) return written;
    offset += bytes;
    length -= bytes;
  }
  return {};
}

Status NewBlob::Finish() {
  if (fsync(file_.get()) != 0) return Failure(Broken("write", path_, errno));
  if (const int error_number = file_.Close(); error_number != 0)
    return Failure(Broken("write", path_, error_number));
  return SyncFolder(ParentOf(path_));
}

Result<BlobFolder> BlobFolder::Open(std::string root) {
  while (root.size() > 1 && root.back() == '/') root.pop_back();
  for (const std::string& folder : {root + "/incoming", root + "/blobs"}) {
    if (Status made = MakeFolders(folder); !made) return Failure(std::move(made.error()));
  }
  return BlobFolder(std::move(root));
}

std::string BlobFolder::IncomingPath(std::string_view id) const {
  return fmt::format("{}/incoming/{}", root_, id);
}

std::string BlobFolder::FolderOf(std::string_view id) const {
  return fmt::format("{}/blobs/{}", root_, id.substr(0, 2));
}

std::string BlobFolder::SettledPath(std::string_view id) const {
  return fmt::format("{}/{}", FolderOf(id), id);
}

Result<NewBlob> BlobFolder::Create() const {
  std::string id = RandomId();
  std::string path = IncomingPath(id);
  Descriptor file(open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
  if (!file) return Failure(Broken("write", path, errno));
  return NewBlob(std::move(path), std::move(id), std::move(file));
}

Result<NewBlob> BlobFolder::Duplicate(std::string_view id) const {
  Result<std::vector<NewBlob>> blobs = DuplicateAll({std::string(id)});
  if (!blobs) return Failure(std::move(blobs.error()));
  return std::move(blobs->front());
}

Result<std::vector<NewBlob>> BlobFolder::DuplicateAll(const std::vector<std::string>& ids) const {
  std::vector<NewBlob> blobs;
  blobs.reserve(ids.size());
  for (const std::string& id : ids) {
    Result<NewBlob> blob = Link(id);
    if (!blob) return Failure(std::move(blob.error()));
    blobs.push_back(std::move(*blob));
  }
  if (Status synced = SyncFolder(root_ + "/incoming"); !synced) return Failure(std::move(synced.error()));
  return blobs;
}

// Its name is not on the disk yet.
Result<NewBlob> BlobFolder::Link(std::string_view id) const {
  std::string new_id = RandomId();
  std::string path = IncomingPath(new_id);
  struct stat info {};
  const std::string settled = SettledPath(id);
  // Twice, for it may move between the two looks.
  for (const std::string& source : {settled, IncomingPath(id), settled}) {
    if (link(source.c_str(), path.c_str()) != 0) continue;
    NewBlob blob(std::move(path), std::move(new_id), Descriptor());
    if (stat(blob.path_.c_str(), &info) != 0) return Failure(Broken("read", blob.path_, errno));
    blob.size_ = static_cast<std::uint64_t>(info.st_size);
    return blob;
  }
  // It is not there, or has as many names as it can have (EMLINK), or the file system gives only one (EPERM).
  const Result<Descriptor> source = OpenForReading(id);
  if (!source) return Failure(source.error());
  if (fstat(source->get(), &info) != 0) return Failure(Broken("read", settled, errno));
  return CopyRange(source->get(), 0, static_cast<std::uint64_t>(info.st_size));
}

Result<NewBlob> BlobFolder::DuplicateRange(std::string_view id, std::uint64_t offset,
                                           std::uint64_t length) const {
  const Result<Descriptor> source = OpenForReading(id);
  if (!source) return Failure(source.error());
  return CopyRange(source->get(), offset, length);
}

Result<NewBlob> BlobFolder::CopyRange(int fd, std::uint64_t offset, std::uint64_t length) const {
  Result<NewBlob> blob = Create();
  if (!blob) return blob;
  if (Status copied = blob->WriteFile(fd, offset, length); !copied) return Failure(std::move(copied.error()));
  if (Status finished = blob->Finish(); !finished) return Failure(std::move(finished.error()));
  return blob;
}

Status BlobFolder::Settle(std::string_view id) const {
  const std::string from = IncomingPath(id);
  const std::string to = SettledPath(id);
  if (rename(from.c_str(), to.c_str()) == 0) return {};
  if (errno != ENOENT) return Failure(Broken("write", to, errno));
  // It has moved already, or is the first in its folder.
  if (Status made = MakeFolder(FolderOf(id)); !made) return made;
  if (rename(from.c_str(), to.c_str()) == 0 || errno == ENOENT) return {};
  return Failure(Broken("write", to, errno));
}

Result<Descriptor> BlobFolder::OpenForReading(std::string_view id) const {
  const std::string settled = SettledPath(id);
  // Twice, for it may move between the two looks.
  for (const std::string& path : {settled, IncomingPath(id), settled}) {
    Descriptor file(open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (file) return file;
    if (errno != ENOENT) return Failure(Broken("read", path, errno));
  }
  return Failure(SystemError(fmt::format("read '{}'", EscapeForTerminal(settled)), ENOENT));
}

Status BlobFolder::Remove(std::string_view id) const {
  // In the order in which it moves, so that it can't slip from one place to the other between the two.
  for (const std::string& path : {IncomingPath(id), SettledPath(id)}) {
    if (unlink(path.c_str()) != 0 && errno != ENOENT) return Failure(Broken("remove", path, errno));
  }
  return {};
}

Status BlobFolder::SyncRemoved(const std::vector<std::string>& ids) const {
  std::set<std::string> folders = {root_ + "/incoming"};
  for (const std::string& id : ids) {
    std::string folder = FolderOf(id);
    if (access(folder.c_str(), F_OK) == 0) folders.insert(std::move(folder));
  }
  for (const std::string& folder : folders) {
    if (Status synced = SyncFolder(folder); !synced) return synced;
  }
  return {};
}

Result<std::vector<std::string>> BlobFolder::Incoming() const {
  const std::string path = root_ + "/incoming";
  struct Closer {
    void operator()(DIR* folder) const { closedir(folder); }
  };
  const std::unique_ptr<DIR, Closer> folder(opendir(path.c_str()));
  if (folder == nullptr) return Failure(Broken("read the folder", path, errno));
  std::vector<std::string> ids;
  while (true) {
    errno = 0;
    const dirent* const entry = readdir(folder.get());
    if (entry == nullptr && errno != 0) return Failure(Broken("read the folder", path, errno));
    if (entry == nullptr) return ids;
    if (entry->d_name[0] != '.') ids.emplace_back(entry->d_name);
  }
}

}  // namespace s3conn::local
