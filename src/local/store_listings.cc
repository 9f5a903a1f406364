#include <cstdint>
#include <utility>

#include "local/key_listing.h"
#include "local/store.h"
#include "local/store_parts.h"
#include "local/version_table.h"

namespace s3conn::local {
namespace {

// The rows of the current objects, by the index listed_version; it is used only for exactly these conditions.
Statement SeekObjects(SqlConnection& index, const StoredBucket& bucket, std::string_view from) {
  return SelectVersions(index, "WHERE bucket = ? AND latest = 1 AND marker = 0 AND key >= ? ORDER BY key",
                        {bucket.id, Bytes{from}});
}

Statement SeekVersions(SqlConnection& index, const StoredBucket& bucket, std::string_view from) {
  return SelectVersions(index, "WHERE bucket = ? AND key >= ? ORDER BY key, id DESC",
                        {bucket.id, Bytes{from}});
}

// The number of the row that `query` goes on after, in its key; nullopt where it goes on after the key.
Answer<std::optional<std::int64_t>> FindPlace(SqlConnection& index, const StoredBucket& bucket,
                                              const VersionQuery& query) {
  if (query.version_marker.empty()) return std::nullopt;
  if (const auto row = ParsePlaceMarker(query.version_marker)) return row;
  const Answer<std::optional<StoredVersion>> version =
      FindNamed(index, bucket, query.key_marker, query.version_marker);
  if (!version) return Refuse(version.error());
  if (*version) return (*version)->id;
  return Refuse(Code::kInvalidArgument, "Invalid version id specified",
                {{"ArgumentName", "version-id-marker"}, {"ArgumentValue", query.version_marker}});
}

}  // namespace

Answer<ObjectPage> Store::ListObjects(std::string_view bucket_name, const ObjectQuery& query) {
  Answer<BucketReading> reading = BucketReading::Begin(*parts_, bucket_name);
  if (!reading) return Refuse(std::move(reading.error()));
  SqlConnection& index = reading->index();
  const StoredBucket& bucket = reading->bucket;
  ObjectPage page;
  Answer<KeyPage> keys =
      ListKeys({.grouping = {query.prefix, query.delimiter},
                .after = query.after,
                .limit = query.limit,
                .seek = [&](std::string_view from) { return SeekObjects(index, bucket, from); },
                .take = [&](const Statement& row) { page.objects.push_back(ReadListedVersion(row)); }});
  if (!keys) return Refuse(std::move(keys.error()));
  page.prefixes = std::move(keys->prefixes);
  page.truncated = keys->truncated;
  page.last = std::move(keys->last);
  return page;
}

Answer<VersionPage> Store::ListVersions(std::string_view bucket_name, const VersionQuery& query) {
  Answer<BucketReading> reading = BucketReading::Begin(*parts_, bucket_name);
  if (!reading) return Refuse(std::move(reading.error()));
  SqlConnection& index = reading->index();
  const StoredBucket& bucket = reading->bucket;
  const Answer<std::optional<std::int64_t>> place = FindPlace(index, bucket, query);
  if (!place) return Refuse(place.error());
  VersionPage page;
  KeyListing listing{.grouping = {query.prefix, query.delimiter},
                     .after = query.key_marker,
                     .limit = query.limit,
                     .seek = [&](std::string_view from) { return SeekVersions(index, bucket, from); },
                     .take = [&](const Statement& row) { page.versions.push_back(ReadListedVersion(row)); }};
  if (*place) {
    listing.rest = [&] {
      return SelectVersions(index, "WHERE bucket = ? AND key = ? AND id < ? ORDER BY id DESC",
                            {bucket.id, Bytes{query.key_marker}, **place});
    };
  }
  Answer<KeyPage> keys = ListKeys(listing);
  if (!keys) return Refuse(std::move(keys.error()));
  page.prefixes = std::move(keys->prefixes);
  page.truncated = keys->truncated;
  page.last_key = std::move(keys->last);
  if (!page.versions.empty() && !keys->last_is_prefix) {
    const StoredVersion& last = page.versions.back();
    page.last_version = PlaceMarker(last.version_id, last.id);
  }
  return page;
}

}  // namespace s3conn::local
