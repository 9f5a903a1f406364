#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "base/file.h"
#include "support/catch.h"
#include "support/temporary_folder.h"

namespace s3conn {
namespace {

using Names = std::vector<std::string>;

using NamedBy = AtomicFile::NamedBy;

AtomicFile Create(const std::string& target, NamedBy named_by = NamedBy::kUser) {
  auto file = AtomicFile::Create(target, named_by);
  REQUIRE(file);
  return *std::move(file);
}

Error Refusal(const std::string& target, NamedBy named_by = NamedBy::kUser) {
  const auto file = AtomicFile::Create(target, named_by);
  REQUIRE_FALSE(file);
  return file.error();
}

mode_t ModeOf(const std::string& path) {
  struct stat info {};
  REQUIRE(stat(path.c_str(), &info) == 0);
  return info.st_mode & 0777;
}

void Replace(const std::string& target, std::string_view bytes, NamedBy named_by = NamedBy::kUser) {
  AtomicFile file = Create(target, named_by);
  REQUIRE(file.Write(bytes));
  REQUIRE(file.Commit(AtomicFile::Durability::kRename));
}

// The process's umask for the length of a test.
class Umask {
 public:
  explicit Umask(mode_t mask) : old_(umask(mask)) {}
  Umask(const Umask&) = delete;
  Umask& operator=(const Umask&) = delete;
  ~Umask() { umask(old_); }

