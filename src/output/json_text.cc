#include "output/json_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <nlohmann/json.hpp>
#include <type_traits>

#include "base/text.h"

namespace s3conn {
namespace {

constexpr std::array<bool, 256> kEscaped = [] {
  std::array<bool, 256> escaped{};
  for (std::size_t control = 0; control < 0x20; ++control) escaped[control] = true;
  escaped['"'] = escaped['\\'] = escaped[0x7f] = true;
  return escaped;
}();

// Names of metadata come from the server, and may be anything.
void AppendName(std::string& out, std::string_view name) {
  AppendJsonString(out, IsValidUtf8(name) ? std::string(name) : EscapeForTerminal(name));
  out += ':';
}

void AppendValue(std::string& out, const Record::Value& value) {
  std::visit(
      [&out](const auto& held) {
        using T = std::decay_t<decltype(held)>;
        if constexpr (std::is_same_v<T, bool>) {
          out += held ? "true" : "false";
        } else if constexpr (std::is_same_v<T, std::uint64_t>) {
          fmt::format_to(std::back_inserter(out), "{}", held);
        } else if constexpr (std::is_same_v<T, double>) {
          fmt::format_to(std::back_inserter(out), "{:.3f}", held);
        } else if constexpr (std::is_same_v<T, ByteCount>) {
          fmt::format_to(std::back_inserter(out), "{}", held.bytes());
        } else if constexpr (std::is_same_v<T, Timestamp>) {
          AppendJsonString(out, FormatRfc3339(held));
        } else if constexpr (std::is_same_v<T, std::string>) {
          AppendJsonString(out, held);
        } else {
          AppendJson(out, held);
        }
      },
      value);
}

}  // namespace

void AppendJsonString(std::string& out, std::string_view text) {
  // Nearly every name and key needs no escaping, and building a JSON value for it costs more than looking.
  if (std::none_of(text.begin(), text.end(),
                   [](char c) { return kEscaped[static_cast<unsigned char>(c)]; })) {
    out += '"';
    out += text;
    out += '"';
  } else {
    out += nlohmann::json(text).dump();
  }
}

void AppendJsonFields(std::string& out, const Record& record) {
  bool first = true;
  for (const Field& field : record.fields()) {
    if (!first) out += ',';
    first = false;
    AppendName(out, field.name);
    const std::string* text = std::get_if<std::string>(&field.value);
    if (text == nullptr || IsValidUtf8(*text)) {
      AppendValue(out, field.value);
      continue;
    }
    AppendJsonString(out, EscapeForTerminal(*text));
    out += ',';
    AppendName(out, field.name + "Base64");
    AppendJsonString(out, Base64Encode({reinterpret_cast<const unsigned char*>(text->data()), text->size()}));
  }
}

void AppendJson(std::string& out, const Record& record) {
  out += '{';
  AppendJsonFields(out, record);
  out += '}';
}

}  // namespace s3conn
