#ifndef S3CONN_LOCAL_XML_WRITER_H_
#define S3CONN_LOCAL_XML_WRITER_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace s3conn::local {

// A document, element by element; texts are escaped, and what XML can't carry is U+FFFD in them.
class XmlWriter {
 public:
  enum class Namespace { kS3, kNone };
  explicit XmlWriter(std::string_view root, Namespace xmlns = Namespace::kS3);

  void Open(std::string_view name);
  void Close();
  void Text(std::string_view name, std::string_view text);
  void Number(std::string_view name, std::uint64_t number);
  void Truth(std::string_view name, bool truth);  // "true", "false"
  void Characters(std::string_view text);         // within the element that is open
  // With the root closed.
  std::string Finish();

 private:
  std::string text_;
  std::vector<std::string> open_;
};

}  // namespace s3conn::local

#endif  // S3CONN_LOCAL_XML_WRITER_H_
