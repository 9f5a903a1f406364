#include "local/database.h"

#include <sys/stat.h>

#include <atomic>
#include <string>
#include <thread>
#include <vector>

#include "support/catch.h"
#include "support/temporary_folder.h"

namespace s3conn::local {
namespace {

constexpr Schema kSchema = {
    .version = 3,
    .statements = "CREATE TABLE item (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, value BLOB);"};

std::unique_ptr<Database> Opened(const TemporaryFolder& folder) {
  Result<std::unique_ptr<Database>> database = Database::Open(folder.Path("index.db"), kSchema);
  REQUIRE(database);
  return std::move(*database);
}

std::int64_t Count(Database& database) {
  Result<ReadTransaction> transaction = database.Read();
  REQUIRE(transaction);
  Statement count = transaction->connection().Prepare("SELECT count(*) FROM item");
  REQUIRE(count.Step().value());
  return count.Integer(0);
}

Status Insert(Database& database, std::string_view name) {
  Result<WriteTransaction> transaction = database.Write();
  if (!transaction) return Failure(transaction.error());
  if (Status done = transaction->connection().Run("INSERT INTO item (name) VALUES (?)", {name}); !done)
    return done;
  return transaction->Commit();
}

}  // namespace

TEST_CASE("Database: values come back as they were bound") {
  const TemporaryFolder folder;
  const std::unique_ptr<Database> database = Opened(folder);
  Result<WriteTransaction> transaction = database->Write();
  REQUIRE(transaction);
  SqlConnection& connection = transaction->connection();
  const std::string bytes("\xff\0\x01", 3);
  REQUIRE(connection.Run("INSERT INTO item (id, name, value) VALUES (?, ?, ?)",
                         {7, std::string_view("seven"), Bytes{bytes}}));
  REQUIRE(connection.Run("INSERT INTO item (name, value) VALUES (?, ?)", {std::string_view(), nullptr}));
  CHECK(connection.last_id() == 8);

  Statement rows = connection.Prepare("SELECT id, name, value FROM item ORDER BY id");
  REQUIRE(rows.Step().value());
  CHECK(rows.Integer(0) == 7);
  CHECK(rows.Text(1) == "seven");
  CHECK(rows.Text(2) == bytes);
  REQUIRE(rows.Step().value());
  CHECK_FALSE(rows.IsNull(1));
  CHECK(rows.Text(1).empty());
  CHECK(rows.IsNull(2));
  CHECK_FALSE(rows.Step().value());
}

TEST_CASE("Database: one statement may be used twice at once") {
  const TemporaryFolder folder;
  const std::unique_ptr<Database> database = Opened(folder);
  REQUIRE(Insert(*database, "a"));
  Result<ReadTransaction> transaction = database->Read();
  REQUIRE(transaction);
  Statement first = transaction->connection().Prepare("SELECT name FROM item");
  Statement second = transaction->connection().Prepare("SELECT name FROM item");
  REQUIRE(first.Step().value());
  REQUIRE(second.Step().value());
  CHECK(first.Text(0) == second.Text(0));
}

TEST_CASE("Database: a statement that is wrong says so when it runs") {
  const TemporaryFolder folder;
  const std::unique_ptr<Database> database = Opened(folder);
  Result<ReadTransaction> transaction = database->Read();
  REQUIRE(transaction);
  const Status done = transaction->connection().Run("SELECT colour FROM item WHERE id = ?", {1});
  REQUIRE_FALSE(done);
  CHECK(done.error().kind == ErrorKind::kLocalIo);
  CHECK(done.error().message.find("no such column") != std::string::npos);
}

TEST_CASE("Database: without a commit nothing has happened") {
  const TemporaryFolder folder;
  const std::unique_ptr<Database> database = Opened(folder);
  {
    Result<WriteTransaction> transaction = database->Write();
    REQUIRE(transaction);
    REQUIRE(transaction->connection().Run("INSERT INTO item (name) VALUES ('lost')"));
  }
  CHECK(Count(*database) == 0);
  REQUIRE(Insert(*database, "kept"));
  CHECK_FALSE(Insert(*database, "kept"));
  CHECK(Count(*database) == 1);
}

TEST_CASE("Database: a relaxed transaction is there for the next opening") {
  const TemporaryFolder folder;
  {
    const std::unique_ptr<Database> database = Opened(folder);
    Result<WriteTransaction> transaction = database->Write(Durability::kRelaxed);
    REQUIRE(transaction);
    REQUIRE(transaction->connection().Run("INSERT INTO item (name) VALUES ('a')"));
    REQUIRE(transaction->Commit());
  }
  CHECK(Count(*Opened(folder)) == 1);
}

TEST_CASE("Database: a transaction syncs unless it is relaxed") {
  const TemporaryFolder folder;
  const std::unique_ptr<Database> database = Opened(folder);
  const auto level = [&database](Durability durability) {
    Result<WriteTransaction> transaction = database->Write(durability);
    REQUIRE(transaction);
    Statement statement = transaction->connection().Prepare("PRAGMA synchronous");
    REQUIRE(statement.Step().value());
    return statement.Integer(0);
  };
  CHECK(level(Durability::kSynced) == 2);
  CHECK(level(Durability::kRelaxed) == 1);
  CHECK(level(Durability::kSynced) == 2);
}

TEST_CASE("Database: what one transaction reads is of one moment") {
  const TemporaryFolder folder;
  const std::unique_ptr<Database> database = Opened(folder);
  Result<ReadTransaction> transaction = database->Read();
  REQUIRE(transaction);
  Statement count = transaction->connection().Prepare("SELECT count(*) FROM item");
  REQUIRE(count.Step().value());
  CHECK(count.Integer(0) == 0);
  REQUIRE(Insert(*database, "meanwhile"));
  Statement again = transaction->connection().Prepare("SELECT count(*) FROM item");
  REQUIRE(again.Step().value());
  CHECK(again.Integer(0) == 0);
  CHECK(Count(*database) == 1);
}

TEST_CASE("Database: several that open a new one at once make it once and lose no write") {
  const TemporaryFolder folder;
  constexpr int kWriters = 6;
  std::atomic<int> failures = 0;
  std::vector<std::thread> writers;
  for (int writer = 0; writer < kWriters; ++writer) {
    writers.emplace_back([&folder, &failures, writer] {
      const Result<std::unique_ptr<Database>> database = Database::Open(folder.Path("index.db"), kSchema);
      if (!database || !Insert(**database, std::to_string(writer))) ++failures;
    });
  }
  for (std::thread& writer : writers) writer.join();
  CHECK(failures == 0);
  CHECK(Count(*Opened(folder)) == kWriters);
}

TEST_CASE("Database: its files are for their owner alone") {
  const TemporaryFolder folder;
  const std::unique_ptr<Database> database = Opened(folder);
  REQUIRE(Insert(*database, "a"));
  for (const char* const name : {"index.db", "index.db-wal", "index.db-shm"}) {
    struct stat info {};
    REQUIRE(stat(folder.Path(name).c_str(), &info) == 0);
    CHECK((info.st_mode & 0777) == 0600);
  }
}

TEST_CASE("Database: one of a newer version is refused") {
  const TemporaryFolder folder;
  Opened(folder);
  const auto older = Database::Open(folder.Path("index.db"), Schema{.version = 2, .statements = ""});
  REQUIRE_FALSE(older);
  CHECK(older.error().kind == ErrorKind::kConfig);
  CHECK(older.error().message.find("version 3") != std::string::npos);
}

TEST_CASE("Database: what is no database is refused and left alone") {
  const TemporaryFolder folder;
  const std::string text(4096, 'x');
  folder.Write("index.db", text);
  const auto database = Database::Open(folder.Path("index.db"), kSchema);
  REQUIRE_FALSE(database);
  CHECK(database.error().kind == ErrorKind::kLocalIo);
  CHECK(folder.Read("index.db") == text);
}

TEST_CASE("Database: a folder that is not there is an error") {
  const TemporaryFolder folder;
  const auto database = Database::Open(folder.Path("none/index.db"), kSchema);
  REQUIRE_FALSE(database);
  CHECK(database.error().kind == ErrorKind::kLocalIo);
}

}  // namespace s3conn::local
