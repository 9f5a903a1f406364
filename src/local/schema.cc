#include "local/schema.h"

namespace s3conn::local {
namespace {

// Times are milliseconds since 1970. Keys are BLOBs, so that they are ordered by their bytes. A `blob` is the
// name of a file (BlobFolder). Headers, tags and checksums are written by stored_columns.cc.
//
// Of the versions of a key, the one with the greatest id is the newest, and `latest`. AUTOINCREMENT: an id is
// never given twice, so whoever holds one finds that version or none. `blob` is null in a delete marker, and
// in an object of several parts, whose files are in `piece`.
//
// listed_version has what a listing shows, so that each of its pages is a seek. version_by_name leaves out
// the "null" that every version written without versioning is called.
//
// The *_by_blob indices tell a sweep whether a file belongs to anything. `garbage` has the files that nothing
// names any more, until they are surely gone.
constexpr std::string_view kStatements = R"sql(
  CREATE TABLE bucket (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL UNIQUE,
    region TEXT NOT NULL,
    created INTEGER NOT NULL,
    versioning INTEGER NOT NULL
  );

  CREATE TABLE version (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    bucket INTEGER NOT NULL REFERENCES bucket (id),
    key BLOB NOT NULL,
    version_id TEXT NOT NULL,
    latest INTEGER NOT NULL,
    marker INTEGER NOT NULL,
    size INTEGER NOT NULL,
    etag TEXT NOT NULL,
    modified INTEGER NOT NULL,
    storage_class TEXT NOT NULL,
    headers TEXT NOT NULL,
    tags TEXT NOT NULL,
    checksum_algorithm INTEGER,
    checksum_type INTEGER,
    checksum TEXT,
    parts INTEGER NOT NULL,
    blob TEXT,
    restored_until INTEGER
  );
  CREATE UNIQUE INDEX version_by_key ON version (bucket, key, id DESC);
  CREATE UNIQUE INDEX version_by_name ON version (version_id) WHERE version_id <> 'null';
  CREATE UNIQUE INDEX listed_version ON version (bucket, key) WHERE latest = 1 AND marker = 0;
  CREATE UNIQUE INDEX version_by_blob ON version (blob) WHERE blob IS NOT NULL;

  CREATE TABLE piece (
    version INTEGER NOT NULL REFERENCES version (id),
    number INTEGER NOT NULL,
    blob TEXT NOT NULL,
    size INTEGER NOT NULL,
    etag TEXT NOT NULL,
    checksum_algorithm INTEGER,
    checksum_type INTEGER,
    checksum TEXT,
    modified INTEGER NOT NULL,
    PRIMARY KEY (version, number)
  ) WITHOUT ROWID;
  CREATE UNIQUE INDEX piece_by_blob ON piece (blob);

  CREATE TABLE upload (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    bucket INTEGER NOT NULL REFERENCES bucket (id),
    key BLOB NOT NULL,
    upload_id TEXT NOT NULL UNIQUE,
    initiated INTEGER NOT NULL,
    storage_class TEXT NOT NULL,
    headers TEXT NOT NULL,
    tags TEXT NOT NULL,
    checksum_algorithm INTEGER,
    checksum_type INTEGER
  );
  CREATE UNIQUE INDEX upload_by_key ON upload (bucket, key, id);

  CREATE TABLE part (
    upload INTEGER NOT NULL REFERENCES upload (id),
    number INTEGER NOT NULL,
    blob TEXT NOT NULL,
    size INTEGER NOT NULL,
    etag TEXT NOT NULL,
    checksum_algorithm INTEGER,
    checksum_type INTEGER,
    checksum TEXT,
    modified INTEGER NOT NULL,
    PRIMARY KEY (upload, number)
  ) WITHOUT ROWID;
  CREATE UNIQUE INDEX part_by_blob ON part (blob);

  CREATE TABLE garbage (blob TEXT PRIMARY KEY) WITHOUT ROWID;
)sql";

}  // namespace

Schema StoreSchema() {
  return {.version = 1, .statements = kStatements};
}

}  // namespace s3conn::local
