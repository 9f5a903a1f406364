#ifndef S3CONN_S3_TOKEN_CYCLE_H_
#define S3CONN_S3_TOKEN_CYCLE_H_

#include <cstdint>
#include <string>

namespace s3conn {

// Notices a server whose continuation tokens go round in a circle of any length, so that a listing ends,
// while remembering a single token: Brent's way, one remembered anew at every power of two.
class TokenCycle {
 public:
  explicit TokenCycle(std::string first) : remembered_(std::move(first)) {}

  bool Repeats(const std::string& token) {
    if (token == remembered_) return true;
    if (++since_ == limit_) {
      remembered_ = token;
      limit_ *= 2;
      since_ = 0;
    }
    return false;
  }

 private:
  std::string remembered_;
  std::uint64_t since_ = 0;
  std::uint64_t limit_ = 1;
};

}  // namespace s3conn

#endif  // S3CONN_S3_TOKEN_CYCLE_H_
