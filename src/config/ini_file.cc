#include "config/ini_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "base/text.h"

namespace s3conn {
namespace {

constexpr std::string_view kBlanks = " \t";
constexpr std::string_view kCommentMarks = "#;";
constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";

bool IsIn(std::string_view set, char c) {
  return set.find(c) != std::string_view::npos;
}

bool IsName(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || IsIn("_-/.%@:+", c);
  });
}

// The line up to a comment. Behind a value a comment needs white space before its mark ("a#b" is a value).
std::string_view WithoutComment(std::string_view line) {
  for (std::size_t i = 1; i < line.size(); ++i) {
    if (IsIn(kCommentMarks, line[i]) && IsIn(kBlanks, line[i - 1])) return line.substr(0, i);
  }
  return line;
}

struct Heading {
  IniSectionType type = IniSectionType::kProfile;
  std::string_view name;
  bool prefixed = false;  // "[profile x]" as opposed to "[x]"
};

std::optional<IniSectionType> SectionTypeOf(std::string_view word) {
  if (word == "profile") return IniSectionType::kProfile;
  if (word == "sso-session") return IniSectionType::kSsoSession;
  if (word == "services") return IniSectionType::kServices;
  return std::nullopt;
}

// nullopt for what is a section in no dialect.
std::optional<Heading> ParseHeading(std::string_view inner) {
  Heading heading;
  heading.name = inner;
  const std::size_t blank = inner.find_first_of(kBlanks);
  if (blank != std::string_view::npos) {
    const std::optional<IniSectionType> type = SectionTypeOf(inner.substr(0, blank));
    if (!type) return std::nullopt;
    heading = {*type, Trim(inner.substr(blank)), true};
  }
  if (!IsName(heading.name)) return std::nullopt;
  return heading;
}

bool IsRead(const Heading& heading, IniDialect dialect) {
  if (dialect == IniDialect::kAwsCredentials) return !heading.prefixed;
  return heading.prefixed || heading.name == "default";
}

// Sections as they come, merged; what is to be skipped goes to a section that nobody gets to see.
class Parser {
 public:
  Parser(std::string path, IniDialect dialect) : dialect_(dialect) { file_.path = std::move(path); }

  // Without its '\n'. The '\r' of a CRLF goes with the white space that is trimmed from everything.
  Status Feed(std::string_view line) {
    ++line_number_;
    if (Trim(line).empty() || IsIn(kCommentMarks, line.front())) return {};
    if (line.front() == '[') return BeginSection(line);
    if (section_ == nullptr) return Fault("expected a section, such as [default], before anything else");
    if (IsIn(kBlanks, line.front())) return Continue(Trim(line));
    return BeginProperty(Trim(WithoutComment(line)));
  }

  // [default] counts only where there is no [profile default].
  IniFile Finish() && {
    if (has_bare_default_ && file_.Find(IniSectionType::kProfile, "default") == nullptr) {
      bare_default_.name = "default";
      file_.sections.push_back(std::move(bare_default_));
    }
    return std::move(file_);
  }

 private:
  tl::unexpected<Error> Fault(std::string_view what, std::string hint = {}) const {
    return Failure(ErrorKind::kConfig,
                   fmt::format("{}:{}: {}", EscapeForTerminal(file_.path), line_number_, what),
                   std::move(hint));
  }

  Status BeginSection(std::string_view line) {
    line = Trim(line.substr(0, line.find_first_of(kCommentMarks)));
    if (!line.ends_with(']')) return Fault("a section must end with ']'");
    const std::string_view inner = Trim(line.substr(1, line.size() - 2));
    property_ = nullptr;
    const std::optional<Heading> heading = ParseHeading(inner);
    if (!heading || !IsRead(*heading, dialect_)) {
      skipped_ = {};
      section_ = &skipped_;
      if (dialect_ == IniDialect::kConnector) return UnreadSection(inner);
    } else if (!heading->prefixed && dialect_ != IniDialect::kAwsCredentials) {
      has_bare_default_ = true;
      section_ = &bare_default_;
    } else {
      section_ = &SectionFor(*heading);
    }
    return {};
  }

