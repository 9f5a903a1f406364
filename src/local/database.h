#ifndef S3CONN_LOCAL_DATABASE_H_
#define S3CONN_LOCAL_DATABASE_H_

#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "local/sql_connection.h"
#include "s3conn/base/error.h"

namespace s3conn::local {

// What a database consists of. Its version is kept in it.
struct Schema {
  std::int64_t version = 1;
  std::string_view statements{};
};

// kSynced: what is committed survives a power cut. kRelaxed: a power cut may undo it, as a whole.
enum class Durability { kSynced, kRelaxed };

class Database;

// Everything that is read within it is of one moment.
class ReadTransaction {
 public:
  ReadTransaction(ReadTransaction&&) noexcept = default;
  ReadTransaction& operator=(ReadTransaction&&) = delete;
  ~ReadTransaction();

  // Its statements go before the transaction does.
  SqlConnection& connection() { return *connection_; }

 private:
  friend class Database;
  ReadTransaction(Database& database, std::unique_ptr<SqlConnection> connection)
      : database_(database), connection_(std::move(connection)) {}

  Database& database_;
  std::unique_ptr<SqlConnection> connection_;
};

// One writes at a time, the others wait. Without a Commit nothing has happened.
class WriteTransaction {
 public:
  WriteTransaction(WriteTransaction&&) noexcept = default;
  WriteTransaction& operator=(WriteTransaction&&) = delete;
  ~WriteTransaction();

  SqlConnection& connection() { return *connection_; }
  // Once, with no statement left. Where the error has `repeated` set, the disk failed at a moment after which
  // the next process to open the database may or may not find the changes; else they have not happened.
  Status Commit();

 private:
  friend class Database;
  WriteTransaction(Database& database, std::unique_lock<std::mutex> lock,
                   std::unique_ptr<SqlConnection> connection, Durability durability)
      : database_(database),
        lock_(std::move(lock)),
        connection_(std::move(connection)),
        durability_(durability) {}

  Database& database_;
  std::unique_lock<std::mutex> lock_;
  std::unique_ptr<SqlConnection> connection_;
  Durability durability_;
  bool committed_ = false;
};

// An SQLite database in WAL mode, with as many connections as threads use it at once. Several processes may
// have it open. Safe from many threads; a thread has one transaction at a time.
class Database {
 public:
  // Makes the file (0600) where it is missing. kConfig for a version that is not the schema's.
  static Result<std::unique_ptr<Database>> Open(const std::string& path, const Schema& schema);

  Result<ReadTransaction> Read();
  Result<WriteTransaction> Write(Durability durability = Durability::kSynced);

 private:
  friend class ReadTransaction;
  friend class WriteTransaction;
  explicit Database(std::string path) : path_(std::move(path)) {}

  Result<std::unique_ptr<SqlConnection>> Take();
  void GiveBack(std::unique_ptr<SqlConnection> connection);
  Result<bool> HasSchema(const Schema& schema);
  Status Create(const Schema& schema);

  std::string path_;
  std::mutex writing_;
  std::mutex idle_mutex_;
  std::vector<std::unique_ptr<SqlConnection>> idle_;  // the last one used on top: its cache is warm
};

}  // namespace s3conn::local

#endif  // S3CONN_LOCAL_DATABASE_H_
