#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <type_traits>

#include "base/text.h"
#include "output/renderer.h"

namespace s3conn {
namespace {

std::string ForPeople(const Record::Value& value);

std::string NestedForPeople(const Record& record) {
  std::string text;
  for (const Field& field : record.fields()) {
    text += fmt::format("{}{}={}", text.empty() ? "" : ", ", EscapeForTerminal(field.name),
                        ForPeople(field.value));
  }
  return text;
}

std::string ForPeople(const Record::Value& value) {
  return std::visit(
      [](const auto& held) -> std::string {
        using T = std::decay_t<decltype(held)>;
        if constexpr (std::is_same_v<T, bool>) {
          return held ? "yes" : "no";
        } else if constexpr (std::is_same_v<T, std::uint64_t>) {
          return fmt::format("{}", held);
        } else if constexpr (std::is_same_v<T, double>) {
          return fmt::format("{:.1f}", held);
        } else if constexpr (std::is_same_v<T, ByteCount>) {
          return HumanBytes(held);
        } else if constexpr (std::is_same_v<T, Timestamp>) {
          return FormatRfc3339(std::chrono::floor<std::chrono::seconds>(held));
        } else if constexpr (std::is_same_v<T, std::string>) {
          return EscapeForTerminal(held);
        } else {
          return NestedForPeople(held);
        }
      },
      value);
}

class TextRenderer final : public Renderer {
 public:
  TextRenderer(OutputStream& stream, Talk talk) : stream_(stream), talk_(talk) {}

  Status One(const Record& record) override {
    if (!record.headline().empty()) return Sentence(record);
    if (!record.datum().empty()) {
      Status written = stream_.Write(EscapeForTerminal(record.datum()) + "\n");
      return written ? stream_.Flush() : written;
    }
    std::size_t width = 0;
    for (const Field& field : record.fields()) width = std::max(width, field.name.size());
    for (const Field& field : record.fields()) {
      const std::string line = fmt::format("{:<{}}  {}\n", field.name, width, ForPeople(field.value));
      if (Status written = stream_.Write(line); !written) return written;
    }
    return stream_.Flush();
  }

  Status BeginList(const ListShape& shape) override {
    shape_ = shape;
    return {};
  }

  Status Item(std::size_t array, const Record& record) override {
    if (!record.headline().empty()) return Sentence(record);
    std::string line;
    for (const Column& column : shape_.arrays[array].columns) {
      const Field* field = record.Find(column.field);
      const std::string cell = field != nullptr ? ForPeople(field->value) : "";
      if (!line.empty()) line += "  ";
      line += column.align == Column::Align::kRight ? fmt::format("{:>{}}", cell, column.width)
                                                    : fmt::format("{:<{}}", cell, column.width);
    }
    line += '\n';
    return stream_.Write(line);
  }

  Status Flush() override { return stream_.Flush(); }

  Status EndList(const Record& ending) override {
    if (!ending.headline().empty()) {
      if (Status written = Sentence(ending); !written) return written;
    }
    return stream_.Flush();
  }

 private:
  Status Sentence(const Record& record) {
    if (talk_ == Talk::kQuiet) return {};
    if (Status written = stream_.Write(record.headline() + "\n"); !written) return written;
    return stream_.Flush();
  }

  OutputStream& stream_;
  Talk talk_;
  ListShape shape_;
};

}  // namespace

std::unique_ptr<Renderer> MakeTextRenderer(OutputStream& stream, Talk talk) {
  return std::make_unique<TextRenderer>(stream, talk);
}

}  // namespace s3conn
