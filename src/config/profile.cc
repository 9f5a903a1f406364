#include "config/profile.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <utility>

#include "base/file.h"
#include "base/text.h"

namespace s3conn {
namespace {

constexpr ByteCount kLongestFile = 16_MiB;

struct Location {
  ProfileFile kind = ProfileFile::kConnector;
  IniDialect dialect = IniDialect::kConnector;
  std::string path;              // empty: nowhere to look
  std::string_view demanded_by;  // the option or variable after which the file must exist
};

Location ConnectorLocation(const Environment& environment, const std::optional<std::string>& config_file) {
  Location location;
  if (config_file) {
    location.path = ExpandHome(*config_file, environment);
    location.demanded_by = "--config";
  } else if (const auto named = FindVariable(environment, "S3CONN_CONFIG")) {
    location.path = ExpandHome(*named, environment);
    location.demanded_by = "S3CONN_CONFIG";
  } else if (const auto folder = FindVariable(environment, "XDG_CONFIG_HOME");
             folder && folder->starts_with('/')) {
    // Relative paths are to be ignored: XDG Base Directory Specification.
    location.path = *folder + "/s3conn/config";
  } else if (const auto home = FindVariable(environment, "HOME")) {
    location.path = *home + "/.config/s3conn/config";
  }
  return location;
}

// One of AWS's: the file that the variable names may be missing, as with AWS's tools.
Location AwsLocation(const Environment& environment, ProfileFile kind) {
  const bool credentials = kind == ProfileFile::kAwsCredentials;
  Location location{kind, credentials ? IniDialect::kAwsCredentials : IniDialect::kAwsConfig, {}, {}};
  const auto named =
      FindVariable(environment, credentials ? "AWS_SHARED_CREDENTIALS_FILE" : "AWS_CONFIG_FILE");
  if (named) {
    location.path = ExpandHome(*named, environment);
  } else if (const auto home = FindVariable(environment, "HOME")) {
    location.path = *home + (credentials ? "/.aws/credentials" : "/.aws/config");
  }
  return location;
}

// The text, or nullopt for a file that need not be there and isn't.
Result<std::optional<std::string>> ReadProfileFile(const Location& location) {
  if (location.path.empty() && location.demanded_by.empty()) return std::nullopt;
  Result<std::string> text = ReadWholeFile(location.path, kLongestFile);
  if (text) return *std::move(text);
  struct stat info {};
  // A home folder that belongs to somebody else, as in containers, hides whether there is a file.
  const bool absent = text.error().kind == ErrorKind::kNotFound || stat(location.path.c_str(), &info) != 0;
  if (absent && location.demanded_by.empty()) return std::nullopt;
  Error error = std::move(text).error();
  error.kind = ErrorKind::kConfig;
  if (!location.demanded_by.empty()) error = std::move(error).Within(location.demanded_by);
  return Failure(std::move(error));
}

bool HoldsSecret(const IniFile& file) {
  const auto secret = [](const IniProperty& property) {
    return (property.name == "aws_secret_access_key" || property.name == "aws_session_token") &&
           !property.value.empty();
  };
  return std::any_of(file.sections.begin(), file.sections.end(), [&](const IniSection& section) {
    return std::any_of(section.properties.begin(), section.properties.end(), secret);
  });
}

std::optional<std::string> ExposureWarning(const IniFile& file) {
  struct stat info {};
  if (!HoldsSecret(file) || stat(file.path.c_str(), &info) != 0 || !S_ISREG(info.st_mode))
    return std::nullopt;
  if ((info.st_mode & (S_IRGRP | S_IROTH)) == 0) return std::nullopt;
  const std::string path = EscapeForTerminal(file.path);
  return fmt::format("{} holds a secret key and other users can read it (mode {:04o}): chmod 600 {}", path,
                     info.st_mode & 07777U, path);
}

std::optional<ProfileValue> FindInSection(const IniFile& file, IniSectionType type,
                                          std::string_view section_name, PropertyName name) {
  const IniSection* const section = file.Find(type, section_name);
  if (section == nullptr) return std::nullopt;
  const IniProperty* const property = section->Find(name.block.empty() ? name.name : name.block);
  if (property == nullptr) return std::nullopt;
  const std::string* value = &property->value;
  int line = property->line;
  if (!name.block.empty()) {
    const IniNestedProperty* const nested = property->Find(name.name);
    if (nested == nullptr) return std::nullopt;
    value = &nested->value;
    line = nested->line;
  }
  if (value->empty()) return std::nullopt;
  return ProfileValue{*value,
                      fmt::format("{} {} ({}:{})", type == IniSectionType::kServices ? "services" : "profile",
                                  section_name, EscapeForTerminal(file.path), line)};
}

}  // namespace

std::string ExpandHome(std::string_view path, const Environment& environment) {
  if (path == "~" || path.starts_with("~/")) {
    if (const auto home = FindVariable(environment, "HOME")) return *home + std::string(path.substr(1));
  }
  return std::string(path);
}

Result<Profiles> Profiles::Load(const Environment& environment, const std::optional<std::string>& config_file,
                                AwsFiles aws_files) {
  Profiles profiles;
  for (const ProfileFile kind : kProfileFiles) {
    if (kind != ProfileFile::kConnector && aws_files == AwsFiles::kIgnored) continue;
    const Location location = kind == ProfileFile::kConnector ? ConnectorLocation(environment, config_file)
                                                              : AwsLocation(environment, kind);
    Result<std::optional<std::string>> text = ReadProfileFile(location);
    if (!text) return Failure(std::move(text).error());
    if (!*text) continue;
    Result<IniFile> file = ParseIniFile(**text, location.path, location.dialect);
    if (!file) return Failure(std::move(file).error());
    if (auto warning = ExposureWarning(*file)) profiles.warnings_.push_back(*std::move(warning));
    profiles.files_.push_back({kind, *std::move(file)});
  }
  return profiles;
}

bool Profiles::Has(std::string_view profile) const {
  return std::any_of(files_.begin(), files_.end(), [&](const Loaded& file) {
    return file.content.Find(IniSectionType::kProfile, profile) != nullptr;
  });
}

std::vector<std::string_view> Profiles::Names() const {
  std::vector<std::string_view> names;
  for (const Loaded& file : files_) {
    for (const IniSection& section : file.content.sections) {
      if (section.type == IniSectionType::kProfile) names.push_back(section.name);
    }
  }
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return names;
}

std::vector<std::string_view> Profiles::Paths() const {
  std::vector<std::string_view> paths;
  for (const Loaded& file : files_) paths.push_back(file.content.path);
  return paths;
}

std::optional<ProfileValue> Profiles::Find(std::string_view profile, PropertyName property) const {
  for (const ProfileFile file : kProfileFiles) {
    if (auto value = FindIn(file, profile, property)) return value;
  }
  return std::nullopt;
}

std::optional<ProfileValue> Profiles::FindIn(ProfileFile file, std::string_view profile,
                                             PropertyName property) const {
  for (const Loaded& loaded : files_) {
    if (loaded.kind == file) {
      return FindInSection(loaded.content, IniSectionType::kProfile, profile, property);
    }
  }
  return std::nullopt;
}

bool Profiles::HasServices(std::string_view name) const {
  return std::any_of(files_.begin(), files_.end(), [&](const Loaded& file) {
    return file.content.Find(IniSectionType::kServices, name) != nullptr;
  });
}

std::optional<ProfileValue> Profiles::FindInServices(std::string_view name, PropertyName property) const {
  for (const Loaded& file : files_) {
    if (auto value = FindInSection(file.content, IniSectionType::kServices, name, property)) return value;
  }
  return std::nullopt;
}

}  // namespace s3conn
