#include "local/store.h"

#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <string>
#include <thread>
#include <vector>

#include "local/sql_connection.h"
#include "support/catch.h"
#include "unit/local/store_fixture.h"
#include "unit/local/store_inventory.h"

namespace s3conn::local {
namespace {

// As far as a process gets that is killed before it commits, or after it.
std::string LeaveIncoming(const std::string& folder, std::string_view name) {
  const std::string path = folder + "/incoming/" + std::string(name);
  std::ofstream(path) << "left over";
  return path;
}

// All of a database but its first page, where the version and the tables' names are.
void Damage(const std::string& path) {
  const Result<std::unique_ptr<SqlConnection>> connection = SqlConnection::Open(path);
  REQUIRE(connection);
  REQUIRE((*connection)->RunScript("PRAGMA wal_checkpoint(TRUNCATE)"));
  std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
  file.seekp(4096);
  file << std::string(std::filesystem::file_size(path) - 4096, '\xff');
  REQUIRE(file.flush());
}

// As long as it lives, no file can grow beyond a few bytes: the disk is full for the index's log.
class SmallestFiles {
 public:
  SmallestFiles() : previous_handler_(signal(SIGXFSZ, SIG_IGN)) {
    getrlimit(RLIMIT_FSIZE, &previous_);
    const rlimit smallest = {.rlim_cur = 4096, .rlim_max = previous_.rlim_max};
    setrlimit(RLIMIT_FSIZE, &smallest);
  }
  SmallestFiles(const SmallestFiles&) = delete;
  SmallestFiles& operator=(const SmallestFiles&) = delete;
  ~SmallestFiles() {
    setrlimit(RLIMIT_FSIZE, &previous_);
    signal(SIGXFSZ, previous_handler_);
  }

 private:
  void (*previous_handler_)(int);
  rlimit previous_{};
};

// "i" so many times that it takes several reads.
std::string ContentOf(int i) {
  std::string bytes;
  while (bytes.size() < 20'000) bytes += std::to_string(i) + ",";
  return bytes;
}

bool IsWhole(const std::string& bytes) {
  return !bytes.empty() && bytes == ContentOf(std::stoi(bytes));
}

// Whatever is current, whole; again where it was replaced between the finding and the opening.
std::string ReadCurrent(Store& store, std::string_view key) {
  while (true) {
    const Answer<StoredVersion> version = store.FindObject("b", key, std::nullopt);
    if (!version) return std::string(CodeName(version.error().code));
    const auto content = store.OpenContent(*version, 0, version->size);
    if (!content) continue;
    return ReadContent(**content).value_or("unreadable");
  }
}

// Writes and reads one key that all threads share; the number of what went wrong.
int Hammer(Store& store, int writer) {
  int failures = 0;
  for (int i = 0; i < 20; ++i) {
    NewVersion version = ObjectOf(store, "shared", ContentOf(writer * 100 + i));
    if (!store.PutObject("b", std::move(version))) ++failures;
    if (!IsWhole(ReadCurrent(store, "shared"))) ++failures;
    const std::string own = "own-" + std::to_string(writer);
    if (!store.PutObject("b", ObjectOf(store, own, std::to_string(i)))) ++failures;
    if (ReadCurrent(store, own) != std::to_string(i)) ++failures;
    if (!store.DeleteObject("b", own, std::nullopt, {})) ++failures;
  }
  return failures;
}

}  // namespace

TEST_CASE("Store: what was put is there for the next who opens it") {
  const StoreFixture fixture;
  Put(*fixture.store, "b", "k", "x");
  const std::unique_ptr<Store> next = OpenStore(fixture.folder.path(), fixture.clock);
  CHECK(Get(*next, "b", "k") == "x");
  Put(*next, "b", "k", "y");
  CHECK(Get(*fixture.store, "b", "k") == "y");
}

TEST_CASE("Store: its folders and files are for their owner alone") {
  const TemporaryFolder folder;
  const FakeClock clock;
  const std::unique_ptr<Store> store = OpenStore(folder.Path("a/store"), clock);
  REQUIRE(store->CreateBucket("b", "r"));
  Put(*store, "b", "k", "x");
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder.path())) {
    struct stat info {};
    REQUIRE(stat(entry.path().c_str(), &info) == 0);
    INFO(entry.path().string());
    CHECK((info.st_mode & 0077) == 0);
  }
}

