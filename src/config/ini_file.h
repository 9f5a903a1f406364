#ifndef S3CONN_CONFIG_INI_FILE_H_
#define S3CONN_CONFIG_INI_FILE_H_

#include <string>
#include <string_view>
#include <vector>

#include "s3conn/base/error.h"

namespace s3conn {

// The syntax of ~/.aws/config and ~/.aws/credentials ("Using shared config and credentials files", AWS SDKs
// and Tools Reference Guide), read as AWS's newer SDKs read it.

enum class IniDialect {
  kConnector,       // as kAwsConfig, but a section that would be skipped there is an error
  kAwsConfig,       // [profile x], [default], [sso-session x], [services x]; others are skipped
  kAwsCredentials,  // [x]; others are skipped
};

enum class IniSectionType { kProfile, kSsoSession, kServices };

// `name = value` on an indented line below a property without a value.
struct IniNestedProperty {
  std::string name;  // lower-case
  std::string value;
  int line = 0;  // counted from 1, as all lines here
};

struct IniProperty {
  std::string name;  // lower-case
  std::string
      value;  // trimmed; continuation lines are joined by '\n'. May be a secret: never print it unasked
  int line = 0;
  std::vector<IniNestedProperty> nested;

  const IniNestedProperty* Find(std::string_view nested_name) const;
};

struct IniSection {
  IniSectionType type = IniSectionType::kProfile;
  std::string name;
  std::vector<IniProperty> properties;  // each name once

  const IniProperty* Find(std::string_view property_name) const;
};

struct IniFile {
  std::string path;
  std::vector<IniSection> sections;  // each type and name once

  const IniSection* Find(IniSectionType type, std::string_view name) const;
};

// Repeated sections are merged, and of repeated properties the last counts. An ill-formed line is kConfig, as
// "path:line: what is wrong"; the message never repeats the line, which may hold a secret.
Result<IniFile> ParseIniFile(std::string_view text, std::string path, IniDialect dialect);

}  // namespace s3conn

#endif  // S3CONN_CONFIG_INI_FILE_H_
