#include "s3conn/s3/object_settings.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "base/text.h"

namespace s3conn {
namespace {

constexpr std::size_t kMaxMetadata = 2048;  // bytes of names and values together
constexpr std::size_t kMaxTags = 10;
constexpr std::size_t kMaxTagName = 128;  // characters
constexpr std::size_t kMaxTagValue = 256;
constexpr std::size_t kCustomerKeyBytes = 32;

// What an object has already was taken by a store once.
enum class Origin { kNew, kTakenAlong };

Status CheckHeaderText(std::string_view what, std::string_view value, Origin origin) {
  if (HasControlCharacter(value)) {
    return Failure(ErrorKind::kUsage,
                   fmt::format("{} '{}' has a control character in it", what, Abbreviate(value, 100)),
                   "line breaks and the like can't be sent in a header");
  }
  if (origin == Origin::kTakenAlong) return {};
  if (Trim(value) != value) {
    return Failure(ErrorKind::kUsage,
                   fmt::format("{} '{}' has a space at an end", what, Abbreviate(value, 100)),
                   "HTTP takes such spaces off a header");
  }
  const bool ascii = std::all_of(value.begin(), value.end(), [](char c) { return c >= ' ' && c <= '~'; });
  if (ascii) return {};
  return Failure(
      ErrorKind::kUsage, fmt::format("{} '{}' is not plain ASCII", what, Abbreviate(value, 100)),
      "stores disagree about other characters in headers; encode them, with percent signs or base64");
}

Status CheckMetadata(const NamedValues& metadata, Origin origin) {
  std::size_t total = 0;
  std::vector<std::string> names;
  for (const auto& [name, value] : metadata) {
    if (!IsToken(name)) {
      return Failure(ErrorKind::kUsage,
                     fmt::format("metadata '{}' is not a name that a header can have", Abbreviate(name, 100)),
                     "letters, digits and - . _ are fine");
    }
    if (Status valid = CheckHeaderText(fmt::format("metadata {}:", name), value, origin); !valid)
      return valid;
    std::string lower = AsciiLower(name);
    if (std::find(names.begin(), names.end(), lower) != names.end()) {
      return Failure(ErrorKind::kUsage, fmt::format("metadata '{}' is given twice", name),
                     "letter case does not count in these names");
    }
    names.push_back(std::move(lower));
    total += name.size() + value.size();
  }
  if (total <= kMaxMetadata || origin == Origin::kTakenAlong) return {};
  return Failure(ErrorKind::kUsage,
                 fmt::format("the metadata has {} bytes; S3 takes at most {}", total, kMaxMetadata));
}

std::size_t CharactersOf(std::string_view utf8) {
  return static_cast<std::size_t>(std::count_if(
      utf8.begin(), utf8.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; }));
}

Status CheckTag(std::string_view name, std::string_view value) {
  const auto refuse = [&](std::string_view why) {
    return Failure(ErrorKind::kUsage, fmt::format("tag '{}': {}", Abbreviate(name, 100), why));
  };
  if (!IsValidUtf8(name) || !IsValidUtf8(value)) return refuse("it is not valid UTF-8");
  if (HasControlCharacter(name) || HasControlCharacter(value)) return refuse("it has a control character");
  if (name.empty()) return refuse("the name is empty");
  if (CharactersOf(name) > kMaxTagName) return refuse("the name has more than 128 characters");
  if (CharactersOf(value) > kMaxTagValue) return refuse("the value has more than 256 characters");
  return {};
}

Status CheckTags(const NamedValues& tags) {
  if (tags.size() > kMaxTags) {
    return Failure(ErrorKind::kUsage,
                   fmt::format("{} tags are given; S3 takes at most {}", tags.size(), kMaxTags));
  }
  for (auto tag = tags.begin(); tag != tags.end(); ++tag) {
    if (Status valid = CheckTag(tag->first, tag->second); !valid) return valid;
    const bool twice =
        std::any_of(tags.begin(), tag, [tag](const auto& other) { return other.first == tag->first; });
    if (twice) {
      return Failure(ErrorKind::kUsage,
                     fmt::format("tag '{}' is given twice", EscapeForTerminal(tag->first)));
    }
  }
  return {};
}

Status Check(const ObjectSettings& settings, Origin origin) {
  struct Text {
    std::string_view what;
    const std::string& value;
  };
  for (const Text& text :
       {Text{"the content type", settings.content_type},
        Text{"the content encoding", settings.content_encoding},
        Text{"the content disposition", settings.content_disposition},
        Text{"the content language", settings.content_language},
        Text{"the cache control", settings.cache_control}, Text{"the expiry date", settings.expires},
        Text{"the storage class", settings.storage_class}, Text{"the ACL", settings.acl},
        Text{"the encryption", settings.encryption.algorithm},
        Text{"the KMS key", settings.encryption.kms_key_id}}) {
    if (Status valid = CheckHeaderText(text.what, text.value, origin); !valid) return valid;
  }
  if (Status valid = CheckMetadata(settings.metadata, origin); !valid) return valid;
  if (Status valid = CheckTags(settings.tags); !valid) return valid;
  return CheckCustomerKey(settings.encryption.customer_key);
}

}  // namespace

Status CheckObjectSettings(const ObjectSettings& settings) {
  return Check(settings, Origin::kNew);
}

Status CheckSendable(const ObjectSettings& settings) {
  return Check(settings, Origin::kTakenAlong);
}

Status CheckCustomerKey(const Secret& key) {
  if (key.empty() || key.Expose().size() == kCustomerKeyBytes) return {};
  return Failure(ErrorKind::kUsage, fmt::format("the encryption key has {} bytes; SSE-C wants {}",
                                                key.Expose().size(), kCustomerKeyBytes));
}

}  // namespace s3conn
