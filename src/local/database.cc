#include "local/database.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <utility>

#include "base/file.h"
#include "base/text.h"

namespace s3conn::local {
namespace {

Error Unusable(const std::string& path, int error_number) {
  Error error = SystemError(fmt::format("open the index '{}'", EscapeForTerminal(path)), error_number);
  error.kind = ErrorKind::kLocalIo;
  return error;
}

// A lock on the folder that the file is in, as long as the descriptor is open: shared by those who open the
// file, exclusive while it is made. Switching to WAL fails where anybody else is just reading.
Result<Descriptor> LockFolder(const std::string& path, int operation) {
  const std::string folder = std::filesystem::path(path).parent_path().string();
  Descriptor file(open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!file) return Failure(Unusable(path, errno));
  while (flock(file.get(), operation) != 0) {
    if (errno != EINTR) return Failure(Unusable(path, errno));
  }
  return file;
}

// SQLite would make it readable for everybody; what it puts beside it later has the mode of this one. Only a
// new file may be opened and closed here: closing one that SQLite has open too would drop SQLite's locks.
Status CreateFile(const std::string& path) {
  const Descriptor file(open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
  if (!file && errno != EEXIST) return Failure(Unusable(path, errno));
  return {};
}

Result<std::int64_t> SchemaVersion(SqlConnection& connection) {
  Statement statement = connection.Prepare("PRAGMA user_version");
  const Result<bool> row = statement.Step();
  if (!row) return Failure(row.error());
  return statement.Integer(0);
}

}  // namespace

Result<std::unique_ptr<Database>> Database::Open(const std::string& path, const Schema& schema) {
  std::unique_ptr<Database> database(new Database(path));
  {
    const Result<Descriptor> lock = LockFolder(path, LOCK_SH);
    if (!lock) return Failure(lock.error());
    const Result<bool> complete = database->HasSchema(schema);
    if (!complete) return Failure(complete.error());
    if (*complete) return database;
  }
  const Result<Descriptor> lock = LockFolder(path, LOCK_EX);
  if (!lock) return Failure(lock.error());
  if (Status created = CreateFile(path); !created) return Failure(std::move(created.error()));
  // Meanwhile another process may have made it.
  const Result<bool> complete = database->HasSchema(schema);
  if (!complete) return Failure(complete.error());
  if (*complete) return database;
  if (Status created = database->Create(schema); !created) return Failure(std::move(created.error()));
  return database;
}

// false where there is no file, or an empty one.
Result<bool> Database::HasSchema(const Schema& schema) {
  if (access(path_.c_str(), F_OK) != 0 && errno == ENOENT) return false;
  Result<std::unique_ptr<SqlConnection>> connection = Take();
  if (!connection) return Failure(std::move(connection.error()));
  const Result<std::int64_t> version = SchemaVersion(**connection);
  if (!version) return Failure(version.error());
  GiveBack(std::move(*connection));
  if (*version == 0) return false;
  if (*version == schema.version) return true;
  return Failure(ErrorKind::kConfig,
                 fmt::format("the index '{}' is of version {}, and this s3conn knows version {}",
                             EscapeForTerminal(path_), *version, schema.version),
                 "use the s3conn that made it, or another folder");
}

Status Database::Create(const Schema& schema) {
  Result<std::unique_ptr<SqlConnection>> connection = Take();
  if (!connection) return Failure(std::move(connection.error()));
  const std::string script =
      fmt::format("PRAGMA journal_mode=WAL; BEGIN IMMEDIATE; {} PRAGMA user_version={}; COMMIT;",
                  schema.statements, schema.version);
  if (Status done = (*connection)->RunScript(script); !done) return done;
  GiveBack(std::move(*connection));
  return {};
}

Result<std::unique_ptr<SqlConnection>> Database::Take() {
  {
    const std::lock_guard lock(idle_mutex_);
    if (!idle_.empty()) {
      std::unique_ptr<SqlConnection> connection = std::move(idle_.back());
      idle_.pop_back();
      return connection;
    }
  }
  return SqlConnection::Open(path_);
}

void Database::GiveBack(std::unique_ptr<SqlConnection> connection) {
  const std::lock_guard lock(idle_mutex_);
  idle_.push_back(std::move(connection));
}

Result<ReadTransaction> Database::Read() {
  Result<std::unique_ptr<SqlConnection>> connection = Take();
  if (!connection) return Failure(std::move(connection.error()));
  if (Status begun = (*connection)->Run("BEGIN"); !begun) return Failure(std::move(begun.error()));
  return ReadTransaction(*this, std::move(*connection));
}

Result<WriteTransaction> Database::Write(Durability durability) {
  std::unique_lock lock(writing_);
  Result<std::unique_ptr<SqlConnection>> connection = Take();
  if (!connection) return Failure(std::move(connection.error()));
  // SQLite takes this while it compiles the statement, so it can't be a kept one.
  if (durability == Durability::kRelaxed) {
    if (Status set = (*connection)->RunScript("PRAGMA synchronous=NORMAL"); !set)
      return Failure(std::move(set.error()));
  }
  if (Status begun = (*connection)->Run("BEGIN IMMEDIATE"); !begun) return Failure(std::move(begun.error()));
  return WriteTransaction(*this, std::move(lock), std::move(*connection), durability);
}

// A connection on which ending a transaction fails is closed, which ends it too.
ReadTransaction::~ReadTransaction() {
  if (connection_ == nullptr) return;
  if (connection_->Run("COMMIT")) database_.GiveBack(std::move(connection_));
}

WriteTransaction::~WriteTransaction() {
  if (connection_ == nullptr) return;
  if (!committed_ && !connection_->Run("ROLLBACK")) return;
  if (durability_ == Durability::kRelaxed && !connection_->RunScript("PRAGMA synchronous=FULL")) return;
  database_.GiveBack(std::move(connection_));
}

Status WriteTransaction::Commit() {
  Status done = connection_->Run("COMMIT");
  committed_ = done.has_value();
  return done;
}

}  // namespace s3conn::local
