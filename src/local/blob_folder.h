#ifndef S3CONN_LOCAL_BLOB_FOLDER_H_
#define S3CONN_LOCAL_BLOB_FOLDER_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/file.h"
#include "s3conn/base/error.h"

namespace s3conn::local {

// Bytes on their way into the store: a file in incoming/ with an id for a name, never a user's key. Unless
// the index has taken it over (Store::PutObject and its like call Adopted), it is removed when this goes.
class NewBlob {
 public:
  NewBlob(NewBlob&& other) noexcept;
  NewBlob& operator=(NewBlob&&) = delete;
  ~NewBlob();

  Status Write(std::string_view bytes);
  // Bytes of a file, without copying them through this process where the file system can.
  Status WriteFile(int fd, std::uint64_t offset, std::uint64_t length);
  // All is written: the bytes and the name are on the disk when this returns. Call once, before adoption.
  Status Finish();
  std::uint64_t size() const { return size_; }
  const std::string& id() const { return id_; }
  void Adopted() { adopted_ = true; }

 private:
  friend class BlobFolder;
  NewBlob(std::string path, std::string id, Descriptor file)
      : path_(std::move(path)), id_(std::move(id)), file_(std::move(file)) {}
  Status WriteThroughMemory(int fd, std::uint64_t offset, std::uint64_t length);

  std::string path_;
  std::string id_;
  Descriptor file_;
  std::uint64_t size_ = 0;
  bool adopted_ = false;
};

// The files of a store.
//   incoming/ID   being written, or written and not yet moved
//   blobs/IJ/ID   the content of a version or a part; IJ are the first two digits of the id
// A blob is written and synced in incoming/, then the index's transaction names it, then it is moved; readers
// look in both places. So a sweep has to look at incoming/ only, and a crash at any moment leaves either a
// file that the index does not name (removed) or one that it does (moved). A blob that the index gave up is
// listed in the index until its file is gone.
class BlobFolder {
 public:
  // Makes what is missing, 0700.
  static Result<BlobFolder> Open(std::string root);

  Result<NewBlob> Create() const;
  // A new one with the same bytes, without copying them where the file system can: a hard link, else
  // copy_file_range. Finished already.
  Result<NewBlob> Duplicate(std::string_view id) const;
  // The same of many at once, which costs no more waiting for the disk than one.
  Result<std::vector<NewBlob>> DuplicateAll(const std::vector<std::string>& ids) const;
  // The same of a stretch of one.
  Result<NewBlob> DuplicateRange(std::string_view id, std::uint64_t offset, std::uint64_t length) const;
  // To its final place; repeating it is harmless.
  Status Settle(std::string_view id) const;
  // kNotFound where it is in neither place.
  Result<Descriptor> OpenForReading(std::string_view id) const;
  // No error where it is not there.
  Status Remove(std::string_view id) const;
  // What was removed stays so, even after a power cut.
  Status SyncRemoved(const std::vector<std::string>& ids) const;
  // The ids in incoming/.
  Result<std::vector<std::string>> Incoming() const;

 private:
  explicit BlobFolder(std::string root) : root_(std::move(root)) {}
  Result<NewBlob> Link(std::string_view id) const;
  Result<NewBlob> CopyRange(int fd, std::uint64_t offset, std::uint64_t length) const;
  std::string IncomingPath(std::string_view id) const;
  std::string FolderOf(std::string_view id) const;
  std::string SettledPath(std::string_view id) const;

  std::string root_;
};

}  // namespace s3conn::local

#endif  // S3CONN_LOCAL_BLOB_FOLDER_H_
