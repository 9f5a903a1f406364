#include "base/xml.h"

#include <string>
#include <string_view>

#include "support/catch.h"

namespace s3conn {
namespace {

std::string Nested(int levels, std::string_view text) {
  std::string open;
  std::string close;
  for (int i = 0; i < levels; ++i) {
    open += "<a>";
    close += "</a>";
  }
  return open + std::string(text) + close;
}

// The text of the root's <Key>, or what went wrong.
std::string KeyOf(std::string_view xml) {
  const Result<XmlDocument> document = XmlDocument::Parse(xml);
  return document ? std::string(document->root().ChildText("Key")) : "error: " + document.error().message;
}

TEST_CASE("text that XML can carry is told from text that it cannot") {
  CHECK(IsXmlText(""));
  CHECK(IsXmlText("a\t\n\r\x7f \xc2\x85\xef\xbf\xbd\xf0\x9f\x98\x80"));
  for (const std::string_view text :
       {"\x01", "a\x1f", "\xef\xbf\xbe", "\xef\xbf\xbf", "\xff", "\xed\xa0\x80"}) {
    CHECK_FALSE(IsXmlText(text));
  }
  CHECK_FALSE(IsXmlText(std::string_view("\0", 1)));
}

TEST_CASE("elements are walked in order and found by name") {
  const auto document =
      XmlDocument::Parse("<?xml version=\"1.0\"?>\n<R>\n <A>1</A>\n <!-- no --> <B/>\n <A>2</A>\n</R>\n");
  REQUIRE(document);
  const XmlElement root = document->root();
  CHECK(root.name() == "R");
  std::string seen;
  for (XmlElement child = root.FirstChild(); child; child = child.Next()) {
    seen += std::string(child.name()) + "=" + std::string(child.text()) + " ";
  }
  CHECK(seen == "A=1 B= A=2 ");
  CHECK(root.ChildText("A") == "1");
}

TEST_CASE("a missing element has no text and no children") {
  const auto document = XmlDocument::Parse("<R/>");
  REQUIRE(document);
  const XmlElement missing = document->root().Child("A");
  CHECK_FALSE(missing);
  CHECK(missing.name().empty());
  CHECK(missing.text().empty());
  CHECK_FALSE(missing.FirstChild());
  CHECK_FALSE(missing.Next());
  CHECK(missing.Child("B").ChildText("C").empty());
}

TEST_CASE("namespace prefixes do not change a name") {
  const auto document =
      XmlDocument::Parse(R"(<s3:R xmlns:s3="http://s3.amazonaws.com/doc/"><s3:Key>k</s3:Key></s3:R>)");
  REQUIRE(document);
  CHECK(document->root().name() == "R");
  CHECK(document->root().ChildText("Key") == "k");
}

TEST_CASE("the five entities and numeric ones are resolved") {
  CHECK(KeyOf("<R><Key>&lt;&gt;&amp;&quot;&apos;</Key></R>") == "<>&\"'");
  CHECK(KeyOf("<R><Key>&#65;&#x42;&#xe4;&#128512;</Key></R>") == "AB\xc3\xa4\xf0\x9f\x98\x80");
}

TEST_CASE("white space in a text is data") {
  CHECK(KeyOf("<R><Key> </Key></R>") == " ");
  CHECK(KeyOf("<R><Key> a  b\t</Key></R>") == " a  b\t");
}

TEST_CASE("CDATA is text as it stands") {
  CHECK(KeyOf("<R><Key><![CDATA[<a>&amp;]]></Key></R>") == "<a>&amp;");
}

TEST_CASE("a text in several pieces is whole") {
  CHECK(KeyOf("<R><Key>a<![CDATA[<b>]]>c</Key></R>") == "a<b>c");
  CHECK(KeyOf("<R><Key>a<!-- not the end -->b</Key></R>") == "ab");
  CHECK(KeyOf("<R><Key>a<?pi?>b<?pi?>c</Key></R>") == "abc");
  std::string many;
  for (int i = 0; i < 100'000; ++i) many += "x<!---->";
  CHECK(KeyOf("<R><Key>" + many + "</Key></R>") == std::string(100'000, 'x'));
}

TEST_CASE("sixteen levels are read and seventeen refused") {
  CHECK(XmlDocument::Parse(Nested(16, "text")));
  CHECK(XmlDocument::Parse(Nested(16, "")));
  const auto deeper = XmlDocument::Parse(Nested(17, ""));
  REQUIRE_FALSE(deeper);
  CHECK(deeper.error().kind == ErrorKind::kService);
  CHECK(deeper.error().message.find("16 levels") != std::string::npos);
}

TEST_CASE("a million levels end in an error and not in a crash") {
  CHECK_FALSE(XmlDocument::Parse(Nested(1'000'000, "")));
}

TEST_CASE("entities of a document's own are never expanded") {
  std::string bomb = "<!DOCTYPE R [<!ENTITY a \"aaaaaaaaaa\">";
  for (char c = 'b'; c <= 'j'; ++c) {
    bomb += std::string("<!ENTITY ") + c + " \"";
    for (int i = 0; i < 10; ++i) bomb += std::string("&") + static_cast<char>(c - 1) + ";";
    bomb += "\">";
  }
  bomb += "]><R><Key>&j;</Key></R>";
  CHECK(KeyOf(bomb) == "&j;");
}

TEST_CASE("external entities are never fetched") {
  CHECK(KeyOf("<!DOCTYPE R [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><R><Key>&x;</Key></R>") == "&x;");
}

TEST_CASE("a document of 16 MiB is read and a longer one refused") {
  constexpr std::size_t kLimit = 16U << 20;
  const std::string frame = "<R></R>";
  const auto just = XmlDocument::Parse("<R>" + std::string(kLimit - frame.size(), 'x') + "</R>");
  REQUIRE(just);
  CHECK(just->root().text().size() == kLimit - frame.size());
  const auto longer = XmlDocument::Parse("<R>" + std::string(kLimit - frame.size() + 1, 'x') + "</R>");
  REQUIRE_FALSE(longer);
  CHECK(longer.error().kind == ErrorKind::kService);
}

TEST_CASE("what is not well-formed is a service error") {
  for (const std::string_view bad :
       {"", " ", "text", "<R>", "<R", "<R></S>", "<R><A></R></A>", "</R>", "<R a=b/>", "<R><Key>k</Key>",
        "<!-- only -->", "<R><![CDATA[</R>", "{\"json\":1}"}) {
    CAPTURE(bad);
    const auto document = XmlDocument::Parse(bad);
    REQUIRE_FALSE(document);
    CHECK(document.error().kind == ErrorKind::kService);
  }
}

TEST_CASE("an escaped text comes back from the parser as it was") {
  const std::string text = "a<b>&\"'c\t\r\n\x01 \xc3\xa4";
  CHECK(XmlEscape("a<b>&\"c\r") == "a&lt;b&gt;&amp;&quot;c&#13;");
  CHECK(KeyOf("<R><Key>" + XmlEscape(text) + "</Key></R>") == text);
}

TEST_CASE("a document can be moved and its elements stay") {
  auto document = XmlDocument::Parse("<R><Key>k</Key></R>");
  REQUIRE(document);
  const XmlElement root = document->root();
  const XmlDocument moved = *std::move(document);
  CHECK(root.ChildText("Key") == "k");
  CHECK(moved.root().ChildText("Key") == "k");
}

}  // namespace
}  // namespace s3conn
