#ifndef S3CONN_TESTS_FUZZ_FUZZ_STORE_H_
#define S3CONN_TESTS_FUZZ_FUZZ_STORE_H_

#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "base/hash.h"
#include "base/text.h"
#include "local/store.h"
#include "support/fake_clock.h"
#include "support/temporary_folder.h"

namespace s3conn::local {

// A store with something of each kind in it, for inputs to be carried out on: the bucket b with plain
// objects, a multipart one and an upload, the bucket v with versions and a delete marker. Aborts where it
// can't be made.
class FuzzStore {
 public:
  FuzzStore() : store_(Open()) {
    Must(store_->CreateBucket("b", "us-east-1"));
    Must(store_->CreateBucket("v", "eu-west-1"));
    Must(store_->SetVersioning("v", Versioning::kEnabled));
    for (const std::string_view key : {"k", "a/1", "a/2", "a b&<c", "\x01\xc3\xa4"}) {
      Put("b", key, "0123456789 of " + std::string(key));
    }
    version_id_ = Put("v", "k", "the first").version_id;
    Put("v", "k", "the second");
    Put("v", "gone", "was here");
    Must(store_->DeleteObject("v", "gone", std::nullopt, {}));
    FillUpload();
  }

  Store& store() { return *store_; }
  const Clock& clock() const { return clock_; }

  // Whoever makes up requests can't know the names that the store has made up: "@u" is the upload, "@v" the
  // older version, "@e" the ETag of the upload's first part.
  std::string WithNames(std::string_view text) const {
    std::string named;
    while (!text.empty()) {
      const std::string* name = text.starts_with("@u")   ? &upload_id_
                                : text.starts_with("@v") ? &version_id_
                                : text.starts_with("@e") ? &etag_
                                                         : nullptr;
      named += name != nullptr ? *name : std::string(text.substr(0, 1));
      text.remove_prefix(name != nullptr ? 2 : 1);
    }
    return named;
  }

 private:
  template <typename Value>
  static Value Must(Answer<Value> answer) {
    if (!answer) std::abort();
    if constexpr (!std::is_void_v<Value>) return std::move(*answer);
  }

  std::unique_ptr<Store> Open() {
    Result<std::unique_ptr<Store>> opened = Store::Open(folder_.Path("store"), clock_);
    if (!opened) std::abort();
    return std::move(*opened);
  }

  NewBlob BlobOf(std::string_view bytes) {
    NewBlob blob = Must(store_->CreateBlob());
    if (!blob.Write(bytes) || !blob.Finish()) std::abort();
    return blob;
  }

  StoredVersion Put(std::string_view bucket, std::string_view key, std::string_view bytes) {
    NewVersion version;
    version.attributes.key = key;
    version.attributes.tags = {{"color", "blue"}};
    version.etag = HexEncode(Md5(bytes));
    version.blobs.push_back(BlobOf(bytes));
    return Must(store_->PutObject(bucket, std::move(version)));
  }

  // An upload with two parts, of which the first is long enough not to be the last; and an object of the
  // same.
  void FillUpload() {
    StoredUpload upload;
    upload.attributes.key = "up";
    upload_id_ = Must(store_->CreateUpload("b", std::move(upload))).id;
    NewVersion object;
    object.attributes.key = "parts";
    object.etag = "0123456789abcdef0123456789abcdef-2";
    std::uint32_t number = 0;
    for (const std::string& bytes : {std::string(std::size_t{5} << 20, 'p'), std::string("the end")}) {
      StoredPart part;
      part.number = ++number;
      part.size = bytes.size();
      part.etag = HexEncode(Md5(bytes));
      part.modified = clock_.Now();
      if (number == 1) etag_ = part.etag;
      Must(store_->PutPart("b", "up", upload_id_, part, BlobOf(bytes)));
      object.blobs.push_back(BlobOf(bytes));
      object.parts.push_back(part);
    }
    Must(store_->PutObject("b", std::move(object)));
  }

  TemporaryFolder folder_;
  FakeClock clock_;
  std::unique_ptr<Store> store_;
  std::string version_id_;
  std::string upload_id_;
  std::string etag_;
};

// The store for one more input: a new one every so often, so that what inputs leave in it does not pile up.
inline FuzzStore& StoreForInput() {
  constexpr int kInputs = 1000;
  static std::unique_ptr<FuzzStore> store;
  static int used = 0;
  if (store == nullptr || ++used == kInputs) {
    store.reset();
    store = std::make_unique<FuzzStore>();
    used = 0;
  }
  return *store;
}

}  // namespace s3conn::local

#endif  // S3CONN_TESTS_FUZZ_FUZZ_STORE_H_
