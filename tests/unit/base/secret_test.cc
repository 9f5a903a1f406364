#include "s3conn/base/secret.h"

#include <fmt/format.h>

#include <cstddef>
#include <new>
#include <ostream>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include "support/catch.h"

namespace s3conn {
namespace {

template <typename T>
concept Streamable = requires(std::ostream& stream, const T& value) {
  stream << value;
};

static_assert(Streamable<std::string>);
static_assert(!Streamable<Secret>);
static_assert(fmt::is_formattable<std::string>::value);
static_assert(!fmt::is_formattable<Secret>::value);
static_assert(!std::is_convertible_v<Secret, std::string>);
static_assert(!std::is_convertible_v<Secret, std::string_view>);
static_assert(!std::is_convertible_v<std::string, Secret>);

constexpr std::string_view kShort = "c4nary-short";  // within a std::string

// A buffer for one Secret, so that what the object leaves behind can be looked at.
class Storage {
 public:
  template <typename... Args>
  Secret& Make(Args&&... args) {
    return *new (bytes_) Secret(std::forward<Args>(args)...);
  }
  bool Holds(std::string_view text) const {
    return std::string_view(reinterpret_cast<const char*>(bytes_), sizeof(bytes_)).find(text) !=
           std::string_view::npos;
  }

 private:
  alignas(Secret) std::byte bytes_[sizeof(Secret)] = {};
};

TEST_CASE("a secret gives its value only where it is asked for it") {
  const Secret secret(std::string{kShort});
  CHECK(secret.Expose() == kShort);
  CHECK_FALSE(secret.empty());
  CHECK(Secret().empty());
}

TEST_CASE("a secret that goes leaves nothing where it was") {
  Storage storage;
  Secret& secret = storage.Make(std::string(kShort));
  REQUIRE(storage.Holds(kShort));
  secret.~Secret();
  CHECK_FALSE(storage.Holds("nary"));
}

TEST_CASE("a secret that is moved from is empty and leaves nothing where it was") {
  Storage storage;
  Secret& secret = storage.Make(std::string(kShort));
  const Secret moved(std::move(secret));
  CHECK(moved.Expose() == kShort);
  CHECK(secret.empty());  // NOLINT(bugprone-use-after-move): what a move leaves is the point
  CHECK_FALSE(storage.Holds("nary"));
  secret.~Secret();
}

TEST_CASE("a secret that is assigned to leaves nothing of its old value") {
  Storage storage;
  Secret& secret = storage.Make(std::string(kShort));
  secret = Secret(std::string("b"));
  CHECK(secret.Expose() == "b");
  CHECK_FALSE(storage.Holds("nary"));
  const Secret other(std::string("c"));
  secret = other;
  CHECK(secret.Expose() == "c");
  CHECK(other.Expose() == "c");
  secret.~Secret();
}

TEST_CASE("a secret survives being assigned to itself") {
  const std::string text(100, 's');
  Secret secret(text);
  Secret& same = secret;
  secret = same;
  CHECK(secret.Expose() == text);
  secret = std::move(same);
  CHECK(secret.Expose() == text);
}

TEST_CASE("a long secret is wiped before its memory is given back") {
  Secret secret(std::string(1000, 's'));
  const char* const bytes = secret.Expose().data();
  secret = Secret();  // keeps or frees the buffer; either way the object is empty
  CHECK(secret.empty());
  // Where the buffer was kept, it may be read.
  if (secret.Expose().data() == bytes && secret.Expose().capacity() >= 1000) CHECK(bytes[500] == '\0');
}

}  // namespace
}  // namespace s3conn
