#include <algorithm>
#include <random>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "local/store.h"
#include "support/catch.h"
#include "unit/local/store_fixture.h"

namespace s3conn::local {
namespace {

using Strings = std::vector<std::string>;

// What a listing shows, as the definition has it: no seeks, no pages.
struct Model {
  std::string prefix;
  std::string delimiter;

  std::string Group(const std::string& key) const {
    if (delimiter.empty()) return {};
    const std::size_t at = key.find(delimiter, prefix.size());
    return at == std::string::npos ? std::string() : key.substr(0, at + delimiter.size());
  }

  // `rows` are keys (with what tells the rows of one key apart) in order.
  Strings Show(const std::vector<std::pair<std::string, std::string>>& rows,
               const std::string& after = {}) const {
    Strings shown;
    const bool skips = !after.empty() && after.starts_with(prefix) && Group(after) == after;
    for (const auto& [key, row] : rows) {
      if (!key.starts_with(prefix) || (!after.empty() && key <= after)) continue;
      if (skips && key.starts_with(after)) continue;
      const std::string group = Group(key);
      const std::string entry = group.empty() ? key + row : "prefix " + group;
      if (shown.empty() || shown.back() != entry) shown.push_back(entry);
    }
    return shown;
  }
};

// Objects and prefixes of a page, each in order, put into one order.
template <typename Key, typename Entries>
Strings Merge(const Entries& entries, const Strings& prefixes, Key key) {
  Strings merged;
  std::size_t next = 0;
  for (const auto& entry : entries) {
    const auto& [name, shown] = key(entry);
    while (next < prefixes.size() && prefixes[next] < name) merged.push_back("prefix " + prefixes[next++]);
    merged.push_back(shown);
  }
  while (next < prefixes.size()) merged.push_back("prefix " + prefixes[next++]);
  return merged;
}

Strings EntriesOf(const ObjectPage& page) {
  return Merge(page.objects, page.prefixes, [](const StoredVersion& version) {
    return std::pair(version.attributes.key, version.attributes.key);
  });
}

Strings EntriesOf(const VersionPage& page) {
  return Merge(page.versions, page.prefixes, [](const StoredVersion& version) {
    return std::pair(version.attributes.key, version.attributes.key + "#" + std::to_string(version.id));
  });
}

Strings WalkObjects(Store& store, ObjectQuery query) {
  Strings all;
  while (true) {
    const Answer<ObjectPage> page = store.ListObjects("b", query);
    REQUIRE(page);
    const Strings entries = EntriesOf(*page);
    all.insert(all.end(), entries.begin(), entries.end());
    if (!page->truncated) return all;
    REQUIRE(entries.size() == query.limit);
    query.after = page->last;
  }
}

Strings WalkVersions(Store& store, VersionQuery query) {
  Strings all;
  while (true) {
    const Answer<VersionPage> page = store.ListVersions("b", query);
    REQUIRE(page);
    const Strings entries = EntriesOf(*page);
    all.insert(all.end(), entries.begin(), entries.end());
    if (!page->truncated) return all;
    REQUIRE(entries.size() == query.limit);
    query.key_marker = page->last_key;
    query.version_marker = page->last_version;
  }
}

const Strings& Pieces() {
  static const Strings kPieces = {"a", "b", "/", "//", "-", "\xc3\xa9", "\xf4\x8f\xbf\xbf", "\x01", " "};
  return kPieces;
}

std::string RandomKey(std::mt19937& random) {
  std::string key;
  const std::size_t length = 1 + random() % 5;
  for (std::size_t i = 0; i < length; ++i) key += Pieces()[random() % Pieces().size()];
  return key;
}

}  // namespace

TEST_CASE_METHOD(StoreFixture, "ListObjects: pages of any size make up what the definition says") {
  std::mt19937 random(20260115);
  for (int round = 0; round < 4; ++round) {
    std::set<std::string> keys;
    while (keys.size() < 30) keys.insert(RandomKey(random));
    std::vector<std::pair<std::string, std::string>> rows;
    for (const std::string& key : keys) {
      Put(*store, "b", key, "");
      rows.emplace_back(key, "");
    }
    for (const std::string prefix : {"", "a", "/", "a/", "\xc3\xa9", "none"}) {
      for (const std::string delimiter : {"", "/", "//", "a", "b/", "\xf4\x8f\xbf\xbf"}) {
        const Model model{prefix, delimiter};
        for (std::size_t limit = 1; limit <= 7; ++limit) {
          CAPTURE(prefix, delimiter, limit);
          CHECK(WalkObjects(*store, {prefix, delimiter, "", limit}) == model.Show(rows));
        }
        for (int i = 0; i < 20; ++i) {
          const std::string after = RandomKey(random);
          CAPTURE(prefix, delimiter, after);
          CHECK(WalkObjects(*store, {prefix, delimiter, after, 3}) == model.Show(rows, after));
        }
      }
    }
    for (const std::string& key : keys) REQUIRE(store->DeleteObject("b", key, std::nullopt, {}));
  }
}

TEST_CASE_METHOD(StoreFixture, "ListVersions: pages of any size make up what the definition says") {
  REQUIRE(store->SetVersioning("b", Versioning::kEnabled));
  std::mt19937 random(7);
  std::set<std::string> names;
  while (names.size() < 12) names.insert(RandomKey(random));
  const Strings keys(names.begin(), names.end());
  std::vector<StoredVersion> versions;
  for (int i = 0; i < 50; ++i) {
    const std::string& key = keys[random() % keys.size()];
    if (random() % 4 == 0) {
      REQUIRE(store->DeleteObject("b", key, std::nullopt, {}));
      const auto marker = store->ListVersions("b", {.prefix = key, .limit = 1});
      REQUIRE(marker);
      versions.push_back(marker->versions.at(0));
    } else {
      versions.push_back(Put(*store, "b", key, ""));
    }
  }
  std::sort(versions.begin(), versions.end(), [](const StoredVersion& a, const StoredVersion& b) {
    return std::pair(a.attributes.key, -a.id) < std::pair(b.attributes.key, -b.id);
  });
  std::vector<std::pair<std::string, std::string>> rows;
  for (const StoredVersion& version : versions) {
    rows.emplace_back(version.attributes.key, "#" + std::to_string(version.id));
  }
  for (const std::string prefix : {"", "a", "/", "a/"}) {
    for (const std::string delimiter : {"", "/", "//", "a"}) {
      const Model model{prefix, delimiter};
      for (std::size_t limit = 1; limit <= 7; ++limit) {
        CAPTURE(prefix, delimiter, limit);
        CHECK(WalkVersions(*store, {prefix, delimiter, "", "", limit}) == model.Show(rows));
      }
      const std::string after = RandomKey(random);
      CAPTURE(prefix, delimiter, after);
      CHECK(WalkVersions(*store, {prefix, delimiter, after, "", 3}) == model.Show(rows, after));
    }
  }
}

TEST_CASE_METHOD(StoreFixture, "ListObjects: shows current objects and no delete markers") {
  REQUIRE(store->SetVersioning("b", Versioning::kEnabled));
  Put(*store, "b", "gone", "x");
  Put(*store, "b", "kept", "old");
  const StoredVersion newest = Put(*store, "b", "kept", "new one");
  REQUIRE(store->DeleteObject("b", "gone", std::nullopt, {}));
  const auto page = store->ListObjects("b", {});
  REQUIRE(page);
  REQUIRE(page->objects.size() == 1);
  CHECK(page->objects[0].attributes.key == "kept");
  CHECK(page->objects[0].version_id == newest.version_id);
  CHECK(page->objects[0].size == 7);
  CHECK(page->objects[0].etag == "new one");
  CHECK_FALSE(page->truncated);
  CHECK(store->ListObjects("none", {}).error().code == Code::kNoSuchBucket);
}

TEST_CASE_METHOD(StoreFixture, "ListObjects: a page of nothing is not cut off") {
  Put(*store, "b", "k", "x");
  const auto page = store->ListObjects("b", {.limit = 0});
  REQUIRE(page);
  CHECK(page->objects.empty());
  CHECK_FALSE(page->truncated);
}

TEST_CASE_METHOD(StoreFixture, "ListVersions: goes on where it was when the last version is gone meanwhile") {
  REQUIRE(store->SetVersioning("b", Versioning::kEnabled));
  for (int i = 0; i < 7; ++i) Put(*store, "b", "k", std::to_string(i));
  Put(*store, "b", "l", "x");
  VersionQuery query{.limit = 2};
  Strings seen;
  while (true) {
    const auto page = store->ListVersions("b", query);
    REQUIRE(page);
    for (const StoredVersion& version : page->versions) seen.push_back(version.etag);
    if (!page->truncated) break;
    // Only the last one goes: whoever starts the key over sees the other again.
    const StoredVersion& last = page->versions.back();
    REQUIRE(store->DeleteObject("b", last.attributes.key, last.version_id, {}));
    query.key_marker = page->last_key;
    query.version_marker = page->last_version;
  }
  CHECK(seen == Strings{"6", "5", "4", "3", "2", "1", "0", "x"});
}

TEST_CASE_METHOD(StoreFixture, "ListVersions: takes a version id for a marker and refuses one that is none") {
  REQUIRE(store->SetVersioning("b", Versioning::kEnabled));
  Put(*store, "b", "k", "old");
  const StoredVersion newest = Put(*store, "b", "k", "new");
  const auto rest = store->ListVersions("b", {.key_marker = "k", .version_marker = newest.version_id});
  REQUIRE(rest);
  REQUIRE(rest->versions.size() == 1);
  CHECK(rest->versions[0].etag == "old");
  CHECK_FALSE(rest->versions[0].is_latest);
  const auto refused = store->ListVersions("b", {.key_marker = "k", .version_marker = "nonsense"});
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == Code::kInvalidArgument);
}

}  // namespace s3conn::local
