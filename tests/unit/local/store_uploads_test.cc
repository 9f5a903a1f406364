#include <filesystem>
#include <string>
#include <vector>

#include "local/random_id.h"
#include "local/schema.h"
#include "local/store.h"
#include "support/catch.h"
#include "unit/local/store_fixture.h"

namespace s3conn::local {
namespace {

using Strings = std::vector<std::string>;

struct UploadFixture : StoreFixture {
  std::string Create(std::string_view key) {
    StoredUpload upload;
    upload.attributes.key = key;
    upload.attributes.headers.Add("Content-Type", "text/plain");
    upload.attributes.tags = {{"a", "b"}};
    upload.attributes.storage_class = "GLACIER";
    upload.checksum_algorithm = ChecksumAlgorithm::kSha1;
    upload.checksum_type = ChecksumType::kComposite;
    const auto created = store->CreateUpload("b", std::move(upload));
    REQUIRE(created);
    return created->id;
  }

  // With its bytes for an ETag.
  StoredPart PutPart(std::string_view key, std::string_view id, std::uint32_t number,
                     std::string_view bytes) {
    const StoredPart part{.number = number,
                          .size = bytes.size(),
                          .etag = std::string(bytes),
                          .modified = clock.Now(),
                          .checksum = Checksum{.algorithm = ChecksumAlgorithm::kSha1, .value = "s"}};
    REQUIRE(store->PutPart("b", key, id, part, BlobOf(*store, bytes)));
    return part;
  }

  std::size_t CountFiles() const {
    std::size_t count = 0;
    for (const char* const place : {"blobs", "incoming"}) {
      for (const auto& entry : std::filesystem::recursive_directory_iterator(folder.Path(place)))
        count += entry.is_regular_file() ? 1 : 0;
    }
    return count;
  }

