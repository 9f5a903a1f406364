#include "sign/signing_key.h"

#include <atomic>
#include <optional>
#include <ostream>
#include <string>
#include <thread>
#include <type_traits>
#include <utility>
#include <vector>

#include "example.h"
#include "support/catch.h"

namespace s3conn {
namespace {

template <typename T, typename = void>
struct Printable : std::false_type {};
template <typename T>
struct Printable<T, std::void_t<decltype(std::declval<std::ostream&>() << std::declval<const T&>())>>
    : std::true_type {};

Credentials With(std::string access_key_id, std::string secret) {
  return {std::move(access_key_id), Secret(std::move(secret)), Secret(), std::nullopt};
}

std::string Derived(const Credentials& credentials, std::string_view day, const SigningScope& scope) {
  return DeriveSigningKey(credentials.secret_access_key, day, scope).Expose();
}

}  // namespace

TEST_CASE("DeriveSigningKey: the key has 32 octets and can't be printed") {
  const auto key = DeriveSigningKey(Secret("secret"), "20260115", ExampleScope());
  CHECK(key.Expose().size() == 32);
  CHECK(!Printable<decltype(DeriveSigningKey(Secret(), "", ExampleScope()))>::value);
  CHECK(Printable<std::string>::value);  // the question itself works
}

TEST_CASE("DeriveSigningKey: every octet of a secret longer than the HMAC block counts") {
  std::string secret(100, 's');
  const std::string key = Derived(With("A", secret), "20260115", ExampleScope());
  for (const std::size_t position : {0U, 59U, 60U, 63U, 64U, 99U}) {
    CAPTURE(position);
    std::string other = secret;
    other[position] = 'x';
    CHECK(Derived(With("A", other), "20260115", ExampleScope()) != key);
  }
}

TEST_CASE("SigningKeyCache: gives the key that derivation gives at every repetition") {
  SigningKeyCache cache;
  const Credentials credentials = With("AKIA", "secret");
  const std::string expected = Derived(credentials, "20260115", ExampleScope());
  CHECK(cache.Get(credentials, "20260115", ExampleScope()).Expose() == expected);
  CHECK(cache.Get(credentials, "20260115", ExampleScope()).Expose() == expected);
}

TEST_CASE("SigningKeyCache: a new day or region or service or secret gives a new key") {
  SigningKeyCache cache;
  const Credentials credentials = With("AKIA", "secret");
  const std::string first = cache.Get(credentials, "20260115", ExampleScope()).Expose();

  const auto check_new = [&](const Credentials& who, std::string_view day, const SigningScope& scope) {
    const std::string key = cache.Get(who, day, scope).Expose();
    CHECK(key != first);
    CHECK(key == Derived(who, day, scope));
  };
  check_new(credentials, "20260116", ExampleScope());
  check_new(credentials, "20260115", {"eu-west-2", "s3"});
  check_new(credentials, "20260115", {"eu-west-1", "s3express"});
  check_new(With("AKIA", "rotated"), "20260115", ExampleScope());
  check_new(With("OTHER", "other"), "20260115", ExampleScope());
  CHECK(cache.Get(credentials, "20260115", ExampleScope()).Expose() == first);
}

TEST_CASE("SigningKeyCache: stays right when more keys are in use than it holds") {
  SigningKeyCache cache;
  for (int round = 0; round < 3; ++round) {
    for (int number = 0; number < 20; ++number) {
      const Credentials credentials =
          With("AKIA" + std::to_string(number), "secret" + std::to_string(number));
      CAPTURE(round, number);
      CHECK(cache.Get(credentials, "20260115", ExampleScope()).Expose() ==
            Derived(credentials, "20260115", ExampleScope()));
    }
  }
}

TEST_CASE("SigningKeyCache: many threads get the right keys") {
  constexpr int kThreads = 4;
  constexpr int kKeys = 12;  // more than it holds, so that entries are replaced while others read
  SigningKeyCache cache;
  std::atomic<int> wrong = 0;
  const auto work = [&cache, &wrong](int first) {
    for (int i = first; i < first + 300; ++i) {
      const std::string number = std::to_string(i % kKeys);
      const Credentials credentials = With("AKIA" + number, "secret" + number);
      const std::string key = cache.Get(credentials, "20260115", ExampleScope()).Expose();
      if (key != Derived(credentials, "20260115", ExampleScope())) ++wrong;
    }
  };
  std::vector<std::thread> threads;
  threads.reserve(kThreads);
  for (int number = 0; number < kThreads; ++number) threads.emplace_back(work, number);
  for (std::thread& thread : threads) thread.join();
  CHECK(wrong == 0);
}

}  // namespace s3conn
