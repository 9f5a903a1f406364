#include "base/hash.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>

#include <algorithm>
#include <cstdlib>

#include "base/text.h"

namespace s3conn {
namespace {

// Fetched once for the life of the process: OpenSSL 3 otherwise looks the algorithm up again for each digest.
const EVP_MD* FetchedDigest(Hasher::Algorithm algorithm) {
  if (algorithm == Hasher::Algorithm::kMd5) {
    // Not for security: it says whether the bytes arrived, and so may be had under a FIPS policy too.
    static EVP_MD* const kMd5 = EVP_MD_fetch(nullptr, "MD5", "-fips");
    return kMd5;
  }
  if (algorithm == Hasher::Algorithm::kSha1) {
    static EVP_MD* const kSha1 = EVP_MD_fetch(nullptr, "SHA1", nullptr);
    return kSha1;
  }
  static EVP_MD* const kSha256 = EVP_MD_fetch(nullptr, "SHA256", nullptr);
  return kSha256;
}

// A digest fails only where memory or the algorithm is missing (MD5 under a FIPS policy); going on would
// send wrong checksums.
void Require(bool success) {
  if (!success) std::abort();
}

}  // namespace

void Hasher::Deleter::operator()(evp_md_ctx_st* context) const {
  EVP_MD_CTX_free(context);
}

Hasher::Hasher(Algorithm algorithm) : algorithm_(algorithm), context_(EVP_MD_CTX_new()) {
  Reset();
}
Hasher::~Hasher() = default;
Hasher::Hasher(Hasher&&) noexcept = default;
Hasher& Hasher::operator=(Hasher&&) noexcept = default;

void Hasher::Update(std::string_view bytes) {
  Require(EVP_DigestUpdate(context_.get(), bytes.data(), bytes.size()) == 1);
}

std::string Hasher::FinishBytes() {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned int length = 0;
  Require(EVP_DigestFinal_ex(context_.get(), digest.data(), &length) == 1);
  return std::string(AsBytes(digest).substr(0, length));
}

std::string Hasher::FinishHex() {
  const std::string digest = FinishBytes();
  return HexEncode({reinterpret_cast<const unsigned char*>(digest.data()), digest.size()});
}

void Hasher::Reset() {
  Require(EVP_DigestInit_ex2(context_.get(), FetchedDigest(algorithm_), nullptr) == 1);
}

bool EqualInConstantTime(std::string_view a, std::string_view b) {
  return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

Sha256Digest Sha256(std::string_view bytes) {
  Sha256Digest digest{};
  Require(EVP_Digest(bytes.data(), bytes.size(), digest.data(), nullptr,
                     FetchedDigest(Hasher::Algorithm::kSha256), nullptr) == 1);
  return digest;
}

Md5Digest Md5(std::string_view bytes) {
  Md5Digest digest{};
  Require(EVP_Digest(bytes.data(), bytes.size(), digest.data(), nullptr,
                     FetchedDigest(Hasher::Algorithm::kMd5), nullptr) == 1);
  return digest;
}

// RFC 2104 over the fetched digest: OpenSSL's own HMAC looks the algorithm up at every call, which costs
// more than the two hashes of the short messages that are signed here.
Sha256Digest HmacSha256(std::string_view key, std::string_view message) {
  constexpr std::size_t kBlock = 64;
  std::array<unsigned char, kBlock> block{};
  if (key.size() > kBlock) {
    const Sha256Digest hashed = Sha256(key);
    std::copy(hashed.begin(), hashed.end(), block.begin());
  } else {
    std::copy(key.begin(), key.end(), block.begin());
  }
  std::string inner;
  inner.reserve(kBlock + message.size());
  for (const unsigned char byte : block) inner += static_cast<char>(byte ^ 0x36U);
  inner += message;
  const Sha256Digest inner_digest = Sha256(inner);
  std::string outer;
  outer.reserve(kBlock + inner_digest.size());
  for (const unsigned char byte : block) outer += static_cast<char>(byte ^ 0x5cU);
  outer += AsBytes(inner_digest);
  const Sha256Digest digest = Sha256(outer);
  OPENSSL_cleanse(block.data(), block.size());
  OPENSSL_cleanse(inner.data(), inner.size());
  OPENSSL_cleanse(outer.data(), outer.size());
  return digest;
}

}  // namespace s3conn
