#include "transfer/upload_source.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <stop_token>
#include <string>
#include <string_view>
#include <thread>
#include <utility>

#include "base/file.h"
#include "support/catch.h"
#include "support/read_all.h"
#include "support/temporary_folder.h"

namespace s3conn {
namespace {

std::string Pattern(std::size_t size) {
  std::string bytes(size, '\0');
  for (std::size_t i = 0; i < size; ++i) bytes[i] = static_cast<char>(i * 31 + i / 251);
  return bytes;
}

// A pipe that somebody writes those bytes into, and then closes.
class FilledPipe {
 public:
  explicit FilledPipe(std::string bytes) {
    int ends[2] = {};
    REQUIRE(pipe2(ends, O_CLOEXEC) == 0);
    reader_ = Descriptor(ends[0]);
    writer_ = std::jthread([bytes = std::move(bytes), end = Descriptor(ends[1])] {
      static_cast<void>(WriteAll(end.get(), bytes, "fill a pipe"));
    });
  }
  int fd() const { return reader_.get(); }

 private:
  Descriptor reader_;
  std::jthread writer_;
};

Descriptor OpenForReading(const std::string& path) {
  Descriptor file(open(path.c_str(), O_RDONLY | O_CLOEXEC));
  REQUIRE(file);
  return file;
}

TEST_CASE("a small file is read at once and later changes do not matter") {
  const TemporaryFolder folder;
  const std::string bytes = Pattern((64_KiB).bytes());
  const std::string path = folder.Write("f", bytes);
  auto source = OpenUploadFile(path);
  REQUIRE(source);
  folder.Write("f", "changed");
  CHECK((*source)->Contiguous() == bytes);
  CHECK(ReadAll(**source) == bytes);
  CHECK((*source)->CheckUnchanged());
}

TEST_CASE("a larger file is read as it is sent") {
  const TemporaryFolder folder;
  const std::string bytes = Pattern((64_KiB).bytes() + 1);
  auto source = OpenUploadFile(folder.Write("f", bytes));
  REQUIRE(source);
  CHECK_FALSE((*source)->Contiguous());
  CHECK((*source)->size() == ByteCount(bytes.size()));
  CHECK(ReadAll(**source) == bytes);
}

TEST_CASE("an empty file is an empty source") {
  const TemporaryFolder folder;
  auto source = OpenUploadFile(folder.Write("f", ""));
  REQUIRE(source);
  CHECK((*source)->size() == 0_B);
}

TEST_CASE("a file of the kernel that has bytes but no size is read to its end") {
  const auto expected = ReadWholeFile("/proc/version", 1_MiB);
  REQUIRE(expected);
  REQUIRE_FALSE(expected->empty());
  auto source = OpenUploadFile("/proc/version");
  REQUIRE(source);
  CHECK(ReadAll(**source) == *expected);
  const Descriptor file = OpenForReading("/proc/version");
  auto stream = ReadUploadStream(file.get(), "/nonexistent", {});
  REQUIRE(stream);
  CHECK(ReadAll(**stream) == *expected);
}

TEST_CASE("what is no regular file is refused as an upload") {
  const TemporaryFolder folder;
  REQUIRE(mkfifo(folder.Path("pipe").c_str(), 0600) == 0);
  const auto kind = [](const std::string& path) {
    const auto source = OpenUploadFile(path);
    REQUIRE_FALSE(source);
    return source.error().kind;
  };
  CHECK(kind(folder.path()) == ErrorKind::kUsage);
  CHECK(kind(folder.Path("pipe")) == ErrorKind::kUsage);
  CHECK(kind(folder.Path("missing")) == ErrorKind::kNotFound);
}

TEST_CASE("a pipe is read to its end and can be sent twice") {
  const std::string bytes = Pattern(200'000);
  const FilledPipe pipe(bytes);
  auto source = ReadUploadStream(pipe.fd(), "/nonexistent", {});
  REQUIRE(source);
  CHECK((*source)->size() == ByteCount(bytes.size()));
  CHECK(ReadAll(**source) == bytes);
  REQUIRE((*source)->Rewind());
  CHECK(ReadAll(**source) == bytes);
}

TEST_CASE("an empty pipe is an empty source") {
  const FilledPipe pipe("");
  auto source = ReadUploadStream(pipe.fd(), "/nonexistent", {});
  REQUIRE(source);
  CHECK((*source)->size() == 0_B);
}

TEST_CASE("more than 16 MiB from a pipe go into a file without a name") {
  const TemporaryFolder folder;
  const std::string bytes = Pattern((16_MiB).bytes() + 1);
  const FilledPipe pipe(bytes);
  auto source = ReadUploadStream(pipe.fd(), folder.path(), {});
  REQUIRE(source);
  CHECK_FALSE((*source)->Contiguous());
  CHECK((ReadAll(**source, 100'000) == bytes));
  CHECK(folder.Names().empty());
}

TEST_CASE("a folder that cannot hold the rest of a pipe is an error and not the end") {
  const FilledPipe pipe(std::string((16_MiB).bytes() + 1, 'x'));
  const auto source = ReadUploadStream(pipe.fd(), "/nonexistent", {});
  CHECK_FALSE(source);
}

TEST_CASE("a redirected file is read in place from its offset on") {
  const TemporaryFolder folder;
  const std::string bytes = Pattern(100'000);
  const Descriptor file = OpenForReading(folder.Write("f", bytes));
  REQUIRE(lseek(file.get(), 1234, SEEK_SET) == 1234);
  auto source = ReadUploadStream(file.get(), "/nonexistent", {});
  REQUIRE(source);
  CHECK((*source)->size() == ByteCount(100'000 - 1234));
  CHECK_FALSE((*source)->Contiguous());
  CHECK(ReadAll(**source) == bytes.substr(1234));
  CHECK((*source)->CheckUnchanged());
}

TEST_CASE("the descriptor of a redirected file stays open and is not ours to close") {
  const TemporaryFolder folder;
  const Descriptor file = OpenForReading(folder.Write("f", "x"));
  REQUIRE(ReadUploadStream(file.get(), folder.path(), {}));
  CHECK(fcntl(file.get(), F_GETFD) >= 0);
}

TEST_CASE("a read error is never taken for the end") {
  const TemporaryFolder folder;
  const Descriptor directory = OpenForReading(folder.path());
  const auto source = ReadUploadStream(directory.get(), folder.path(), {});
  REQUIRE_FALSE(source);
  CHECK(source.error().kind == ErrorKind::kLocalIo);
  CHECK(source.error().message == "read standard input: Is a directory");
  const auto closed = ReadUploadStream(1'000'000, folder.path(), {});
  REQUIRE_FALSE(closed);
  CHECK(closed.error().kind == ErrorKind::kLocalIo);
}

TEST_CASE("a stop ends the wait for a pipe that nobody writes into") {
  int ends[2] = {};
  REQUIRE(pipe2(ends, O_CLOEXEC) == 0);
  const Descriptor reader(ends[0]);
  const Descriptor writer(ends[1]);
  std::stop_source stop;
  const std::jthread stopping([&stop] { stop.request_stop(); });
  const auto source = ReadUploadStream(reader.get(), "/nonexistent", {.stop = stop.get_token()});
  REQUIRE_FALSE(source);
  CHECK(source.error().kind == ErrorKind::kCancelled);
}

}  // namespace
}  // namespace s3conn
