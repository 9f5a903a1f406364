#include <nlohmann/json.hpp>
#include <string>

#include "output/renderer.h"
#include "support/catch.h"
#include "unit/output/captured_output.h"

namespace s3conn {
namespace {

TEST_CASE("one record is one line of NDJSON") {
  CapturedOutput output;
  const auto renderer = MakeNdjsonRenderer(output.stream);
  REQUIRE(renderer->One(Record().Add("Key", "a\nb").Headline("not for JSON")));
  CHECK(output.text() == "{\"Key\":\"a\\nb\"}\n");
}

TEST_CASE("a list is a line for each item in the order they happen and then a summary") {
  CapturedOutput output;
  const auto renderer = MakeNdjsonRenderer(output.stream);
  REQUIRE(renderer->BeginList({{{"Contents", {}}, {"CommonPrefixes", {}}}}));
  REQUIRE(renderer->Item(0, Record().Add("Key", "a")));
  REQUIRE(renderer->Item(1, Record().Add("Prefix", "p/")));
  REQUIRE(renderer->Item(0, Record().Add("Key", "b\xff")));
  REQUIRE(renderer->Flush());
  const std::string items =
      "{\"Key\":\"a\"}\n{\"Prefix\":\"p/\"}\n{\"Key\":\"b\\\\xff\",\"KeyBase64\":\"Yv8=\"}\n";
  CHECK(output.text() == items);
  REQUIRE(renderer->EndList(Record().Add("KeyCount", std::uint64_t{3})));
  CHECK(output.text() == items + "{\"Summary\":{\"KeyCount\":3}}\n");
}

TEST_CASE("a summary of the command's own is not wrapped in another") {
  CapturedOutput output;
  const auto renderer = MakeNdjsonRenderer(output.stream);
  REQUIRE(renderer->BeginList({{{"Results", {}}}}));
  REQUIRE(renderer->EndList(Record().Add("Summary", Record().Add("Deleted", std::uint64_t{2}))));
  CHECK(output.text() == "{\"Summary\":{\"Deleted\":2}}\n");
}

}  // namespace
}  // namespace s3conn
