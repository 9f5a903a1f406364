#include <string>
#include <vector>

#include "local/store.h"
#include "support/catch.h"
#include "unit/local/store_fixture.h"

namespace s3conn::local {
namespace {

std::vector<std::string> Names(Store& store, std::string_view prefix, std::string_view after,
                               std::size_t limit) {
  const Answer<std::vector<StoredBucket>> buckets = store.ListBuckets(prefix, after, limit);
  REQUIRE(buckets);
  std::vector<std::string> names;
  for (const StoredBucket& bucket : *buckets) names.push_back(bucket.name);
  return names;
}

}  // namespace

TEST_CASE_METHOD(StoreFixture, "CreateBucket: a bucket is what was said about it") {
  const Answer<StoredBucket> bucket = store->FindBucket("b");
  REQUIRE(bucket);
  CHECK(bucket->name == "b");
  CHECK(bucket->region == "eu-west-1");
  CHECK(bucket->created == clock.Now());
  CHECK(bucket->versioning == Versioning::kNever);
  CHECK(store->CreateBucket("b", "us-east-1").error().code == Code::kBucketAlreadyOwnedByYou);
  CHECK(store->FindBucket("b")->region == "eu-west-1");
  CHECK(store->FindBucket("B").error().code == Code::kNoSuchBucket);
}

TEST_CASE_METHOD(StoreFixture, "ListBuckets: names in order from a place on and with a prefix") {
  for (const char* const name : {"c-2", "a", "c-10", "c", "d"}) REQUIRE(store->CreateBucket(name, "r"));
  using List = std::vector<std::string>;
  CHECK(Names(*store, "", "", 100) == List{"a", "b", "c", "c-10", "c-2", "d"});
  CHECK(Names(*store, "", "b", 2) == List{"c", "c-10"});
  CHECK(Names(*store, "c-", "", 100) == List{"c-10", "c-2"});
  CHECK(Names(*store, "c", "c-10", 100) == List{"c-2"});
  CHECK(Names(*store, "e", "", 100).empty());
  CHECK(Names(*store, "", "", 0).empty());
}

TEST_CASE_METHOD(StoreFixture, "DeleteBucket: takes an empty bucket only") {
  CHECK(store->DeleteBucket("none").error().code == Code::kNoSuchBucket);
  Put(*store, "b", "k", "x");
  CHECK(store->DeleteBucket("b").error().code == Code::kBucketNotEmpty);
  REQUIRE(store->DeleteObject("b", "k", std::nullopt, {}));
  REQUIRE(store->DeleteBucket("b"));
  CHECK(store->FindBucket("b").error().code == Code::kNoSuchBucket);
  CHECK(store->PutObject("b", ObjectOf(*store, "k", "x")).error().code == Code::kNoSuchBucket);
  CHECK(store->CreateBucket("b", "r"));
}

TEST_CASE_METHOD(StoreFixture, "DeleteBucket: a bucket with delete markers alone is not empty") {
  REQUIRE(store->SetVersioning("b", Versioning::kEnabled));
  const Answer<DeleteOutcome> marker = store->DeleteObject("b", "k", std::nullopt, {});
  REQUIRE(marker);
  CHECK(store->DeleteBucket("b").error().code == Code::kBucketNotEmpty);
  REQUIRE(store->DeleteObject("b", "k", marker->version_id, {}));
  CHECK(store->DeleteBucket("b"));
}

TEST_CASE_METHOD(StoreFixture, "SetVersioning: stays as it was set") {
  for (const Versioning versioning : {Versioning::kEnabled, Versioning::kSuspended}) {
    REQUIRE(store->SetVersioning("b", versioning));
    CHECK(store->FindBucket("b")->versioning == versioning);
  }
  CHECK(store->SetVersioning("none", Versioning::kEnabled).error().code == Code::kNoSuchBucket);
}

}  // namespace s3conn::local
