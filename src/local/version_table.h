#ifndef S3CONN_LOCAL_VERSION_TABLE_H_
#define S3CONN_LOCAL_VERSION_TABLE_H_

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string_view>

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
Result<std::optional<StoredVersion>> FindLatest(SqlConnection& index, const StoredBucket& bucket,
                                                std::string_view key);
Result<std::optional<StoredVersion>> FindNamed(SqlConnection& index, const StoredBucket& bucket,
                                               std::string_view key, std::string_view version_id);

// kPreconditionFailed, kNoSuchKey. `latest` may be a delete marker.
Answer<void> CheckCondition(const WriteCondition& condition, const std::optional<StoredVersion>& latest,
                            std::string_view key);

// Makes `version` the latest of its key: beside the others where the bucket has versioning, else in place of
// the one called "null". Its id, version id and time are set here. The files are those of `version.blob`, or
// of the rows that the caller adds to `piece`.
Result<StoredVersion> AddVersion(StoreChange& change, const StoredBucket& bucket, StoredVersion version);

// Gives up its files, too. The next newest becomes the latest.
Status RemoveVersion(StoreChange& change, const StoredBucket& bucket, const StoredVersion& version);

}  // namespace s3conn::local

#endif  // S3CONN_LOCAL_VERSION_TABLE_H_
