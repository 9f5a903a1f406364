#ifndef S3CONN_TESTS_UNIT_TRANSFER_COPY_FIXTURE_H_
#define S3CONN_TESTS_UNIT_TRANSFER_COPY_FIXTURE_H_

#include <string_view>
#include <utility>

#include "support/catch.h"
#include "transfer/copy.h"
#include "unit/transfer/fake_store.h"

namespace s3conn {

inline constexpr std::string_view kCopiedBytes = "0123456789";

// "bucket/from" becomes "bucket/to".
struct CopyFixture {
  explicit CopyFixture(ClientOptions options = CustomStore()) : store(std::move(options)) {
    order.source = {"bucket", "from"};
    order.destination = {"bucket", "to"};
    store.Put("bucket/from", kCopiedBytes);
  }

  Result<CopyResult> Run() {
    const Result<ObjectProperties> source = LookAtSource(store.fixture.client, order, store.context());
    if (!source) return Failure(source.error());
    return Copy(store.fixture.client, order, *source, store.context());
  }
  // The one that copied; the last where there were several.
  const SentRequest& sent() const {
    const SentRequest* copy = nullptr;
    for (const SentRequest& sent : store.fixture.http.requests()) {
      if (!sent.Header("x-amz-copy-source").empty()) copy = &sent;
    }
    REQUIRE(copy != nullptr);
    return *copy;
  }

  FakeStore store;
  CopyOrder order;
};

}  // namespace s3conn

#endif  // S3CONN_TESTS_UNIT_TRANSFER_COPY_FIXTURE_H_
