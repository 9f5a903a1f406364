#include <string>

#include "output/json_text.h"
#include "output/renderer.h"

namespace s3conn {
namespace {

class NdjsonRenderer final : public Renderer {
 public:
  explicit NdjsonRenderer(OutputStream& stream) : stream_(stream) {}

  Status One(const Record& record) override {
    if (Status written = Line(record); !written) return written;
    return stream_.Flush();
  }
  Status BeginList(const ListShape&) override { return {}; }
  Status Item(std::size_t, const Record& record) override { return Line(record); }
  Status Flush() override { return stream_.Flush(); }

  Status EndList(const Record& ending) override {
    // Commands whose document ends in a summary of its own give it; a listing's scalars become one.
    Record summary;
    if (ending.Find("Summary") != nullptr) {
      summary = ending;
    } else {
      summary.Add("Summary", ending);
    }
    return One(summary);
  }

 private:
  Status Line(const Record& record) {
    std::string text;
    AppendJson(text, record);
    text += '\n';
    return stream_.Write(text);
  }

  OutputStream& stream_;
};

}  // namespace

std::unique_ptr<Renderer> MakeNdjsonRenderer(OutputStream& stream) {
  return std::make_unique<NdjsonRenderer>(stream);
}

}  // namespace s3conn
