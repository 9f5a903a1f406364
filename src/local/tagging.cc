#include "local/tagging.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "base/text.h"

namespace s3conn::local {
namespace {

constexpr std::size_t kMostTags = 10;
constexpr std::size_t kLongestKey = 128;
constexpr std::size_t kLongestValue = 256;

std::size_t CountCharacters(std::string_view text) {
  const auto begins_one = [](char c) { return (static_cast<unsigned char>(c) & 0xc0U) != 0x80; };
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), begins_one));
}

// Letters and digits of any script, spaces and + - = . _ : / @. Which of the characters beyond ASCII are
// letters is not looked up: they all pass.
bool IsTagText(std::string_view text) {
  constexpr std::string_view kMarks = " +-=._:/@";
  const auto allowed = [&](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           kMarks.find(c) != std::string_view::npos || static_cast<unsigned char>(c) >= 0x80;
  };
  return IsValidUtf8(text) && std::all_of(text.begin(), text.end(), allowed);
}

Answer<void> CheckTag(const std::string& key, const std::string& value) {
  const std::size_t length = CountCharacters(key);
  if (length < 1 || length > kLongestKey || !IsTagText(key)) {
    return Refuse(Code::kInvalidTag, "The TagKey you have provided is invalid", {{"TagKey", key}});
  }
  if (key.starts_with("aws:")) {
    return Refuse(Code::kInvalidTag, "System tags cannot be added/updated by requester", {{"TagKey", key}});
  }
  if (CountCharacters(value) > kLongestValue || !IsTagText(value)) {
    return Refuse(Code::kInvalidTag, "The TagValue you have provided is invalid",
                  {{"TagKey", key}, {"TagValue", value}});
  }
  return {};
}

Answer<Tags> Check(Tags tags) {
  if (tags.size() > kMostTags) return Refuse(Code::kBadRequest, "Object tags cannot be greater than 10");
  for (std::size_t i = 0; i < tags.size(); ++i) {
    const std::string& key = tags[i].first;
    if (const Answer<void> fine = CheckTag(key, tags[i].second); !fine) return Refuse(fine.error());
    const auto same_key = [&](const auto& earlier) { return earlier.first == key; };
    if (std::any_of(tags.begin(), tags.begin() + static_cast<std::ptrdiff_t>(i), same_key)) {
      return Refuse(Code::kInvalidTag, "Cannot provide multiple Tags with the same key", {{"TagKey", key}});
    }
  }
  return tags;
}

std::optional<std::string> DecodeForm(std::string_view encoded) {
  std::string spaced(encoded);
  std::replace(spaced.begin(), spaced.end(), '+', ' ');
  return PercentDecode(spaced);
}

tl::unexpected<Refusal> RefuseHeader(std::string_view header) {
  return Refuse(Code::kInvalidArgument,
                "The header 'x-amz-tagging' shall be encoded as UTF-8 then URLEncoded URL query parameters "
                "without tag name duplicates.",
                {{"ArgumentName", "x-amz-tagging"}, {"ArgumentValue", std::string(header)}});
}

}  // namespace

Answer<Tags> ParseTagHeader(std::string_view header) {
  Tags tags;
  for (std::string_view rest = header; !rest.empty();) {
    const std::string_view pair = rest.substr(0, rest.find('&'));
    rest.remove_prefix(std::min(pair.size() + 1, rest.size()));
    const std::size_t equals = std::min(pair.find('='), pair.size());
    std::optional<std::string> key = DecodeForm(pair.substr(0, equals));
    std::optional<std::string> value = DecodeForm(pair.substr(std::min(equals + 1, pair.size())));
    if (!key || !value) return RefuseHeader(header);
    tags.emplace_back(std::move(*key), std::move(*value));
  }
  return Check(std::move(tags));
}

Answer<Tags> ReadTagDocument(XmlElement tagging) {
  const XmlElement set = tagging.Child("TagSet");
  if (!set) return Refuse(Code::kMalformedXml);
  Tags tags;
  for (XmlElement tag = set.FirstChild(); tag; tag = tag.Next()) {
    if (tag.name() != "Tag" || !tag.Child("Key") || !tag.Child("Value")) return Refuse(Code::kMalformedXml);
    tags.emplace_back(tag.ChildText("Key"), tag.ChildText("Value"));
  }
  return Check(std::move(tags));
}

void WriteTagSet(const Tags& tags, XmlWriter& xml) {
  xml.Open("TagSet");
  for (const auto& [key, value] : tags) {
    xml.Open("Tag");
    xml.Text("Key", key);
    xml.Text("Value", value);
    xml.Close();
  }
  xml.Close();
}

}  // namespace s3conn::local
