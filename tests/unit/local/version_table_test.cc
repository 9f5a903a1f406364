#include "local/version_table.h"

#include <map>
#include <string>
#include <vector>

#include "local/database.h"
#include "local/schema.h"
#include "local/store.h"
#include "support/catch.h"
#include "unit/local/store_fixture.h"

namespace s3conn::local {
namespace {

// All versions of the key "k", the newest first: their contents, "-" for a delete marker, "n" for one called
// "null", "*" for the latest.
std::string History(const TemporaryFolder& folder) {
  const auto database = Database::Open(folder.Path("index.db"), StoreSchema());
  REQUIRE(database);
  Result<ReadTransaction> transaction = (*database)->Read();
  REQUIRE(transaction);
  Statement rows = SelectVersions(transaction->connection(), "WHERE key = ? ORDER BY id DESC",
                                  {Bytes{std::string_view("k")}});
  std::string history;
  while (rows.Step().value()) {
    const StoredVersion version = ReadVersion(rows);
    if (!history.empty()) history += ' ';
    history += version.is_delete_marker ? "-" : version.etag;
    if (version.version_id == kNullVersion) history += 'n';
    if (version.is_latest) history += '*';
  }
  return history;
}

// One letter a step. E and S: enable and suspend versioning. P: put, with the number of the step for content.
// D: delete. N: delete the version "null". A digit: delete the version that the step of that number made.
void Carry(Store& store, const std::string& steps) {
  std::map<char, std::string> made;
  for (std::size_t i = 0; i < steps.size(); ++i) {
    const char number = static_cast<char>('0' + i);
    switch (steps[i]) {
      case 'E':
        REQUIRE(store.SetVersioning("b", Versioning::kEnabled));
        break;
      case 'S':
        REQUIRE(store.SetVersioning("b", Versioning::kSuspended));
        break;
      case 'P':
        made[number] = Put(store, "b", "k", std::string(1, number)).version_id;
        break;
      case 'D':
        made[number] = store.DeleteObject("b", "k", std::nullopt, {}).value().version_id;
        break;
      case 'N':
        REQUIRE(store.DeleteObject("b", "k", kNullVersion, {}));
        break;
      default:
        REQUIRE(store.DeleteObject("b", "k", made.at(steps[i]), {}).value().version_id == made.at(steps[i]));
    }
  }
}

struct HistoryCase {
  std::string steps;
  std::string history;
};

}  // namespace

TEST_CASE("Versions: follow the rules of versioning") {
  const std::vector<HistoryCase> cases = {
      {"P", "0n*"},
      {"PP", "1n*"},
      {"PD", ""},
      {"D", ""},
      {"PN", ""},
      {"EPP", "2* 1"},
      {"PEP", "2* 0n"},
      {"PEPP", "3* 2 0n"},
      {"PED", "-* 0n"},
      {"ED", "-*"},
      {"EDD", "-* -"},
      {"EPPD", "-* 2 1"},
      {"EPPDP", "4* - 2 1"},
      {"EPPD3", "2* 1"},      // without the marker the object is back
      {"EPP2", "1*"},         // the next newest becomes the latest
      {"EPP1", "2*"},         // an old one goes and nothing else changes
      {"EPP12", ""},          // all gone
      {"EPP22", "1*"},        // what is gone can be deleted again
      {"EPDP2", "3* 1"},      // an old marker
      {"EPDP3", "-* 1"},      // under the latest is a marker
      {"PEPN", "2*"},         // the one from before versioning
      {"EPSP", "3n* 1"},      // suspended: beside those with a name
      {"EPSPP", "4n* 1"},     // and in place of the one called null
      {"PESP", "3n*"},        // even if it is from before
      {"PEPSP", "4n* 2"},     // or not the newest
      {"EPSD", "-n* 1"},      // a marker called null
      {"EPSPD", "-n* 1"},     // in place of the object
      {"EPSDP", "4n* 1"},     // which an object replaces
      {"EPSDN", "1*"},        // and which can be deleted
      {"EPSPEP", "5* 3n 1"},  // enabled again: null stays
      {"EPSPEPSP", "7n* 5 1"},
      {"SD", "-n*"},
      {"SPD", "-n*"},
  };
  for (const HistoryCase& test : cases) {
    INFO(test.steps);
    const StoreFixture fixture;
    Carry(*fixture.store, test.steps);
    CHECK(History(fixture.folder) == test.history);
    const bool gone = test.history.empty() || test.history.front() == '-';
    CHECK(Get(*fixture.store, "b", "k") == (gone ? "NoSuchKey" : test.history.substr(0, 1)));
  }
}

TEST_CASE_METHOD(StoreFixture, "Versions: every one of them keeps its content") {
  REQUIRE(store->SetVersioning("b", Versioning::kEnabled));
  const StoredVersion first = Put(*store, "b", "k", "one");
  const Answer<StoredVersion> second = store->PutObject("b", ObjectOfParts(*store, "k", {"t", "wo"}));
  REQUIRE(second);
  const Answer<DeleteOutcome> marker = store->DeleteObject("b", "k", std::nullopt, {});
  REQUIRE(marker);
  CHECK(marker->is_delete_marker);
  CHECK(Get(*store, "b", "k", first.version_id) == "one");
  CHECK(Get(*store, "b", "k", second->version_id) == "two");
  CHECK(first.id < second->id);

  const Answer<StoredVersion> found = store->FindObject("b", "k", marker->version_id);
  REQUIRE(found);
  CHECK(found->is_delete_marker);
  CHECK(found->is_latest);
  CHECK_FALSE(store->FindObject("b", "k", second->version_id)->is_latest);

  const Answer<StoredVersion> current = store->FindObject("b", "k", std::nullopt);
  REQUIRE_FALSE(current);
  CHECK(current.error().code == Code::kNoSuchKey);
  CHECK(current.error().headers.Get("x-amz-delete-marker") == "true");
  CHECK(current.error().headers.Get("x-amz-version-id") == marker->version_id);

  const Answer<DeleteOutcome> gone = store->DeleteObject("b", "k", marker->version_id, {});
  REQUIRE(gone);
  CHECK(gone->is_delete_marker);
  CHECK(gone->version_id == marker->version_id);
  CHECK(Get(*store, "b", "k") == "two");
}

TEST_CASE_METHOD(StoreFixture, "DeleteObject: says what it did where there is no versioning") {
  Put(*store, "b", "k", "x");
  const Answer<DeleteOutcome> deleted = store->DeleteObject("b", "k", std::nullopt, {});
  REQUIRE(deleted);
  CHECK(deleted->version_id.empty());
  CHECK_FALSE(deleted->is_delete_marker);
  CHECK(store->DeleteObject("b", "k", std::nullopt, {}));
  CHECK(store->DeleteObject("b", "k", "unknown", {})->version_id == "unknown");
  CHECK(store->DeleteObject("none", "k", std::nullopt, {}).error().code == Code::kNoSuchBucket);
}

}  // namespace s3conn::local
