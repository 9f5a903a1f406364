#include "local/sql_connection.h"

#include <fmt/format.h>
#include <sqlite3.h>

#include <utility>

#include "base/text.h"

namespace s3conn::local {
namespace {

// Long enough for another process' longest transaction, completing an upload of 10,000 parts on a slow disk.
constexpr int kBusyMilliseconds = 60'000;

// synchronous=FULL: in WAL mode what is committed is on the disk, not only consistent.
// cache_size: in KiB; a page of a listing needs a dozen pages, and there may be a connection for every
// thread. wal_autocheckpoint: the first to open a store reads the log again, which has to be short for that.
constexpr std::string_view kSettings =
    "PRAGMA synchronous=FULL;"
    "PRAGMA cache_size=-512;"
    "PRAGMA wal_autocheckpoint=256;"
    "PRAGMA foreign_keys=ON;"
    "PRAGMA temp_store=MEMORY;";

int BindValue(sqlite3_stmt* statement, int place, const SqlValue& value) {
  if (const auto* number = std::get_if<std::int64_t>(&value))
    return sqlite3_bind_int64(statement, place, *number);
  if (const auto* text = std::get_if<std::string_view>(&value)) {
    // A null pointer would be NULL.
    const char* const start = text->empty() ? "" : text->data();
    return sqlite3_bind_text64(statement, place, start, text->size(), SQLITE_TRANSIENT, SQLITE_UTF8);
  }
  if (const auto* blob = std::get_if<Bytes>(&value)) {
    const char* const start = blob->bytes.empty() ? "" : blob->bytes.data();
    return sqlite3_bind_blob64(statement, place, start, blob->bytes.size(), SQLITE_TRANSIENT);
  }
  return sqlite3_bind_null(statement, place);
}

}  // namespace

Statement::Statement(SqlConnection& connection, std::string_view sql) : connection_(connection), sql_(sql) {
  if (auto kept = connection.kept_.extract(sql_)) {
    statement_ = kept.mapped();
    return;
  }
  const int code = sqlite3_prepare_v3(connection.database_, sql_.data(), static_cast<int>(sql_.size()),
                                      SQLITE_PREPARE_PERSISTENT, &statement_, nullptr);
  if (code != SQLITE_OK) error_ = connection.LastError();
}

Statement::Statement(Statement&& other) noexcept
    : connection_(other.connection_),
      sql_(std::move(other.sql_)),
      statement_(std::exchange(other.statement_, nullptr)),
      error_(std::move(other.error_)) {}

Statement::~Statement() {
  if (statement_ == nullptr) return;
  sqlite3_reset(statement_);
  sqlite3_clear_bindings(statement_);
  // Where the same statement was used twice at once, one of the two is enough to keep.
  if (!connection_.kept_.emplace(std::move(sql_), statement_).second) sqlite3_finalize(statement_);
}

void Statement::Bind(int place, const SqlValue& value) {
  if (error_) return;
  if (BindValue(statement_, place, value) != SQLITE_OK) error_ = connection_.LastError();
}

Result<bool> Statement::Step() {
  if (error_) return Failure(*error_);
  const int code = sqlite3_step(statement_);
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) return false;
  return Failure(connection_.LastError());
}

Status Statement::Run() {
  while (true) {
    const Result<bool> row = Step();
    if (!row) return Failure(row.error());
    if (!*row) return {};
  }
}

std::int64_t Statement::Integer(int column) const {
  return sqlite3_column_int64(statement_, column);
}

std::string_view Statement::Text(int column) const {
  const void* const start = sqlite3_column_blob(statement_, column);
  if (start == nullptr) return {};
  return {static_cast<const char*>(start),
          static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
}

bool Statement::IsNull(int column) const {
  return sqlite3_column_type(statement_, column) == SQLITE_NULL;
}

Result<std::unique_ptr<SqlConnection>> SqlConnection::Open(const std::string& path) {
  std::unique_ptr<SqlConnection> connection(new SqlConnection(path));
  // No mutex of SQLite's: a connection has one thread at a time.
  const int code = sqlite3_open_v2(path.c_str(), &connection->database_,
                                   SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nullptr);
  if (code != SQLITE_OK) return Failure(connection->LastError());
  if (Status set = connection->SetUp(); !set) return Failure(std::move(set.error()));
  return connection;
}

Status SqlConnection::SetUp() {
  sqlite3_extended_result_codes(database_, 1);
  sqlite3_busy_timeout(database_, kBusyMilliseconds);
  // Every command is a process that opens and closes: it need not tidy up the log each time.
  sqlite3_db_config(database_, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
  // A damaged file is an error, not a way in.
  sqlite3_db_config(database_, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(database_, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  return RunScript(std::string(kSettings));
}

SqlConnection::~SqlConnection() {
  for (const auto& [sql, statement] : kept_) sqlite3_finalize(statement);
  sqlite3_close(database_);
}

Statement SqlConnection::Prepare(std::string_view sql, std::initializer_list<SqlValue> values) {
  Statement statement(*this, sql);
  int place = 0;
  for (const SqlValue& value : values) statement.Bind(++place, value);
  return statement;
}

Status SqlConnection::Run(std::string_view sql, std::initializer_list<SqlValue> values) {
  return Prepare(sql, values).Run();
}

Status SqlConnection::RunScript(const std::string& sql) {
  if (sqlite3_exec(database_, sql.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK) return {};
  return Failure(LastError());
}

std::int64_t SqlConnection::last_id() const {
  return sqlite3_last_insert_rowid(database_);
}

Error SqlConnection::LastError() const {
  Error error;
  error.kind = ErrorKind::kLocalIo;
  error.message = fmt::format("use the index '{}': {} ({})", EscapeForTerminal(path_),
                              EscapeForTerminal(sqlite3_errmsg(database_)),
                              sqlite3_errstr(sqlite3_extended_errcode(database_)));
  const int code = sqlite3_errcode(database_) & 0xff;  // without what extends it
  if (code == SQLITE_FULL) error.hint = "free some space";
  // The bytes may have reached the disk all the same.
  error.repeated = code == SQLITE_IOERR;
  return error;
}

}  // namespace s3conn::local
