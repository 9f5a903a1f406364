#ifndef S3CONN_BASE_HASH_H_
#define S3CONN_BASE_HASH_H_

#include <array>
#include <memory>
#include <string>
#include <string_view>

struct evp_md_ctx_st;

namespace s3conn {

using Sha256Digest = std::array<unsigned char, 32>;
using Md5Digest = std::array<unsigned char, 16>;

Sha256Digest Sha256(std::string_view bytes);
Sha256Digest HmacSha256(std::string_view key, std::string_view message);
Md5Digest Md5(std::string_view bytes);

// View of a digest's bytes, for use as the next key.
template <std::size_t N>
std::string_view AsBytes(const std::array<unsigned char, N>& digest) {
  return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}

// Takes the same time wherever the two differ, so that a forger learns nothing from it. Their lengths are no
// secret.
bool EqualInConstantTime(std::string_view a, std::string_view b);

// Hashes a stream. Finish…() once; Reset() starts over.
class Hasher {
 public:
  enum class Algorithm { kSha256, kMd5, kSha1 };
  explicit Hasher(Algorithm algorithm);
  ~Hasher();
  Hasher(Hasher&&) noexcept;
  Hasher& operator=(Hasher&&) noexcept;

  void Update(std::string_view bytes);
  std::string FinishBytes();  // the digest itself
  std::string FinishHex();    // lower-case hexadecimal
  void Reset();

 private:
  Algorithm algorithm_;
  struct Deleter {
    void operator()(evp_md_ctx_st* context) const;
  };
  std::unique_ptr<evp_md_ctx_st, Deleter> context_;
};

}  // namespace s3conn

#endif  // S3CONN_BASE_HASH_H_
