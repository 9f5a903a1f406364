#include <algorithm>
#include <string>
#include <vector>

#include "local/store.h"
#include "support/catch.h"
#include "unit/local/store_fixture.h"

namespace s3conn::local {

TEST_CASE_METHOD(StoreFixture, "PutObject: everything that was said about an object comes back") {
  NewVersion request = ObjectOf(*store, "k\xc3\xa9y", "bytes");
  request.attributes.headers.Add("Content-Type", "text/plain");
  request.attributes.headers.Add("x-amz-meta-colour", "red: dark");
  request.attributes.tags = {{"a b", "c&d"}};
  request.attributes.storage_class = "GLACIER";
  request.checksum = Checksum{.algorithm = ChecksumAlgorithm::kSha256, .value = "c2hh"};
  const Answer<StoredVersion> put = store->PutObject("b", std::move(request));
  REQUIRE(put);
  CHECK(put->version_id == "null");
  CHECK(put->is_latest);

  const Answer<StoredVersion> found = store->FindObject("b", "k\xc3\xa9y", std::nullopt);
  REQUIRE(found);
  CHECK(found->id == put->id);
  CHECK(found->attributes.key == "k\xc3\xa9y");
  CHECK(found->attributes.headers.Get("content-type") == "text/plain");
  CHECK(found->attributes.headers.Get("x-amz-meta-colour") == "red: dark");
  CHECK(found->attributes.tags == Tags{{"a b", "c&d"}});
  CHECK(found->attributes.storage_class == "GLACIER");
  CHECK(found->version_id == "null");
  CHECK(found->is_latest);
  CHECK_FALSE(found->is_delete_marker);
  CHECK(found->size == 5);
  CHECK(found->etag == "bytes");
  CHECK(found->modified == clock.Now());
  CHECK(found->checksum == Checksum{.algorithm = ChecksumAlgorithm::kSha256, .value = "c2hh"});
  CHECK(found->parts == 0);
  CHECK_FALSE(found->restored_until);
  CHECK(ReadAll(*store, *found) == "bytes");
}

TEST_CASE_METHOD(StoreFixture, "PutObject: keys are bytes and differ by every one of them") {
  const std::vector<std::string> keys = {"a", "A", std::string("a\0b", 3), "a/", "\xff\xfe", "../x", " "};
  for (const std::string& key : keys) Put(*store, "b", key, "content of " + key);
  for (const std::string& key : keys) CHECK(Get(*store, "b", key) == "content of " + key);
  CHECK(store->PutObject("b", ObjectOf(*store, std::string(1024, 'k'), "")));
  const auto too_long = store->PutObject("b", ObjectOf(*store, std::string(1025, 'k'), ""));
  REQUIRE_FALSE(too_long);
  CHECK(too_long.error().code == Code::kKeyTooLong);
}

TEST_CASE_METHOD(StoreFixture, "PutObject: a refused one leaves no file behind") {
  CHECK(store->PutObject("none", ObjectOf(*store, "k", "x")).error().code == Code::kNoSuchBucket);
  NewVersion request = ObjectOf(*store, "k", "x");
  request.condition.if_match = "*";
  CHECK(store->PutObject("b", std::move(request)).error().code == Code::kNoSuchKey);
  CHECK(std::filesystem::is_empty(folder.Path("incoming")));
}

TEST_CASE_METHOD(StoreFixture, "FindObject: what is missing is named") {
  Put(*store, "b", "k", "x");
  const auto bucket = store->FindObject("none", "k", std::nullopt);
  REQUIRE_FALSE(bucket);
  CHECK(bucket.error().code == Code::kNoSuchBucket);
  CHECK(bucket.error().details.at(0).second == "none");
  const auto key = store->FindObject("b", "other", std::nullopt);
  REQUIRE_FALSE(key);
  CHECK(key.error().code == Code::kNoSuchKey);
  CHECK(key.error().details.at(0).second == "other");
  CHECK(key.error().headers.size() == 0);
  for (const char* const id : {"", "?", "0123456789abcdef0123456789abcdef", "NULL"}) {
    const auto version = store->FindObject("b", "k", id);
    REQUIRE_FALSE(version);
    CHECK(version.error().code == Code::kNoSuchVersion);
  }
}

TEST_CASE_METHOD(StoreFixture,
                 "FindObject: a version id finds nothing under another key or in another bucket") {
  REQUIRE(store->CreateBucket("other", "r"));
  REQUIRE(store->SetVersioning("b", Versioning::kEnabled));
  const StoredVersion version = Put(*store, "b", "k", "x");
  CHECK(version.version_id.size() == 32);
  CHECK(Get(*store, "b", "k", version.version_id) == "x");
  CHECK(Get(*store, "b", "l", version.version_id) == "NoSuchVersion");
  CHECK(Get(*store, "other", "k", version.version_id) == "NoSuchVersion");
}

namespace {

struct ConditionCase {
  const char* what;
  WriteCondition condition;
  const char* current;  // its ETag; null: no object; "marker": a delete marker over one
  const char* outcome;  // a code, or "" for success
};

const std::vector<ConditionCase>& ConditionCases() {
  static const std::vector<ConditionCase> cases = {
      {"none", {}, nullptr, ""},
      {"none over one", {}, "e1", ""},
      {"that ETag", {.if_match = "e1"}, "e1", ""},
      {"another ETag", {.if_match = "e2"}, "e1", "PreconditionFailed"},
      {"an ETag of nothing", {.if_match = "e1"}, nullptr, "NoSuchKey"},
      {"an ETag of a marker", {.if_match = "e1"}, "marker", "NoSuchKey"},
      {"anything", {.if_match = "*"}, "e1", ""},
      {"anything of nothing", {.if_match = "*"}, nullptr, "NoSuchKey"},
      {"anything of a marker", {.if_match = "*"}, "marker", "NoSuchKey"},
      {"nothing", {.if_none_match = true}, nullptr, ""},
      {"nothing over a marker", {.if_none_match = true}, "marker", ""},
      {"nothing over one", {.if_none_match = true}, "e1", "PreconditionFailed"},
  };
  return cases;
}

void Prepare(Store& store, const char* current) {
  REQUIRE(store.SetVersioning("b", Versioning::kEnabled));
  if (current == nullptr) return;
  const bool marker = std::string_view(current) == "marker";
  Put(store, "b", "k", marker ? "e1" : current);
  if (marker) REQUIRE(store.DeleteObject("b", "k", std::nullopt, {}));
}

template <typename T>
std::string Outcome(const Answer<T>& answer) {
  return answer ? std::string() : std::string(CodeName(answer.error().code));
}

}  // namespace

TEST_CASE("PutObject: conditions are judged by the current version") {
  for (const ConditionCase& test : ConditionCases()) {
    INFO(test.what);
    const StoreFixture fixture;
    Prepare(*fixture.store, test.current);
    NewVersion request = ObjectOf(*fixture.store, "k", "new");
    request.condition = test.condition;
    CHECK(Outcome(fixture.store->PutObject("b", std::move(request))) == test.outcome);
    CHECK((Get(*fixture.store, "b", "k") == "new") == (*test.outcome == '\0'));
  }
}

TEST_CASE("DeleteObject: conditions are judged by the current version") {
  for (const ConditionCase& test : ConditionCases()) {
    INFO(test.what);
    const StoreFixture fixture;
    Prepare(*fixture.store, test.current);
    const std::string before = Get(*fixture.store, "b", "k");
    CHECK(Outcome(fixture.store->DeleteObject("b", "k", std::nullopt, test.condition)) == test.outcome);
    CHECK(Get(*fixture.store, "b", "k") == (*test.outcome == '\0' ? "NoSuchKey" : before));
  }
}

TEST_CASE_METHOD(StoreFixture, "SetTags: changes the tags of one version and nothing else") {
  REQUIRE(store->SetVersioning("b", Versioning::kEnabled));
  const StoredVersion first = Put(*store, "b", "k", "1");
  Put(*store, "b", "k", "2");
  REQUIRE(store->SetTags("b", "k", first.version_id, {{"old", "1"}}));
  const Answer<StoredVersion> tagged = store->SetTags("b", "k", std::nullopt, {{"new", "2"}});
  REQUIRE(tagged);
  CHECK(tagged->attributes.tags == Tags{{"new", "2"}});
  CHECK(store->FindObject("b", "k", first.version_id)->attributes.tags == Tags{{"old", "1"}});
  CHECK(store->FindObject("b", "k", std::nullopt)->attributes.tags == Tags{{"new", "2"}});
  REQUIRE(store->SetTags("b", "k", std::nullopt, {}));
  CHECK(store->FindObject("b", "k", std::nullopt)->attributes.tags.empty());
  CHECK(store->FindObject("b", "k", std::nullopt)->modified == first.modified);
}

TEST_CASE_METHOD(StoreFixture, "SetTags: what is no object has no tags") {
  REQUIRE(store->SetVersioning("b", Versioning::kEnabled));
  CHECK(Outcome(store->SetTags("none", "k", std::nullopt, {})) == "NoSuchBucket");
  CHECK(Outcome(store->SetTags("b", "k", std::nullopt, {})) == "NoSuchKey");
  const Answer<DeleteOutcome> marker = store->DeleteObject("b", "k", std::nullopt, {});
  REQUIRE(marker);
  CHECK(Outcome(store->SetTags("b", "k", std::nullopt, {})) == "NoSuchKey");
  CHECK(Outcome(store->SetTags("b", "k", marker->version_id, {})) == "MethodNotAllowed");
  CHECK(Outcome(store->SetTags("b", "k", "x", {})) == "NoSuchVersion");
}

TEST_CASE_METHOD(StoreFixture, "SetRestored: the time is there for the next who looks") {
  const StoredVersion version = Put(*store, "b", "k", "1");
  const Timestamp until = clock.Now() + std::chrono::hours(24);
  REQUIRE(store->SetRestored(version, until));
  CHECK(store->FindObject("b", "k", std::nullopt)->restored_until == until);
}

}  // namespace s3conn::local