TEST_CASE("Store: replaced and deleted objects leave no file") {
  StoreFixture fixture;
  for (int i = 0; i < 200; ++i) Put(*fixture.store, "b", "k", std::to_string(i));
  CheckInventory(fixture.folder.path());
  // What was removed is forgotten, many at once.
  CHECK(Select(fixture.folder.path(), "SELECT blob FROM garbage").size() < 64);
  REQUIRE(fixture.store->PutObject("b", ObjectOfParts(*fixture.store, "k", {"a", "b", "c"})));
  CheckInventory(fixture.folder.path());
  REQUIRE(fixture.store->DeleteObject("b", "k", std::nullopt, {}));
  CHECK(FilesIn(fixture.folder.Path("blobs")).empty());
  fixture.store.reset();
  OpenStore(fixture.folder.path(), fixture.clock);
  CheckInventory(fixture.folder.path());
}

TEST_CASE("Store: who opens it alone removes what is left over") {
  StoreFixture fixture;
  Put(*fixture.store, "b", "k", "x");
  fixture.store.reset();
  LeaveIncoming(fixture.folder.path(), "0123456789abcdef0123456789abcdef");
  LeaveIncoming(fixture.folder.path(), "'; DROP TABLE version; --");
  OpenStore(fixture.folder.path(), fixture.clock);
  CheckInventory(fixture.folder.path());
}

TEST_CASE("Store: who opens it alone moves what the index names to its place") {
  StoreFixture fixture;
  const std::string blob = Put(*fixture.store, "b", "k", "x").blob;
  fixture.store.reset();
  std::filesystem::rename(fixture.folder.Path("blobs/" + blob.substr(0, 2) + "/" + blob),
                          fixture.folder.Path("incoming/" + blob));
  fixture.store = OpenStore(fixture.folder.path(), fixture.clock);
  CheckInventory(fixture.folder.path());
  CHECK(Get(*fixture.store, "b", "k") == "x");
}

TEST_CASE("Store: what another is just writing is left alone") {
  const StoreFixture fixture;
  NewVersion version = ObjectOf(*fixture.store, "k", "x");
  OpenStore(fixture.folder.path(), fixture.clock);
  REQUIRE(fixture.store->PutObject("b", std::move(version)));
  CHECK(Get(*fixture.store, "b", "k") == "x");
}

TEST_CASE("Store: two on one folder read and write from several threads") {
  const StoreFixture fixture;
  const std::unique_ptr<Store> other = OpenStore(fixture.folder.path(), fixture.clock);
  std::atomic<int> failures = 0;
  std::vector<std::thread> threads;
  for (int writer = 0; writer < 4; ++writer) {
    Store& store = writer % 2 == 0 ? *fixture.store : *other;
    threads.emplace_back([&store, &failures, writer] { failures += Hammer(store, writer); });
  }
  for (std::thread& thread : threads) thread.join();
  CHECK(failures == 0);
  CHECK(IsWhole(Get(*other, "b", "shared")));
  CheckInventory(fixture.folder.path());
}

TEST_CASE("Store: of many that put where nothing is one succeeds") {
  const StoreFixture fixture;
  const std::unique_ptr<Store> other = OpenStore(fixture.folder.path(), fixture.clock);
  std::atomic<int> written = 0;
  std::vector<std::thread> threads;
  for (int writer = 0; writer < 4; ++writer) {
    Store& store = writer % 2 == 0 ? *fixture.store : *other;
    NewVersion version = ObjectOf(store, "k", std::to_string(writer));
    version.condition.if_none_match = true;
    threads.emplace_back([&store, &written, request = std::move(version)]() mutable {
      if (store.PutObject("b", std::move(request))) ++written;
    });
  }
  for (std::thread& thread : threads) thread.join();
  CHECK(written == 1);
}

