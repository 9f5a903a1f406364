#include "transfer/copy.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "support/catch.h"
#include "unit/transfer/copy_fixture.h"

namespace s3conn {
namespace {

using Lines = std::vector<std::string>;

constexpr std::string_view kPartsETag = "\"0123456789abcdef0123456789abcdef-2\"";

// What a source has besides its bytes, all of it.
Headers Described() {
  return {{"Content-Type", "text/csv"},          {"Content-Encoding", "gzip"},
          {"Content-Disposition", "attachment"}, {"Content-Language", "de"},
          {"Cache-Control", "no-cache"},         {"Expires", "Thu, 01 Jan 2030 00:00:00 GMT"},
          {"x-amz-meta-origin", "camera"},       {"x-amz-storage-class", "STANDARD_IA"}};
}

TEST_CASE("a copy is made of what was looked at and keeps what the source has") {
  CopyFixture copy;
  copy.store.objects["bucket/from"].more = Described();
  const Result<CopyResult> copied = copy.Run();
  REQUIRE(copied);
  CHECK(copy.store.Sent() == Lines{"HEAD bucket/from", "PUT bucket/to"});
  CHECK(copy.sent().Header("x-amz-copy-source") == "/bucket/from");
  CHECK(copy.sent().Header("x-amz-copy-source-if-match") == ETagOf(kCopiedBytes));
  CHECK(copy.sent().Header("x-amz-storage-class") == "STANDARD_IA");
  for (const char* const header : {"x-amz-metadata-directive", "x-amz-tagging-directive", "Content-Type",
                                   "x-amz-meta-origin", "x-amz-acl", "x-amz-server-side-encryption"}) {
    CAPTURE(header);
    CHECK(copy.sent().Header(header).empty());
  }
  CHECK(copied->storage_class == "STANDARD_IA");
  CHECK(copied->source.size == 10_B);
  CHECK(copied->object.last_modified == ParseRfc3339("2026-07-01T10:20:30Z"));
}

TEST_CASE("one change to the description sends all of the rest along") {
  CopyFixture copy;
  copy.store.objects["bucket/from"].more = Described();
  copy.order.changes.content_type = "text/html";
  REQUIRE(copy.Run());
  CHECK(copy.sent().Header("x-amz-metadata-directive") == "REPLACE");
  CHECK(copy.sent().Header("Content-Type") == "text/html");
  for (const Header& kept : Described()) {
    CAPTURE(kept.name);
    if (kept.name != "Content-Type") CHECK(copy.sent().Header(kept.name) == kept.value);
  }
  CHECK(copy.sent().Header("x-amz-tagging-directive").empty());
}

TEST_CASE("each part of the description can be changed or left out") {
  using Change = std::optional<std::string> CopyChanges::*;
  for (const auto& [header, change] :
       std::vector<std::pair<std::string, Change>>{{"Content-Type", &CopyChanges::content_type},
                                                   {"Content-Encoding", &CopyChanges::content_encoding},
                                                   {"Content-Disposition", &CopyChanges::content_disposition},
                                                   {"Content-Language", &CopyChanges::content_language},
                                                   {"Cache-Control", &CopyChanges::cache_control}}) {
    for (const char* const value : {"new", ""}) {
      CAPTURE(header, value);
      CopyFixture copy;
      copy.store.objects["bucket/from"].more = Described();
      copy.order.changes.*change = value;
      REQUIRE(copy.Run());
      CHECK(copy.sent().Header("x-amz-metadata-directive") == "REPLACE");
      CHECK(copy.sent().Header(header) == value);
      CHECK(copy.sent().Header("x-amz-meta-origin") == "camera");
    }
  }
}

TEST_CASE("metadata and tags take the place of all of the source's") {
  CopyFixture copy;
  copy.store.objects["bucket/from"].more = Described();
  copy.order.changes.metadata = NamedValues{{"by", "me"}};
  copy.order.changes.tags = NamedValues{{"project", "a&b"}, {"x", ""}};
  REQUIRE(copy.Run());
  CHECK(copy.sent().Header("x-amz-meta-by") == "me");
  CHECK(copy.sent().Header("x-amz-meta-origin").empty());
  CHECK(copy.sent().Header("Content-Type") == "text/csv");
  CHECK(copy.sent().Header("x-amz-tagging-directive") == "REPLACE");
  CHECK(copy.sent().Header("x-amz-tagging") == "project=a%26b&x=");
}

TEST_CASE("storage class and ACL and encryption are those that were named") {
  CopyFixture copy;
  copy.store.objects["bucket/from"].more = Described();
  copy.order.changes.storage_class = "GLACIER";
  copy.order.changes.acl = "public-read";
  copy.order.changes.encryption.algorithm = "aws:kms";
  copy.order.changes.encryption.kms_key_id = "key-1";
  copy.store.told_of_writes = {{"x-amz-server-side-encryption", "aws:kms"}};
  const Result<CopyResult> copied = copy.Run();
  REQUIRE(copied);
  CHECK(copy.sent().Header("x-amz-storage-class") == "GLACIER");
  CHECK(copy.sent().Header("x-amz-acl") == "public-read");
  CHECK(copy.sent().Header("x-amz-server-side-encryption") == "aws:kms");
  CHECK(copy.sent().Header("x-amz-server-side-encryption-aws-kms-key-id") == "key-1");
  CHECK(copy.sent().Header("x-amz-metadata-directive").empty());
  CHECK(copied->storage_class == "GLACIER");
  CHECK(copied->object.server_side_encryption == "aws:kms");
}

TEST_CASE("a copy onto itself that changes no description says the same again") {
  CopyFixture copy;
  copy.store.objects["bucket/from"].more = Described();
  copy.order.destination = copy.order.source;
  copy.order.changes.tags = NamedValues{{"project", "apollo"}};
  REQUIRE(copy.Run());
  CHECK(copy.sent().Header("x-amz-metadata-directive") == "REPLACE");
  for (const Header& kept : Described()) CHECK(copy.sent().Header(kept.name) == kept.value);
}

TEST_CASE("a copy onto itself is refused unless something changes or a version comes back") {
  CopyOrder order;
  order.source = {"b", "k"};
  order.destination = {"b", "k"};
  const Status refused = CheckCopy(order);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().kind == ErrorKind::kUsage);
  CHECK(refused.error().message == "s3://b/k would be copied onto itself, with nothing changed");

