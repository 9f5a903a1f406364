#include "base/media_type.h"

#include <string_view>

#include "support/catch.h"

namespace s3conn {
namespace {

TEST_CASE("a media type is told by the extension whatever its letter case") {
  CHECK(MediaTypeOf("report.pdf") == "application/pdf");
  CHECK(MediaTypeOf("REPORT.PDF") == "application/pdf");
  CHECK(MediaTypeOf("page.Html") == "text/html");
  CHECK(MediaTypeOf("data.json") == "application/json");
}

TEST_CASE("the first and the last of the known extensions are found") {
  CHECK(MediaTypeOf("a.7z") == "application/x-7z-compressed");
  CHECK(MediaTypeOf("a.zst") == "application/zstd");
}

TEST_CASE("of several extensions the last one counts") {
  CHECK(MediaTypeOf("table.csv.gz") == "application/gzip");
  CHECK(MediaTypeOf("src.tar.xz") == "application/x-xz");
  CHECK(MediaTypeOf("a.json.unknown").empty());
}

TEST_CASE("folders on the way to a name do not count") {
  CHECK(MediaTypeOf("site.html/notes").empty());
  CHECK(MediaTypeOf("site.html/notes.txt") == "text/plain");
  CHECK(MediaTypeOf("a.pdf/").empty());
}

TEST_CASE("a hidden file without an extension has no media type") {
  CHECK(MediaTypeOf(".json").empty());
  CHECK(MediaTypeOf("folder/.json").empty());
  CHECK(MediaTypeOf(".config.json") == "application/json");
}

TEST_CASE("a name without a known extension has no media type") {
  for (const std::string_view name :
       {"", "-", "README", "pdf", "a.", "a..", "a.pd", "a.pdff", "a.pdf ", "/"}) {
    CAPTURE(name);
    CHECK(MediaTypeOf(name).empty());
  }
}

}  // namespace
}  // namespace s3conn
