#include <string>
#include <utility>
#include <vector>

#include "base/spool.h"
#include "output/json_text.h"
#include "output/renderer.h"

namespace s3conn {
namespace {

constexpr ByteCount kSpoolInMemory = 1_MiB;
constexpr ByteCount kCopyBuffer = 64_KiB;

class JsonRenderer final : public Renderer {
 public:
  JsonRenderer(OutputStream& stream, std::string spool_folder)
      : stream_(stream), spool_folder_(std::move(spool_folder)) {}

  Status One(const Record& record) override {
    std::string text;
    AppendJson(text, record);
    text += '\n';
    if (Status written = stream_.Write(text); !written) return written;
    return stream_.Flush();
  }

  Status BeginList(const ListShape& shape) override {
    for (const ListShape::Array& array : shape.arrays) {
      names_.emplace_back(array.name);
      counts_.push_back(0);
      later_.emplace_back(kSpoolInMemory, spool_folder_);
    }
    return stream_.Write("{\"" + names_.front() + "\":[");
  }

  Status Item(std::size_t array, const Record& record) override {
    std::string text = counts_[array]++ == 0 ? "\n" : ",\n";
    AppendJson(text, record);
    return array == 0 ? stream_.Write(text) : later_[array].Append(text);
  }

  Status Flush() override { return stream_.Flush(); }

  Status EndList(const Record& ending) override {
    if (Status closed = stream_.Write("]"); !closed) return closed;
    for (std::size_t i = 1; i < names_.size(); ++i) {
      if (Status opened = stream_.Write(",\n\"" + names_[i] + "\":["); !opened) return opened;
      if (Status copied = CopyLater(i); !copied) return copied;
      if (Status closed = stream_.Write("]"); !closed) return closed;
    }
    std::string text = ending.fields().empty() ? "" : ",\n";
    AppendJsonFields(text, ending);
    text += "}\n";
    if (Status written = stream_.Write(text); !written) return written;
    return stream_.Flush();
  }

 private:
  Status CopyLater(std::size_t array) {
    Result<std::unique_ptr<BodySource>> source = later_[array].TakeSource();
    if (!source) return Failure(std::move(source.error()));
    std::vector<char> buffer(kCopyBuffer.bytes());
    while (true) {
      const Result<std::size_t> count = (*source)->Read(buffer);
      if (!count) return Failure(count.error());
      if (*count == 0) return {};
      if (Status written = stream_.Write({buffer.data(), *count}); !written) return written;
    }
  }

  OutputStream& stream_;
  std::string spool_folder_;
  std::vector<std::string> names_;
  std::vector<std::uint64_t> counts_;
  std::vector<Spool> later_;  // one for each array; that of the first stays empty
};

}  // namespace

std::unique_ptr<Renderer> MakeJsonRenderer(OutputStream& stream, std::string spool_folder) {
  return std::make_unique<JsonRenderer>(stream, std::move(spool_folder));
}

}  // namespace s3conn
