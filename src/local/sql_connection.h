#ifndef S3CONN_LOCAL_SQL_CONNECTION_H_
#define S3CONN_LOCAL_SQL_CONNECTION_H_

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <variant>

#include "s3conn/base/error.h"

struct sqlite3;
struct sqlite3_stmt;

// SQLite, as far as the store uses it. Every failure of it is kLocalIo, with SQLite's words.

namespace s3conn::local {

// Bound as a BLOB: compared byte by byte, with any bytes in it.
struct Bytes {
  std::string_view bytes;
};

using SqlValue = std::variant<std::nullptr_t, std::int64_t, std::string_view, Bytes>;

class SqlConnection;

// A statement with its values bound, on a connection that outlives it. What is wrong with its text or with a
// value comes out of the first Step.
class Statement {
 public:
  Statement(Statement&& other) noexcept;
  Statement& operator=(Statement&&) = delete;
  ~Statement();

  // To the next row; false: there is none.
  Result<bool> Step();
  // To the end, past all rows.
  Status Run();

  // Of the row. Views are valid until the next Step.
  std::int64_t Integer(int column) const;
  std::string_view Text(int column) const;  // of a BLOB, too; "" of NULL
  bool IsNull(int column) const;

 private:
  friend class SqlConnection;
  Statement(SqlConnection& connection, std::string_view sql);
  void Bind(int place, const SqlValue& value);

  SqlConnection& connection_;
  std::string sql_;
  sqlite3_stmt* statement_ = nullptr;  // null: it could not be prepared
  std::optional<Error> error_{};
};

// Used by one thread at a time.
class SqlConnection {
 public:
  // The file has to be there.
  static Result<std::unique_ptr<SqlConnection>> Open(const std::string& path);
  SqlConnection(const SqlConnection&) = delete;
  SqlConnection& operator=(const SqlConnection&) = delete;
  ~SqlConnection();

  // `sql` is one statement, which is compiled once and kept; the values are those of its '?', in their order.
  Statement Prepare(std::string_view sql, std::initializer_list<SqlValue> values = {});
  // Prepare and Run.
  Status Run(std::string_view sql, std::initializer_list<SqlValue> values = {});
  // Any number of statements without values, not kept.
  Status RunScript(const std::string& sql);
  // Of the last INSERT.
  std::int64_t last_id() const;

 private:
  friend class Statement;
  explicit SqlConnection(std::string path) : path_(std::move(path)) {}
  Status SetUp();
  Error LastError() const;

  std::string path_;
  sqlite3* database_ = nullptr;
  std::unordered_map<std::string, sqlite3_stmt*> kept_;  // those that nobody uses just now
};

}  // namespace s3conn::local

#endif  // S3CONN_LOCAL_SQL_CONNECTION_H_
