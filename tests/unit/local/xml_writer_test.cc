#include "local/xml_writer.h"

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

}  // namespace s3conn::local
