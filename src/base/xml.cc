#include "base/xml.h"

#include <fmt/format.h>

#include <algorithm>
#include <pugixml.hpp>
#include <string>

#include "base/text.h"
#include "s3conn/base/units.h"

namespace s3conn {
namespace {

constexpr ByteCount kMaxDocument = 16_MiB;
constexpr int kMaxDepth = 16;

std::string_view LocalName(const char* name) {
  const std::string_view full(name);
  const std::size_t colon = full.find(':');
  return colon == std::string_view::npos ? full : full.substr(colon + 1);
}

pugi::xml_node FirstElement(pugi::xml_node node) {
  while (node && node.type() != pugi::node_element) node = node.next_sibling();
  return node;
}

bool IsText(pugi::xml_node node) {
  return node.type() == pugi::node_pcdata || node.type() == pugi::node_cdata;
}

// Counts the levels of elements, and joins a text that comments or CDATA sections cut into pieces.
struct TreeWalker : pugi::xml_tree_walker {
  bool for_each(pugi::xml_node& node) override {
    if (!IsText(node)) return depth() < kMaxDepth;
    if (!IsText(node.next_sibling())) return true;
    std::string whole = node.value();
    for (pugi::xml_node next = node.next_sibling(); IsText(next); next = node.next_sibling()) {
      whole += next.value();
      node.parent().remove_child(next);
    }
    node.set_value(whole.c_str());
    return true;
  }
};

}  // namespace

// Public members of a private type: the pimpl's whole purpose is to hold the document.
struct XmlDocument::Tree {
  pugi::xml_document document;
};

std::string_view XmlElement::name() const {
  return LocalName(pugi::xml_node(static_cast<pugi::xml_node_struct*>(node_)).name());
}

std::string_view XmlElement::text() const {
  return pugi::xml_node(static_cast<pugi::xml_node_struct*>(node_)).child_value();
}

XmlElement XmlElement::Child(std::string_view name) const {
  for (XmlElement child = FirstChild(); child; child = child.Next()) {
    if (child.name() == name) return child;
  }
  return XmlElement();
}

XmlElement XmlElement::FirstChild() const {
  const pugi::xml_node node(static_cast<pugi::xml_node_struct*>(node_));
  return XmlElement(FirstElement(node.first_child()).internal_object());
}

XmlElement XmlElement::Next() const {
  const pugi::xml_node node(static_cast<pugi::xml_node_struct*>(node_));
  return XmlElement(FirstElement(node.next_sibling()).internal_object());
}

XmlDocument::XmlDocument(std::unique_ptr<Tree> tree) : tree_(std::move(tree)) {}
XmlDocument::XmlDocument(XmlDocument&&) noexcept = default;
XmlDocument& XmlDocument::operator=(XmlDocument&&) noexcept = default;
XmlDocument::~XmlDocument() = default;

XmlElement XmlDocument::root() const {
  return XmlElement(FirstElement(tree_->document.first_child()).internal_object());
}

Result<XmlDocument> XmlDocument::Parse(std::string_view text) {
  if (ByteCount(text.size()) > kMaxDocument) {
    return Failure(ErrorKind::kService, "the XML document is longer than 16 MiB");
  }
  auto tree = std::make_unique<Tree>();
  // White space is data: a key may be a single space. No DOCTYPE: it is skipped, its entities never defined.
  constexpr unsigned int kOptions = pugi::parse_cdata | pugi::parse_escapes | pugi::parse_ws_pcdata_single;
  const pugi::xml_parse_result result =
      tree->document.load_buffer(text.data(), text.size(), kOptions, pugi::encoding_utf8);
  if (!result) {
    return Failure(ErrorKind::kService, fmt::format("the XML document is malformed at byte {}: {}",
                                                    result.offset, result.description()));
  }
  TreeWalker walker;
  if (!tree->document.traverse(walker)) {
    return Failure(ErrorKind::kService,
                   fmt::format("the XML document is nested deeper than {} levels", kMaxDepth));
  }
  return XmlDocument(std::move(tree));
}

bool IsXmlText(std::string_view text) {
  const auto forbidden = [](char c) {
    return static_cast<unsigned char>(c) < 0x20 && c != '\t' && c != '\n' && c != '\r';
  };
  return IsValidUtf8(text) && std::none_of(text.begin(), text.end(), forbidden) &&
         text.find("\xef\xbf\xbe") == std::string_view::npos &&
         text.find("\xef\xbf\xbf") == std::string_view::npos;
}

std::string XmlEscape(std::string_view text) {
  std::string escaped;
  escaped.reserve(text.size());
  for (const char c : text) {
    switch (c) {
      case '&':
        escaped += "&amp;";
        break;
      case '<':
        escaped += "&lt;";
        break;
      case '>':
        escaped += "&gt;";
        break;
      case '"':
        escaped += "&quot;";
        break;
      default:
        if (static_cast<unsigned char>(c) < 0x20) {
          escaped += fmt::format("&#{};", static_cast<int>(c));
        } else {
          escaped += c;
        }
    }
  }
  return escaped;
}

}  // namespace s3conn
