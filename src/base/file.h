#ifndef S3CONN_BASE_FILE_H_
#define S3CONN_BASE_FILE_H_

#include <sys/stat.h>

#include <memory>
#include <string>
#include <string_view>

#include "s3conn/base/body.h"
#include "s3conn/base/error.h"
#include "s3conn/base/units.h"

namespace s3conn {

// An open file descriptor, closed when it goes.
class Descriptor {
 public:
  Descriptor() = default;
  explicit Descriptor(int fd) : fd_(fd) {}
  Descriptor(Descriptor&& other) noexcept : fd_(other.Release()) {}
  Descriptor& operator=(Descriptor&& other) noexcept;
  ~Descriptor() { Close(); }

  int get() const { return fd_; }
  explicit operator bool() const { return fd_ >= 0; }
  int Release();
  int Close();  // 0, or errno: a full disk may show only here

 private:
  int fd_ = -1;
};

// The whole of a file. kNotFound, kLocalIo; kLocalIo too where it is longer than `limit`.
Result<std::string> ReadWholeFile(const std::string& path, ByteCount limit);

// Writes all of `bytes`. A closed pipe (EPIPE) is kCancelled.
Status WriteAll(int fd, std::string_view bytes, std::string_view doing);

// A regular file as the body of a request. Its identity and size are noted when it is opened; a file that
// changes while it is being read is an error, not a torn object.
class FileSource final : public BodySource {
 public:
  // kNotFound, kLocalIo, or kUsage for what is no regular file (a directory, a pipe, a device).
  static Result<std::unique_ptr<FileSource>> Open(const std::string& path);
  // Takes over a descriptor of a regular file and reads from its current offset on; `name` is for messages.
  static Result<std::unique_ptr<FileSource>> FromDescriptor(Descriptor file, std::string name);

  ByteCount size() const override { return size_; }
  Result<std::size_t> Read(std::span<char> into) override;
  Status Rewind() override;
  // Compares size, modification and change time with those at the opening.
  Status CheckUnchanged() const override;

 private:
  FileSource(Descriptor file, std::string name, const struct stat& info, off_t start);

  Descriptor file_;
  std::string name_;
  struct stat info_;
  off_t start_;
  ByteCount size_;
  off_t position_;
};

// kPrecondition: a file of that name is there and shall stay.
Error FileExists(std::string_view path);

// A file that appears under its name only when it is whole: written beside the target, renamed over it by
// Commit(). Without a Commit the target stays as it was and nothing is left behind.
class AtomicFile {
 public:
  // Who chose the name. What a user names may be a device or a pipe, which is written directly, or a symlink,
  // which is followed to the file it points to. A name that came out of a key may be neither: a link is
  // replaced by the file, devices and pipes are refused.
  enum class NamedBy { kUser, kKey };
  // kUsage for a directory, kLocalIo for everything else.
  static Result<AtomicFile> Create(const std::string& target, NamedBy named_by);
  AtomicFile(AtomicFile&&) noexcept;
  AtomicFile& operator=(AtomicFile&&) = delete;
  ~AtomicFile();

  Status Write(std::string_view bytes);
  Status Truncate();  // back to empty
  enum class Durability { kRename, kFsync };
  // What becomes of a file that has the name already; where it is kept, kPrecondition.
  enum class Existing { kReplaced, kKept };
  Status Commit(Durability durability, Existing existing = Existing::kReplaced);

 private:
  AtomicFile() = default;
  Status OpenTemporary();
  int TakeName(Existing existing) const;

  std::string target_;
  std::string temporary_;  // empty once committed, and for devices and pipes
  Descriptor file_;
  mode_t final_mode_ = 0;
};

}  // namespace s3conn

#endif  // S3CONN_BASE_FILE_H_
