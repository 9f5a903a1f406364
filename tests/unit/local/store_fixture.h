#ifndef S3CONN_TESTS_UNIT_LOCAL_STORE_FIXTURE_H_
#define S3CONN_TESTS_UNIT_LOCAL_STORE_FIXTURE_H_

#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "local/store.h"
#include "support/catch.h"
#include "support/fake_clock.h"
#include "support/temporary_folder.h"

namespace s3conn::local {

inline std::unique_ptr<Store> OpenStore(const std::string& folder, const Clock& clock) {
  Result<std::unique_ptr<Store>> store = Store::Open(folder, clock);
  INFO((store ? std::string() : store.error().message));
  REQUIRE(store);
  return std::move(*store);
}

inline NewBlob BlobOf(Store& store, std::string_view bytes) {
  Answer<NewBlob> blob = store.CreateBlob();
  REQUIRE(blob);
  REQUIRE(blob->Write(bytes));
  REQUIRE(blob->Finish());
  return std::move(*blob);
}

// An object in one piece, with its content for an ETag.
inline NewVersion ObjectOf(Store& store, std::string_view key, std::string_view bytes) {
  NewVersion version;
  version.attributes.key = key;
  version.etag = bytes;
  version.blobs.push_back(BlobOf(store, bytes));
  return version;
}

// An object of a part for each of `pieces`.
inline NewVersion ObjectOfParts(Store& store, std::string_view key, const std::vector<std::string>& pieces) {
  NewVersion version;
  version.attributes.key = key;
  version.etag = "parts";
  for (const std::string& piece : pieces) {
    version.blobs.push_back(BlobOf(store, piece));
    StoredPart& part = version.parts.emplace_back();
    part.number = static_cast<std::uint32_t>(version.parts.size());
    part.size = piece.size();
    part.etag = piece;
  }
  return version;
}

inline StoredVersion Put(Store& store, std::string_view bucket, std::string_view key,
                         std::string_view bytes) {
  Answer<StoredVersion> version = store.PutObject(bucket, ObjectOf(store, key, bytes));
  REQUIRE(version);
  return std::move(*version);
}

// Stretch by stretch.
inline Result<std::string> ReadContent(Content& content) {
  std::string bytes;
  while (true) {
    const Result<std::optional<Stretch>> stretch = content.Next();
    if (!stretch) return Failure(stretch.error());
    if (!*stretch) return bytes;
    std::string block((*stretch)->length, '\0');
    const ssize_t count =
        pread((*stretch)->fd, block.data(), block.size(), static_cast<off_t>((*stretch)->offset));
    block.resize(static_cast<std::size_t>(std::max<ssize_t>(count, 0)));
    bytes += block;
  }
}

inline std::string ReadStretch(Store& store, const StoredVersion& version, std::uint64_t offset,
                               std::uint64_t length) {
  const Answer<std::unique_ptr<Content>> content = store.OpenContent(version, offset, length);
  REQUIRE(content);
  CHECK((*content)->size() == length);
  return ReadContent(**content).value();
}

inline std::string ReadAll(Store& store, const StoredVersion& version) {
  return ReadStretch(store, version, 0, version.size);
}

// The content of the current version, or the name of the error code.
inline std::string Get(Store& store, std::string_view bucket, std::string_view key,
                       std::optional<std::string_view> version_id = std::nullopt) {
  const Answer<StoredVersion> version = store.FindObject(bucket, key, version_id);
  if (!version) return std::string(CodeName(version.error().code));
  return ReadAll(store, *version);
}

struct StoreFixture {
  StoreFixture() { REQUIRE(store->CreateBucket("b", "eu-west-1")); }

  TemporaryFolder folder{};
  FakeClock clock{};
  std::unique_ptr<Store> store = OpenStore(folder.path(), clock);
};

}  // namespace s3conn::local

#endif  // S3CONN_TESTS_UNIT_LOCAL_STORE_FIXTURE_H_
