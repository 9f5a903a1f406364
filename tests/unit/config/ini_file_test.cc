#include "config/ini_file.h"

#include <string>
#include <string_view>
#include <vector>

#include "support/catch.h"

namespace s3conn {
namespace {

// A file as one text: "[foo] a=1 s3={b=2}", sections and properties in order; a newline in a value shows as
// '|'.
std::string Shown(const IniFile& file) {
  std::string text;
  for (const IniSection& section : file.sections) {
    if (!text.empty()) text += ' ';
    text += section.type == IniSectionType::kProfile      ? "["
            : section.type == IniSectionType::kSsoSession ? "[sso:"
                                                          : "[services:";
    text += section.name + "]";
    for (const IniProperty& property : section.properties) {
      text += ' ' + property.name + '=' + property.value;
      for (const IniNestedProperty& nested : property.nested) {
        text += '{' + nested.name + '=' + nested.value + '}';
      }
    }
  }
  for (char& c : text) {
    if (c == '\n') c = '|';
  }
  return text;
}

struct Case {
  std::string_view rule;
  std::string_view text;
  std::string_view shown;
};

void CheckAll(IniDialect dialect, const std::vector<Case>& cases) {
  for (const Case& c : cases) {
    INFO(c.rule);
    const Result<IniFile> file = ParseIniFile(c.text, "f", dialect);
    CHECK((file ? Shown(*file) : file.error().message) == c.shown);
  }
}

void CheckFaults(IniDialect dialect, const std::vector<Case>& cases) {
  for (const Case& c : cases) {
    INFO(c.rule);
    const Result<IniFile> file = ParseIniFile(c.text, "dir/f", dialect);
    REQUIRE_FALSE(file);
    CHECK(file.error().kind == ErrorKind::kConfig);
    INFO(file.error().message);
    CHECK(file.error().message.find(c.shown) == 0);
  }
}

TEST_CASE("ParseIniFile: sections of AWS config files") {
  CheckAll(
      IniDialect::kAwsConfig,
      {
          {"an empty file has nothing", "", ""},
          {"a profile may be empty", "[profile foo]", "[foo]"},
          {"all characters of names", "[profile aZ09_-/.%@:+]", "[aZ09_-/.%@:+]"},
          {"a name with another character is skipped", "[profile foo!bar]\na=1\n[profile b]", "[b]"},
          {"a name with a blank is skipped", "[profile in valid]\na=1\n[profile b]\nc=2", "[b] c=2"},
          {"a quoted name is skipped", "[profile \"a b\"]\na=1", ""},
          {"blanks around the name are trimmed", "[profile \tfoo \t]", "[foo]"},
          {"blanks around the prefix are trimmed", "[ \tprofile foo]\na=1", "[foo] a=1"},
          {"a tab separates the prefix", "[profile\tfoo]", "[foo]"},
          {"without a separator it is a bare name and skipped", "[profilefoo]\na=1\n[profile b]", "[b]"},
          {"a bare section is skipped", "[foo]\na=1", ""},
          {"the bare default is read", "[default]\na=1", "[default] a=1"},
          {"the prefixed default wins when first", "[profile default]\na=1\n[default]\nb=2", "[default] a=1"},
          {"the prefixed default wins when last", "[default]\nb=2\n[profile default]\na=1", "[default] a=1"},
          {"sso-session and services", "[sso-session s]\na=1\n[services t]\ns3=\n e=2",
           "[sso:s] a=1 [services:t] s3={e=2}"},
          {"an unknown kind is skipped", "[plugins x]\na=1\n[profile b]", "[b]"},
          {"the prefix is lower-case", "[Profile foo]\na=1", ""},
          {"repeated sections merge", "[profile a]\nx=1\n[profile b]\n[profile a]\ny=2", "[a] x=1 y=2 [b]"},
          {"sections of different kinds don't merge", "[profile a]\nx=1\n[services a]\ny=2",
           "[a] x=1 [services:a] y=2"},
      });
}

TEST_CASE("ParseIniFile: sections of AWS credentials files") {
  CheckAll(IniDialect::kAwsCredentials,
           {
               {"bare sections are profiles", "[foo]\na=1\n[default]\nb=2", "[foo] a=1 [default] b=2"},
               {"blanks around the name are trimmed", "[  foo  ]\na=1", "[foo] a=1"},
               {"prefixed sections are skipped", "[profile foo]\na=1\n[profile default]\nb=2\n[c]", "[c]"},
               {"other kinds are skipped", "[sso-session s]\na=1\n[services s]\nb=2", ""},
               {"without a separator it is a bare name", "[sso-sessionfoo]\na=1", "[sso-sessionfoo] a=1"},
               {"repeated sections merge", "[a]\nx=1\n[a]\ny=2", "[a] x=1 y=2"},
           });
}

TEST_CASE("ParseIniFile: properties and values") {
  CheckAll(IniDialect::kAwsCredentials,
           {
               {"names are lower-cased", "[a]\nRegion=X", "[a] region=X"},
               {"names and values are trimmed", "[a]\nname \t=  \tval ue \t", "[a] name=val ue"},
               {"the first equals sign splits", "[a]\nname=x=y=", "[a] name=x=y="},
               {"values may be empty", "[a]\nname=\nb=1", "[a] name= b=1"},
               {"values may be any UTF-8", "[a]\nname = \xf0\x9f\x98\x82", "[a] name=\xf0\x9f\x98\x82"},
               {"a name with a blank is skipped", "[a]\nin valid=1\nb=2", "[a] b=2"},
               {"a skipped property takes its continuation along", "[a]\nb=2\nin valid=1\n more", "[a] b=2"},
               {"of repeated properties the last counts", "[a]\nx=1\nX=2", "[a] x=2"},
               {"and so in repeated sections", "[a]\nx=1\n[a]\nx=2", "[a] x=2"},
               {"a repeated property drops its block", "[a]\ns3=\n b=1\ns3=\n c=2", "[a] s3={c=2}"},
               {"blank lines are ignored", "\t \n[a]\n\n \t\nx=1\n \t", "[a] x=1"},
           });
}

TEST_CASE("ParseIniFile: comments") {
  CheckAll(IniDialect::kAwsCredentials,
           {
               {"whole lines", "# c\n[a]\n; c\nx=1\n#y=2\n;", "[a] x=1"},
               {"behind a section", "[a]# c\n[b]; c\n[c] # c", "[a] [b] [c]"},
               {"behind a value after a blank", "[a]\nx=1 # c\ny=2\t; c # d", "[a] x=1 y=2"},
               {"not without a blank before it", "[a]\nx=1# c\ny=2;d", "[a] x=1# c y=2;d"},
               {"a value that is all comment is empty", "[a]\ns3 = # c\n b=1", "[a] s3={b=1}"},
               {"not in continuation lines", "[a]\nx=1\n 2 # c\n ; d", "[a] x=1|2 # c|; d"},
               {"not in a block", "[a]\ns3=\n b=1 # c", "[a] s3={b=1 # c}"},
           });
}

TEST_CASE("ParseIniFile: continuations and blocks") {
  CheckAll(IniDialect::kAwsCredentials,
           {
               {"an indented line continues the value", "[a]\nx=1\n -2", "[a] x=1|-2"},
               {"several do and are trimmed", "[a]\nx=1\n \t2 \t\n\t3", "[a] x=1|2|3"},
               {"an equals sign does not matter there", "[a]\nx=1\n y=2", "[a] x=1|y=2"},
               {"below an empty value they are a block", "[a]\ns3 =\n  b = 1\n  C=2", "[a] s3={b=1}{c=2}"},
               {"blank lines in a block are ignored", "[a]\ns3=\n b=1\n\t \n\n c=2", "[a] s3={b=1}{c=2}"},
               {"a block's values may be empty", "[a]\ns3=\n b=", "[a] s3={b=}"},
               {"in a block the first equals sign splits", "[a]\ns3=\n b=c=d", "[a] s3={b=c=d}"},
               {"in a block the last of a name counts", "[a]\ns3=\n b=1\n B=2", "[a] s3={b=2}"},
               {"a block ends at the next property", "[a]\ns3=\n b=1\nc=2", "[a] s3={b=1} c=2"},
           });
}

TEST_CASE("ParseIniFile: line ends and byte order mark") {
  CheckAll(IniDialect::kAwsCredentials,
           {
               {"CRLF", "[a]\r\nx=1\r\n\r\ns3=\r\n b=2\r\n", "[a] x=1 s3={b=2}"},
               {"no line end at the end", "[a]\nx=1", "[a] x=1"},
               {"a byte order mark is stripped", "\xef\xbb\xbf[a]\nx=1", "[a] x=1"},
           });
}

TEST_CASE("ParseIniFile: an ill-formed line is named by file and line") {
  CheckFaults(
      IniDialect::kAwsConfig,
      {
          {"no bracket at the end", "[profile foo", "dir/f:1: a section must end with ']'"},
          {"text behind the bracket", "\n[profile foo] x", "dir/f:2: a section must end with ']'"},
          {"a comment inside the brackets", "[profile f#oo]", "dir/f:1: a section must end with ']'"},
          {"a property before any section", "# c\nname=value", "dir/f:2: expected a section"},
          {"a continuation before any section", " more", "dir/f:1: expected a section"},
          {"no equals sign", "[profile a]\nx=1\nkey : value", "dir/f:3: expected name = value"},
          {"no equals sign before the comment", "[profile a]\nkey # = value",
           "dir/f:2: expected name = value"},
          {"an empty name", "[profile a]\n= value", "dir/f:2: the property has no name"},
          {"a continuation behind a section", "[profile a]\n more", "dir/f:2: an indented line continues"},
          {"a continuation behind a repeated section", "[profile a]\nx=1\n[profile a]\n more",
           "dir/f:4: an indented"},
          {"a block without an equals sign", "[profile a]\ns3=\n b=1\n more",
           "dir/f:4: expected an indented name"},
          {"a block with an empty name", "[profile a]\ns3=\n = 1",
           "dir/f:3: the indented property has no name"},
          {"skipped sections are checked too", "[bare]\nnonsense", "dir/f:2: expected name = value"},
          {"lines are counted with CRLF", "[profile a]\r\n\r\nnonsense\r\n",
           "dir/f:3: expected name = value"},
      });
}

TEST_CASE("ParseIniFile: in our own file a section that would be skipped is an error") {
  CheckAll(IniDialect::kConnector, {{"what is read in AWS config files is read",
                                     "[default]\na=1\n[profile b]\n[sso-session c]\n[services d]",
                                     "[b] [sso:c] [services:d] [default] a=1"}});
  CheckFaults(IniDialect::kConnector,
              {
                  {"a bare section", "\n[work]", "dir/f:2: [work] is not a section of this file"},
                  {"no name", "[profile]", "dir/f:1: the section has no name"},
                  {"nothing at all", "[]", "dir/f:1: the section has no name"},
                  {"a name with a blank", "[profile a b]", "dir/f:1: this is neither"},
                  {"an unknown kind", "[plugins x]", "dir/f:1: this is neither"},
              });
  const Result<IniFile> bare = ParseIniFile("[work]", "f", IniDialect::kConnector);
  REQUIRE_FALSE(bare);
  CHECK(bare.error().hint == "write [profile work]");
}

TEST_CASE("ParseIniFile: properties know their lines") {
  const Result<IniFile> file =
      ParseIniFile("[a]\nx=1\n\ny=2\n more\ns3 =\n# c\n b=1\nx=3\n", "f", IniDialect::kAwsCredentials);
  REQUIRE(file);
  const IniSection* const section = file->Find(IniSectionType::kProfile, "a");
  REQUIRE(section != nullptr);
  CHECK(section->Find("x")->line == 9);
  CHECK(section->Find("y")->line == 4);
  CHECK(section->Find("s3")->Find("b")->line == 8);
  CHECK(section->Find("s3")->Find("c") == nullptr);
  CHECK(section->Find("z") == nullptr);
  CHECK(file->Find(IniSectionType::kServices, "a") == nullptr);
}

TEST_CASE("ParseIniFile: no message repeats the line") {
  constexpr std::string_view kCanary = "CANARYSECRET";
  const std::vector<std::string> texts = {"CANARYSECRET",
                                          "[a]\nCANARYSECRET",
                                          "[a]\n CANARYSECRET",
                                          "[a]\n=CANARYSECRET",
                                          "[a]\ns3=\n CANARYSECRET",
                                          "[a]\ns3=\n =CANARYSECRET",
                                          "[profile CANARYSECRET x]\nnonsense",
                                          "[a\naws_secret_access_key=CANARYSECRET"};
  for (const IniDialect dialect :
       {IniDialect::kConnector, IniDialect::kAwsConfig, IniDialect::kAwsCredentials}) {
    for (const std::string& text : texts) {
      CAPTURE(text);
      const Result<IniFile> file = ParseIniFile(text, "f", dialect);
      REQUIRE_FALSE(file);
      CHECK((file.error().message + file.error().hint).find(kCanary) == std::string::npos);
    }
  }
}

}  // namespace
}  // namespace s3conn
