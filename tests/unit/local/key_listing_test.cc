#include "local/key_listing.h"

#include <memory>
#include <string>
#include <vector>

#include "local/database.h"
#include "support/catch.h"
#include "support/temporary_folder.h"

namespace s3conn::local {
namespace {

using Strings = std::vector<std::string>;

// A table of keys, and what a listing does with it.
struct KeyTable {
  KeyTable() {
    auto opened = Database::Open(
        folder.Path("keys.db"),
        {.version = 1, .statements = "CREATE TABLE entry (id INTEGER PRIMARY KEY, key BLOB UNIQUE);"});
    REQUIRE(opened);
    database = std::move(*opened);
  }

  void Insert(const Strings& keys) const {
    auto change = database->Write();
    REQUIRE(change);
    for (const std::string& key : keys)
      REQUIRE(change->connection().Run("INSERT INTO entry (key) VALUES (?)", {Bytes{key}}));
    REQUIRE(change->Commit());
  }

  KeyPage List(std::string_view prefix, std::string_view delimiter, std::string_view after,
               std::size_t limit) {
    auto transaction = database->Read();
    REQUIRE(transaction);
    seeks.clear();
    shown.clear();
    Answer<KeyPage> page =
        ListKeys({.grouping = {prefix, delimiter},
                  .after = after,
                  .limit = limit,
                  .seek =
                      [&](std::string_view from) {
                        seeks.emplace_back(from);
                        return transaction->connection().Prepare(
                            "SELECT id, key FROM entry WHERE key >= ? ORDER BY key", {Bytes{from}});
                      },
                  .take = [&](const Statement& row) { shown.emplace_back(row.Text(1)); }});
    REQUIRE(page);
    return std::move(*page);
  }

  TemporaryFolder folder{};
  std::unique_ptr<Database> database{};
  Strings seeks{};
  Strings shown{};
};

}  // namespace

TEST_CASE("ListKeys: a common prefix costs one seek whatever is below it") {
  KeyTable table;
  Strings keys = {"a", "z"};
  for (int i = 0; i < 500; ++i) {
    keys.push_back("b/" + std::to_string(i));
    keys.push_back("c/d/" + std::to_string(i));
  }
  table.Insert(keys);
  const KeyPage page = table.List("", "/", "", 1000);
  CHECK(table.shown == Strings{"a", "z"});
  CHECK(page.prefixes == Strings{"b/", "c/"});
  CHECK(table.seeks == Strings{"", "b0", "c0"});
  CHECK_FALSE(page.truncated);
}

TEST_CASE("ListKeys: begins behind a common prefix that it is to go on after") {
  KeyTable table;
  table.Insert({"b/", "b/1", "b/2", "c"});
  CHECK(table.List("", "/", "b/", 10).prefixes.empty());
  CHECK(table.shown == Strings{"c"});
  CHECK(table.seeks == Strings{"b0"});
  // A key below it, and a name that is no common prefix of this listing, are places like any other.
  CHECK(table.List("", "/", "b/1", 10).prefixes == Strings{"b/"});
  table.List("b/", "/", "b/", 10);
  CHECK(table.shown == Strings{"b/1", "b/2"});
  table.List("", "", "b/", 10);
  CHECK(table.shown == Strings{"b/1", "b/2", "c"});
}

TEST_CASE("ListKeys: is cut off only where something is left to show") {
  KeyTable table;
  table.Insert({"a", "b/1", "b/2"});
  CHECK(table.List("", "", "", 2).truncated);
  CHECK_FALSE(table.List("", "", "", 3).truncated);
  const KeyPage first = table.List("", "/", "", 1);
  CHECK(first.truncated);
  CHECK(first.last == "a");
  CHECK_FALSE(first.last_is_prefix);
  const KeyPage all = table.List("", "/", "", 2);
  CHECK_FALSE(all.truncated);
  CHECK(all.last == "b/");
  CHECK(all.last_is_prefix);
}

TEST_CASE("ListKeys: keys may end in the greatest byte there is") {
  KeyTable table;
  table.Insert({"a\xff", "a\xff\xff", "a\xff\xff/", "b", "\xff", "\xff\xff"});
  CHECK(table.List("", "\xff", "", 10).prefixes == Strings{"a\xff", "\xff"});
  CHECK(table.shown == Strings{"b"});
  table.List("", "\xff", "\xff", 10);
  CHECK(table.shown.empty());
  CHECK(table.seeks.empty());
}

TEST_CASE("PlaceMarker: is read back and nothing else is") {
  CHECK(ParsePlaceMarker(PlaceMarker("null", 17)) == 17);
  for (const char* const text : {"", "null", "17", "null.", ".x", "a.-1", "a.99999999999999999999"}) {
    CAPTURE(text);
    CHECK_FALSE(ParsePlaceMarker(text));
  }
}

}  // namespace s3conn::local
