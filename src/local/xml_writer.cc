#include "local/xml_writer.h"

#include "base/text.h"
#include "base/xml.h"

namespace s3conn::local {
namespace {

constexpr std::string_view kReplacement = "\xef\xbf\xbd";  // U+FFFD

// Keys may have control characters, and XML 1.0 has no way to write most of them: S3 writes "&#x1;", and no
// parser takes the document. Here U+FFFD stands for each, so that the rest of the document can be read; the
// key itself is to be had with encoding-type=url. https://www.w3.org/TR/xml/#charsets
std::string Readable(std::string_view text) {
  const bool is_utf8 = IsValidUtf8(text);
  std::string readable;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const std::string_view rest = text.substr(at);
    if (rest.starts_with("\xef\xbf\xbe") || rest.starts_with("\xef\xbf\xbf")) {
      readable += kReplacement;
      at += 2;
    } else if (IsXmlText(rest.substr(0, 1)) || (is_utf8 && static_cast<unsigned char>(rest[0]) >= 0x80)) {
      readable += rest[0];
    } else {
      readable += kReplacement;
    }
  }
  return readable;
}

}  // namespace

XmlWriter::XmlWriter(std::string_view root, Namespace xmlns)
    : text_("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n") {
  text_ += '<';
  text_ += root;
  if (xmlns == Namespace::kS3) text_ += " xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"";
  text_ += '>';
  open_.emplace_back(root);
}

void XmlWriter::Open(std::string_view name) {
  text_ += '<';
  text_ += name;
  text_ += '>';
  open_.emplace_back(name);
}

void XmlWriter::Close() {
  text_ += "</";
  text_ += open_.back();
  text_ += '>';
  open_.pop_back();
}

void XmlWriter::Text(std::string_view name, std::string_view text) {
  Open(name);
  Characters(text);
  Close();
}

void XmlWriter::Number(std::string_view name, std::uint64_t number) {
  Text(name, std::to_string(number));
}

void XmlWriter::Truth(std::string_view name, bool truth) {
  Text(name, truth ? "true" : "false");
}

void XmlWriter::Characters(std::string_view text) {
  text_ += IsXmlText(text) ? XmlEscape(text) : XmlEscape(Readable(text));
}

std::string XmlWriter::Finish() {
  while (!open_.empty()) Close();
  return std::move(text_);
}

}  // namespace s3conn::local
