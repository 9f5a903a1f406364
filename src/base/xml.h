#ifndef S3CONN_BASE_XML_H_
#define S3CONN_BASE_XML_H_

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "s3conn/base/error.h"

namespace s3conn {

// An element of a parsed document; valid as long as the document. Names have their namespace prefix removed.
// A missing element is a null one: its text is "" and it has no children.
class XmlElement {
 public:
  XmlElement() = default;
  explicit operator bool() const { return node_ != nullptr; }
  std::string_view name() const;
  std::string_view text() const;
  XmlElement Child(std::string_view name) const;
  std::string_view ChildText(std::string_view name) const { return Child(name).text(); }
  XmlElement FirstChild() const;
  XmlElement Next() const;  // the next sibling element, of any name

 private:
  friend class XmlDocument;
  explicit XmlElement(void* node) : node_(node) {}
  void* node_ = nullptr;
};

// A whole document in memory. No DTD, no entities but the five and numeric ones, at most 16 MiB and 16
// levels.
class XmlDocument {
 public:
  // kService for anything that is not well-formed, or goes past a limit.
  static Result<XmlDocument> Parse(std::string_view text);
  XmlDocument(XmlDocument&&) noexcept;
  XmlDocument& operator=(XmlDocument&&) noexcept;
  ~XmlDocument();

  XmlElement root() const;

 private:
  struct Tree;
  explicit XmlDocument(std::unique_ptr<Tree> tree);
  std::unique_ptr<Tree> tree_;
};

// Whether XML 1.0 can carry it at all: UTF-8 without U+FFFE, U+FFFF and control characters other than tab,
// line feed and carriage return (https://www.w3.org/TR/xml/#charsets).
bool IsXmlText(std::string_view text);

// Text with & < > " and control characters written as references, for request bodies.
std::string XmlEscape(std::string_view text);

}  // namespace s3conn

#endif  // S3CONN_BASE_XML_H_