  std::vector<StoredPart> Parts(std::string_view key, std::string_view id) {
    const auto page = store->ListParts("b", key, id, 0, 1000);
    REQUIRE(page);
    return page->parts;
  }
};

template <typename T>
std::string CodeOf(const Answer<T>& answer) {
  return answer ? std::string() : std::string(CodeName(answer.error().code));
}

}  // namespace

TEST_CASE_METHOD(UploadFixture, "CreateUpload: everything that was said about an object comes back") {
  const std::string id = Create("k");
  CHECK(id.size() == 32);
  const auto found = store->FindUpload("b", "k", id);
  REQUIRE(found);
  CHECK(found->id == id);
  CHECK(found->attributes.key == "k");
  CHECK(found->attributes.headers.Get("Content-Type") == "text/plain");
  CHECK(found->attributes.tags == Tags{{"a", "b"}});
  CHECK(found->attributes.storage_class == "GLACIER");
  CHECK(found->initiated == clock.Now());
  CHECK(found->checksum_algorithm == ChecksumAlgorithm::kSha1);
  CHECK(found->checksum_type == ChecksumType::kComposite);

  CHECK(CodeOf(store->CreateUpload("none", {})) == "NoSuchBucket");
  StoredUpload upload;
  upload.attributes.key = std::string(1025, 'k');
  CHECK(CodeOf(store->CreateUpload("b", upload)) == "KeyTooLongError");
}

TEST_CASE_METHOD(UploadFixture, "An upload is found only in its bucket and by its key") {
  REQUIRE(store->CreateBucket("other", "r"));
  const std::string id = Create("k");
  CHECK(CodeOf(store->FindUpload("none", "k", id)) == "NoSuchBucket");
  CHECK(CodeOf(store->FindUpload("other", "k", id)) == "NoSuchUpload");
  CHECK(CodeOf(store->FindUpload("b", "l", id)) == "NoSuchUpload");
  CHECK(CodeOf(store->FindUpload("b", "k", "")) == "NoSuchUpload");
  CHECK(CodeOf(store->ListParts("b", "l", id, 0, 1)) == "NoSuchUpload");
  CHECK(CodeOf(store->PutPart("b", "l", id, {.number = 1}, BlobOf(*store, "x"))) == "NoSuchUpload");
  CHECK(CodeOf(store->AbortUpload("b", "l", id)) == "NoSuchUpload");
  CHECK(CodeOf(store->CompleteUpload("b", "l", id, {})) == "NoSuchUpload");
  CHECK(CountFiles() == 0);
}

TEST_CASE_METHOD(UploadFixture,
                 "PutPart: a second one of a number takes the place of the first and its file") {
  const std::string id = Create("k");
  PutPart("k", id, 2, "old");
  PutPart("k", id, 2, "newer");
  PutPart("k", id, 1, "first");
  const std::vector<StoredPart> parts = Parts("k", id);
  REQUIRE(parts.size() == 2);
  CHECK(parts[0].number == 1);
  CHECK(parts[1].etag == "newer");
  CHECK(parts[1].size == 5);
  CHECK(parts[1].modified == clock.Now());
  CHECK(parts[1].checksum == Checksum{.algorithm = ChecksumAlgorithm::kSha1, .value = "s"});
  CHECK(CountFiles() == 2);
}

TEST_CASE_METHOD(UploadFixture, "ListParts: goes from a number on to a limit") {
  const std::string id = Create("k");
  for (const std::uint32_t number : {1U, 2U, 5U, 10'000U}) PutPart("k", id, number, "x");
  const auto page = store->ListParts("b", "k", id, 1, 2);
  REQUIRE(page);
  REQUIRE(page->parts.size() == 2);
  CHECK(page->parts[0].number == 2);
  CHECK(page->parts[1].number == 5);
  CHECK(page->truncated);
  const auto rest = store->ListParts("b", "k", id, 5, 1);
  REQUIRE(rest);
  CHECK(rest->parts.at(0).number == 10'000);
  CHECK_FALSE(rest->truncated);
  const auto none = store->ListParts("b", "k", id, 0, 0);
  REQUIRE(none);
  CHECK(none->parts.empty());
  CHECK_FALSE(none->truncated);
}

TEST_CASE_METHOD(UploadFixture, "AbortUpload: takes the parts and their files along") {
  const std::string id = Create("k");
  PutPart("k", id, 1, "x");
  CHECK(CodeOf(store->DeleteBucket("b")) == "BucketNotEmpty");
  REQUIRE(store->AbortUpload("b", "k", id));
  CHECK(CodeOf(store->AbortUpload("b", "k", id)) == "NoSuchUpload");
  CHECK(CountFiles() == 0);
  CHECK(store->DeleteBucket("b"));
}

TEST_CASE_METHOD(UploadFixture, "CompleteUpload: the named parts become the object and the others go") {
  const std::string id = Create("k");
  const StoredPart first = PutPart("k", id, 3, "one ");
  PutPart("k", id, 4, "left out ");
  const StoredPart last = PutPart("k", id, 7, "two");
  const auto version = store->CompleteUpload(
      "b", "k", id,
      {.parts = {first, last},
       .etag = "e-2",
       .checksum = Checksum{ChecksumAlgorithm::kSha1, ChecksumType::kComposite, "c-2"}});
  REQUIRE(version);
  CHECK(version->version_id == "null");

  const auto found = store->FindObject("b", "k", std::nullopt);
  REQUIRE(found);
  CHECK(found->size == 7);
  CHECK(found->parts == 2);
  CHECK(found->etag == "e-2");
  CHECK(found->checksum == Checksum{ChecksumAlgorithm::kSha1, ChecksumType::kComposite, "c-2"});
  CHECK(found->attributes.headers.Get("Content-Type") == "text/plain");
  CHECK(found->attributes.tags == Tags{{"a", "b"}});
  CHECK(found->attributes.storage_class == "GLACIER");
  CHECK(ReadAll(*store, *found) == "one two");
  CHECK(ReadStretch(*store, *found, 3, 2) == " t");
  const auto parts = store->PartsOf(*found);
  REQUIRE(parts);
  REQUIRE(parts->size() == 2);
  CHECK((*parts)[0].number == 3);
  CHECK((*parts)[1].checksum == last.checksum);
  CHECK(CountFiles() == 2);
  CHECK(CodeOf(store->FindUpload("b", "k", id)) == "NoSuchUpload");

  REQUIRE(store->DeleteObject("b", "k", std::nullopt, {}));
  CHECK(CountFiles() == 0);
}

TEST_CASE_METHOD(UploadFixture, "CompleteUpload: what was replaced since it was looked at is refused") {
  const std::string id = Create("k");
  const StoredPart seen = PutPart("k", id, 1, "seen");
  PutPart("k", id, 1, "other");
  CHECK(CodeOf(store->CompleteUpload("b", "k", id, {.parts = {seen}})) == "InvalidPart");
  CHECK(CodeOf(store->CompleteUpload("b", "k", id, {.parts = {{.number = 2}}})) == "InvalidPart");
  CHECK(Parts("k", id).size() == 1);
  CHECK(CodeOf(store->FindObject("b", "k", std::nullopt)) == "NoSuchKey");
}

TEST_CASE_METHOD(UploadFixture,
                 "CompleteUpload: a condition that does not hold leaves the upload as it was") {
  Put(*store, "b", "k", "there");
  const std::string id = Create("k");
  const StoredPart part = PutPart("k", id, 1, "x");
  Store::Completion completion{.parts = {part}, .etag = "e"};
  completion.condition.if_none_match = true;
  CHECK(CodeOf(store->CompleteUpload("b", "k", id, completion)) == "PreconditionFailed");
  CHECK(Get(*store, "b", "k") == "there");
  completion.condition = {.if_match = "there"};
  CHECK(CodeOf(store->CompleteUpload("b", "k", id, completion)).empty());
  CHECK(Get(*store, "b", "k") == "x");
  CHECK(CountFiles() == 1);
}

TEST_CASE_METHOD(UploadFixture, "CompleteUpload: is a version beside the others where the bucket has them") {
  REQUIRE(store->SetVersioning("b", Versioning::kEnabled));
  const StoredVersion old = Put(*store, "b", "k", "old");
  const std::string id = Create("k");
  const StoredPart part = PutPart("k", id, 1, "new");
  const auto version = store->CompleteUpload("b", "k", id, {.parts = {part}, .etag = "e"});
  REQUIRE(version);
  CHECK(version->version_id.size() == 32);
  CHECK(Get(*store, "b", "k") == "new");
  CHECK(Get(*store, "b", "k", old.version_id) == "old");
}

TEST_CASE_METHOD(UploadFixture, "ListUploads: by key and then by age in pages of any size") {
  Strings all;
  for (const char* const key : {"a", "a", "b/1", "b/2", "c", "c", "c"}) {
    all.push_back(std::string(key) + " " + Create(key));
  }
  for (std::size_t limit = 1; limit <= 7; ++limit) {
    for (const std::string delimiter : {"", "/"}) {
      CAPTURE(limit, delimiter);
      Strings seen;
      Strings prefixes;
      UploadQuery query{.delimiter = delimiter, .limit = limit};
      while (true) {
        const auto page = store->ListUploads("b", query);
        REQUIRE(page);
        for (const StoredUpload& upload : page->uploads)
          seen.push_back(upload.attributes.key + " " + upload.id);
        prefixes.insert(prefixes.end(), page->prefixes.begin(), page->prefixes.end());
        if (!page->truncated) break;
        REQUIRE(page->uploads.size() + page->prefixes.size() == limit);
        query.key_marker = page->last_key;
        query.upload_marker = page->last_upload;
      }
      Strings expected = all;
      if (!delimiter.empty()) expected.erase(expected.begin() + 2, expected.begin() + 4);
      CHECK(seen == expected);
      CHECK(prefixes == (delimiter.empty() ? Strings{} : Strings{"b/"}));
    }
  }
}

TEST_CASE_METHOD(UploadFixture, "ListUploads: goes on where it was when the last upload is gone meanwhile") {
  Strings all;
  for (int i = 0; i < 5; ++i) all.push_back(Create("k"));
  Strings seen;
  UploadQuery query{.limit = 2};
  while (true) {
    const auto page = store->ListUploads("b", query);
    REQUIRE(page);
    for (const StoredUpload& upload : page->uploads) seen.push_back(upload.id);
    if (!page->truncated) break;
    REQUIRE(store->AbortUpload("b", "k", seen.back()));
    query.key_marker = page->last_key;
    query.upload_marker = page->last_upload;
  }
  CHECK(seen == all);

  const auto after = store->ListUploads("b", {.key_marker = "k", .upload_marker = all[0]});
  REQUIRE(after);
  CHECK(after->uploads.size() == 2);
  CHECK(CodeOf(store->ListUploads("b", {.key_marker = "k", .upload_marker = "nonsense"})) ==
        "InvalidArgument");
}

TEST_CASE_METHOD(UploadFixture, "CompleteUpload: ten thousand parts are one object without a byte copied") {
  const std::string id = Create("k");
  Store::Completion completion{.etag = "e"};
  {
    // Their rows, without their files: to write those is not what is tested.
    auto database = Database::Open(folder.Path("index.db"), StoreSchema());
    REQUIRE(database);
    auto change = (*database)->Write(Durability::kRelaxed);
    REQUIRE(change);
    for (std::uint32_t number = 1; number <= 10'000; ++number) {
      const std::string blob = RandomId();
      REQUIRE(change->connection().Run(
          "INSERT INTO part (upload, number, blob, size, etag, modified) VALUES (1, ?, ?, 5, 'p', 0)",
          {std::int64_t{number}, std::string_view(blob)}));
      completion.parts.push_back({.number = number, .size = 5, .etag = "p"});
    }
    REQUIRE(change->Commit());
  }
  const auto version = store->CompleteUpload("b", "k", id, completion);
  REQUIRE(version);
  CHECK(version->parts == 10'000);
  CHECK(version->size == 50'000);
  CHECK(CountFiles() == 0);
}

}  // namespace s3conn::local
