#include "local/checksum.h"

#include <string>
#include <utility>

#include "support/catch.h"

namespace s3conn::local {
namespace {

constexpr ChecksumAlgorithm kAll[] = {ChecksumAlgorithm::kCrc32, ChecksumAlgorithm::kCrc32c,
                                      ChecksumAlgorithm::kCrc64Nvme, ChecksumAlgorithm::kSha1,
                                      ChecksumAlgorithm::kSha256};

std::string ChecksumOf(ChecksumAlgorithm algorithm, std::string_view bytes) {
  ChecksumHasher hasher(algorithm);
  hasher.Update(bytes);
  return hasher.FinishBase64();
}

TEST_CASE("checksum: each algorithm gives its known answer in base64") {
  CHECK(ChecksumOf(ChecksumAlgorithm::kCrc32, "123456789") == "y/Q5Jg==");
  CHECK(ChecksumOf(ChecksumAlgorithm::kCrc32c, "123456789") == "4waSgw==");
  CHECK(ChecksumOf(ChecksumAlgorithm::kCrc64Nvme, "123456789") == "rosUhgp5mIg=");
  CHECK(ChecksumOf(ChecksumAlgorithm::kSha1, "abc") == "qZk+NkcGgWq6PiVxeFDCbJzQ2J0=");
  CHECK(ChecksumOf(ChecksumAlgorithm::kSha256, "abc") == "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=");
}

TEST_CASE("checksum: pieces give the checksum of the whole and a hasher can be moved") {
  for (const ChecksumAlgorithm algorithm : kAll) {
    CAPTURE(ChecksumName(algorithm));
    ChecksumHasher first(algorithm);
    first.Update("1234");
    ChecksumHasher moved = std::move(first);
    moved.Update("");
    moved.Update("56789");
    CHECK(moved.FinishBase64() == ChecksumOf(algorithm, "123456789"));
  }
}

TEST_CASE("checksum: names are read back in upper case only") {
  for (const ChecksumAlgorithm algorithm : kAll)
    CHECK(ParseChecksumName(ChecksumName(algorithm)) == algorithm);
  CHECK(ParseChecksumName("CRC64NVME") == ChecksumAlgorithm::kCrc64Nvme);
  CHECK_FALSE(ParseChecksumName("crc32"));
  CHECK_FALSE(ParseChecksumName("MD5"));
  CHECK_FALSE(ParseChecksumName(""));
}

TEST_CASE("checksum: headers and types have their names") {
  CHECK(ChecksumHeader(ChecksumAlgorithm::kCrc64Nvme) == "x-amz-checksum-crc64nvme");
  CHECK(ChecksumHeader(ChecksumAlgorithm::kSha1) == "x-amz-checksum-sha1");
  CHECK(ChecksumTypeName(ChecksumType::kFullObject) == "FULL_OBJECT");
  CHECK(ChecksumTypeName(ChecksumType::kComposite) == "COMPOSITE");
}

TEST_CASE("checksum: a value is base64 of the right length") {
  for (const ChecksumAlgorithm algorithm : kAll) {
    CAPTURE(ChecksumName(algorithm));
    CHECK(IsChecksumValue(algorithm, ChecksumOf(algorithm, "x")));
    CHECK_FALSE(IsChecksumValue(algorithm, ""));
    CHECK_FALSE(IsChecksumValue(algorithm, ChecksumOf(algorithm, "x") + "-2"));
    CHECK_FALSE(IsChecksumValue(algorithm, "AAA="));
  }
}

}  // namespace
}  // namespace s3conn::local
