#include "local/xml_writer.h"

#include "base/xml.h"

namespace s3conn::local {

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
  text_ += XmlEscape(text);
}

std::string XmlWriter::Finish() {
  while (!open_.empty()) Close();
  return std::move(text_);
}

}  // namespace s3conn::local
