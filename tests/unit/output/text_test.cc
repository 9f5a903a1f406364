#include <memory>
#include <string>

#include "output/renderer.h"
#include "support/catch.h"
#include "unit/output/captured_output.h"

namespace s3conn {
namespace {

ListShape Shape() {
  return {{{"Contents", {{"LastModified", 20}, {"Size", 10, Column::Align::kRight}, {"Key"}}},
           {"CommonPrefixes", {{"Nothing", 20}, {"Nothing", 10}, {"Prefix"}}}}};
}

TEST_CASE("a record is shown as a line for each field with the values below each other") {
  CapturedOutput output;
  const auto renderer = MakeTextRenderer(output.stream, Talk::kNormal);
  REQUIRE(renderer->One(Record()
                            .Add("Size", 1536_B)
                            .Add("Versioned", true)
                            .Add("Hidden", false)
                            .Add("LastModified", *ParseRfc3339("2026-01-15T09:30:00.999Z"))
                            .Add("Parts", std::uint64_t{3})
                            .Add("Seconds", 1.25)
                            .Add("Metadata", Record().Add("a", "1").Add("b", "2"))));
  CHECK(output.text() ==
        "Size          1.5 KiB\n"
        "Versioned     yes\n"
        "Hidden        no\n"
        "LastModified  2026-01-15T09:30:00Z\n"
        "Parts         3\n"
        "Seconds       1.2\n"
        "Metadata      a=1, b=2\n");
}

TEST_CASE("a headline stands in place of the fields and quiet leaves it out") {
  const Record record = Record().Add("Key", "k").Headline("put s3://b/k (1 B)");
  CapturedOutput normal;
  REQUIRE(MakeTextRenderer(normal.stream, Talk::kNormal)->One(record));
  CHECK(normal.text() == "put s3://b/k (1 B)\n");
  CapturedOutput quiet;
  REQUIRE(MakeTextRenderer(quiet.stream, Talk::kQuiet)->One(record));
  CHECK(quiet.text().empty());
}

TEST_CASE("quiet keeps what was asked for") {
  CapturedOutput output;
  const auto renderer = MakeTextRenderer(output.stream, Talk::kQuiet);
  REQUIRE(renderer->One(Record().Add("Size", 1_B)));
  REQUIRE(renderer->BeginList({{{"Contents", {{"Key"}}}}}));
  REQUIRE(renderer->Item(0, Record().Add("Key", "k")));
  REQUIRE(renderer->Item(0, Record().Add("Key", "l").Headline("deleted l")));
  REQUIRE(renderer->EndList(Record().Headline("2 keys")));
  CHECK(output.text() == "Size  1 B\nk\n");
}

TEST_CASE("the rows of a list stand in columns") {
  CapturedOutput output;
  const auto renderer = MakeTextRenderer(output.stream, Talk::kNormal);
  REQUIRE(renderer->BeginList(Shape()));
  REQUIRE(renderer->Item(0, Record()
                                .Add("Key", "a b")
                                .Add("Size", 1536_B)
                                .Add("LastModified", *ParseRfc3339("2026-01-15T09:30:00Z"))
                                .Add("ETag", "not shown")));
  REQUIRE(renderer->Item(0, Record().Add("Key", "c").Add("Size", 1_B)));
  REQUIRE(renderer->Item(1, Record().Add("Prefix", "p/")));
  REQUIRE(renderer->EndList(Record().Add("KeyCount", std::uint64_t{3})));
  CHECK(output.text() ==
        "2026-01-15T09:30:00Z     1.5 KiB  a b\n"
        "                             1 B  c\n"
        "                                  p/\n");
}

TEST_CASE("a list ends with its headline") {
  CapturedOutput output;
  const auto renderer = MakeTextRenderer(output.stream, Talk::kNormal);
  REQUIRE(renderer->BeginList(Shape()));
  REQUIRE(renderer->EndList(Record().Headline("more keys follow")));
  CHECK(output.text() == "more keys follow\n");
}

TEST_CASE("nothing in a key can steer the terminal or forge a line") {
  const std::string key = "a\nb\x1b[2J\xe2\x80\xae\xff\\\xc2\x9b";
  const std::string shown = "a\\x0ab\\x1b[2J\\u{202e}\\xff\\\\\\u{009b}";
  CapturedOutput output;
  const auto renderer = MakeTextRenderer(output.stream, Talk::kNormal);
  REQUIRE(renderer->One(Record().Add("Key", key)));
  REQUIRE(renderer->One(Record().Add("Metadata", Record().Add(key, key))));
  REQUIRE(renderer->BeginList({{{"Contents", {{"Key"}}}}}));
  REQUIRE(renderer->Item(0, Record().Add("Key", key)));
  REQUIRE(renderer->EndList(Record()));
  CHECK(output.text() == "Key  " + shown + "\nMetadata  " + shown + "=" + shown + "\n" + shown + "\n");
}

TEST_CASE("a headline is printed as whoever made it escaped it") {
  CapturedOutput output;
  REQUIRE(MakeTextRenderer(output.stream, Talk::kNormal)->One(Record().Headline("deleted s3://b/a\\x0ab")));
  CHECK(output.text() == "deleted s3://b/a\\x0ab\n");
}

}  // namespace
}  // namespace s3conn
