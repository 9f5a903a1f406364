#ifndef S3CONN_LOCAL_VERSION_TABLE_H_
#define S3CONN_LOCAL_VERSION_TABLE_H_

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "local/refusal.h"
#include "local/sql_connection.h"
#include "local/store.h"
#include "local/store_parts.h"
#include "local/stored_object.h"

// What a version is in the index: the table and the rules of versioning. Within a transaction.

namespace s3conn::local {

inline constexpr std::string_view kNullVersion = "null";

// kNoSuchBucket.
Answer<StoredBucket> FindBucket(SqlConnection& index, std::string_view name);

// "SELECT … FROM version " and `rest`, which begins with WHERE; the rows are for ReadVersion.
Statement SelectVersions(SqlConnection& index, std::string_view rest, std::initializer_list<SqlValue> values);
StoredVersion ReadVersion(const Statement& row);
// The same without tags and headers.
StoredVersion ReadListedVersion(const Statement& row);

// The newest version of a key; it may be a delete marker.
Answer<std::optional<StoredVersion>> FindLatest(SqlConnection& index, const StoredBucket& bucket,
                                                std::string_view key);
Answer<std::optional<StoredVersion>> FindNamed(SqlConnection& index, const StoredBucket& bucket,
                                               std::string_view key, std::string_view version_id);
// What a request for this key is about; as Store::FindObject.
Answer<StoredVersion> FindVersion(SqlConnection& index, const StoredBucket& bucket, std::string_view key,
                                  std::optional<std::string_view> version_id);

// kPreconditionFailed, kNoSuchKey. `latest` may be a delete marker.
Answer<void> CheckCondition(const WriteCondition& condition, const std::optional<StoredVersion>& latest,
                            std::string_view key);
// The same for the latest version in the index.
Answer<void> Judge(SqlConnection& index, const StoredBucket& bucket, std::string_view key,
                   const WriteCondition& condition);

// Makes `version` the latest of its key: beside the others where the bucket has versioning, else in place of
// the one called "null". Its id, version id and time are set here. Where it has no `blob` and is no delete
// marker, its pieces are added next.
Answer<StoredVersion> AddVersion(StoreChange& change, const StoredBucket& bucket, StoredVersion version);
Answer<void> AddPiece(StoreChange& change, const StoredVersion& version, const StoredPart& part,
                      std::string_view blob);

// Gives up its files, too. The next newest becomes the latest.
Answer<void> RemoveVersion(StoreChange& change, const StoredBucket& bucket, const StoredVersion& version);

// The files with the bytes of a version, in their order. None where it is gone.
struct Piece {
  std::string blob;
  std::uint64_t size = 0;
};
Answer<std::vector<Piece>> PiecesOf(SqlConnection& index, const StoredVersion& version);

}  // namespace s3conn::local

#endif  // S3CONN_LOCAL_VERSION_TABLE_H_
