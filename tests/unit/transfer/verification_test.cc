#include "transfer/verification.h"

#include <string>
#include <string_view>

#include "base/text.h"
#include "support/catch.h"

namespace s3conn {
namespace {

constexpr std::string_view kText = "123456789";
constexpr std::string_view kMd5 = "25f9e794323b453885f5181f1b624d0b";
constexpr std::string_view kSha256 = "FeKw08M4keuw8e9gnsQZQgwg4yDOlMZfvIwzEkSOsiU=";

ObjectProperties With(std::string name, std::string_view value, std::string_view etag = "") {
  ObjectProperties object;
  object.checksums.push_back({std::move(name), std::string(value)});
  object.etag = etag;
  return object;
}

ObjectProperties WithETag(std::string_view etag, std::string encryption = {}) {
  ObjectProperties object;
  object.etag = etag;
  object.server_side_encryption = std::move(encryption);
  return object;
}

std::string NameFor(const ObjectProperties& object) {
  return std::string(Verification(object).name());
}

// Feeds `bytes` in two pieces.
Status Verify(const ObjectProperties& object, std::string_view bytes) {
  Verification verification(object);
  verification.Update(bytes.substr(0, 2));
  verification.Update(bytes.substr(2));
  return verification.Finish();
}

void CheckKind(const ObjectProperties& object, std::string_view name) {
  CAPTURE(name);
  CHECK(NameFor(object) == name);
  CHECK(Verify(object, kText));
  const Status wrong = Verify(object, "123456780");
  REQUIRE_FALSE(wrong);
  CHECK(wrong.error().kind == ErrorKind::kIntegrity);
  CHECK(wrong.error().message.find(name) != std::string::npos);
  CHECK_FALSE(Verify(object, "12345678"));
}

TEST_CASE("bytes are checked against each checksum that a store may keep") {
  CheckKind(With("ChecksumCRC64NVME", "rosUhgp5mIg="), "crc64nvme");
  CheckKind(With("ChecksumCRC32C", "4waSgw=="), "crc32c");
  CheckKind(With("ChecksumCRC32", "y/Q5Jg=="), "crc32");
  CheckKind(With("ChecksumSHA256", kSha256), "sha256");
  CheckKind(WithETag(kMd5), "md5");
  CheckKind(WithETag(kMd5, "AES256"), "md5");
}

TEST_CASE("the strongest of several proofs is used") {
  ObjectProperties object = With("ChecksumSHA256", kSha256, kMd5);
  CHECK(NameFor(object) == "sha256");
  object.checksums.push_back({"ChecksumCRC32", "y/Q5Jg=="});
  CHECK(NameFor(object) == "crc32");
  object.checksums.push_back({"ChecksumCRC64NVME", "rosUhgp5mIg="});
  CHECK(NameFor(object) == "crc64nvme");
}

TEST_CASE("a checksum made of parts says nothing about the bytes in a row") {
  CHECK(NameFor(With("ChecksumCRC32C", "4waSgw==-3")) == "size");
  CHECK(NameFor(With("ChecksumSHA256", std::string(kSha256) + "-2", kMd5)) == "md5");
  CHECK(Verify(With("ChecksumCRC32C", "AAAAAA==-3"), kText));
}

TEST_CASE("a checksum that nobody here computes is passed over") {
  CHECK(NameFor(With("ChecksumSHA1", "abc=")) == "size");
  CHECK(NameFor(With("ChecksumSHA256", "not base64", kMd5)) == "md5");
}

TEST_CASE("only the ETag of an object in one piece and without a key of its own is an MD5") {
  CHECK(NameFor(WithETag(std::string(kMd5) + "-2")) == "size");
  CHECK(NameFor(WithETag(kMd5, "aws:kms")) == "size");
  CHECK(NameFor(WithETag(kMd5, "SSE-C")) == "size");
  CHECK(NameFor(WithETag("")) == "size");
  CHECK(NameFor(WithETag("25f9e794323b453885f5181f1b624d0")) == "size");
  CHECK(NameFor(WithETag("25f9e794323b453885f5181f1b624d0g")) == "size");
}

TEST_CASE("without a proof nothing but the size is promised") {
  CHECK(NameFor(ObjectProperties()) == "size");
  CHECK(Verify(ObjectProperties(), "anything"));
}

TEST_CASE("a checksum from the wire is escaped in the message") {
  const Status wrong = Verify(With("ChecksumCRC32", "\x1b[2J"), kText);
  REQUIRE_FALSE(wrong);
  CHECK(wrong.error().message.find('\x1b') == std::string::npos);
}

}  // namespace
}  // namespace s3conn
