#include "local/xml_writer.h"

#include <string>

#include "base/xml.h"
#include "support/catch.h"

namespace s3conn::local {

TEST_CASE("XmlWriter: closes what is open and escapes texts") {
  XmlWriter xml("ListBucketResult");
  xml.Open("Contents");
  xml.Text("Key", "a<b>&\r");
  xml.Number("Size", 12);
  xml.Close();
  xml.Truth("IsTruncated", false);
  xml.Open("Left");
  CHECK(xml.Finish() ==
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        "<ListBucketResult xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><Contents>"
        "<Key>a&lt;b&gt;&amp;&#13;</Key><Size>12</Size></Contents><IsTruncated>false</IsTruncated>"
        "<Left></Left></ListBucketResult>");
}

TEST_CASE("XmlWriter: is well-formed whatever the texts have in them") {
  const std::string odd(
      "\x01"
      "a\tb\n\xc3\xa9\0\xef\xbf\xbf\x7f",
      12);
  XmlWriter xml("Key", XmlWriter::Namespace::kNone);
  xml.Text("K", odd);
  xml.Text("K", "\xff\xc3");
  const std::string text = xml.Finish();
  CHECK(
      text.ends_with("<Key><K>\xef\xbf\xbd"
                     "a&#9;b&#10;\xc3\xa9\xef\xbf\xbd\xef\xbf\xbd\x7f</K>"
                     "<K>\xef\xbf\xbd\xef\xbf\xbd</K></Key>"));
  CHECK(XmlDocument::Parse(text));
}

}  // namespace s3conn::local
