#include "s3conn/s3/object_settings.h"

#include <string>
#include <string_view>
#include <vector>

#include "support/catch.h"

namespace s3conn {
namespace {

// Why settings are refused; "" where they are not.
std::string Refusal(const ObjectSettings& settings) {
  const Status status = CheckObjectSettings(settings);
  if (status) return "";
  CHECK(status.error().kind == ErrorKind::kUsage);
  return status.error().message;
}

bool Contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

struct TextSetting {
  std::string_view named;
  std::string& (*of)(ObjectSettings&);
};

const std::vector<TextSetting>& TextSettings() {
  static const std::vector<TextSetting> all = {
      {"content type", [](ObjectSettings& s) -> std::string& { return s.content_type; }},
      {"content encoding", [](ObjectSettings& s) -> std::string& { return s.content_encoding; }},
      {"content disposition", [](ObjectSettings& s) -> std::string& { return s.content_disposition; }},
      {"content language", [](ObjectSettings& s) -> std::string& { return s.content_language; }},
      {"cache control", [](ObjectSettings& s) -> std::string& { return s.cache_control; }},
      {"expiry date", [](ObjectSettings& s) -> std::string& { return s.expires; }},
      {"storage class", [](ObjectSettings& s) -> std::string& { return s.storage_class; }},
      {"ACL", [](ObjectSettings& s) -> std::string& { return s.acl; }},
      {"encryption", [](ObjectSettings& s) -> std::string& { return s.encryption.algorithm; }},
      {"KMS key", [](ObjectSettings& s) -> std::string& { return s.encryption.kms_key_id; }},
      {"metadata name",
       [](ObjectSettings& s) -> std::string& { return s.metadata.emplace_back("name", "").second; }}};
  return all;
}

ObjectSettings With(const TextSetting& setting, std::string value) {
  ObjectSettings settings;
  setting.of(settings) = std::move(value);
  return settings;
}

ObjectSettings Tagged(NamedValues tags) {
  ObjectSettings settings;
  settings.tags = std::move(tags);
  return settings;
}

ObjectSettings WithMetadata(NamedValues metadata) {
  ObjectSettings settings;
  settings.metadata = std::move(metadata);
  return settings;
}

std::string Repeat(std::string_view text, std::size_t times) {
  std::string repeated;
  for (std::size_t i = 0; i < times; ++i) repeated += text;
  return repeated;
}

constexpr std::string_view kEuro = "\xe2\x82\xac";  // one character of three bytes

}  // namespace

TEST_CASE("settings that are empty or plain are accepted") {
  CHECK(Refusal({}).empty());
  for (const TextSetting& setting : TextSettings()) {
    CAPTURE(setting.named);
    CHECK(Refusal(With(setting, "a b !\"#$%&'()*+,-./09:;<=>?@AZ[\\]^_`az{|}~")).empty());
  }
}

TEST_CASE("a text with a control character is refused by the name of its setting") {
  for (const TextSetting& setting : TextSettings()) {
    CAPTURE(setting.named);
    for (int byte = 0; byte < 0x20; ++byte) {
      CAPTURE(byte);
      const std::string refusal =
          Refusal(With(setting, std::string("x") + static_cast<char>(byte) + "evil: y"));
      CHECK(Contains(refusal, setting.named));
      CHECK(Contains(refusal, "control character"));
    }
    CHECK(Contains(Refusal(With(setting, "x\r\nevil: y")), "x\\x0d\\x0aevil: y"));
    CHECK(Contains(Refusal(With(setting, "\x7f")), "control character"));
  }
}

TEST_CASE("a text that is not ASCII is refused by the name of its setting") {
  for (const TextSetting& setting : TextSettings()) {
    CAPTURE(setting.named);
    for (const std::string_view other : {std::string_view("caf\xc3\xa9"), kEuro, std::string_view("\x80"),
                                         std::string_view("a\xff"), std::string_view("\xc2\x85")}) {
      const std::string refusal = Refusal(With(setting, std::string(other)));
      CHECK(Contains(refusal, setting.named));
      CHECK(Contains(refusal, "not plain ASCII"));
    }
  }
}

TEST_CASE("a text with a space at an end is refused for HTTP would take it off") {
  for (const TextSetting& setting : TextSettings()) {
    CAPTURE(setting.named);
    for (const std::string_view spaced : {" a", "a ", " "}) {
      const std::string refusal = Refusal(With(setting, std::string(spaced)));
      CHECK(Contains(refusal, setting.named));
      CHECK(Contains(refusal, "space"));
    }
  }
}

TEST_CASE("a long text that is refused is shown only in part") {
  std::string text(5000, 'x');
  for (const char last : {'\n', '\xff'}) {
    text.back() = last;
    for (const TextSetting& setting : TextSettings()) CHECK(Refusal(With(setting, text)).size() < 250);
  }
}

TEST_CASE("a metadata name must be a token of HTTP") {
  CHECK(Refusal(WithMetadata({{"a", "1"}, {"B-2", "2"}, {"c_d.e", ""}, {"!#$%&'*+^`|~", "4"}})).empty());
  for (const std::string_view name :
       {std::string_view(""), std::string_view("a b"), std::string_view("a:b"), std::string_view("a\r\nb"),
        std::string_view("a\0b", 3), std::string_view("caf\xc3\xa9"), std::string_view("a/b"),
        std::string_view("(a)"), std::string_view("a="), std::string_view("a\x7f")}) {
    CAPTURE(name);
    const std::string refusal = Refusal(WithMetadata({{"good", ""}, {std::string(name), "v"}}));
    CHECK(Contains(refusal, "not a name that a header can have"));
    CHECK_FALSE(Contains(refusal, "\n"));
  }
}

TEST_CASE("a metadata name comes once whatever its letter case") {
  CHECK(Contains(Refusal(WithMetadata({{"a", "1"}, {"b", "2"}, {"a", "3"}})), "'a' is given twice"));
  CHECK(Contains(Refusal(WithMetadata({{"Colour", "1"}, {"COLOUR", "1"}})), "'COLOUR' is given twice"));
  CHECK(Refusal(WithMetadata({{"a", "same"}, {"b", "same"}})).empty());
}

TEST_CASE("metadata has at most 2 KiB of names and values together") {
  CHECK(Refusal(WithMetadata({{"ab", std::string(2046, 'v')}})).empty());
  CHECK(Contains(Refusal(WithMetadata({{"ab", std::string(2047, 'v')}})), "2049 bytes"));
  CHECK(Refusal(WithMetadata({{"a", std::string(1023, 'v')}, {"b", std::string(1023, 'v')}})).empty());
  CHECK(Contains(Refusal(WithMetadata({{"a", std::string(1023, 'v')}, {"bc", std::string(1023, 'v')}})),
                 "2049 bytes"));
}

TEST_CASE("an object has at most 10 tags") {
  NamedValues tags;
  for (char name = 'a'; name <= 'j'; ++name) tags.emplace_back(std::string(1, name), "");
  CHECK(Refusal(Tagged(tags)).empty());
  tags.emplace_back("k", "");
  CHECK(Contains(Refusal(Tagged(tags)), "11 tags"));
}

TEST_CASE("tags are measured in characters and not in bytes") {
  CHECK(Refusal(Tagged({{std::string(128, 'n'), std::string(256, 'v')}})).empty());
  CHECK(Refusal(Tagged({{Repeat(kEuro, 128), Repeat(kEuro, 256)}})).empty());
  CHECK(Contains(Refusal(Tagged({{std::string(129, 'n'), ""}})), "the name has more than 128 characters"));
  CHECK(Contains(Refusal(Tagged({{Repeat(kEuro, 129), ""}})), "the name has more than 128 characters"));
  CHECK(Contains(Refusal(Tagged({{"n", std::string(257, 'v')}})), "the value has more than 256 characters"));
  CHECK(Contains(Refusal(Tagged({{"n", Repeat(kEuro, 257)}})), "the value has more than 256 characters"));
}

TEST_CASE("a tag has a name and its own one") {
  CHECK(Contains(Refusal(Tagged({{"", "v"}})), "the name is empty"));
  CHECK(Refusal(Tagged({{"n", ""}})).empty());
  CHECK(Contains(Refusal(Tagged({{"n", "1"}, {"m", "1"}, {"n", "2"}})), "'n' is given twice"));
  CHECK(Refusal(Tagged({{"n", "1"}, {"N", "1"}})).empty());
}

TEST_CASE("a tag is valid UTF-8 without control characters") {
  CHECK(Refusal(Tagged({{"stra\xc3\x9f"
                         "e",
                         "caf\xc3\xa9 & more = 100%"}}))
            .empty());
  for (const std::string_view bad : {"\xff", "a\xc3", "\xed\xa0\x80", "\xc0\xaf"}) {
    CHECK(Contains(Refusal(Tagged({{std::string(bad), ""}})), "not valid UTF-8"));
    CHECK(Contains(Refusal(Tagged({{"n", std::string(bad)}})), "not valid UTF-8"));
  }
  for (const std::string_view bad : {std::string_view("a\nb"), std::string_view("\0", 1),
                                     std::string_view("\r"), std::string_view("\x7f")}) {
    CHECK(Contains(Refusal(Tagged({{std::string(bad), ""}})), "control character"));
    CHECK(Contains(Refusal(Tagged({{"n", std::string(bad)}})), "control character"));
  }
  CHECK_FALSE(Contains(Refusal(Tagged({{"a\x1b[2J\xe2\x80\xae", std::string(257, 'v')}})), "\x1b"));
}

TEST_CASE("a customer's key has 32 bytes of any kind") {
  CHECK(CheckCustomerKey(Secret()));
  CHECK(CheckCustomerKey(Secret(std::string(32, '\0'))));
  CHECK(CheckCustomerKey(Secret("\r\n\xff" + std::string(29, 'k'))));
  for (const std::size_t bytes : {1U, 16U, 31U, 33U, 44U, 64U}) {
    CAPTURE(bytes);
    const Status checked = CheckCustomerKey(Secret(std::string(bytes, 'k')));
    REQUIRE_FALSE(checked);
    CHECK(checked.error().kind == ErrorKind::kUsage);
    CHECK(Contains(checked.error().message, std::to_string(bytes) + " bytes"));
    CHECK_FALSE(Contains(checked.error().message + checked.error().hint, "kkk"));
    ObjectSettings settings;
    settings.encryption.customer_key = Secret(std::string(bytes, 'k'));
    CHECK(Refusal(settings) == checked.error().message);
  }
}

}  // namespace s3conn
