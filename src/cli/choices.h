#ifndef S3CONN_CLI_CHOICES_H_
#define S3CONN_CLI_CHOICES_H_

#include <string>
#include <vector>

namespace CLI {
class Option;
}

namespace s3conn {

// A value that an option may well get. The caption says what it stands for; many need none.
struct Choice {
  std::string value;
  std::string caption = {};
};

// Attaches to a declared option or argument the values that completion offers for it. It restricts nothing:
// what is valid is decided where the value is used. Values are words without white space or quotes. Once an
// option.
//
//   OfferChoices(app.add_option("--style", style, "…")->type_name("STYLE"), {{"auto"}, {"path"}});
void OfferChoices(CLI::Option* option, const std::vector<Choice>& choices);

// What was attached to it.
std::vector<Choice> ChoicesOf(CLI::Option& option);

}  // namespace s3conn

#endif  // S3CONN_CLI_CHOICES_H_