 private:
  mode_t old_;
};

TEST_CASE("a file appears under its name only when it is whole") {
  const TemporaryFolder folder;
  AtomicFile file = Create(folder.Path("f"));
  REQUIRE(file.Write("one "));
  REQUIRE(file.Write("two"));
  CHECK_FALSE(folder.Has("f"));
  REQUIRE(file.Commit(AtomicFile::Durability::kRename));
  CHECK(folder.Read("f") == "one two");
  CHECK(folder.Names() == Names{"f"});
}

TEST_CASE("a file without a commit leaves nothing behind and the old one as it was") {
  const TemporaryFolder folder;
  folder.Write("f", "old");
  {
    AtomicFile file = Create(folder.Path("f"));
    REQUIRE(file.Write("half of the n"));
    CHECK(folder.Names().size() == 2);
  }
  CHECK(folder.Names() == Names{"f"});
  CHECK(folder.Read("f") == "old");
}

TEST_CASE("a commit replaces the file that was there and may wait for the disk") {
  const TemporaryFolder folder;
  folder.Write("f", "the old and longer one");
  AtomicFile file = Create(folder.Path("f"));
  REQUIRE(file.Write("new"));
  REQUIRE(file.Commit(AtomicFile::Durability::kFsync));
  CHECK(folder.Read("f") == "new");
  CHECK(folder.Names() == Names{"f"});
}

TEST_CASE("a commit that keeps what exists gives a new name to a new file") {
  const Umask mask(022);
  const TemporaryFolder folder;
  AtomicFile file = Create(folder.Path("f"));
  REQUIRE(file.Write("new"));
  REQUIRE(file.Commit(AtomicFile::Durability::kFsync, AtomicFile::Existing::kKept));
  CHECK(folder.Read("f") == "new");
  CHECK(folder.Names() == Names{"f"});
  CHECK(ModeOf(folder.Path("f")) == 0644);
}

TEST_CASE("a commit that keeps what exists leaves that and no temporary file") {
  const TemporaryFolder folder;
  folder.Write("f", "old");
  {
    AtomicFile file = Create(folder.Path("f"));
    REQUIRE(file.Write("new"));
    const Status committed = file.Commit(AtomicFile::Durability::kRename, AtomicFile::Existing::kKept);
    REQUIRE_FALSE(committed);
    CHECK(committed.error().kind == ErrorKind::kPrecondition);
    CHECK(committed.error().message == "'" + folder.Path("f") + "' exists already");
  }
  CHECK(folder.Read("f") == "old");
  CHECK(folder.Names() == Names{"f"});
}

TEST_CASE("what appears while a file is written is kept too") {
  for (const std::string_view appears : {"file", "folder", "link to nothing"}) {
    CAPTURE(appears);
    const TemporaryFolder folder;
    {
      AtomicFile file = Create(folder.Path("f"));
      REQUIRE(file.Write("ours"));
      if (appears == "file") folder.Write("f", "theirs");
      if (appears == "folder") folder.Write("f/theirs", "");
      if (appears == "link to nothing") std::filesystem::create_symlink("missing", folder.Path("f"));
      const Status committed = file.Commit(AtomicFile::Durability::kRename, AtomicFile::Existing::kKept);
      REQUIRE_FALSE(committed);
      CHECK(committed.error().kind == ErrorKind::kPrecondition);
    }
    CHECK(folder.Names() == Names{"f"});
    if (appears == "file") CHECK(folder.Read("f") == "theirs");
    if (appears == "folder") CHECK(folder.Has("f/theirs"));
    if (appears == "link to nothing") CHECK(std::filesystem::is_symlink(folder.Path("f")));
  }
}

TEST_CASE("a file that is moved is committed once and removed by its last owner only") {
  const TemporaryFolder folder;
  auto first = std::make_unique<AtomicFile>(Create(folder.Path("f")));
  AtomicFile second(std::move(*first));
  first.reset();
  REQUIRE(second.Write("x"));
  REQUIRE(second.Commit(AtomicFile::Durability::kRename));
  CHECK(folder.Read("f") == "x");
}

TEST_CASE("a truncated file starts over") {
  const TemporaryFolder folder;
  AtomicFile file = Create(folder.Path("f"));
  REQUIRE(file.Write("wrong bytes"));
  REQUIRE(file.Truncate());
  REQUIRE(file.Write("right"));
  REQUIRE(file.Commit(AtomicFile::Durability::kRename));
  CHECK(folder.Read("f") == "right");
}

TEST_CASE("a half-written file is its owner's alone and the whole one has the usual mode") {
  const Umask mask(027);
  const TemporaryFolder folder;
  AtomicFile file = Create(folder.Path("f"));
  REQUIRE(folder.Names().size() == 1);
  CHECK(ModeOf(folder.Path(folder.Names().front())) == 0600);
  REQUIRE(file.Commit(AtomicFile::Durability::kRename));
  CHECK(ModeOf(folder.Path("f")) == 0640);
}

TEST_CASE("a file that is replaced keeps its mode") {
  const Umask mask(022);
  const TemporaryFolder folder;
  const std::string path = folder.Write("f", "old");
  REQUIRE(chmod(path.c_str(), 0751) == 0);
  Replace(path, "new");
  CHECK(ModeOf(path) == 0751);
}

TEST_CASE("the file behind a symlink is replaced and the link stays") {
  const TemporaryFolder folder;
  folder.Write("real/f", "old");
  std::filesystem::create_symlink("real/f", folder.Path("link"));
  std::filesystem::create_symlink("link", folder.Path("link2"));
  Replace(folder.Path("link2"), "new");
  CHECK(std::filesystem::is_symlink(folder.Path("link2")));
  CHECK(std::filesystem::is_symlink(folder.Path("link")));
  CHECK_FALSE(std::filesystem::is_symlink(folder.Path("real/f")));
  CHECK(folder.Read("real/f") == "new");
  CHECK(folder.Names() == Names{"link", "link2", "real"});
}

TEST_CASE("a symlink to nothing is refused and stays") {
  const TemporaryFolder folder;
  std::filesystem::create_symlink("missing", folder.Path("link"));
  CHECK(Refusal(folder.Path("link")).kind == ErrorKind::kLocalIo);
  CHECK(folder.Names() == Names{"link"});
}

TEST_CASE("a symlink whose name came out of a key is replaced and what it points to stays") {
  const TemporaryFolder folder;
  folder.Write("f", "old");
  folder.Write("folder/x", "");
  for (const char* points_to : {"f", "missing", "folder", "/dev/null"}) {
    CAPTURE(points_to);
    std::filesystem::create_symlink(points_to, folder.Path("link"));
    Replace(folder.Path("link"), "new", NamedBy::kKey);
    CHECK(std::filesystem::is_regular_file(std::filesystem::symlink_status(folder.Path("link"))));
    CHECK(folder.Read("link") == "new");
    CHECK(folder.Read("f") == "old");
    CHECK(folder.Names() == Names{"f", "folder", "link"});
    std::filesystem::remove(folder.Path("link"));
  }
}

TEST_CASE("a device or a pipe whose name came out of a key is refused") {
  const TemporaryFolder folder;
  REQUIRE(mkfifo(folder.Path("pipe").c_str(), 0600) == 0);
  CHECK(Refusal("/dev/null", NamedBy::kKey).kind == ErrorKind::kUsage);
  CHECK(Refusal(folder.Path("pipe"), NamedBy::kKey).kind == ErrorKind::kUsage);
  CHECK(Refusal(folder.path(), NamedBy::kKey).kind == ErrorKind::kUsage);
}

TEST_CASE("a device is written directly and not replaced") {
  AtomicFile file = Create("/dev/null");
  REQUIRE(file.Write("x"));
  REQUIRE(file.Truncate());
  REQUIRE(file.Commit(AtomicFile::Durability::kFsync));
  CHECK(std::filesystem::is_character_file("/dev/null"));
}

TEST_CASE("a full disk is a local failure with advice") {
  AtomicFile file = Create("/dev/full");
  const Status written = file.Write("x");
  REQUIRE_FALSE(written);
  CHECK(written.error().kind == ErrorKind::kLocalIo);
  CHECK(written.error().message.find("/dev/full") != std::string::npos);
  CHECK_FALSE(written.error().hint.empty());
}

TEST_CASE("a directory is refused as a target") {
  const TemporaryFolder folder;
  CHECK(Refusal(folder.path()).kind == ErrorKind::kUsage);
  CHECK(folder.Names().empty());
}

TEST_CASE("a read-only file is not replaced") {
  if (geteuid() == 0) return;  // root writes everything
  const TemporaryFolder folder;
  const std::string path = folder.Write("f", "old");
  REQUIRE(chmod(path.c_str(), 0444) == 0);
  CHECK(Refusal(path).kind == ErrorKind::kLocalIo);
  CHECK(folder.Names() == Names{"f"});
  CHECK(folder.Read("f") == "old");
}

TEST_CASE("a missing folder is a local failure and not something not found") {
  const TemporaryFolder folder;
  const Error error = Refusal(folder.Path("no/such/f"));
  CHECK(error.kind == ErrorKind::kLocalIo);
  CHECK(error.hint == "make the folder first");
}

TEST_CASE("a file below a file is a local failure") {
  const TemporaryFolder folder;
  folder.Write("f", "x");
  CHECK(Refusal(folder.Path("f/g")).kind == ErrorKind::kLocalIo);
}

TEST_CASE("a name as long as the file system takes can be written") {
  const TemporaryFolder folder;
  const std::string name(255, 'n');
  Replace(folder.Path(name), "x");
  CHECK(folder.Names() == Names{name});
  CHECK(Refusal(folder.Path(name + "n")).kind == ErrorKind::kLocalIo);
}

TEST_CASE("a name in the current folder is written there") {
  const TemporaryFolder folder;
  const auto before = std::filesystem::current_path();
  std::filesystem::current_path(folder.path());
  Replace("f", "x");
  std::filesystem::current_path(before);
  CHECK(folder.Names() == Names{"f"});
}

}  // namespace
}  // namespace s3conn
