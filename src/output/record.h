#ifndef S3CONN_OUTPUT_RECORD_H_
#define S3CONN_OUTPUT_RECORD_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "s3conn/base/time.h"
#include "s3conn/base/units.h"

namespace s3conn {

struct Field;

// What a command has to say about one thing: named values in order, as scripts see them. Values are raw; the
// renderer escapes. Names are those of SPEC and of the S3 API.
class Record {
 public:
  using Value = std::variant<bool, std::uint64_t, double, ByteCount, Timestamp, std::string, Record>;

  Record& Add(std::string_view name, Value value);
  Record& Add(std::string_view name, std::string_view text);
  Record& Add(std::string_view name, const std::string& text);
  Record& Add(std::string_view name, const char* text);
  // Only where there is something to say.
  Record& AddUnlessEmpty(std::string_view name, const std::string& value);
  template <typename T>
  Record& AddIf(std::string_view name, const std::optional<T>& value);

  // One sentence for people, in place of the fields. Unlike these it is printed as it is: whoever makes it
  // escapes.
  Record& Headline(std::string text);

  // The one thing that people want of it, in place of the fields: a URL. Escaped by the renderer, and printed
  // with
  // --quiet too.
  Record& Datum(std::string text);

  const std::vector<Field>& fields() const { return fields_; }
  const std::string& headline() const { return headline_; }
  const std::string& datum() const { return datum_; }
  const Field* Find(std::string_view name) const;

 private:
  std::vector<Field> fields_;
  std::string headline_;
  std::string datum_;
};

struct Field {
  std::string name;
  Record::Value value;
};

inline Record& Record::Add(std::string_view name, Value value) {
  fields_.push_back(Field{std::string(name), std::move(value)});
  return *this;
}

inline Record& Record::Add(std::string_view name, std::string_view text) {
  return Add(name, Value(std::string(text)));
}

inline Record& Record::Add(std::string_view name, const std::string& text) {
  return Add(name, Value(text));
}

inline Record& Record::Add(std::string_view name, const char* text) {
  return Add(name, Value(std::string(text)));
}

inline Record& Record::AddUnlessEmpty(std::string_view name, const std::string& value) {
  return value.empty() ? *this : Add(name, Value(value));
}

template <typename T>
Record& Record::AddIf(std::string_view name, const std::optional<T>& value) {
  return value ? Add(name, Value(*value)) : *this;
}

inline Record& Record::Headline(std::string text) {
  headline_ = std::move(text);
  return *this;
}

inline Record& Record::Datum(std::string text) {
  datum_ = std::move(text);
  return *this;
}

inline const Field* Record::Find(std::string_view name) const {
  for (const Field& field : fields_) {
    if (field.name == name) return &field;
  }
  return nullptr;
}

}  // namespace s3conn

#endif  // S3CONN_OUTPUT_RECORD_H_
