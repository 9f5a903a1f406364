#ifndef S3CONN_LOCAL_STORED_COLUMNS_H_
#define S3CONN_LOCAL_STORED_COLUMNS_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "local/checksum.h"
#include "local/sql_connection.h"
#include "local/stored_object.h"
#include "s3conn/base/message.h"
#include "s3conn/base/time.h"

// How the values of stored_object.h stand in the columns of the index.

namespace s3conn::local {

std::int64_t TimeColumn(Timestamp time);
Timestamp ReadTime(std::int64_t column);

// "name:value" and a line feed for each.
std::string HeadersColumn(const Headers& headers);
Headers ReadHeaders(std::string_view column);

// "a=b&c=d", percent-encoded.
std::string TagsColumn(const Tags& tags);
Tags ReadTags(std::string_view column);

// The three columns of a checksum: all NULL where there is none. The values are views of it.
struct ChecksumColumns {
  SqlValue algorithm = nullptr;
  SqlValue type = nullptr;
  SqlValue value = nullptr;
};
ChecksumColumns ColumnsOf(const std::optional<Checksum>& checksum);
// Of the columns `first` and the two after it.
std::optional<Checksum> ReadChecksum(const Statement& row, int first);

}  // namespace s3conn::local

#endif  // S3CONN_LOCAL_STORED_COLUMNS_H_
