#ifndef S3CONN_LOCAL_UPLOAD_TABLE_H_
#define S3CONN_LOCAL_UPLOAD_TABLE_H_

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "local/refusal.h"
#include "local/sql_connection.h"
#include "local/store_parts.h"
#include "local/stored_object.h"

// What a multipart upload and its parts are in the index. Within a transaction.

namespace s3conn::local {

struct UploadRow {
  std::int64_t row = 0;  // grows with every upload
  StoredUpload upload{};
};

// "SELECT … FROM upload " and `rest`, which begins with WHERE; the rows are for ReadUpload.
Statement SelectUploads(SqlConnection& index, std::string_view rest, std::initializer_list<SqlValue> values);
UploadRow ReadUpload(const Statement& row);

// kNoSuchUpload.
Answer<UploadRow> FindUpload(SqlConnection& index, const StoredBucket& bucket, std::string_view key,
                             std::string_view upload_id);
Status InsertUpload(SqlConnection& index, const StoredBucket& bucket, const StoredUpload& upload);

struct PartRow {
  StoredPart part{};
  std::string blob{};
};
// Those with a number greater than `after`, in their order.
Answer<std::vector<PartRow>> FindParts(SqlConnection& index, std::int64_t upload, std::uint32_t after,
                                       std::size_t limit);
// In place of one that has the number, whose file is given up.
Answer<void> ReplacePart(StoreChange& change, std::int64_t upload, const StoredPart& part,
                         std::string_view blob);

// The rows alone: what becomes of the files is the caller's to say.
Status EraseUpload(SqlConnection& index, std::int64_t upload);

}  // namespace s3conn::local

#endif  // S3CONN_LOCAL_UPLOAD_TABLE_H_
