#ifndef S3CONN_BASE_SECRET_H_
#define S3CONN_BASE_SECRET_H_

#include <fmt/core.h>

#include <iosfwd>
#include <string>

namespace s3conn {

// A string that can't be printed by accident and is wiped when it goes. Using it takes Expose(), which is
// easy to search for.
class Secret {
 public:
  Secret() = default;
  explicit Secret(std::string value) : value_(std::move(value)) {}
  Secret(const Secret&) = default;
  Secret(Secret&& other) noexcept : value_(std::move(other.value_)) { other.Wipe(); }
  Secret& operator=(const Secret& other);
  Secret& operator=(Secret&& other) noexcept;
  ~Secret() { Wipe(); }

  const std::string& Expose() const { return value_; }
  bool empty() const { return value_.empty(); }

 private:
  void Wipe();

  std::string value_;
};

std::ostream& operator<<(std::ostream&, const Secret&) = delete;

}  // namespace s3conn

template <>
struct fmt::formatter<s3conn::Secret> {
  formatter() = delete;
};

#endif  // S3CONN_BASE_SECRET_H_
