#ifndef S3CONN_OUTPUT_RENDERER_H_
#define S3CONN_OUTPUT_RENDERER_H_

#include <memory>
#include <string_view>
#include <vector>

#include "output/output_stream.h"
#include "output/record.h"
#include "s3conn/base/error.h"

namespace s3conn {

// A column of a list as people see it: the field it shows and its width; 0 is as wide as it comes, for the
// last.
struct Column {
  std::string_view field;
  int width = 0;
  enum class Align { kLeft, kRight } align = Align::kLeft;
};

// What a list is made of: the arrays of its JSON document in order, each with the columns of its rows.
struct ListShape {
  struct Array {
    std::string_view name;
    std::vector<Column> columns;
  };
  std::vector<Array> arrays;
};

// Puts what commands say on standard output, in one of the formats. A command calls One(), or BeginList(),
// any number of Item()s and EndList(). Output goes out as it comes; an Error means that nobody can read it
// any more.
class Renderer {
 public:
  virtual ~Renderer() = default;
  virtual Status One(const Record& record) = 0;
  virtual Status BeginList(const ListShape& shape) = 0;
  virtual Status Item(std::size_t array, const Record& record) = 0;
  virtual Status Flush() = 0;  // between pages: what was said so far is seen
  // `ending` holds the scalars that close the document. A list that failed is never ended.
  virtual Status EndList(const Record& ending) = 0;
};

// One document per command, streamed. Arrays after the first are kept aside (in memory, then in an unnamed
// file in `spool_folder`) until the first is closed.
std::unique_ptr<Renderer> MakeJsonRenderer(OutputStream& stream, std::string spool_folder);
// One object a line in the order they happen; a list closes with {"Summary":{…}}.
std::unique_ptr<Renderer> MakeNdjsonRenderer(OutputStream& stream);

enum class Talk { kNormal, kQuiet };
// For people; quiet leaves out the sentences that only confirm.
std::unique_ptr<Renderer> MakeTextRenderer(OutputStream& stream, Talk talk);

}  // namespace s3conn

#endif  // S3CONN_OUTPUT_RENDERER_H_