  tl::unexpected<Error> UnreadSection(std::string_view inner) const {
    if (inner.empty() || SectionTypeOf(inner))
      return Fault("the section has no name", "write [profile NAME]");
    if (IsName(inner)) {
      return Fault(fmt::format("[{}] is not a section of this file", inner),
                   fmt::format("write [profile {}]", inner));
    }
    return Fault("this is neither [default], [profile NAME], [sso-session NAME] nor [services NAME]",
                 "a name is made of letters, digits and _ - / . % @ : +");
  }

  IniSection& SectionFor(const Heading& heading) {
    for (IniSection& section : file_.sections) {
      if (section.type == heading.type && section.name == heading.name) return section;
    }
    return file_.sections.emplace_back(IniSection{heading.type, std::string(heading.name), {}});
  }

  Status BeginProperty(std::string_view line) {
    const std::size_t equals = line.find('=');
    if (equals == std::string_view::npos) return Fault("expected name = value");
    const std::string_view name = Trim(line.substr(0, equals));
    if (name.empty()) return Fault("the property has no name before '='");
    IniSection& section = IsName(name) ? *section_ : skipped_;
    property_ = &PropertyFor(section, AsciiLower(name));
    property_->value = Trim(line.substr(equals + 1));
    property_->line = line_number_;
    property_->nested.clear();
    return {};
  }

  static IniProperty& PropertyFor(IniSection& section, std::string name) {
    for (IniProperty& property : section.properties) {
      if (property.name == name) return property;
    }
    IniProperty& added = section.properties.emplace_back();
    added.name = std::move(name);
    return added;
  }

  // No comments here: '#' and ';' belong to the value.
  Status Continue(std::string_view line) {
    if (property_ == nullptr) {
      return Fault("an indented line continues a property, and there is none above it",
                   "a property starts in the first column");
    }
    if (!property_->value.empty()) {
      property_->value += '\n';
      property_->value += line;
      return {};
    }
    const std::size_t equals = line.find('=');
    if (equals == std::string_view::npos) {
      return Fault("expected an indented name = value, for the property above it has no value of its own");
    }
    IniNestedProperty nested{AsciiLower(Trim(line.substr(0, equals))),
                             std::string(Trim(line.substr(equals + 1))), line_number_};
    if (nested.name.empty()) return Fault("the indented property has no name before '='");
    std::erase_if(property_->nested,
                  [&](const IniNestedProperty& other) { return other.name == nested.name; });
    property_->nested.push_back(std::move(nested));
    return {};
  }

  IniDialect dialect_;
  IniFile file_;
  IniSection bare_default_;
  bool has_bare_default_ = false;
  IniSection skipped_;
  IniSection* section_ = nullptr;    // where properties go: into file_.sections, bare_default_ or skipped_
  IniProperty* property_ = nullptr;  // what an indented line continues
  int line_number_ = 0;
};

}  // namespace

const IniNestedProperty* IniProperty::Find(std::string_view nested_name) const {
  for (const IniNestedProperty& entry : nested) {
    if (entry.name == nested_name) return &entry;
  }
  return nullptr;
}

const IniProperty* IniSection::Find(std::string_view property_name) const {
  for (const IniProperty& property : properties) {
    if (property.name == property_name) return &property;
  }
  return nullptr;
}

const IniSection* IniFile::Find(IniSectionType type, std::string_view name) const {
  for (const IniSection& section : sections) {
    if (section.type == type && section.name == name) return &section;
  }
  return nullptr;
}

Result<IniFile> ParseIniFile(std::string_view text, std::string path, IniDialect dialect) {
  Parser parser(std::move(path), dialect);
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    if (Status status = parser.Feed(text.substr(0, end)); !status) return Failure(std::move(status).error());
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return std::move(parser).Finish();
}

}  // namespace s3conn
