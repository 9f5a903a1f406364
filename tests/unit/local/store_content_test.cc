#include <string>
#include <vector>

#include "local/store.h"
#include "support/catch.h"
#include "unit/local/store_fixture.h"

namespace s3conn::local {

TEST_CASE_METHOD(StoreFixture, "OpenContent: any stretch of an object of several parts") {
  const std::string whole = "0123456789";
  const Answer<StoredVersion> version =
      store->PutObject("b", ObjectOfParts(*store, "k", {"012", "3", "", "456789"}));
  REQUIRE(version);
  CHECK(version->size == whole.size());
  CHECK(version->parts == 4);
  for (std::size_t offset = 0; offset <= whole.size(); ++offset) {
    for (std::size_t length = 0; offset + length <= whole.size(); ++length)
      CHECK(ReadStretch(*store, *version, offset, length) == whole.substr(offset, length));
  }
}

TEST_CASE_METHOD(StoreFixture, "OpenContent: any stretch of an object in one piece") {
  const StoredVersion version = Put(*store, "b", "k", "0123");
  CHECK(ReadStretch(*store, version, 1, 2) == "12");
  CHECK(ReadStretch(*store, version, 3, 1) == "3");
  CHECK(ReadStretch(*store, version, 4, 0).empty());
  CHECK(ReadAll(*store, Put(*store, "b", "empty", "")).empty());
}

TEST_CASE_METHOD(StoreFixture, "OpenContent: what is open stays readable when it is replaced") {
  const StoredVersion version = Put(*store, "b", "k", "old");
  const Answer<std::unique_ptr<Content>> content = store->OpenContent(version, 0, 3);
  REQUIRE(content);
  Put(*store, "b", "k", "new");
  CHECK(ReadContent(**content).value() == "old");
}

TEST_CASE_METHOD(StoreFixture, "OpenContent: a version that has gone is an internal error") {
  const StoredVersion single = Put(*store, "b", "k", "old");
  const Answer<StoredVersion> parts = store->PutObject("b", ObjectOfParts(*store, "p", {"a", "b"}));
  REQUIRE(parts);
  Put(*store, "b", "k", "new");
  REQUIRE(store->DeleteObject("b", "p", std::nullopt, {}));
  for (const StoredVersion& version : {single, *parts}) {
    const auto content = store->OpenContent(version, 0, version.size);
    REQUIRE_FALSE(content);
    CHECK(content.error().code == Code::kInternalError);
    CHECK_FALSE(content.error().cause.empty());
    CHECK_FALSE(store->DuplicateRange(version, 0, version.size));
  }
  CHECK_FALSE(store->DuplicateBlobs(single));
  CHECK(Get(*store, "b", "k") == "new");
}

TEST_CASE_METHOD(StoreFixture, "PartsOf: the parts as they were put") {
  NewVersion request = ObjectOfParts(*store, "k", {"abc", "d"});
  request.parts[1].number = 7;
  request.parts[1].modified = clock.Now() - std::chrono::hours(1);
  request.parts[1].checksum =
      Checksum{.algorithm = ChecksumAlgorithm::kCrc32c, .type = ChecksumType::kFullObject, .value = "AAAA"};
  const Answer<StoredVersion> version = store->PutObject("b", std::move(request));
  REQUIRE(version);
  const Answer<std::vector<StoredPart>> parts = store->PartsOf(*version);
  REQUIRE(parts);
  REQUIRE(parts->size() == 2);
  CHECK(parts->at(0).number == 1);
  CHECK(parts->at(0).size == 3);
  CHECK_FALSE(parts->at(0).checksum);
  CHECK(parts->at(1).number == 7);
  CHECK(parts->at(1).etag == "d");
  CHECK(parts->at(1).modified == clock.Now() - std::chrono::hours(1));
  CHECK(parts->at(1).checksum->algorithm == ChecksumAlgorithm::kCrc32c);
  CHECK(parts->at(1).checksum->value == "AAAA");
  CHECK(store->PartsOf(Put(*store, "b", "single", "x"))->empty());
}

TEST_CASE_METHOD(StoreFixture, "DuplicateBlobs: a copy outlives the object that it was made of") {
  for (const std::vector<std::string>& pieces : {std::vector<std::string>{"ab", "c"}, {}}) {
    const Answer<StoredVersion> source = pieces.empty()
                                             ? store->PutObject("b", ObjectOf(*store, "source", "abc"))
                                             : store->PutObject("b", ObjectOfParts(*store, "source", pieces));
    REQUIRE(source);
    Answer<std::vector<NewBlob>> blobs = store->DuplicateBlobs(*source);
    REQUIRE(blobs);
    NewVersion copy;
    copy.attributes.key = "copy";
    copy.blobs = std::move(*blobs);
    copy.parts = store->PartsOf(*source).value();
    REQUIRE(store->PutObject("b", std::move(copy)));
    REQUIRE(store->DeleteObject("b", "source", std::nullopt, {}));
    CHECK(Get(*store, "b", "copy") == "abc");
  }
}

TEST_CASE_METHOD(StoreFixture, "DuplicateRange: a stretch over several parts becomes one blob") {
  const Answer<StoredVersion> parts = store->PutObject("b", ObjectOfParts(*store, "p", {"012", "3", "456"}));
  REQUIRE(parts);
  const StoredVersion single = Put(*store, "b", "s", "0123456");
  for (const StoredVersion& source : {*parts, single}) {
    for (const auto& [offset, length] : {std::pair{2, 3}, {0, 7}, {6, 1}}) {
      Answer<NewBlob> blob = store->DuplicateRange(source, static_cast<std::uint64_t>(offset),
                                                   static_cast<std::uint64_t>(length));
      REQUIRE(blob);
      NewVersion copy;
      copy.attributes.key = "copy";
      copy.blobs.push_back(std::move(*blob));
      REQUIRE(store->PutObject("b", std::move(copy)));
      CHECK(Get(*store, "b", "copy") == std::string("0123456").substr(static_cast<std::size_t>(offset),
                                                                      static_cast<std::size_t>(length)));
    }
  }
}

}  // namespace s3conn::local
