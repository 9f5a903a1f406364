#include "cli/choices.h"

#include <CLI/CLI.hpp>
#include <string_view>

namespace s3conn {
namespace {

constexpr const char* kName = "choices";

// A line each, the caption behind a tab.
std::string Encode(const std::vector<Choice>& choices) {
  std::string text;
  for (const Choice& choice : choices) text += choice.value + '\t' + choice.caption + '\n';
  return text;
}

std::vector<Choice> Decode(std::string_view text) {
  std::vector<Choice> choices;
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    const std::size_t tab = line.find('\t');
    choices.push_back({std::string(line.substr(0, tab)), std::string(line.substr(tab + 1))});
    text.remove_prefix(line.size() + 1);
  }
  return choices;
}

}  // namespace

// CLI11 keeps nothing of ours beside an option but validators: one that is switched off checks nothing, is
// told of nowhere, and has a text.
void OfferChoices(CLI::Option* option, const std::vector<Choice>& choices) {
  option->check(CLI::Validator(Encode(choices)).name(kName).active(false));
}

std::vector<Choice> ChoicesOf(CLI::Option& option) {
  try {
    return Decode(CLI::Validator(*option.get_validator(kName)).active().get_description());
  } catch (const CLI::OptionNotFound&) {
    return {};
  }
}

}  // namespace s3conn