TEST_CASE("Store: one of a newer s3conn is refused and left as it is") {
  StoreFixture fixture;
  fixture.store.reset();
  {
    const auto database = Database::Open(fixture.folder.Path("index.db"), StoreSchema());
    REQUIRE(database);
    Result<WriteTransaction> transaction = (*database)->Write();
    REQUIRE(transaction);
    REQUIRE(transaction->connection().Run("PRAGMA user_version = 99"));
    REQUIRE(transaction->Commit());
  }
  const std::string left = LeaveIncoming(fixture.folder.path(), "of-the-newer-one");
  const auto store = Store::Open(fixture.folder.path(), fixture.clock);
  REQUIRE_FALSE(store);
  CHECK(store.error().kind == ErrorKind::kConfig);
  CHECK(std::filesystem::exists(left));
}

TEST_CASE("Store: a folder that can not be written is an error") {
  const FakeClock clock;
  const TemporaryFolder folder;
  folder.Write("file", "");
  for (const std::string& path :
       {folder.Path("file"), folder.Path("file/store"), std::string("/proc/store")}) {
    const auto store = Store::Open(path, clock);
    REQUIRE_FALSE(store);
    CHECK(store.error().kind == ErrorKind::kLocalIo);
    CHECK_FALSE(store.error().message.empty());
  }
  if (geteuid() == 0) return;  // who may write everywhere
  REQUIRE(chmod(folder.path().c_str(), 0500) == 0);
  CHECK(Store::Open(folder.Path("store"), clock).error().kind == ErrorKind::kLocalIo);
  REQUIRE(chmod(folder.path().c_str(), 0700) == 0);
}

TEST_CASE("Store: a write that the disk does not take leaves the old object and the store usable") {
  StoreFixture fixture;
  Put(*fixture.store, "b", "k", "old");
  Answer<StoredVersion> refused = Refuse(Code::kInternalError);
  {
    NewVersion version = ObjectOf(*fixture.store, "k", "new");
    const SmallestFiles limit;
    refused = fixture.store->PutObject("b", std::move(version));
  }
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == Code::kInternalError);
  CHECK(refused.error().cause.find("index.db") != std::string::npos);
  CHECK(Get(*fixture.store, "b", "k") == "old");
  Put(*fixture.store, "b", "l", "more");

  // The file is kept as long as nobody knows whether the write has been made, which the next opening does.
  CHECK(FilesIn(fixture.folder.Path("incoming")).size() == 1);
  fixture.store.reset();
  fixture.store = OpenStore(fixture.folder.path(), fixture.clock);
  CheckInventory(fixture.folder.path());
  CHECK(Get(*fixture.store, "b", "k") == "old");
  CHECK(Get(*fixture.store, "b", "l") == "more");
}

TEST_CASE("Store: a damaged index is an internal error with its cause") {
  StoreFixture fixture;
  Put(*fixture.store, "b", "k", "x");
  fixture.store.reset();
  fixture.store = OpenStore(fixture.folder.path(), fixture.clock);
  Damage(fixture.folder.Path("index.db"));
  const auto found = fixture.store->FindObject("b", "k", std::nullopt);
  REQUIRE_FALSE(found);
  CHECK(found.error().code == Code::kInternalError);
  CHECK(found.error().cause.find("malformed") != std::string::npos);
  CHECK(fixture.store->PutObject("b", ObjectOf(*fixture.store, "k", "y")).error().code ==
        Code::kInternalError);
  CHECK(FilesIn(fixture.folder.Path("incoming")).empty());

  fixture.store.reset();
  const auto store = Store::Open(fixture.folder.path(), fixture.clock);
  REQUIRE_FALSE(store);
  CHECK(store.error().kind == ErrorKind::kLocalIo);
}

}  // namespace s3conn::local
