#ifndef S3CONN_TESTS_UNIT_LOCAL_STORE_INVENTORY_H_
#define S3CONN_TESTS_UNIT_LOCAL_STORE_INVENTORY_H_

#include <filesystem>
#include <set>
#include <string>
#include <string_view>

#include "local/database.h"
#include "local/schema.h"
#include "support/catch.h"

namespace s3conn::local {

using Names = std::set<std::string>;

// The files below a folder, without the folders.
inline Names FilesIn(const std::string& folder) {
  Names names;
  if (!std::filesystem::exists(folder)) return names;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (!entry.is_directory()) names.insert(entry.path().filename().string());
  }
  return names;
}

// The first column of a query on the index of a store.
inline Names Select(const std::string& folder, std::string_view query) {
  const auto database = Database::Open(folder + "/index.db", StoreSchema());
  REQUIRE(database);
  Result<ReadTransaction> transaction = (*database)->Read();
  REQUIRE(transaction);
  Statement rows = transaction->connection().Prepare(query);
  Names names;
  while (rows.Step().value()) REQUIRE(names.emplace(rows.Text(0)).second);
  return names;
}

// Nothing on its way, and every blob at its place: none too many, none missing.
inline void CheckInventory(const std::string& folder) {
  CHECK(FilesIn(folder + "/incoming").empty());
  CHECK(FilesIn(folder + "/blobs") ==
        Select(folder,
               "SELECT blob FROM version WHERE blob IS NOT NULL UNION ALL SELECT blob FROM piece "
               "UNION ALL SELECT blob FROM part"));
}

}  // namespace s3conn::local

#endif  // S3CONN_TESTS_UNIT_LOCAL_STORE_INVENTORY_H_
