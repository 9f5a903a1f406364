#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "base/file.h"
#include "support/catch.h"
#include "support/read_all.h"
#include "support/temporary_folder.h"

namespace s3conn {
namespace {

std::unique_ptr<FileSource> Open(const std::string& path) {
  auto source = FileSource::Open(path);
  REQUIRE(source);
  return *std::move(source);
}

void Append(const std::string& path, std::string_view bytes) {
  std::ofstream stream(path, std::ios::binary | std::ios::app);
  stream << bytes;
  REQUIRE(stream.flush());
}

// Sets the modification time two days back, so that any write changes it whatever the clock's grain.
void MakeOld(const std::string& path) {
  std::filesystem::last_write_time(path, std::filesystem::last_write_time(path) - std::chrono::hours(48));
}

Error Refusal(const std::string& path) {
  const auto source = FileSource::Open(path);
  REQUIRE_FALSE(source);
  return source.error();
}

TEST_CASE("a file is read in pieces and again after a rewind") {
  const TemporaryFolder folder;
  const auto source = Open(folder.Write("f", "0123456789"));
  CHECK(source->size() == 10_B);
  CHECK(ReadAll(*source, 3) == std::string("0123456789"));
  REQUIRE(source->Rewind());
  CHECK(ReadAll(*source) == std::string("0123456789"));
  CHECK_FALSE(source->Contiguous());
  CHECK(source->CheckUnchanged());
}

TEST_CASE("an empty file is an empty source") {
  const TemporaryFolder folder;
  const auto source = Open(folder.Write("f", ""));
  CHECK(source->size() == 0_B);
  CHECK(ReadAll(*source) == std::string());
}

TEST_CASE("a descriptor is read from its offset on") {
  const TemporaryFolder folder;
  Descriptor file(open(folder.Write("f", "0123456789").c_str(), O_RDONLY | O_CLOEXEC));
  REQUIRE(lseek(file.get(), 4, SEEK_SET) == 4);
  auto source = FileSource::FromDescriptor(std::move(file), "standard input");
  REQUIRE(source);
  CHECK((*source)->size() == 6_B);
  CHECK(ReadAll(**source, 4) == std::string("456789"));
  REQUIRE((*source)->Rewind());
  CHECK(ReadAll(**source) == std::string("456789"));
}

TEST_CASE("an offset behind the end leaves nothing to read") {
  const TemporaryFolder folder;
  Descriptor file(open(folder.Write("f", "0123").c_str(), O_RDONLY | O_CLOEXEC));
  REQUIRE(lseek(file.get(), 100, SEEK_SET) == 100);
  auto source = FileSource::FromDescriptor(std::move(file), "standard input");
  REQUIRE(source);
  CHECK((*source)->size() == 0_B);
  CHECK(ReadAll(**source) == std::string());
}

TEST_CASE("a directory is refused by name") {
  const TemporaryFolder folder;
  const Error error = Refusal(folder.path());
  CHECK(error.kind == ErrorKind::kUsage);
  CHECK(error.message.find(folder.path()) != std::string::npos);
  CHECK(error.message.find("is a directory") != std::string::npos);
}

TEST_CASE("a pipe and a device are refused without waiting") {
  const TemporaryFolder folder;
  REQUIRE(mkfifo(folder.Path("pipe").c_str(), 0600) == 0);
  CHECK(Refusal(folder.Path("pipe")).kind == ErrorKind::kUsage);
  CHECK(Refusal("/dev/null").kind == ErrorKind::kUsage);
  CHECK(Refusal("/dev/null").hint.find("'-'") != std::string::npos);
}

TEST_CASE("a missing file is not found and its name is escaped") {
  const TemporaryFolder folder;
  const Error error = Refusal(folder.Path("a\nb"));
  CHECK(error.kind == ErrorKind::kNotFound);
  CHECK(error.message.find("a\\x0ab") != std::string::npos);
}

TEST_CASE("an unreadable file is a local failure with advice") {
  if (geteuid() == 0) return;  // root reads everything
  const TemporaryFolder folder;
  const std::string path = folder.Write("f", "x");
  REQUIRE(chmod(path.c_str(), 0) == 0);
  CHECK(Refusal(path).kind == ErrorKind::kLocalIo);
  CHECK_FALSE(Refusal(path).hint.empty());
}

TEST_CASE("a file that is cut short while it is read is an integrity error") {
  const TemporaryFolder folder;
  const std::string path = folder.Write("f", std::string(1000, 'x'));
  const auto source = Open(path);
  std::vector<char> piece(100);
  REQUIRE(source->Read(piece));
  REQUIRE(truncate(path.c_str(), 150) == 0);
  const auto rest = ReadAll(*source, 100);
  REQUIRE_FALSE(rest);
  CHECK(rest.error().kind == ErrorKind::kIntegrity);
  CHECK(rest.error().message.find("changed") != std::string::npos);
}

TEST_CASE("a file that grows while it is read is an integrity error") {
  const TemporaryFolder folder;
  const std::string path = folder.Write("f", std::string(1000, 'x'));
  const auto source = Open(path);
  std::vector<char> piece(100);
  REQUIRE(source->Read(piece));
  Append(path, "more");
  const auto rest = ReadAll(*source, 100);
  REQUIRE_FALSE(rest);
  CHECK(rest.error().kind == ErrorKind::kIntegrity);
}

TEST_CASE("a file that is written over in place is noticed at the end") {
  const TemporaryFolder folder;
  const std::string path = folder.Write("f", std::string(1000, 'x'));
  MakeOld(path);
  const auto source = Open(path);
  const Descriptor writer(open(path.c_str(), O_WRONLY | O_CLOEXEC));
  REQUIRE(pwrite(writer.get(), "y", 1, 500) == 1);
  REQUIRE(ReadAll(*source));
  const Status unchanged = source->CheckUnchanged();
  REQUIRE_FALSE(unchanged);
  CHECK(unchanged.error().kind == ErrorKind::kIntegrity);
}

TEST_CASE("a file that is replaced by another is read to its end as it was") {
  const TemporaryFolder folder;
  const std::string path = folder.Write("f", "the old one");
  const auto source = Open(path);
  REQUIRE(rename(folder.Write("g", "the new one").c_str(), path.c_str()) == 0);
  CHECK(ReadAll(*source) == std::string("the old one"));
}

}  // namespace
}  // namespace s3conn
