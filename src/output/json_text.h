#ifndef S3CONN_OUTPUT_JSON_TEXT_H_
#define S3CONN_OUTPUT_JSON_TEXT_H_

#include <string>
#include <string_view>

#include "output/record.h"

namespace s3conn {

// A text as a JSON string, quotes included. It must be valid UTF-8.
void AppendJsonString(std::string& out, std::string_view text);

// `"Name":value,…` without braces. A text that is not valid UTF-8 is given escaped, and exactly beside it as
// "NameBase64".
void AppendJsonFields(std::string& out, const Record& record);

// The same within braces.
void AppendJson(std::string& out, const Record& record);

}  // namespace s3conn

#endif  // S3CONN_OUTPUT_JSON_TEXT_H_
