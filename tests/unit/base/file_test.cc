#include "base/file.h"

#include <fcntl.h>
#include <unistd.h>

#include <csignal>
#include <string>
#include <thread>
#include <utility>

#include "support/catch.h"
#include "support/temporary_folder.h"

namespace s3conn {
namespace {

bool IsOpen(int fd) {
  return fcntl(fd, F_GETFD) >= 0;
}

TEST_CASE("a descriptor is closed once and by its last owner") {
  const TemporaryFolder folder;
  Descriptor first(open(folder.path().c_str(), O_RDONLY | O_DIRECTORY));
  REQUIRE(first);
  const int fd = first.get();
  {
    Descriptor second(std::move(first));
    CHECK(second.get() == fd);
    CHECK(IsOpen(fd));
  }
  CHECK_FALSE(IsOpen(fd));
  CHECK_FALSE(Descriptor());
  CHECK(Descriptor().Close() == 0);
}

TEST_CASE("a descriptor that is assigned to closes what it had") {
  const TemporaryFolder folder;
  Descriptor kept(open(folder.path().c_str(), O_RDONLY | O_DIRECTORY));
  Descriptor other(open(folder.path().c_str(), O_RDONLY | O_DIRECTORY));
  const int old_fd = kept.get();
  const int new_fd = other.get();
  kept = std::move(other);
  CHECK_FALSE(IsOpen(old_fd));
  CHECK(kept.get() == new_fd);
  CHECK(kept.Close() == 0);
  CHECK_FALSE(IsOpen(new_fd));
}

TEST_CASE("closing says what the system says") {
  Descriptor bad(1'000'000);
  CHECK(bad.Close() == EBADF);
}

TEST_CASE("a whole file is read up to its limit") {
  const TemporaryFolder folder;
  const std::string path = folder.Write("f", std::string(40'000, 'x'));
  const auto whole = ReadWholeFile(path, 40'000_B);
  REQUIRE(whole);
  CHECK(*whole == std::string(40'000, 'x'));
  const auto longer = ReadWholeFile(path, 39'999_B);
  REQUIRE_FALSE(longer);
  CHECK(longer.error().kind == ErrorKind::kLocalIo);
  CHECK(longer.error().message.find(path) != std::string::npos);
}

TEST_CASE("a file that cannot be read says why") {
  const TemporaryFolder folder;
  const auto missing = ReadWholeFile(folder.Path("no\x1bsuch"), 1_KiB);
  REQUIRE_FALSE(missing);
  CHECK(missing.error().kind == ErrorKind::kNotFound);
  CHECK(missing.error().message.find("no\\x1bsuch") != std::string::npos);
  const auto directory = ReadWholeFile(folder.path(), 1_KiB);
  REQUIRE_FALSE(directory);
  CHECK(directory.error().kind == ErrorKind::kLocalIo);
}

TEST_CASE("writing to a pipe that nobody reads is a cancellation") {
  std::signal(SIGPIPE, SIG_IGN);
  int ends[2] = {};
  REQUIRE(pipe2(ends, O_CLOEXEC) == 0);
  const Descriptor writer(ends[1]);
  Descriptor(ends[0]).Close();
  const Status written = WriteAll(writer.get(), "x", "write to standard output");
  REQUIRE_FALSE(written);
  CHECK(written.error().kind == ErrorKind::kCancelled);
}

TEST_CASE("a pipe that does not block gets every byte all the same") {
  int ends[2] = {};
  REQUIRE(pipe2(ends, O_CLOEXEC | O_NONBLOCK) == 0);
  const Descriptor reader(ends[0]);
  Descriptor writer(ends[1]);
  REQUIRE(fcntl(reader.get(), F_SETFL, 0) == 0);
  std::string received;
  std::jthread reading([&received, fd = reader.get()] {
    char buffer[4096];
    for (ssize_t count = 1; count > 0;) {
      count = read(fd, buffer, sizeof(buffer));
      if (count > 0) received.append(buffer, static_cast<std::size_t>(count));
    }
  });
  const std::string bytes(1'000'000, 'x');
  CHECK(WriteAll(writer.get(), bytes, "write"));
  writer.Close();
  reading.join();
  CHECK((received == bytes));
}

TEST_CASE("writing to a full disk is a local failure and says what was done") {
  const Descriptor full(open("/dev/full", O_WRONLY | O_CLOEXEC));
  REQUIRE(full);
  const Status written = WriteAll(full.get(), "x", "write to standard output");
  REQUIRE_FALSE(written);
  CHECK(written.error().kind == ErrorKind::kLocalIo);
  CHECK(written.error().message == "write to standard output: No space left on device");
}

}  // namespace
}  // namespace s3conn