  const auto allowed = [&order](auto change) {
    CopyOrder changed = order;
    change(changed);
    return CheckCopy(changed).has_value();
  };
  CHECK(allowed([](CopyOrder& changed) { changed.source_options.version_id = "v"; }));
  CHECK(allowed([](CopyOrder& changed) { changed.changes.storage_class = "GLACIER"; }));
  CHECK(allowed([](CopyOrder& changed) { changed.changes.content_type = ""; }));
  CHECK(allowed([](CopyOrder& changed) { changed.changes.metadata = NamedValues{}; }));
  CHECK(allowed([](CopyOrder& changed) { changed.changes.tags = NamedValues{}; }));
  CHECK(allowed([](CopyOrder& changed) { changed.changes.acl = "private"; }));
  CHECK(allowed([](CopyOrder& changed) { changed.changes.encryption.algorithm = "AES256"; }));
  CHECK(allowed([](CopyOrder& changed) { changed.destination.key = "l"; }));
  CHECK(allowed([](CopyOrder& changed) { changed.destination.bucket = "c"; }));
  CHECK_FALSE(allowed([](CopyOrder& changed) { changed.destination.key = "\xff"; }));
}

TEST_CASE("more than 5 GiB are refused before anything is written") {
  CopyFixture copy;
  copy.store.objects["bucket/from"].more = {{"Content-Length", "5368709121"}};
  const Result<CopyResult> copied = copy.Run();
  REQUIRE_FALSE(copied);
  CHECK(copied.error().kind == ErrorKind::kUsage);
  CHECK(copy.store.Sent() == Lines{"HEAD bucket/from"});
  copy.store.objects["bucket/from"].more = {{"Content-Length", "5368709120"}};
  CHECK(copy.Run());
}

TEST_CASE("a source that changes between the look and the copy is not copied") {
  CopyFixture copy;
  copy.store.interfere = [&copy](const SentRequest& sent) -> std::optional<Answer> {
    if (sent.request.method == "PUT") copy.store.Put("bucket/from", "newer");
    return std::nullopt;
  };
  CHECK(copy.Run().error().kind == ErrorKind::kPrecondition);
  CHECK_FALSE(copy.store.Has("bucket/to"));
}

TEST_CASE("conditions on the source are sent with the look") {
  CopyFixture copy;
  copy.order.source_options.if_match = "other";
  CHECK(copy.Run().error().kind == ErrorKind::kPrecondition);
  CHECK(copy.store.Sent() == Lines{"HEAD bucket/from"});
  CHECK(copy.store.sent(0).Header("If-Match") == "\"other\"");
}

// A store that compares the guard with an ETag of its own of objects that came in parts.
void Misjudge(CopyFixture& copy) {
  copy.store.objects["bucket/from"].etag = kPartsETag;
  copy.store.interfere = [](const SentRequest& sent) {
    const bool guarded = !sent.Header("x-amz-copy-source-if-match").empty();
    return guarded ? std::optional(WasReplaced()) : std::nullopt;
  };
}

TEST_CASE("an ETag of parts that a store does not recognise is left out and the copy called unguarded") {
  CopyFixture copy;
  Misjudge(copy);
  const Result<CopyResult> copied = copy.Run();
  REQUIRE(copied);
  CHECK_FALSE(copied->guarded);
  CHECK(copied->verified == "etag");
  CHECK(copy.store.Count("PUT") == 2);
}

TEST_CASE("an ETag of parts is left out under a condition on the destination too and that is kept") {
  CopyFixture copy;
  Misjudge(copy);
  copy.order.conditions.if_none_match = true;
  REQUIRE(copy.Run());
  CHECK(copy.sent().Header("If-None-Match") == "*");
  CHECK(copy.sent().Header("x-amz-copy-source-if-match").empty());
}

TEST_CASE("the guard is never left out on AWS or for an ETag of one piece") {
  CopyFixture aws(Aws());
  Misjudge(aws);
  CHECK_FALSE(aws.Run());
  CHECK(aws.store.Count("PUT") == 1);
  CopyFixture whole;
  Misjudge(whole);
  whole.store.objects["bucket/from"].etag = ETagOf(kCopiedBytes);
  CHECK_FALSE(whole.Run());
  CHECK(whole.store.Count("PUT") == 1);
}

TEST_CASE("what shows that the copy has the same bytes is named") {
  struct Case {
    std::string etag_of_copies;
    Headers source;
    std::string checksum_of_copies;
    std::string verified;
  };
  const Headers crc = {{"x-amz-checksum-crc64nvme", "rosUhgp5mIg="}};
  const Headers crc_of_parts = {{"x-amz-checksum-crc32c", "4waSgw==-2"}};
  for (const Case& one : {
           Case{"", {}, "", "md5"},
           Case{"\"opaque\"", {}, "", "size"},
           Case{"\"opaque\"", crc, "<ChecksumCRC64NVME>rosUhgp5mIg=</ChecksumCRC64NVME>", "crc64nvme"},
           Case{"\"opaque\"", crc, "<ChecksumCRC32>AAAAAA==</ChecksumCRC32>", "size"},
           Case{"\"opaque\"", crc_of_parts, "<ChecksumCRC32C>4waSgw==-2</ChecksumCRC32C>", "crc32c"},
           // Of other parts, so it says nothing.
           Case{"\"opaque\"", crc_of_parts, "<ChecksumCRC32C>AAAAAA==</ChecksumCRC32C>", "size"},
           Case{"", crc_of_parts, "<ChecksumCRC32C>AAAAAA==-3</ChecksumCRC32C>", "md5"},
       }) {
    CAPTURE(one.etag_of_copies, one.checksum_of_copies);
    CopyFixture copy;
    copy.store.etag_of_copies = one.etag_of_copies;
    copy.store.objects["bucket/from"].more = one.source;
    copy.store.checksum_of_copies = one.checksum_of_copies;
    const Result<CopyResult> copied = copy.Run();
    REQUIRE(copied);
    CHECK(copied->verified == one.verified);
    CHECK(copied->guarded);
    CHECK(copy.store.Count("HEAD bucket/to") == (one.verified == "size" ? 1 : 0));
  }
}

TEST_CASE("a copy with another checksum of the whole is an integrity error") {
  CopyFixture copy;
  copy.store.objects["bucket/from"].more = {{"x-amz-checksum-crc64nvme", "rosUhgp5mIg="}};
  copy.store.checksum_of_copies = "<ChecksumCRC64NVME>AAAAAAAAAAA=</ChecksumCRC64NVME>";
  const Result<CopyResult> copied = copy.Run();
  REQUIRE_FALSE(copied);
  CHECK(copied.error().kind == ErrorKind::kIntegrity);
  CHECK(copied.error().message == "the copy has other bytes than its source: their crc64nvme differ");
}

TEST_CASE("a copy of another size is an integrity error where nothing else tells") {
  CopyFixture copy;
  copy.store.etag_of_copies = "\"opaque\"";
  copy.store.interfere = [](const SentRequest& sent) -> std::optional<Answer> {
    if (FakeStore::Line(sent) != "HEAD bucket/to") return std::nullopt;
    return Reply(200, {{"ETag", "\"opaque\""}, {"Content-Length", "9"}});
  };
  const Result<CopyResult> copied = copy.Run();
  REQUIRE_FALSE(copied);
  CHECK(copied.error().kind == ErrorKind::kIntegrity);
  CHECK(copied.error().message == "the copy has 9 bytes, its source 10");
}

TEST_CASE("a copy that nothing tells of and that cannot be looked at is a failure") {
  CopyFixture copy;
  copy.store.etag_of_copies = "\"opaque\"";
  copy.store.interfere = [](const SentRequest& sent) -> std::optional<Answer> {
    if (FakeStore::Line(sent) != "HEAD bucket/to") return std::nullopt;
    return Reply(403);
  };
  CHECK(copy.Run().error().kind == ErrorKind::kDenied);
}

TEST_CASE("conditions on the destination are looked at first and sent along") {
  CopyFixture copy;
  copy.order.conditions.if_none_match = true;
  REQUIRE(copy.Run());
  CHECK(copy.store.Sent() == Lines{"HEAD bucket/from", "HEAD bucket/to", "PUT bucket/to"});
  CHECK(copy.sent().Header("If-None-Match") == "*");
  CHECK(copy.Run().error().kind == ErrorKind::kPrecondition);
  CHECK(copy.store.Count("PUT") == 1);

  CopyFixture aws(Aws());
  aws.order.conditions.if_match = "e";
  aws.store.Put("bucket/to", "old");
  CHECK(aws.Run().error().kind == ErrorKind::kPrecondition);
  CHECK(aws.store.Sent() == Lines{"HEAD bucket/from", "PUT bucket/to"});
  CHECK(aws.sent().Header("If-Match") == "\"e\"");
}

TEST_CASE("a store that compares ETags without quotes copies over the object that was meant") {
  CopyFixture copy;
  copy.store.compares_bare_etags = true;
  copy.store.Put("bucket/to", "old");
  copy.order.conditions.if_match = UnquoteETag(ETagOf("old"));
  REQUIRE(copy.Run());
  CHECK(copy.store.Count("PUT") == 2);
  CHECK(copy.store.objects.at("bucket/to").bytes == kCopiedBytes);
}

TEST_CASE("keys of one's own are sent for the source and for the copy") {
  CopyFixture copy(CustomStoreOverTls());
  copy.order.source_options.customer_key = Secret(std::string(32, 's'));
  copy.order.changes.encryption.customer_key = Secret(std::string(32, 'd'));
  copy.store.told_of_writes = {{"x-amz-server-side-encryption-customer-algorithm", "AES256"}};
  const Result<CopyResult> copied = copy.Run();
  REQUIRE(copied);
  const std::string of_source = "c3Nzc3Nzc3Nzc3Nzc3Nzc3Nzc3Nzc3Nzc3Nzc3Nzc3M=";
  CHECK(copy.store.sent(0).Header("x-amz-server-side-encryption-customer-key") == of_source);
  CHECK(copy.sent().Header("x-amz-copy-source-server-side-encryption-customer-key") == of_source);
  CHECK(copy.sent().Header("x-amz-server-side-encryption-customer-key") ==
        "ZGRkZGRkZGRkZGRkZGRkZGRkZGRkZGRkZGRkZGRkZGQ=");
  CHECK(copied->object.server_side_encryption == "SSE-C");
}

TEST_CASE("a copy that the store did not encrypt with the key is an integrity error") {
  CopyFixture copy(CustomStoreOverTls());
  copy.order.changes.encryption.customer_key = Secret(std::string(32, 'd'));
  CHECK(copy.Run().error().kind == ErrorKind::kIntegrity);
}

TEST_CASE("a copy whose encryption the store does not confirm is warned of") {
  CopyFixture copy;
  copy.order.changes.encryption.algorithm = "AES256";
  REQUIRE(copy.Run());
  REQUIRE(copy.store.warnings.size() == 1);
  CHECK(copy.store.warnings[0] == "the store does not say that it encrypted the object by AES256");
}

}  // namespace
}  // namespace s3conn
