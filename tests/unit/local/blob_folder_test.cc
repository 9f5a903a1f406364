#include "local/blob_folder.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <string>

#include "support/catch.h"
#include "support/temporary_folder.h"

namespace s3conn::local {
namespace {

BlobFolder Opened(const TemporaryFolder& folder) {
  Result<BlobFolder> blobs = BlobFolder::Open(folder.Path("store"));
  REQUIRE(blobs);
  return std::move(*blobs);
}

NewBlob Written(const BlobFolder& blobs, std::string_view bytes) {
  Result<NewBlob> blob = blobs.Create();
  REQUIRE(blob);
  REQUIRE(blob->Write(bytes));
  REQUIRE(blob->Finish());
  return std::move(*blob);
}

// Settled.
std::string Stored(const BlobFolder& blobs, std::string_view bytes) {
  NewBlob blob = Written(blobs, bytes);
  blob.Adopted();
  REQUIRE(blobs.Settle(blob.id()));
  return blob.id();
}

std::string ReadBlob(const BlobFolder& blobs, std::string_view id) {
  const Result<Descriptor> file = blobs.OpenForReading(id);
  REQUIRE(file);
  std::string bytes(100, '\0');
  const ssize_t count = pread(file->get(), bytes.data(), bytes.size(), 0);
  REQUIRE(count >= 0);
  bytes.resize(static_cast<std::size_t>(count));
  return bytes;
}

mode_t ModeOf(const std::string& path) {
  struct stat info {};
  REQUIRE(stat(path.c_str(), &info) == 0);
  return info.st_mode & 0777;
}

ino_t FileOf(const BlobFolder& blobs, std::string_view id) {
  const Result<Descriptor> file = blobs.OpenForReading(id);
  REQUIRE(file);
  struct stat info {};
  REQUIRE(fstat(file->get(), &info) == 0);
  return info.st_ino;
}

}  // namespace

TEST_CASE("BlobFolder: makes its folders and files for their owner alone") {
  const TemporaryFolder folder;
  Result<BlobFolder> blobs = BlobFolder::Open(folder.Path("new/store/"));
  REQUIRE(blobs);
  const std::string id = Stored(*blobs, "x");
  for (const char* const name : {"new", "new/store", "new/store/incoming", "new/store/blobs"})
    CHECK(ModeOf(folder.Path(name)) == 0700);
  CHECK(ModeOf(folder.Path("new/store/blobs/" + id.substr(0, 2))) == 0700);
  CHECK(ModeOf(folder.Path("new/store/blobs/" + id.substr(0, 2) + "/" + id)) == 0600);
}

TEST_CASE("BlobFolder: where no folder can be made says so") {
  const TemporaryFolder folder;
  folder.Write("file", "");
  for (const std::string& root :
       {folder.Path("file"), folder.Path("file/store"), std::string("/proc/none")}) {
    const Result<BlobFolder> blobs = BlobFolder::Open(root);
    REQUIRE_FALSE(blobs);
    CHECK(blobs.error().kind == ErrorKind::kLocalIo);
  }
}

TEST_CASE("NewBlob: is gone unless it is adopted") {
  const TemporaryFolder folder;
  const BlobFolder blobs = Opened(folder);
  std::string id;
  {
    NewBlob blob = Written(blobs, "x");
    const NewBlob moved = std::move(blob);
    id = moved.id();
    CHECK(blobs.Incoming().value() == std::vector<std::string>{id});
    CHECK(ReadBlob(blobs, id) == "x");
  }
  CHECK(blobs.Incoming()->empty());
  const Result<Descriptor> file = blobs.OpenForReading(id);
  REQUIRE_FALSE(file);
  CHECK(file.error().kind == ErrorKind::kNotFound);
}

TEST_CASE("BlobFolder: a blob is read and removed wherever it is") {
  const TemporaryFolder folder;
  const BlobFolder blobs = Opened(folder);
  NewBlob blob = Written(blobs, "bytes");
  blob.Adopted();
  CHECK(blob.size() == 5);
  CHECK(ReadBlob(blobs, blob.id()) == "bytes");
  REQUIRE(blobs.Settle(blob.id()));
  CHECK(blobs.Incoming()->empty());
  CHECK(ReadBlob(blobs, blob.id()) == "bytes");
  CHECK(blobs.Settle(blob.id()));
  REQUIRE(blobs.Remove(blob.id()));
  CHECK_FALSE(blobs.OpenForReading(blob.id()));
  CHECK(blobs.Remove(blob.id()));
  CHECK(blobs.Settle(blob.id()));

  NewBlob unsettled = Written(blobs, "more");
  unsettled.Adopted();
  REQUIRE(blobs.Remove(unsettled.id()));
  CHECK(blobs.Incoming()->empty());
  CHECK(blobs.SyncRemoved({blob.id(), unsettled.id()}));
}

TEST_CASE("Duplicate: shares the bytes and outlives its source") {
  const TemporaryFolder folder;
  const BlobFolder blobs = Opened(folder);
  const std::string source = Stored(blobs, "bytes");
  Result<NewBlob> copy = blobs.Duplicate(source);
  REQUIRE(copy);
  CHECK(copy->size() == 5);
  CHECK(copy->id() != source);
  CHECK(FileOf(blobs, copy->id()) == FileOf(blobs, source));
  copy->Adopted();
  REQUIRE(blobs.Settle(copy->id()));
  REQUIRE(blobs.Remove(source));
  CHECK(ReadBlob(blobs, copy->id()) == "bytes");
}

TEST_CASE("Duplicate: of many keeps their order and leaves nothing where one is missing") {
  const TemporaryFolder folder;
  const BlobFolder blobs = Opened(folder);
  const std::vector<std::string> sources = {Stored(blobs, "a"), Stored(blobs, "b")};
  {
    const Result<std::vector<NewBlob>> copies = blobs.DuplicateAll(sources);
    REQUIRE(copies);
    REQUIRE(copies->size() == 2);
    CHECK(ReadBlob(blobs, copies->at(0).id()) == "a");
    CHECK(ReadBlob(blobs, copies->at(1).id()) == "b");
  }
  const Result<std::vector<NewBlob>> broken = blobs.DuplicateAll({sources[0], "missing"});
  REQUIRE_FALSE(broken);
  CHECK(broken.error().kind == ErrorKind::kNotFound);
  CHECK(blobs.Incoming()->empty());
}

TEST_CASE("Duplicate: copies where a file can have no more names") {
  const TemporaryFolder folder;
  const BlobFolder blobs = Opened(folder);
  const std::string source = Stored(blobs, "bytes");
  const std::string path = folder.Path("store/blobs/" + source.substr(0, 2) + "/" + source);
  std::filesystem::create_directory(folder.Path("names"));
  constexpr int kMostNames = 66'000;  // ext4 ends at 65,000; others don't, and link
  int names = 0;
  while (names < kMostNames && link(path.c_str(), folder.Path("names/" + std::to_string(names)).c_str()) == 0)
    ++names;
  const Result<NewBlob> copy = blobs.Duplicate(source);
  REQUIRE(copy);
  CHECK(copy->size() == 5);
  CHECK(ReadBlob(blobs, copy->id()) == "bytes");
  CHECK((FileOf(blobs, copy->id()) == FileOf(blobs, source)) == (names == kMostNames));
}

TEST_CASE("DuplicateRange: has the bytes of the stretch alone") {
  const TemporaryFolder folder;
  const BlobFolder blobs = Opened(folder);
  const std::string source = Stored(blobs, "0123456789");
  const Result<NewBlob> copy = blobs.DuplicateRange(source, 3, 4);
  REQUIRE(copy);
  CHECK(copy->size() == 4);
  CHECK(ReadBlob(blobs, copy->id()) == "3456");
  CHECK_FALSE(blobs.DuplicateRange(source, 8, 3));
  CHECK(blobs.Incoming()->size() == 1);
}

TEST_CASE("WriteFile: takes bytes from another file system") {
  const TemporaryFolder folder;
  const BlobFolder blobs = Opened(folder);
  const Descriptor memory(memfd_create("source", MFD_CLOEXEC));
  REQUIRE(memory);
  REQUIRE(write(memory.get(), "0123456789", 10) == 10);
  Result<NewBlob> blob = blobs.Create();
  REQUIRE(blob);
  REQUIRE(blob->Write("<"));
  REQUIRE(blob->WriteFile(memory.get(), 2, 5));
  REQUIRE(blob->Write(">"));
  REQUIRE(blob->Finish());
  CHECK(blob->size() == 7);
  CHECK(ReadBlob(blobs, blob->id()) == "<23456>");
}

}  // namespace s3conn::local
