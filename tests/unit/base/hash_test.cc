#include "base/hash.h"

#include <string>
#include <string_view>
#include <utility>

#include "base/text.h"
#include "support/catch.h"

namespace s3conn {
namespace {

TEST_CASE("SHA-256 gives the known answers of FIPS 180") {
  CHECK(HexEncode(Sha256("")) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CHECK(HexEncode(Sha256("abc")) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  CHECK(HexEncode(Sha256("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")) ==
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  CHECK(HexEncode(Sha256(std::string(1'000'000, 'a'))) ==
        "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST_CASE("MD5 gives the known answers of RFC 1321") {
  CHECK(HexEncode(Md5("")) == "d41d8cd98f00b204e9800998ecf8427e");
  CHECK(HexEncode(Md5("abc")) == "900150983cd24fb0d6963f7d28e17f72");
  CHECK(HexEncode(Md5("message digest")) == "f96b697d7cb7938d525a2f31aaf161d0");
}

TEST_CASE("SHA-1 gives the known answers of FIPS 180") {
  Hasher hasher(Hasher::Algorithm::kSha1);
  CHECK(hasher.FinishHex() == "da39a3ee5e6b4b0d3255bfef95601890afd80709");
  hasher.Reset();
  hasher.Update("abc");
  CHECK(hasher.FinishHex() == "a9993e364706816aba3e25717850c26c9cd0d89d");
}

TEST_CASE("a digest comes as bytes too") {
  Hasher hasher(Hasher::Algorithm::kSha256);
  hasher.Update("abc");
  CHECK(hasher.FinishBytes() == AsBytes(Sha256("abc")));
}

TEST_CASE("texts are equal in constant time only where they are equal") {
  CHECK(EqualInConstantTime("", ""));
  CHECK(EqualInConstantTime("abc", "abc"));
  CHECK_FALSE(EqualInConstantTime("abc", "abd"));
  CHECK_FALSE(EqualInConstantTime("abc", "ab"));
  CHECK_FALSE(EqualInConstantTime("", "a"));
}

TEST_CASE("HMAC-SHA256 gives the known answers of RFC 4231") {
  struct Row {
    std::string key;
    std::string message;
    std::string_view digest;
  };
  const Row rows[] = {
      {std::string(20, '\x0b'), "Hi There",
       "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"},
      {"Jefe", "what do ya want for nothing?",
       "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"},
      {std::string(20, '\xaa'), std::string(50, '\xdd'),
       "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"},
      {std::string(131, '\xaa'), "Test Using Larger Than Block-Size Key - Hash Key First",
       "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"},
      {std::string(131, '\xaa'),
       "This is a test using a larger than block-size key and a larger than block-size data. The key needs "
       "to be "
       "hashed before being used by the HMAC algorithm.",
       "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.message);
    CHECK(HexEncode(HmacSha256(row.key, row.message)) == row.digest);
  }
}

TEST_CASE("an HMAC key of exactly one block is used as it is") {
  // 64 and 65 bytes: the longest key that is not hashed, and the shortest that is.
  const std::string block(64, 'k');
  CHECK(HmacSha256(block, "m") != HmacSha256(AsBytes(Sha256(block)), "m"));
  CHECK(HmacSha256(block + "k", "m") == HmacSha256(AsBytes(Sha256(block + "k")), "m"));
}

TEST_CASE("a stream hashed in pieces has the hash of the whole") {
  Hasher sha256(Hasher::Algorithm::kSha256);
  Hasher md5(Hasher::Algorithm::kMd5);
  for (const std::string_view piece : {"mess", "", "age dig", "est"}) {
    sha256.Update(piece);
    md5.Update(piece);
  }
  CHECK(sha256.FinishHex() == HexEncode(Sha256("message digest")));
  CHECK(md5.FinishHex() == "f96b697d7cb7938d525a2f31aaf161d0");
}

TEST_CASE("a hasher that is reset forgets what it saw") {
  Hasher hasher(Hasher::Algorithm::kMd5);
  hasher.Update("something else");
  hasher.Reset();
  hasher.Update("abc");
  Hasher moved = std::move(hasher);
  CHECK(moved.FinishHex() == "900150983cd24fb0d6963f7d28e17f72");
}

}  // namespace
}  // namespace s3conn
