#include "local/checksum_demand.h"

#include "support/catch.h"

namespace s3conn::local {
namespace {

using Kind = PayloadRules::Kind;

Answer<ChecksumDemand> Read(const Headers& headers, Kind kind = Kind::kUnsigned) {
  return ReadChecksumDemand(headers, kind);
}

void CheckInvalid(const Headers& headers, Kind kind = Kind::kUnsigned) {
  const auto answer = Read(headers, kind);
  REQUIRE_FALSE(answer);
  CHECK(answer.error().code == Code::kInvalidRequest);
}

TEST_CASE("checksum demand: nothing is demanded where nothing is named") {
  const auto demand = Read({{"x-amz-checksum-mode", "ENABLED"}, {"x-amz-checksum-type", "FULL_OBJECT"}});
  REQUIRE(demand);
  CHECK_FALSE(demand->algorithm);
  CHECK(demand->value.empty());
  CHECK_FALSE(demand->in_trailer);
}

TEST_CASE("checksum demand: a header names algorithm and value") {
  const auto demand = Read({{"X-Amz-Checksum-CRC32", "y/Q5Jg=="}, {"x-amz-sdk-checksum-algorithm", "CRC32"}});
  REQUIRE(demand);
  CHECK(demand->algorithm == ChecksumAlgorithm::kCrc32);
  CHECK(demand->value == "y/Q5Jg==");
}

TEST_CASE("checksum demand: a trailer names the algorithm") {
  for (const Kind kind : {Kind::kSignedChunksTrailer, Kind::kUnsignedChunksTrailer}) {
    const auto demand = Read({{"x-amz-trailer", "x-amz-checksum-sha256"}}, kind);
    REQUIRE(demand);
    CHECK(demand->algorithm == ChecksumAlgorithm::kSha256);
    CHECK(demand->in_trailer);
  }
}

TEST_CASE("checksum demand: an algorithm may be named alone") {
  CHECK(Read({{"x-amz-sdk-checksum-algorithm", "SHA1"}})->algorithm == ChecksumAlgorithm::kSha1);
  CHECK(Read({{"x-amz-checksum-algorithm", "CRC64NVME"}})->algorithm == ChecksumAlgorithm::kCrc64Nvme);
}

TEST_CASE("checksum demand: two checksums are one too many") {
  CheckInvalid({{"x-amz-checksum-crc32", "y/Q5Jg=="}, {"x-amz-checksum-crc32c", "4waSgw=="}});
  CheckInvalid({{"x-amz-checksum-crc32", "y/Q5Jg=="}, {"x-amz-checksum-crc32", "y/Q5Jg=="}});
  CheckInvalid({{"x-amz-checksum-crc32", "y/Q5Jg=="}, {"x-amz-trailer", "x-amz-checksum-crc32"}},
               Kind::kUnsignedChunksTrailer);
  CheckInvalid({{"x-amz-checksum-crc32", "y/Q5Jg=="}, {"x-amz-sdk-checksum-algorithm", "SHA256"}});
}

TEST_CASE("checksum demand: what is unknown or can be no value is invalid") {
  CheckInvalid({{"x-amz-checksum-md5", "y/Q5Jg=="}});
  CheckInvalid({{"x-amz-checksum-", "y/Q5Jg=="}});
  CheckInvalid({{"x-amz-checksum-crc32", "y/Q5Jg"}});
  CheckInvalid({{"x-amz-checksum-crc32", ""}});
  CheckInvalid({{"x-amz-checksum-sha1", "y/Q5Jg=="}});
  CheckInvalid({{"x-amz-sdk-checksum-algorithm", "MD5"}});
  CheckInvalid({{"x-amz-checksum-algorithm", "crc32"}});
}

TEST_CASE("checksum demand: a trailer has to be a checksum of a body that can have trailers") {
  CheckInvalid({{"x-amz-trailer", "x-amz-checksum-crc32"}});
  CheckInvalid({{"x-amz-trailer", "x-amz-checksum-crc32"}}, Kind::kSignedChunks);
  CheckInvalid({{"x-amz-trailer", "x-amz-meta-a"}}, Kind::kUnsignedChunksTrailer);
  CheckInvalid({{"x-amz-trailer", "x-amz-checksum-crc32,x-amz-checksum-sha1"}}, Kind::kUnsignedChunksTrailer);
}

}  // namespace
}  // namespace s3conn::local
