#include "local/tagging.h"

#include <string>

#include "support/catch.h"

namespace s3conn::local {
namespace {

Answer<Tags> ReadDocumentOf(const std::string& set) {
  const Result<XmlDocument> document = XmlDocument::Parse("<Tagging>" + set + "</Tagging>");
  REQUIRE(document);
  return ReadTagDocument(document->root());
}

std::string TagOf(const std::string& key, const std::string& value) {
  return "<Tag><Key>" + key + "</Key><Value>" + value + "</Value></Tag>";
}

Code CodeOf(const Answer<Tags>& tags) {
  REQUIRE_FALSE(tags);
  return tags.error().code;
}

}  // namespace

TEST_CASE("Tagging: a header is a form") {
  const Answer<Tags> tags = ParseTagHeader("a=1&b+c=%C3%A4%20x&empty&none=");
  REQUIRE(tags);
  CHECK(*tags == Tags{{"a", "1"}, {"b c", "ä x"}, {"empty", ""}, {"none", ""}});
  CHECK(ParseTagHeader("")->empty());
}

TEST_CASE("Tagging: a header that is no form is an invalid argument") {
  CHECK(CodeOf(ParseTagHeader("a=%zz")) == Code::kInvalidArgument);
}

TEST_CASE("Tagging: lengths are counted in characters") {
  std::string key;
  for (int i = 0; i < 128; ++i) key += "ä";
  std::string value;
  for (int i = 0; i < 256; ++i) value += "€";
  CHECK(ReadDocumentOf("<TagSet>" + TagOf(key, value) + "</TagSet>"));
  CHECK(CodeOf(ReadDocumentOf("<TagSet>" + TagOf(key + "a", "") + "</TagSet>")) == Code::kInvalidTag);
  CHECK(CodeOf(ReadDocumentOf("<TagSet>" + TagOf("k", value + "a") + "</TagSet>")) == Code::kInvalidTag);
}

TEST_CASE("Tagging: refuses empty keys and keys that come twice and those of AWS and odd characters") {
  CHECK(CodeOf(ParseTagHeader("=v")) == Code::kInvalidTag);
  CHECK(CodeOf(ParseTagHeader("a=1&a=2")) == Code::kInvalidTag);
  CHECK(CodeOf(ParseTagHeader("aws:x=1")) == Code::kInvalidTag);
  CHECK(CodeOf(ParseTagHeader("a=%3Cb%3E")) == Code::kInvalidTag);
  CHECK(CodeOf(ParseTagHeader("a%23=1")) == Code::kInvalidTag);
  CHECK(CodeOf(ParseTagHeader("a=%FF")) == Code::kInvalidTag);
  CHECK(ParseTagHeader("aZ9%20%2B-=%3D._:/@"));
}

TEST_CASE("Tagging: ten tags are the most") {
  std::string header = "k0=v";
  for (int i = 1; i < 10; ++i) header += "&k" + std::to_string(i) + "=v";
  CHECK(ParseTagHeader(header)->size() == 10);
  CHECK(CodeOf(ParseTagHeader(header + "&k10=v")) == Code::kBadRequest);
}

TEST_CASE("Tagging: a document without its elements is malformed") {
  CHECK(CodeOf(ReadDocumentOf("")) == Code::kMalformedXml);
  CHECK(CodeOf(ReadDocumentOf("<TagSet><Tag><Key>a</Key></Tag></TagSet>")) == Code::kMalformedXml);
  CHECK(CodeOf(ReadDocumentOf("<TagSet><Other/></TagSet>")) == Code::kMalformedXml);
  CHECK(ReadDocumentOf("<TagSet/>")->empty());
}

TEST_CASE("Tagging: a set is written as it is read") {
  XmlWriter xml("Tagging");
  const Tags tags = {{"a", "<1>"}, {"b", ""}};
  WriteTagSet(tags, xml);
  const Result<XmlDocument> document = XmlDocument::Parse(xml.Finish());
  REQUIRE(document);
  CHECK(document->root().Child("TagSet").FirstChild().ChildText("Value") == "<1>");
}

}  // namespace s3conn::local
